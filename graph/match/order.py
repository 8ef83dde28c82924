"""Which of the scored candidates are listed: through the gates, best first, different enough if asked."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from graph.match.base import Match
from graph.match.facts.world import World
from graph.match.measuring.measures import Measures
from graph.match.ranking import best_first
from graph.match.telling import Weighed, tell

POOL: Final = 5
"""How many times the list's length diversity chooses from."""

ALIKE: Final = 0.5
"""What a candidate loses at most for being like one already chosen."""


Weights = Mapping[str, Mapping[str, float]]
"""By wanted kind, the weight of each feature."""


def every(
    measures: Measures, weights: Weights, allowed: frozenset[str] | None, day: date
) -> Iterator[Weighed]:
    """Candidates of all wanted kinds, best first, equals by id."""
    return _merged(_lists(measures, weights, allowed, day))


def through_gates(
    measures: Measures, weights: Weights, allowed: frozenset[str] | None, day: date
) -> Iterator[Weighed]:
    """Those that the gates let through, best first. Closed calls are not looked at. While a call takes
    applications, its programme is not listed beside it; when it takes none, the programme stands in
    its place."""
    open_ = measures.world.open_calls(day)
    lists = _lists(measures, weights, allowed, day, calls=open_)
    calls = list(lists.get("CALL", ()))
    if "CALL" in lists:
        lists["CALL"] = calls
    running = _programmes(one for one in calls if one.gate[0] != "NO")
    return (one for one in _merged(lists) if one.id not in running and one.gate[0] != "NO")


def _lists(
    measures: Measures,
    weights: Weights,
    allowed: frozenset[str] | None,
    day: date,
    calls: frozenset[str] | None = None,
) -> dict[str, Iterable[Weighed]]:
    """By kind, its candidates best first; of calls none but those given, if some are."""
    found: dict[str, Iterable[Weighed]] = {}
    for kind, mine in weights.items():
        within = allowed
        if kind == "CALL" and calls is not None:
            within = calls if allowed is None else allowed & calls
        sheet = measures.sheet(kind, measures.shortlist(kind, within))
        found[kind] = best_first(sheet, mine, day)
    return found


def _merged(lists: Mapping[str, Iterable[Weighed]]) -> Iterator[Weighed]:
    return heapq.merge(*lists.values(), key=lambda one: (-one.score, one.id))


def _programmes(calls: Iterable[Weighed]) -> frozenset[str]:
    """The programmes of some calls."""
    return frozenset(p for one in calls for p in one.pair.candidate.refs("programme"))


def listed(ranked: Iterable[Weighed], first: int, world: World, diversity: float) -> list[Match]:
    """The first matches that have evidence, best first."""
    most = first if diversity <= 0 else max(50, POOL * first)
    told: list[Match] = []
    for one in ranked:
        if len(told) >= most:
            break
        match = tell(one)
        if match.reasons:
            told.append(match)
    told.sort(key=lambda match: (-match.score, match.id))
    return told if diversity <= 0 else diverse(told, first, diversity, world)


def diverse(ranked: Sequence[Match], first: int, strength: float, world: World) -> list[Match]:
    """Maximal marginal relevance (Carbonell and Goldstein 1998): each next one loses what it shares
    with those already chosen. `strength` is from 0 to 1."""
    chosen: list[Match] = []
    pool = list(ranked)
    likeness = dict.fromkeys((one.id for one in pool), 0.0)
    while pool and len(chosen) < first:
        best = max(pool, key=lambda one: one.score - strength * ALIKE * likeness[one.id])
        chosen.append(best)
        pool.remove(best)
        topics = world.topics_of(best.id)
        for one in pool:
            mine = world.topics_of(one.id)
            alike = len(mine & topics) / max(1, len(mine | topics))
            likeness[one.id] = max(likeness[one.id], alike)
    return chosen
