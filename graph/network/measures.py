"""Who stands where: degree, betweenness, PageRank, cores, and nearness to some things."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import igraph

from graph.network.city import City, by_id

EXACT_UP_TO = 2_000
"""Nodes up to which betweenness is exact: about a third of a second; above, it is sampled."""

SAMPLE = 200
"""Start nodes of a sampled betweenness."""

DAMPING = 0.85
"""The share of steps that follow a link in PageRank (Brin and Page 1998)."""

SEED = 20_220_401
"""Every random choice begins here, so that the same data gives the same answer."""

_RANDOM = threading.Lock()


@contextmanager
def seeded(seed: int = SEED) -> Iterator[None]:
    """igraph draws from one seed, for one thread at a time: it has a single generator."""
    with _RANDOM:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - not for secrets
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


def degree(city: City) -> dict[str, float]:
    """With how many different things each is linked."""
    return {thing: float(count) for thing, count in city.degree.items()}


def betweenness(city: City, exact_up_to: int = EXACT_UP_TO, k: int = SAMPLE) -> dict[str, float]:
    """The share of shortest chains between two others that pass through each, 0 to 1.

    Exact (Brandes 2001) up to `exact_up_to` nodes; above, estimated from `k` evenly spread start
    nodes and scaled by n/k (Brandes and Pich 2007).
    """
    graph = city.ties
    count = graph.vcount()
    if count < 3:
        return dict.fromkeys(city.index, 0.0)
    pairs = (count - 1) * (count - 2) / 2
    if count <= exact_up_to:
        return by_id(city, [value / pairs for value in graph.betweenness(directed=False)])
    starts = pivots(count, k)
    scale = count / (len(starts) * pairs)
    found = graph.betweenness(directed=False, sources=starts, targets=range(count))
    return by_id(city, [value * scale for value in found])


def pivots(count: int, k: int) -> list[int]:
    """At most `k` of `count` start nodes, the same ones each time."""
    return sorted(random.Random(SEED).sample(range(count), min(k, count)))  # noqa: S311


def pagerank(city: City, directed: bool = False) -> dict[str, float]:
    """PageRank of each, sums to 1; links weighted.

    Undirected unless told otherwise: whether a link reads "leads" or "is led by" is grammar.
    """
    graph = directed_ties(city) if directed else city.ties
    if graph.vcount() == 0:
        return {}
    return by_id(city, graph.pagerank(damping=DAMPING, weights="weight", directed=directed))


def directed_ties(city: City) -> igraph.Graph:
    """The ties with their directions: one edge per ordered pair, weights added up."""
    pairs: dict[tuple[int, int], float] = {}
    for link in city.links:
        if not city.connects(link) and link.source != link.target:
            pair = (city.index[link.source], city.index[link.target])
            pairs[pair] = pairs.get(pair, 0.0) + link.weight
    graph = igraph.Graph(n=len(city.nodes), edges=list(pairs), directed=True)
    graph.es["weight"] = list(pairs.values())
    return graph


def proximity(city: City, seeds: Sequence[str] | Mapping[str, float]) -> dict[str, float]:
    """How near each thing is to the seeds through the whole network: personalised PageRank.

    Seeds may carry weights. Only things a chain of ties reaches are in the answer; values sum to
    1 and count every chain, short ones most (Haveliwala 2002). Seeds unknown to the network are
    passed over: a match may start from a thing that has no ties yet.
    """
    weights = dict(seeds) if isinstance(seeds, Mapping) else dict.fromkeys(seeds, 1.0)
    graph = city.ties
    tied = {
        thing: w
        for thing, w in weights.items()
        if w > 0 and thing in city.index and graph.degree(city.index[thing])
    }
    if not tied:
        return {}
    reset = [0.0] * graph.vcount()
    for thing, weight in tied.items():
        reset[city.index[thing]] = weight
    found = graph.personalized_pagerank(
        damping=DAMPING, weights="weight", directed=False, reset=reset
    )
    return {thing: value for thing, value in by_id(city, found).items() if value > 0}


def cores(city: City) -> dict[str, int]:
    """The k-core of each: the largest k such that it stays in a group where all have k ties."""
    return {thing: int(value) for thing, value in by_id(city, city.ties.coreness()).items()}
