"""Open calls of a CommonGrants API (core 0.5): opportunities, their funders, dates and conditions.

Options: `url` (the API's root), `programme` (the name of the programme that the calls belong to),
`page_size`, `lang`, `details` (true: each opportunity is asked for by its own address, where servers
tell the competitions inside it and who may apply). Applicant types are those of the protocol; Romanian legal forms can be given
as custom types by their code (`association`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ingest import failures
from ingest.connectors._opportunity import (
    KNOWN,
    applicant_types,
    applicants,
    cost_sharing,
    description,
    note,
    untold,
)
from ingest.crawl import Crawling, Made, count_option, fetcher, language, option
from ingest.given import Seen, organisation_id
from ingest.mapping import slug
from ingest.nested import get, listed, uid, whole
from ingest.paging import Page, numbered
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import Said

ROUTE = "/common-grants/opportunities"


def crawl(context: Crawling) -> Iterator[Made]:
    """Every opportunity as a call, with its programme and funder."""
    root = option(context, "url").rstrip("/")
    for known in (ROUTE, "/common-grants"):  # the address that documentation prints
        root = root.removesuffix(known)
    size, seen = count_option(context, "page_size", 100), Seen()

    def ask(number: int) -> Page:
        answer = fetcher(context).get(f"{root}{ROUTE}", {"page": number, "pageSize": size})
        told = answer.json()
        items, counts = get(told, "items"), get(told, "paginationInfo")
        if not isinstance(items, list):
            raise failures.unexpected(answer.url, "items")
        total, pages = whole(get(counts, "totalItems")), whole(get(counts, "totalPages"))
        return Page(answer, items, pages, total)

    for number, item in enumerate(numbered(ask, size), 1):
        told = _details(context, root, item) if context.options.get("details") else item
        if isinstance(told, dict):
            context.unread.see("items", told, KNOWN)
            context.unread.see("customFields", untold(get(told, "customFields")), frozenset())
        yield from _record(context, seen, root, number, told).done(seen)


def _details(context: Crawling, root: str, item: Any) -> Any:
    """The opportunity as its own address tells it: lists leave out the competitions inside it."""
    key = get(item, "id")
    if not key:
        return item
    answer = fetcher(context).get(f"{root}{ROUTE}/{quote(str(key), safe='')}")
    told = answer.json()
    return get(told, "data") or told


def _record(context: Crawling, seen: Seen, root: str, number: int, raw: Any) -> Record:
    record = Record("opportunities", number, raw if isinstance(raw, dict) else {"item": raw})
    lang, scheme = language(context), context.source.scheme
    key = uid(record.require("id", get(raw, "id")))
    title = record.require("title", plain(get(raw, "title")))
    if record.errors:
        return record
    programme = record.entity("Programme", _programme_id(context), root)
    record.put(programme, "label", _programme_name(context), lang=lang)
    opens = _day(_event(raw, "postDate", "openDate"), end=False)
    closes = _day(_event(raw, "closeDate", "closeDate"), end=True)
    edition = (closes or opens or "")[:4] or slug(title)
    wanted = f"call/{programme.id.removeprefix('programme/')}/{edition}"
    id_ = seen.mint(context, f"{scheme}:{key}", wanted)
    call = record.entity("Call", id_, get(raw, "source") or f"{root}{ROUTE}/{key}")
    call.add("programme", programme.id)
    record.put(call, "identifiers", key, scheme=scheme)
    record.put(call, "label", title, lang=lang)
    record.put(call, "description", description(raw, lang), lang=lang)
    record.put(call, "opens", opens)
    record.put(call, "closes", closes)
    record.put(call, "year", (closes or opens or "")[:4])
    record.put(call, "edition", edition if edition.isdecimal() else None)
    record.put(call, "landingPage", get(raw, "source"))
    record.put(call, "deadlineNote", note(raw, lang), lang=lang)
    _money(record, call, get(raw, "funding"))
    _funder(context, record, call, root, get(raw, "funders", "primary"))
    applicants(record, call, applicant_types(raw), lang)
    cost_sharing(record, call, raw, lang)
    _identifiers(record, call, get(raw, "identifiers"))
    return record


def _programme_name(context: Crawling) -> str:
    title = context.source.title
    return option(context, "programme", title.en if language(context) == "en" else title.ro)


def _programme_id(context: Crawling) -> str:
    return f"programme/{slug(_programme_name(context))}"


def _event(raw: Any, name: str, inside: str) -> Any:
    """An event of the opportunity, else that of the one competition inside it."""
    own, competitions = get(raw, "keyDates", name), listed(get(raw, "competitions"))
    if own is not None or len(competitions) != 1:
        return own
    return get(competitions, 0, "keyDates", inside)


def _day(event: Any, *, end: bool) -> str | None:
    """The day (with its hour, if told) of an event: one date, or the edge of a range."""
    day = get(event, "date") or get(event, "endDate" if end else "startDate")
    hour = get(event, "time") or get(event, "endTime" if end else "startTime")
    if day is None:
        return None
    return f"{day}T{hour}" if hour and end else str(day)


def _money(record: Record, call: Entity, funding: Any) -> None:
    currencies = set()
    pairs = (
        ("budget", "totalAmountAvailable"),
        ("minGrant", "minAwardAmount"),
        ("maxGrant", "maxAwardAmount"),
    )
    for field, column in pairs:
        money = get(funding, column)
        if money is not None:
            record.put(call, field, get(money, "amount"))
            currencies.add(str(get(money, "currency")))
    if len(currencies) > 1:
        record.fail(
            "funding",
            Said("sumele au monede diferite", "the amounts are in different currencies"),
            Said("Cereți publicatorului o singură monedă.", "Ask the publisher for one currency."),
            ", ".join(sorted(currencies)),
        )
    for currency in currencies:
        record.put(call, "currency", currency)


def _funder(context: Crawling, record: Record, call: Entity, root: str, raw: Any) -> None:
    name = plain(get(raw, "name"))
    if not name:
        return
    key = f"{context.source.scheme}:{get(raw, 'id')}"
    made = record.entity("Organisation", organisation_id(context, name, keys=(key,)), root)
    record.put(made, "label", name, lang=language(context))
    record.put(made, "identifiers", get(raw, "id"), scheme=context.source.scheme)
    call.add("funder", made.id)


def _identifiers(record: Record, call: Entity, raw: Any) -> None:
    """The numbers under which other registers know the call, each in the scheme it names."""
    others = get(raw, "otherIds")
    told = {
        **(raw if isinstance(raw, dict) else {}),
        **(others if isinstance(others, dict) else {}),
    }
    for name, one in told.items():
        if name != "otherIds" and get(one, "id"):
            scheme = slug(str(get(one, "registry", "code") or name))
            record.put(call, "identifiers", get(one, "id"), scheme=scheme)
