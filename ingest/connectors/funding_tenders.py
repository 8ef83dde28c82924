"""Calls of the EU Funding & Tenders portal by its search service (no schema is published for it).

Options: `url` (the service; the portal's own unless given), `query` (words), `statuses` (codes of
the portal: 31094501 forthcoming, 31094502 open), `page_size`, `pages` at most, `programmes` (names
by code). A topic's programme is the first part of its identifier (`HORIZON-CL4-…`). Stale records
say open long after their deadline: whether a call is open follows from its dates here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ingest import failures
from ingest.answers import PageGuard
from ingest.crawl import Crawling, Made, count_option, fetcher, option, options
from ingest.given import Seen
from ingest.mapping import slug
from ingest.moments import local_day
from ingest.nested import amount, get, listed, whole
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity

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
    keys: dict[str, str] = {}
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
            status = _first(raw, "status")
            if status is None or str(status) in statuses:
                key = str(_first(raw, "identifier") or get(raw, "reference") or "")
                key = keys.setdefault(key.casefold(), key)
                yield from _record(context, seen, number, raw, key).done(seen)
        if number >= (total or 0):
            return
        if not results:
            raise failures.incomplete(answer.url, number, total or 0)
        guard.check(answer, results)


def _first(raw: Any, name: str) -> Any:
    """The first value of a topic's field: the service sends lists, of one value most of the time."""
    told = get(raw, "metadata", name)
    return get(told, 0) if isinstance(told, list) else told


def _record(context: Crawling, seen: Seen, number: int, raw: Any, key: str) -> Record:
    names = ("identifier", "title", "status", "startDate", "deadlineDate")
    record = Record("search", number, {name: get(raw, "metadata", name) for name in names})
    record.require("identifier", key)
    record.require("status", _first(raw, "status"))
    title = record.require("title", plain(_first(raw, "title") or get(raw, "summary")))
    if record.errors:
        return record
    page = f"{PORTAL}/topic-details/{key}"
    code = key.split("-")[0]
    programme = record.entity("Programme", f"programme/eu-{slug(code)}", PORTAL)
    record.put(programme, "label", get(context.options, "programmes", code) or code, lang="en")
    record.put(programme, "level", "EU")
    opens = local_day(_first(raw, "startDate"))
    told = get(raw, "metadata", "deadlineDate")
    days = map(local_day, listed(told) or [told])
    deadlines = sorted({day for day in days if day})
    closes = _next_deadline(deadlines, context.today.isoformat())
    year = (closes or opens or "")[:4]
    edition = year or slug(key)
    wanted = f"call/{programme.id.removeprefix('programme/')}/{edition}"
    call = record.entity("Call", seen.mint(context, f"{context.source.scheme}:{key}", wanted), page)
    call.add("programme", programme.id)
    record.put(call, "identifiers", key, scheme=context.source.scheme)
    record.put(call, "label", title, lang="en")
    record.put(call, "description", _description(raw), lang="en")
    record.put(call, "opens", opens)
    record.put(call, "closes", closes)
    record.put(call, "year", year)
    record.put(call, "edition", year)
    record.put(call, "landingPage", page)
    record.put(call, "currency", "EUR")
    if len(deadlines) > 1:
        dates = ", ".join(deadlines)
        record.put(call, "deadlineNote", f"Termene: {dates}.", lang="ro")
        record.put(call, "deadlineNote", f"Cut-off dates: {dates}.", lang="en")
    _money(record, call, key, _first(raw, "budgetOverview"))
    return record


def _description(raw: Any) -> str:
    """The topic's text, the call it stands in, and the sort of action that is funded."""
    lines = [plain(_first(raw, "descriptionByte") or get(raw, "summary"))]
    for name, said in (("callTitle", "Call"), ("typesOfAction", "Type of action")):
        if text := plain(_first(raw, name)):
            lines.append(f"{said}: {text}.")
    return "\n".join(filter(None, lines))


def _money(record: Record, call: Entity, key: str, overview: Any) -> None:
    """The budget of the topic and the sums of one grant, from the overview of the whole call.

    It is JSON inside a text and lists the actions of every topic of the call: the topic's own are
    those that begin with its identifier. Where it cannot be read, or a year of it, the sums stay unknown.
    """
    try:
        told = json.loads(overview) if isinstance(overview, str) else overview
    except (ValueError, RecursionError):
        return
    actions = [a for part in _values(get(told, "budgetTopicActionMap")) for a in listed(part)]
    own = [a for a in actions if _belongs(a, key)] or (actions if len(actions) == 1 else [])
    sums = [amount(v) for action in own for v in _values(get(action, "budgetYearMap")) if v != ""]
    least = [n for a in own if (n := amount(get(a, "minContribution")))]
    most = [n for a in own if (n := amount(get(a, "maxContribution")))]
    known = [one for one in sums if one is not None]
    record.put(call, "budget", sum(known) or None if len(known) == len(sums) else None)
    record.put(call, "minGrant", min(least, default=None))
    record.put(call, "maxGrant", max(most, default=None))


def _belongs(action: Any, key: str) -> bool:
    """Whether an action is one of the topic: `KEY - HORIZON-RIA`, and not that of `KEY-2`."""
    name = str(get(action, "action") or "").casefold()
    return name == key.casefold() or name.startswith(f"{key.casefold()} ")


def _values(told: Any) -> list[Any]:
    return list(told.values()) if isinstance(told, dict) else []


def _next_deadline(days: list[str], today: str) -> str | None:
    """The first deadline that has not passed, else the last."""
    return next((day for day in days if day >= today), days[-1] if days else None)
