"""Organisations linked by what they share: the two-mode network folded onto one of its modes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from graph.network.city import City, Link, city
from ontology.errors import Said, UnknownWordError

Chain = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Sharing:
    """How two organisations come to share a thing: the relations walked from each, either way."""

    name: str
    label: Said
    kinds: frozenset[str]
    chain: Chain


_IN_PROJECT = frozenset({"leads", "partner"})
_FUNDED = (_IN_PROJECT | {"receives"}, frozenset({"under-call", "granted-under", "awards"}))

SHARINGS: Mapping[str, Sharing] = {
    one.name: one
    for one in (
        Sharing(
            "projects",
            Said("proiecte comune", "shared projects"),
            frozenset({"PROJECT"}),
            (_IN_PROJECT,),
        ),
        Sharing("calls", Said("apeluri comune", "shared calls"), frozenset({"CALL"}), _FUNDED),
        Sharing(
            "funders",
            Said("finanțatori comuni", "shared funders"),
            frozenset({"ORGANISATION"}),
            (*_FUNDED, frozenset({"funds-call"})),
        ),
        Sharing(
            "councils",
            Said("consilii și grupuri comune", "shared councils and groups"),
            frozenset({"COUNCIL", "WORKING_GROUP"}),
            (frozenset({"member"}),),
        ),
    )
}


def projection(whole: City, sharing: str, onto: str = "ORGANISATION") -> City:
    """The things of kind `onto`, linked where they share what `sharing` names.

    A thing shared by n adds 1/(n-1) to each of its pairs (Newman 2001), so that a project of two
    ties closer than a council of forty. Links are `shared-{sharing}`, both ends in id order; their
    years run from the first to the last shared thing. Raises UnknownWordError.
    """
    try:
        how = SHARINGS[sharing]
    except KeyError:
        raise UnknownWordError(
            Said(f"nu există proiecția „{sharing}”", f"there is no projection '{sharing}'"),
            Said(f"Există: {', '.join(SHARINGS)}.", f"There are: {', '.join(SHARINGS)}."),
        ) from None
    holders = _holders(whole, how, onto)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for shared, those in sorted(holders.items()):
        for pair in combinations(sorted(those), 2):
            weights[pair] += 1 / (len(those) - 1)
            years[pair].extend(year for year in whole.node(shared).years if year is not None)
    links = [
        Link(one, other, f"shared-{sharing}", weight, *_range(years[one, other]))
        for (one, other), weight in weights.items()
    ]
    return city((node for node in whole.nodes if node.kind == onto), links)


def _range(years: list[int]) -> tuple[int | None, int | None]:
    return (min(years), max(years)) if years else (None, None)


def _holders(whole: City, how: Sharing, onto: str) -> dict[str, set[str]]:
    """By shared thing, who holds it."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in whole.nodes:
        if node.kind == onto:
            for shared in _walk(whole, node.id, how):
                found[shared].add(node.id)
    return {shared: those for shared, those in found.items() if len(those) > 1}


def _walk(whole: City, start: str, how: Sharing) -> set[str]:
    """Where the chain of relations ends, and also where an earlier step meets the wanted kind."""
    front, seen, met = {start}, {start}, set()
    for allowed in how.chain:
        following: set[str] = set()
        for thing in front:
            for at in whole.incident[whole.index[thing]]:
                link = whole.links[at]
                if link.relation in allowed:
                    following.add(link.target if link.source == thing else link.source)
        front = following - seen
        seen |= front
        met |= {thing for thing in front if whole.node(thing).kind in how.kinds}
    return met
