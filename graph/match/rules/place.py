"""The rule of where an applicant or its project must be: a territory in words, or places of the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.match.base import Answer, RuleAnswer
from graph.match.rules.case import Application, answered, unasked, unstated
from graph.match.rules.territory import lies_in
from ontology.errors import Said


def territory(case: Application) -> RuleAnswer:
    """Whether the applicant's seat lies in the call's territory, and in the places that it names.

    Where a call states both, both count: NO if either is, else UNKNOWN if either is.
    """
    rule = case.rule("territory")
    found = [*_in_words(case, rule), *_in_places(case, rule)]
    if not found:
        return unstated("territory", "pentru ce teritoriu este", "for which territory it is")
    answers = {one.answer for one in found}
    answer = next(a for a in ("NO", "UNKNOWN", "YES") if a in answers)
    telling = [one for one in found if one.answer == answer]
    return answered(
        "territory",
        answer,
        " ".join(one.text.ro for one in telling),
        " ".join(one.text.en for one in telling),
        *(missing for one in telling for missing in one.missing),
    )


def _in_words(case: Application, rule: Mapping[str, Any] | None) -> Iterator[RuleAnswer]:
    """The answer to the territory as the source writes it, if it does."""
    area = str(rule.get("territory") or "") if rule else ""
    if not area:
        return
    if case.applicant is None:
        yield unasked(
            "territory", f"Teritoriul apelului: {area}.", f"The call's territory: {area}."
        )
        return
    town = str(case.of_applicant("city") or "")
    found = lies_in(town or None, area)
    if found != "UNKNOWN":
        yield _told(found, town, area)
    elif not town:
        yield answered(
            "territory",
            "UNKNOWN",
            f"Localitatea sediului nu este cunoscută; teritoriul apelului: {area}.",
            f"The town of the seat is not known; the call's territory: {area}.",
            Said("localitatea sediului (o știe organizația)",
                 "the town of its seat (the organisation knows it)"),
        )  # fmt: skip
    else:
        yield answered(
            "territory",
            "UNKNOWN",
            f"Nu se poate spune dacă {town} intră în teritoriul apelului: {area}.",
            f"It cannot be told whether {town} lies in the call's territory: {area}.",
            Said(f"dacă {town} intră în „{area}” (o știe finanțatorul)",
                 f"whether {town} counts as '{area}' (the funder knows)"),
        )  # fmt: skip


def _told(found: Answer, town: str, area: str) -> RuleAnswer:
    """That a seat lies in a territory, or does not."""
    ro, en = ("se află", "lies") if found == "YES" else ("nu se află", "does not lie")
    seat = Said(
        f"Sediul ({town})" if town else "Orice sediu", f"The seat ({town})" if town else "Any seat"
    )
    return answered(
        "territory",
        found,
        f"{seat.ro} {ro} în teritoriul apelului: {area}.",
        f"{seat.en} {en} in the call's territory: {area}.",
    )


def _in_places(case: Application, rule: Mapping[str, Any] | None) -> Iterator[RuleAnswer]:
    """The answer to the places of the map that a call names, if it does.

    YES when the applicant or its project is in one of them; NO when both are known to be elsewhere;
    UNKNOWN otherwise, since the applicant may be elsewhere while its project is there.
    """
    wanted = tuple(rule.get("places", ())) if rule else ()
    if not wanted:
        return
    names = Said(*(", ".join(_name(case, one, lang) for one in wanted) for lang in ("ro", "en")))
    if case.applicant is None and not case.project_places:
        yield unasked(
            "territory", f"Locurile apelului: {names.ro}.", f"The call's places: {names.en}."
        )
        return
    own = case.applicant
    seat = (*own.refs("place"), *own.refs("activeIn")) if own is not None else ()
    town = str(case.of_applicant("city") or "")
    here = any(_lies_in(case, one, wanted) for one in (*seat, *case.project_places))
    if here or any(lies_in(town, _name(case, one, "ro")) == "YES" for one in wanted if town):
        yield answered(
            "territory",
            "YES",
            f"Solicitantul sau proiectul este într-unul dintre locurile apelului: {names.ro}.",
            f"The applicant or the project is in one of the call's places: {names.en}.",
        )
    elif case.project_places and (seat or _elsewhere(case, town, wanted)):
        yield answered(
            "territory",
            "NO",
            f"Nici solicitantul, nici proiectul nu este în locurile apelului: {names.ro}.",
            f"Neither the applicant nor the project is in the call's places: {names.en}.",
        )
    else:
        yield answered(
            "territory",
            "UNKNOWN",
            f"Nu se știe dacă proiectul are loc în: {names.ro}.",
            f"It is not known whether the project takes place in: {names.en}.",
            Said("unde are loc proiectul (o știe solicitantul)",
                 "where the project takes place (the applicant knows)"),
        )  # fmt: skip


def _name(case: Application, place: str, lang: str) -> str:
    """What a place is called; its id where the map is not at hand."""
    held = case.known.get(place)
    return held.label(lang) if held is not None else place


def _lies_in(case: Application, place: str, wanted: tuple[str, ...]) -> bool:
    """Whether a place is one of those wanted, or lies in one of them."""
    seen: set[str] = set()
    while place not in seen:
        if place in wanted:
            return True
        seen.add(place)
        held = case.known.get(place)
        place = next(iter(held.refs("within")), place) if held is not None else place
    return False


def _elsewhere(case: Application, town: str, wanted: tuple[str, ...]) -> bool:
    """Whether a town is known to lie outside every place wanted."""
    return bool(town) and all(lies_in(town, _name(case, one, "ro")) == "NO" for one in wanted)
