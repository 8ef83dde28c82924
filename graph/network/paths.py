"""How two things hang together: the shortest chains of statements between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import igraph

from graph.network.city import CONNECTORS, City, Link, pair_graph
from graph.network.relations import relation
from ontology.errors import InputError, Said

WIDE = 10
"""A topic or place that more things than this share says nothing about two of them."""

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
    one, other = city.node(start).id, city.node(end).id
    if one == other:
        return []
    graph = _ways(city, {one, other})
    source, target = city.index[one], city.index[other]
    reach = graph.distances(source, target)[0][0]
    if math.isinf(reach) or reach > max_length:
        return []
    found = graph.get_k_shortest_paths(
        source, target, k=first * _SPARE, weights="cost", output="vpath"
    )
    told: dict[tuple[str, ...], Path] = {}
    for chain in found:
        if len(chain) - 1 <= max_length:
            nodes = [city.nodes[at] for at in chain]
            names = tuple(node.label_ro for node in nodes)
            told.setdefault(names, _path(city, tuple(node.id for node in nodes)))
    return list(told.values())[:first]


def _ways(city: City, ends: set[str]) -> igraph.Graph:
    """The pairs one may step along; `cost` is 1 plus less than 1/LONGEST for how known both are."""
    hubs = {n.id for n in city.nodes if n.kind in CONNECTORS and city.degree[n.id] > WIDE} - ends
    graph = pair_graph(
        city, (li for li in city.links if li.source not in hubs and li.target not in hubs)
    )
    known = [math.log2(1 + count) for count in graph.degree()]
    most = max(known, default=1.0) or 1.0
    scale = 1 / (2 * most * (LONGEST + 1))
    graph.es["cost"] = [1 + scale * (known[e.source] + known[e.target]) for e in graph.es]
    return graph


def _path(city: City, chain: tuple[str, ...]) -> Path:
    steps = (_step(city, one, other) for one, other in pairwise(chain))
    return Path(chain, tuple(steps))


def _step(city: City, one: str, other: str) -> Step:
    """The strongest statement between two neighbours; of equals the newest, then by name."""
    between = (city.links[at] for at in city.incident[city.index[one]])
    ties = [link for link in between if {link.source, link.target} == {one, other}]
    best = min(ties, key=lambda li: (-li.weight, -(li.year_from or 0), li.key))
    return Step(best, best.source == one)
