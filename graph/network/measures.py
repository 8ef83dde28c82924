"""Who stands where: degree, betweenness, PageRank, cores, and nearness to some things."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import igraph
import numpy as np

from graph.network.city import City, by_id
from graph.network.steps import Steps

EXACT_UP_TO = 2_000
"""Nodes up to which betweenness is exact: about a third of a second; above, it is sampled."""

SAMPLE = 200
"""Start nodes of a sampled betweenness."""

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
    """PageRank of each, sums to 1; links weighted (Brin and Page 1998).

    Undirected unless told otherwise: whether a link reads "leads" or "is led by" is grammar.
    """
    count = len(city.nodes)
    if count == 0:
        return {}
    steps = Steps.of(city.directed_ties) if directed else city.steps
    return by_id(city, steps.ranks(np.full(count, 1 / count)))


def proximity(city: City, seeds: Sequence[str] | Mapping[str, float]) -> dict[str, float]:
    """How near each thing is to the seeds through the whole network: personalised PageRank.

    Seeds may carry weights. Only things a chain of ties reaches are in the answer; values sum to
    1 and count every chain, short ones most (Haveliwala 2002). Seeds unknown to the network are
    passed over: a match may start from a thing that has no ties yet.
    """
    weights = dict(seeds) if isinstance(seeds, Mapping) else dict.fromkeys(seeds, 1.0)
    reset = np.zeros(len(city.nodes))
    for thing, weight in weights.items():
        at = city.index.get(thing)
        if at is not None and weight > 0 and city.ties.degree(at):
            reset[at] = weight
    total = reset.sum()
    if total == 0:
        return {}
    found = city.steps.ranks(reset / total)
    return {thing: value for thing, value in by_id(city, found).items() if value > 0}


def cores(city: City) -> dict[str, int]:
    """The k-core of each: the largest k such that it stays in a group where all have k ties."""
    return {thing: int(value) for thing, value in by_id(city, city.ties.coreness()).items()}
