"""Open calls of a CommonGrants API (core 0.5): opportunities, their funders, dates and conditions.

Options: `url` (the API's root), `programme` (the name of the programme that the calls belong to),
`page_size`, `lang`. Applicant types are those of the protocol; Romanian legal forms can be given
as custom types by their code (`association`).
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
    language,
    listed,
    option,
    organisation_id,
    whole,
)
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import Said
from ontology.loading import load_model

ROUTE = "/common-grants/opportunities"
_FORMS: dict[str, tuple[str, ...]] = {
    "individual": ("individual",),
    "government_state": ("public_institution", "ministry"),
    "government_county": ("county_body",),
    "government_municipal": ("public_institution", "city_department"),
    "school_district_independent": ("school",),
    "higher_education_public": ("university",),
    "higher_education_private": ("university",),
    "non_profit_with_501c3": ("association", "foundation", "federation"),
    "nonprofit_without_501c3": ("association", "foundation", "federation"),
    "for_profit_small_business": ("company",),
    "for_profit_not_small_business": ("company",),
}
"""The protocol's applicant types as our legal forms; others are kept as text only."""


def crawl(context: Crawling) -> Iterator[Made]:
    """Every opportunity as a call, with its programme and funder."""
    root = option(context, "url").rstrip("/")
    size = count_option(context, "page_size", 100)
    guard, seen, number, page = PageGuard(), Seen(), 0, 1
    while True:
        answer = fetcher(context).get(f"{root}{ROUTE}", {"page": page, "pageSize": size})
        told = answer.json()
        items, pages = get(told, "items"), whole(get(told, "paginationInfo", "totalPages"))
        if not isinstance(items, list):
            raise failures.unexpected(answer.url, "items")
        for item in items:
            number += 1
            yield from _record(context, seen, root, number, item).done(seen)
        if pages is None or page >= pages:
            return
        if not items:
            raise failures.incomplete(answer.url, page - 1, pages)
        guard.check(answer, items)
        page += 1


def _record(context: Crawling, seen: Seen, root: str, number: int, raw: Any) -> Record:
    record = Record("opportunities", number, raw if isinstance(raw, dict) else {"item": raw})
    lang, scheme = language(context), context.source.scheme
    key = record.require("id", get(raw, "id"))
    title = record.require("title", plain(get(raw, "title")))
    if record.errors:
        return record
    programme = record.entity("Programme", _programme_id(context), root)
    record.put(programme, "label", _programme_name(context), lang=lang)
    opens = _day(record, "keyDates.postDate", get(raw, "keyDates", "postDate"), end=False)
    closes = _day(record, "keyDates.closeDate", get(raw, "keyDates", "closeDate"), end=True)
    edition = (closes or opens or "")[:4] or slug(title)
    wanted = f"call/{programme.id.removeprefix('programme/')}/{edition}"
    id_ = seen.mint(context, f"{scheme}:{key}", wanted)
    call = record.entity("Call", id_, get(raw, "source") or f"{root}{ROUTE}/{key}")
    call.add("programme", programme.id)
    record.put(call, "identifiers", key, scheme=scheme)
    record.put(call, "label", title, lang=lang)
    record.put(call, "description", plain(get(raw, "description")), lang=lang)
    record.put(call, "opens", opens)
    record.put(call, "closes", closes)
    record.put(call, "year", (closes or opens or "")[:4])
    record.put(call, "edition", edition if edition.isdecimal() else None)
    record.put(call, "landingPage", get(raw, "source"))
    record.put(call, "deadlineNote", _note(raw, lang), lang=lang)
    _money(record, call, get(raw, "funding"))
    _funder(context, record, call, root, get(raw, "funders", "primary"))
    _applicants(record, call, listed(get(raw, "acceptedApplicantTypes")), lang)
    return record


def _programme_name(context: Crawling) -> str:
    title = context.source.title
    return option(context, "programme", title.en if language(context) == "en" else title.ro)


def _programme_id(context: Crawling) -> str:
    return f"programme/{slug(_programme_name(context))}"


def _day(record: Record, column: str, event: Any, *, end: bool) -> str | None:
    """The day (with its hour, if told) of an event: one date, or the edge of a range."""
    day = get(event, "date") or get(event, "endDate" if end else "startDate")
    hour = get(event, "time") or get(event, "endTime" if end else "startTime")
    if day is None:
        return None
    return f"{day}T{hour}" if hour and end else str(day)


def _note(raw: Any, lang: str) -> str:
    """What the source says about the deadline in words, and a status that dates do not tell."""
    told = [plain(get(raw, "keyDates", "closeDate", "details"))]
    told.append(plain(get(raw, "keyDates", "closeDate", "description")))
    status = get(raw, "status", "value")
    if status == "custom":
        told.append(plain(get(raw, "status", "customValue") or get(raw, "status", "description")))
    elif status == "closed" and not get(raw, "keyDates", "closeDate"):
        told.append({"ro": "Închis, după sursă.", "en": "Closed, says the source."}[lang])
    return "\n".join(filter(None, told))


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


def _applicants(record: Record, call: Entity, types: list[Any], lang: str) -> None:
    """One rule of the kind legal_form; checkable by machine when every type is a legal form."""
    values = [str(get(one, "value")) for one in types]
    if not values or "unrestricted" in values:
        return
    known = load_model().codes["LegalForm"].codes
    forms: list[str] = []
    words: list[str] = []
    for one, value in zip(types, values, strict=True):
        custom = str(get(one, "customValue") or "")
        found = (custom,) if custom in known else _FORMS.get(value, ())
        forms.extend(found)
        words.append(plain(get(one, "description")) or custom or value.replace("_", " "))
        if not found:
            forms.append("")
    rule = Entity.of("EligibilityRule", f"{call.id}/rule/legal-form", origin=record.place)
    rule.add("kind", "legal_form")
    rule.add("text", "; ".join(dict.fromkeys(words)), lang=lang)
    rule.add("machineCheckable", "" not in forms)
    for form in dict.fromkeys(filter(None, forms)):
        rule.add("legalForms", form)
    call.add("rules", rule)
