"""Rules about places: two towns have two bodies, and a national body is not its local one."""

from __future__ import annotations

from ingest.identity.lexicon import Role, lexicon
from ingest.identity.names import Name
from ingest.identity.pair import ASKED, DENIED, Effect, Pair
from ingest.identity.party import Party
from ontology.errors import Said


def _related(one: frozenset[str], other: frozenset[str]) -> str:
    """`same`, `near` (one lies in the other) or `other` for two sets of places."""
    levels, table = lexicon().place_levels, lexicon()
    if one & other:
        return "same"
    near = any(p in levels(q) or q in levels(p) for p in one for q in other)
    return "near" if near and not (one | other) & table.countries else "other"


def _narrowest(places: frozenset[str]) -> frozenset[str]:
    """Without those that another of them lies in: of `Giroc, jud. Timiș` the village counts."""
    levels = lexicon().place_levels
    return places - {wide for place in places for wide in levels(place)[1:]}


def same_place(pair: Pair) -> Effect | None:
    """Two places name two bodies; a place that one name lacks is looked for in the city."""
    countries = lexicon().countries
    x, y = (_narrowest(places - countries) for places in pair.places)
    if pair.plain or (not x and not y):
        return _same_city(pair)
    if x and y:
        kinship = _related(x, y)
        if kinship == "same":
            return _one_more(x, y)
        text = Said(
            f"locuri diferite în nume: {', '.join(sorted(x))} și {', '.join(sorted(y))}",
            f"different places in the names: {', '.join(sorted(x))} and {', '.join(sorted(y))}",
        )
        if kinship == "other":
            return Effect("place", 0.35, DENIED, text)
        heads = (pair.x.of(Role.HEAD) | pair.y.of(Role.HEAD)) - lexicon().loose_heads
        official = heads | pair.x.of(Role.BRANCH) | pair.y.of(Role.BRANCH)
        return Effect("place", 0.97, 0.95 if official else ASKED, text)
    named, other, lacking = (x, pair.b, pair.y) if x else (y, pair.a, pair.x)
    return _one_place(pair, named, other, lacking)


def _one_more(x: frozenset[str], y: frozenset[str]) -> Effect | None:
    """A place that one of two names says beside the one they share."""
    strange = [p for p in x ^ y if _related(frozenset({p}), y if p in x else x) == "other"]
    if not strange:
        return None
    shown = ", ".join(sorted(strange))
    text = Said(f"numai un nume spune și {shown}", f"only one name says {shown} too")
    return Effect("place", 0.9, ASKED, text)


def _one_place(pair: Pair, named: frozenset[str], other: Party, lacking: Name) -> Effect | None:
    shown = ", ".join(sorted(named))
    known = other.places - lexicon().countries
    abroad = lacking.of(Role.PLACE) & lexicon().countries
    seated = bool(other.cities) and _related(named, other.cities) != "other"
    if known and (seated or not abroad):
        if _related(named, known) != "other":
            return None
        text = Said(
            f"un nume spune {shown}, celălalt este din {', '.join(sorted(known))}",
            f"one name says {shown}, the other is in {', '.join(sorted(known))}",
        )
        return Effect("place", 0.8, ASKED - 0.08 if pair.own >= 0.5 else DENIED, text)
    text = Said(f"numai un nume spune locul: {shown}", f"only one name says the place: {shown}")
    if abroad:
        return Effect("place", 0.8, ASKED if pair.own >= 0.5 else DENIED, text)
    if pair.own >= 0.5 and pair.stats.is_home(named):
        return Effect("place", 0.98, 1.0, text)
    return Effect("place", 0.9, ASKED, text)


def _same_city(pair: Pair) -> Effect | None:
    a, b = pair.a.cities, pair.b.cities
    if pair.plain or not a or not b or _related(a, b) != "other":
        return None
    return Effect(
        "place",
        0.85,
        ASKED,
        Said(
            f"orașe diferite: {pair.a.city} și {pair.b.city}",
            f"different cities: {pair.a.city} and {pair.b.city}",
        ),
    )


def _countries(name: Name) -> frozenset[str]:
    """The countries that a name says; one that goes without saying of a town it says is left out."""
    return _narrowest(name.of(Role.PLACE)) & lexicon().countries


def _is_lone_word(pair: Pair) -> bool:
    """`Asociația Natura` is not `Asociația Natura din România`: one word and the form of many."""
    forms = pair.x.of(Role.FORM) & pair.y.of(Role.FORM) - {"company"}
    return bool(forms) and pair.matched(Role.OWN, Role.COMMON, Role.HEAD, Role.NUMBER) <= 1


def same_country(pair: Pair) -> Effect | None:
    """A national body and its local one share a name: `X România` is not `X Timișoara`."""
    countries = lexicon().countries
    x, y = _countries(pair.x), _countries(pair.y)
    if pair.plain or x == y:
        return None
    if x and y:
        return Effect(
            "country",
            0.4,
            DENIED,
            Said("țări diferite în nume", "different countries in the names"),
        )
    named, other = (x, pair.b) if x else (y, pair.a)
    seats = {one for p in other.cities for one in lexicon().place_levels(p)} & countries
    if seats and not seats & named:
        said, seat = ", ".join(sorted(named)), ", ".join(sorted(seats))
        text = Said(
            f"un nume spune {said}, celălalt este din {seat}",
            f"one name says {said}, the other is in {seat}",
        )
        return Effect("country", 0.4, DENIED, text)
    local = bool(other.places - countries) and not named & other.places
    national = bool(pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD) & lexicon().national_heads)
    lone = _is_lone_word(pair)
    known = pair.acronym or (pair.own >= 0.5 and not local and not lone)
    limit = 1.0 if national or known else ASKED
    return Effect(
        "country", 0.98, limit, Said("numai un nume spune țara", "only one name says the country")
    )
