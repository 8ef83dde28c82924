"""Which of the scored candidates are listed: through the gates, best first, different enough if asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.match.base import Match
from graph.match.telling import Weighed, tell
from graph.match.world import World

POOL: Final = 5
"""How many times the list's length diversity chooses from."""

ALIKE: Final = 0.5
"""What a candidate loses at most for being like one already chosen."""


def offered(ranked: Iterable[Weighed], running: frozenset[str]) -> Iterator[Weighed]:
    """What passes the gates, best first. While a call takes applications, its programme is not listed
    beside it; when it takes none, the programme stands in its place."""
    return (one for one in ranked if one.id not in running and one.gate[0] != "NO")


def running(calls: Iterable[Weighed]) -> frozenset[str]:
    """The programmes of open calls that the gates let through."""
    return frozenset(
        programme
        for one in calls
        if one.gate[0] != "NO"
        for programme in one.pair.candidate.refs("programme")
    )


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
