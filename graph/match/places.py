"""The feature of place: the seat of an organisation, the quarter of a council, the territory of a call."""

from __future__ import annotations

from typing import Final

from graph.match.pair import Finding, Pair, Telling, nothing
from graph.match.rules.territory import distance, lies_in, reach
from ontology.errors import Said

STEPS: Final = {0: 1.0, 1: 0.6, 2: 0.4}
"""What a seat counts for so many steps away: the same town, the same county, the same region."""

WITHIN: Final = {"YES": 1.0, "UNKNOWN": 0.5, "NO": 0.0}
"""What a call's territory counts for, by whether the place asked for lies in it."""


LOCAL: Final = (1.0, 0.9, 0.8, 0.8, 0.6)
"""What a call counts for an idea whose territory is the town, county, region, country, the Union; a call
for the whole world REMOTE. Money from near is closer to what people think of; a plan's own actions turn
to all alike."""

REMOTE: Final = 0.5

QUARTER: Final = {"same": 1.0, "another": 0.0, "whole city": 0.5}
"""What a council or group counts for when a quarter is asked for: of it, of another, of none."""

CITY: Final = {"whole city": 1.0, "a quarter": 0.4}
"""What it counts for when the whole city is meant."""


def place(pair: Pair) -> Finding | None:
    """Lucrează în locul cerut: același cartier sau oraș (1), același județ (0,6), altundeva (0); un
    consiliu al întregului oraș, când se cere un cartier, jumătate, iar unul de cartier, când se cere
    orașul, 0,4; la un apel, dacă teritoriul lui cuprinde locul (pentru o idee, banii de aproape înainte).

    It works in the place asked for: the same quarter or city (1), the same county (0.6), elsewhere (0);
    a council of the whole city counts half when a quarter is asked for, one of a quarter 0.4 when the
    city is; for a call, whether its territory holds the place (for an idea, money from near first).
    """
    candidate, profile = pair.candidate, pair.profile
    if profile.town is None and not profile.places:
        return None
    field = next((n for n in ("place", "places", "activeIn") if candidate.refs(n)), None)
    if candidate.type in ("Council", "WorkingGroup"):
        return _quarter(pair, field)
    if profile.places and field is not None:
        same = bool(profile.places & set(candidate.refs(field)))
        return _told(pair, float(same), "same" if same else "another", field)
    if candidate.type == "Organisation":
        return _seat(pair, profile.town or "")
    return _territory(pair, profile.town or "") if candidate.type in ("Call", "Programme") else None


def _quarter(pair: Pair, field: str | None) -> Finding:
    """A council or group: of the quarter asked for, of another, or of the whole city."""
    wanted = pair.profile.places
    if not wanted:
        what = "whole city" if field is None else "a quarter"
        return _told(pair, CITY[what], what, field)
    if field is None:
        return _told(pair, QUARTER["whole city"], "whole city", field)
    what = "same" if wanted & set(pair.candidate.refs(field)) else "another"
    return _told(pair, QUARTER[what], what, field)


def _told(pair: Pair, value: float, what: str, field: str | None) -> Finding:
    text = {
        "same": Said("Același cartier.", "The same quarter."),
        "another": Said("Alt cartier.", "Another quarter."),
        "a quarter": Said("Ține de un singur cartier.", "It is of one quarter alone."),
        "whole city": Said("Nu ține de un singur cartier.", "It is not of one quarter alone."),
    }[what]

    def tell() -> Telling:
        world, id_ = pair.world, pair.candidate.id
        proof = world.evidence(id_, field) if field else world.evidence(id_, "parent")
        return text, proof or world.evidence(id_, "label")[:1]

    return Finding(value, tell)


def _seat(pair: Pair, wanted: str) -> Finding:
    town = str(pair.candidate.values.get("city") or "")
    steps = distance(town, wanted)
    if steps not in STEPS:
        return nothing(
            "Sediul este în altă parte sau necunoscut.", "Its seat is elsewhere or unknown."
        )

    def tell() -> Telling:
        proof = pair.world.evidence(pair.candidate.id, "city")
        return Said(f"Sediul: {town}.", f"Seat: {town}."), proof

    return Finding(STEPS[steps], tell)


def _territory(pair: Pair, wanted: str) -> Finding:
    call = pair.editions[0] if pair.editions else pair.candidate
    rules = (one for one in call.values.get("rules", ()) if one.get("kind") == "territory")
    rule = next(rules, None)
    if rule is not None and pair.profile.places & set(rule.get("places", ())):
        same, id_ = Said("Apelul este pentru acest loc.", "The call is for this place."), rule["id"]
        return Finding(1.0, lambda: (same, pair.world.evidence(str(id_), "places")))
    area = str(rule.get("territory") or "") if rule is not None else ""
    value = WITHIN[lies_in(wanted, area)] if area else 0.0
    if not pair.profile.of_plan:
        steps = reach(wanted, area)
        value *= LOCAL[steps] if steps is not None and steps < len(LOCAL) else REMOTE
    if rule is None or not value:
        return nothing(
            "Apelul este pentru alt loc sau nu spune.", "The call is for elsewhere, or silent."
        )

    def tell() -> Telling:
        text = Said(f"Teritoriul apelului: {area}.", f"The call's territory: {area}.")
        return text, pair.world.evidence(str(rule["id"]), "territory")

    return Finding(value, tell)
