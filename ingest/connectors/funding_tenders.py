"""Calls of the EU Funding & Tenders portal by its search service (no schema is published for it).

Options: `url` (the service; the portal's own unless given), `query` (words), `statuses` (codes of
the portal: 31094501 forthcoming, 31094502 open), `page_size`, `pages` at most, `programmes` (names
by code). A topic's programme is the first part of its identifier (`HORIZON-CL4-…`). Stale records
say open long after their deadline: whether a call is open follows from its dates here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest import failures
from ingest.answers import PageGuard
from ingest.mapping import slug
from ingest.records import (
    Crawling,
    Made,
    Record,
    Seen,
    count_option,
    fetcher,
    get,
    listed,
    option,
    options,
    whole,
)
from ingest.texts import plain

SERVICE = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
_TYPES = ("1", "2", "8")
"""Calls for proposals, prizes and cascade funding; tenders are left out."""

_STATUSES = ("31094501", "31094502")


def crawl(context: Crawling) -> Iterator[Made]:
    """Every topic of the wanted statuses, as a call of its framework programme."""
    url, size = option(context, "url", SERVICE), count_option(context, "page_size", 100)
    most = count_option(context, "pages", 50)
    guard, seen, number = PageGuard(), Seen(), 0
    statuses = options(context, "statuses") or _STATUSES
    wanted = [{"terms": {"type": list(_TYPES)}}, {"terms": {"status": list(statuses)}}]
    form = {"query": {"bool": {"must": wanted}}, "languages": ["en"]}
    for page in range(1, most + 1):
        asked = {
            "apiKey": "SEDIA",
            "text": option(context, "query", "***"),
            "pageSize": size,
            "pageNumber": page,
        }
        answer = fetcher(context).post_form(url, form, asked)
        told = answer.json()
        results, total = get(told, "results"), whole(get(told, "totalResults"))
        if not isinstance(results, list):
            raise failures.unexpected(answer.url, "results")
        for raw in results:
            number += 1
            if str(get(raw, "metadata", "status", 0)) in statuses:
                yield from _record(context, seen, number, raw).done(seen)
        if number >= (total or 0):
            return
        if not results:
            raise failures.incomplete(answer.url, number, total or 0)
        guard.check(answer, results)


def _record(context: Crawling, seen: Seen, number: int, raw: Any) -> Record:
    about = {
        key: get(raw, "metadata", key)
        for key in ("identifier", "title", "startDate", "deadlineDate")
    }
    record = Record("search", number, about)
    key = record.require("identifier", get(about, "identifier", 0) or get(raw, "reference"))
    title = record.require("title", plain(get(about, "title", 0) or get(raw, "summary")))
    if record.errors:
        return record
    page = f"{PORTAL}/topic-details/{key}"
    code = key.split("-")[0]
    programme = record.entity("Programme", f"programme/eu-{slug(code)}", PORTAL)
    record.put(programme, "label", get(context.options, "programmes", code) or code, lang="en")
    record.put(programme, "level", "EU")
    opens = _day(get(about, "startDate", 0))
    deadlines = sorted(str(d) for d in listed(about["deadlineDate"]))
    closes = _next_deadline(deadlines, context.today.isoformat())
    year = (closes or opens or "")[:4]
    edition = year or slug(key)
    wanted = f"call/{programme.id.removeprefix('programme/')}/{edition}"
    call = record.entity("Call", seen.mint(context, f"{context.source.scheme}:{key}", wanted), page)
    call.add("programme", programme.id)
    record.put(call, "identifiers", key, scheme=context.source.scheme)
    record.put(call, "label", title, lang="en")
    text = get(raw, "metadata", "descriptionByte", 0) or get(raw, "summary")
    record.put(call, "description", plain(text), lang="en")
    record.put(call, "opens", opens)
    record.put(call, "closes", closes)
    record.put(call, "year", year)
    record.put(call, "edition", year)
    record.put(call, "landingPage", page)
    record.put(call, "currency", "EUR")
    if len(deadlines) > 1:
        told = ", ".join(filter(None, map(_day, deadlines)))
        record.put(call, "deadlineNote", f"Termene: {told}.", lang="ro")
        record.put(call, "deadlineNote", f"Cut-off dates: {told}.", lang="en")
    return record


def _day(value: object) -> str | None:
    return str(value).split("T")[0] if value else None


def _next_deadline(deadlines: list[str], today: str) -> str | None:
    """The first deadline that has not passed, else the last."""
    days = [day for one in deadlines if (day := _day(one)) is not None]
    return next((day for day in days if day >= today), days[-1] if days else None)
