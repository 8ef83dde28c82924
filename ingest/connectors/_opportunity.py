"""What an opportunity of CommonGrants says besides its dates and sums: who may apply, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.nested import get, listed, whole
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.loading import load_model

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

KNOWN = frozenset(
    {
        "id", "title", "status", "description", "funding", "funders", "keyDates", "source",
        "acceptedApplicantTypes", "customFields", "identifiers", "competitions",
        # left out on purpose: the making of the record; awards come from sources of their own
        "createdAt", "lastModifiedAt", "awards",
    }
)  # fmt: skip
"""What an opportunity of the protocol has."""

_PEOPLE = re.compile(
    r"contact|person|mail|phone|telefon|officer|manager|owner|author|autor(?!i[tz])|responsabil|coord[oi]n",
    re.IGNORECASE,
)
"""What the name of a field about people to write to has in it."""

_TO_WRITE_TO = re.compile(r"\w@\w|(?:\+4|(?<!\d))0(?:[ ./-]?\d){9}(?!\d)")
"""An address of mail or a telephone number, whatever its field is called."""

_SAID = {
    "ro": {
        "count": "Finanțări estimate: {}.",
        "funders": "Și alți finanțatori: {}.",
        "status": "Stare, după sursă: {}.",
        "closed": "Închis, după sursă.",
        "share": "Cofinanțare cerută.",
    },
    "en": {
        "count": "Grants expected: {}.",
        "funders": "Other funders as well: {}.",
        "status": "Status, says the source: {}.",
        "closed": "Closed, says the source.",
        "share": "Cost sharing is required.",
    },
}


def description(raw: Any, lang: str) -> str:
    """The text of an opportunity, with what else it tells that has no field of its own here."""
    said, funding = _SAID[lang], get(raw, "funding")
    told = [plain(get(raw, "description")), plain(get(funding, "details"))]
    if (count := _count(funding)) is not None:
        told.append(said["count"].format(count))
    others = get(raw, "funders", "otherOrgs")
    names = [plain(get(one, "name")) for one in others.values()] if isinstance(others, dict) else []
    if named := ", ".join(filter(None, names)):
        told.append(said["funders"].format(named))
    told.extend(_custom(get(raw, "customFields")))
    return "\n".join(filter(None, told))


def _count(funding: Any) -> str | None:
    """How many grants are expected: a number, or from one to another."""
    if (one := whole(get(funding, "estimatedAwardCount"))) is not None:
        return str(one)
    least, most = whole(get(funding, "minAwardCount")), whole(get(funding, "maxAwardCount"))
    ends = [str(end) for end in (least, most) if end is not None]
    return "–".join(dict.fromkeys(ends)) or None


def untold(fields: Any) -> Iterator[str]:
    """The fields of the publisher's own that are no plain values and so not told in words."""
    for key, one in fields.items() if isinstance(fields, dict) else ():
        value = get(one, "value")
        parts = value if isinstance(value, list) else [value]
        if not _share(key) and any(isinstance(part, dict | list | bool) for part in parts):
            yield str(key)


def _share(key: object) -> bool:
    return str(key).lower().replace("_", "") == "costsharing"


def _custom(fields: Any) -> Iterator[str]:
    """Fields that the publisher added: one line each, but for those about people to write to."""
    for key, one in fields.items() if isinstance(fields, dict) else ():
        name, value = plain(get(one, "name")) or str(key), get(one, "value")
        if _PEOPLE.search(f"{key} {name}"):
            continue
        parts = value if isinstance(value, list) else [value]
        words = [plain(part) for part in parts if isinstance(part, str) and part]
        if words and not _TO_WRITE_TO.search(said := ", ".join(words)):
            yield f"{name}: {said}."


def note(raw: Any, lang: str) -> str:
    """What the source says about the deadline in words, other dates, and a status dates do not tell."""
    said, dates = _SAID[lang], get(raw, "keyDates")
    told = [plain(get(dates, "closeDate", "details"))]
    told.append(plain(get(dates, "closeDate", "description")))
    others = get(dates, "otherDates")
    told.extend(map(_event, others.values()) if isinstance(others, dict) else ())
    status = get(raw, "status", "value")
    words = [plain(get(raw, "status", key)) for key in ("customValue", "description")]
    if status == "closed" and not get(dates, "closeDate"):
        told.append(said["closed"])
    elif status not in ("open", "forecasted", "closed", None):
        known = " – ".join(dict.fromkeys(filter(None, words))) or str(status)
        told.append(said["status"].format(known))
    return "\n".join(dict.fromkeys(filter(None, told)))


def _event(event: Any) -> str:
    """An event in one line: `Questions until: 2024-05-30`."""
    name = plain(get(event, "name") or get(event, "description"))
    days = [get(event, key) for key in ("date", "startDate", "endDate")]
    hours = [get(event, key) for key in ("time", "startTime", "endTime")]
    spans = [f"{d} {str(h)[:5]}" if h else str(d) for d, h in zip(days, hours, strict=True) if d]
    told = " – ".join(spans) or plain(get(event, "details"))
    return ": ".join(filter(None, (name, told)))


def applicant_types(raw: Any) -> list[Any]:
    """Who may apply: of the opportunity, else of the competitions inside it."""
    own = listed(get(raw, "acceptedApplicantTypes"))
    if own:
        return own
    inside = listed(get(raw, "competitions"))
    return [one for each in inside for one in listed(get(each, "acceptedApplicantTypes"))]


def applicants(record: Record, call: Entity, types: list[Any], lang: str) -> None:
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


def cost_sharing(record: Record, call: Entity, raw: Any, lang: str) -> None:
    """The rule that applicants must bring a share, which publishers tell in a field of their own."""
    fields = get(raw, "customFields")
    for key, one in fields.items() if isinstance(fields, dict) else ():
        if not _share(key):
            continue
        value = get(one, "value")
        if value is True or get(value, "isRequired") is True:
            rule = Entity.of("EligibilityRule", f"{call.id}/rule/cofinancing", origin=record.place)
            rule.add("kind", "cofinancing")
            rule.add("text", plain(get(one, "description")) or _SAID[lang]["share"], lang=lang)
            rule.add("machineCheckable", False)
            call.add("rules", rule)
