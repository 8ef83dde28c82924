"""Where a call wants its applicants from, and whether a town lies there.

Territories are free text in the sources; towns are names. Both are read against a small gazetteer;
what it does not know is unknown, never no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml

from ontology.cleaning import bare

Answer = Literal["YES", "NO", "UNKNOWN"]

_GAZETTEER = Path(__file__).parent / "territory.yml"


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", bare(text)).strip()


@dataclass(frozen=True)
class Gazetteer:
    """Areas by folded name: what each lies in; and words that mean an area."""

    within: dict[str, str]
    means: dict[str, tuple[str, ...]]
    narrow: tuple[str, ...]
    vague: dict[str, tuple[str, ...]]

    def chain(self, area: str) -> tuple[str, ...]:
        """The area and all it lies in, nearest first."""
        found = [area]
        while (up := self.within.get(found[-1])) is not None:
            found.append(up)
        return tuple(found)


@cache
def gazetteer() -> Gazetteer:
    """The bundled gazetteer."""
    raw = yaml.safe_load(_GAZETTEER.read_text(encoding="utf-8"))
    within: dict[str, str] = {}
    for area, members in raw["areas"].items():
        for member in members:
            within.setdefault(_fold(member), _fold(area))
    means, vague = (
        {_fold(word): tuple(_fold(a) for a in areas) for word, areas in raw[name].items()}
        for name in ("means", "vague")
    )
    return Gazetteer(within, means, tuple(_fold(word) for word in raw["narrow"]), vague)


_FILLERS = frozenset(
    [
        "judetul",
        "judetele",
        "judet",
        "orasul",
        "municipiul",
        "comuna",
        "zona",
        "si",
        "din",
        "de",
        "in",
        "la",
        "al",
        "a",
        "regiunea",
        "tara",
    ]
)
"""Words of a territory that name no area."""


@dataclass(frozen=True)
class Area:
    """The areas a territory names; whether all of each is meant, and whether nothing else is; those
    it perhaps reaches into."""

    names: frozenset[str]
    whole: bool
    only: bool
    perhaps: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def areas_of(territory: str) -> Area:
    """The areas a territory names.

    `județele Timiș și Arad` gives both. Of a narrower condition ("disadvantaged quarters of …")
    whoever lies outside is out and whoever lies inside is unknown; of a wider one ("the county and
    the border zone") whoever lies inside is in, those near are unknown, and the rest is out.
    """
    known = gazetteer()
    text = _fold(territory)
    narrow = any(f" {word} " in f" {text} " for word in known.narrow)
    found: set[str] = set()
    names = sorted({*known.means, *known.within, *known.within.values()}, key=len, reverse=True)
    rest = f" {text} "
    perhaps: set[str] = set()
    for words, near in known.vague.items():
        if f" {words} " in rest:
            perhaps.update(near)
            rest = rest.replace(f" {words} ", "  ")
    for name in names:
        if f" {name} " in rest:
            found.update(known.means.get(name, (name,)))
            rest = rest.replace(f" {name} ", "  ")
    only = narrow or not set(rest.split()) - _FILLERS
    return Area(frozenset(found), bool(found) and not narrow, only, frozenset(perhaps))


@lru_cache(maxsize=10_000)
def lies_in(town: str | None, territory: str) -> Answer:
    """Whether a town lies in a territory."""
    area = areas_of(territory)
    areas = area.names
    if "world" in areas:
        return "YES"
    if not town or not (areas or area.perhaps):
        return "UNKNOWN"
    known = gazetteer()
    place = _fold(town)
    place = known.means[place][0] if place in known.means else place
    chain = known.chain(place)
    if len(chain) == 1 and place not in known.within.values():
        return "UNKNOWN"
    if areas & set(chain):
        return "YES" if area.whole else "UNKNOWN"
    if area.perhaps & set(chain):
        return "UNKNOWN"
    # A territory inside the town (one of its quarters) says nothing about the seat.
    if any(place in known.chain(one) for one in areas):
        return "UNKNOWN"
    return "NO" if area.only else "UNKNOWN"


@lru_cache(maxsize=10_000)
def reach(town: str, territory: str) -> int | None:
    """Steps up from a town to the nearest area that a territory names: 0 the town itself, 1 its county …,
    as many as there are where the whole world is meant; None where it names none that holds the town."""
    known = gazetteer()
    place = _fold(town)
    chain = known.chain(known.means[place][0] if place in known.means else place)
    names = areas_of(territory).names
    if "world" in names:
        return len(chain)
    return next((steps for steps, area in enumerate(chain) if area in names), None)


@lru_cache(maxsize=10_000)
def distance(town: str | None, other: str | None) -> int | None:
    """Steps up from `town` until an area holds `other`: 0 same town, 1 same county …; None if unknown."""
    if not town or not other:
        return None
    known = gazetteer()
    chain, target = known.chain(_fold(town)), set(known.chain(_fold(other)))
    return next((steps for steps, area in enumerate(chain) if area in target), None)
