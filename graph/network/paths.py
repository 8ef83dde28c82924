"""How two things hang together: the shortest chains of statements between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import igraph

from graph.network.city import WIDE, City, Link
from graph.network.relations import relation
from ontology.errors import InputError, Said

LONGEST = 12
"""No chain of more steps than this is looked for: it would explain nothing."""

_SPARE = 4
"""How many chains are looked for per chain wanted: some say the same as a better one."""


@dataclass(frozen=True)
class Step:
    """One statement of a chain; `forward` when the chain walks it from source to target."""

    link: Link
    forward: bool

    def text(self, city: City, lang: str = "ro") -> str:
        """The statement as a sentence, always in its own direction."""
        source, target = city.node(self.link.source), city.node(self.link.target)
        return relation(self.link.relation).text(source.label(lang), target.label(lang), lang)


@dataclass(frozen=True)
class Path:
    """A chain: the ids it passes and the statement between each two."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]


def paths(city: City, start: str, end: str, max_length: int = 6, first: int = 3) -> list[Path]:
    """The best chains between two things, at most `max_length` steps each, fewest steps first.

    Among equally short ones the chain through little-known things comes first: that two bodies
    both deal with the city hall says less than that they share a small project. Topics and places
    shared by more than ten things are never stepped through. A chain whose things are called the
    same as in a better one (a project and its grant) is left out. No chain: an empty list.
    Raises NotFoundError for an unknown id, InputError for a length outside 1..12 or `first` < 1.
    """
    if not 1 <= max_length <= LONGEST or first < 1:
        raise InputError(
            Said(
                f"lungimea {max_length} sau numărul {first} nu se poate",
                f"the length {max_length} or the number {first} cannot be",
            ),
            Said(
                f"Lungimea este între 1 și {LONGEST}, numărul cel puțin 1.",
                f"Give a length from 1 to {LONGEST} and ask for at least 1.",
            ),
        )
    ends = city.node(start).id, city.node(end).id
    if ends[0] == ends[1]:
        return []
    graph = _ways(city, ends)
    source, target = city.index[ends[0]], city.index[ends[1]]
    from_start, from_end = (graph.distances(at)[0] for at in (source, target))
    shortest = from_start[target]
    if shortest > max_length:  # no chain at all is infinitely long
        return []
    far = [a + b for a, b in zip(from_start, from_end, strict=True)]
    found: list[Path] = []
    for longest in range(int(shortest), max_length + 1):
        # Every chain of at most `longest` steps lies among the things that near to both ends.
        near = [at for at, steps in enumerate(far) if steps <= longest]
        found = _best(city, graph.induced_subgraph(near), near, (source, target), longest, first)
        if len(found) == first:
            break
    return found


def _ways(city: City, ends: tuple[str, str]) -> igraph.Graph:
    """The pairs one may step along, and the links of the two ends, whatever these are."""
    wide = [city.index[one] for one in ends if one in city.connectors and city.degree[one] > WIDE]
    if not wide:
        return city.ways
    graph = city.ways.copy()
    mine = {at for end in wide for at in city.incident[end]}
    pairs = {
        tuple(sorted((city.index[li.source], city.index[li.target])))
        for li in map(city.links.__getitem__, mine)
    }
    graph.add_edges(sorted(pairs))
    return graph


def _best(
    city: City, graph: igraph.Graph, ids: list[int], ends: tuple[int, int], longest: int, first: int
) -> list[Path]:
    """The best chains in a part of the network, told once each (Yen 1971).

    A step costs 1 and less than 1/LONGEST for how known both its ends are.
    """
    known = [math.log2(1 + city.degree[city.nodes[at].id]) for at in ids]
    scale = 1 / (2 * max(max(known), 1.0) * (LONGEST + 1))
    cost = [1 + scale * (known[e.source] + known[e.target]) for e in graph.es]
    source, target = (ids.index(end) for end in ends)
    found = graph.get_k_shortest_paths(
        source, target, k=first * _SPARE, weights=cost, output="vpath"
    )
    told: dict[tuple[str, ...], Path] = {}
    for chain in found:
        if len(chain) - 1 <= longest:
            nodes = [city.nodes[ids[at]] for at in chain]
            names = tuple(node.label_ro for node in nodes)
            told.setdefault(names, _path(city, tuple(node.id for node in nodes)))
    return list(told.values())[:first]


def _path(city: City, chain: tuple[str, ...]) -> Path:
    steps = (_step(city, one, other) for one, other in pairwise(chain))
    return Path(chain, tuple(steps))


def _step(city: City, one: str, other: str) -> Step:
    """The strongest statement between two neighbours; of equals the newest, then by name."""
    between = (city.links[at] for at in city.incident[city.index[one]])
    ties = [link for link in between if {link.source, link.target} == {one, other}]
    best = min(ties, key=lambda li: (-li.weight, -(li.year_from or 0), li.key))
    return Step(best, best.source == one)
