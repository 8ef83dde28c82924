"""How near things are in the network to a few others: a random walk that only visits what it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.network import City
from graph.network.steps import DAMPING

Values = NDArray[np.float64]

STEPS: Final = 8
"""How many steps the walk takes: longer chains of ties add next to nothing."""

NEGLIGIBLE: Final = 1e-6
"""Chances below this are not followed, so that a walk costs what it reaches, not the whole network."""

WAYS: Final = 4
"""How many seeds, and things between, chains are looked for through."""

LITTLE: Final = 50
"""A thing of more ties is not the first step of a long chain."""

HUBS: Final = 0.5
"""How much of being near to everything is taken off nearness: the power of the divisor."""


class Nearness:
    """The ties of a city, ready to be walked from any few things.

    Personalised PageRank (Haveliwala 2002), cut after STEPS, divided by the usual PageRank of each
    thing to the power of HUBS: being near to a hub says little.
    """

    def __init__(self, city: City) -> None:
        steps = city.steps
        order = np.argsort(steps.start, kind="stable")
        self._city = city
        self._end = steps.end[order]
        self._chance: Values = np.asarray(steps.chance[order], dtype=np.float64)
        self._first = np.searchsorted(steps.start[order], np.arange(steps.count + 1))
        usual = steps.ranks(np.full(steps.count, 1 / max(1, steps.count))) if steps.count else 0.0
        self._usual: Values = np.maximum(np.asarray(usual, dtype=np.float64), 1e-9) ** HUBS

    def of(self, seeds: Mapping[str, float]) -> dict[str, float]:
        """Everything that is reached from weighted seeds: 1 for the nearest, the seeds left out."""
        index = self._city.index
        rows = {index[id_]: weight for id_, weight in seeds.items() if id_ in index and weight > 0}
        if not rows:
            return {}
        here = np.array(list(rows), dtype=np.int64)
        mass: Values = np.array(list(rows.values()), dtype=np.float64)
        mass = mass / mass.sum()
        found = dict.fromkeys(rows, 0.0)
        for step in range(1, STEPS + 1):
            here, mass = self._step(here, mass)
            for row, value in zip(here.tolist(), mass.tolist(), strict=True):
                found[row] = found.get(row, 0.0) + value * (1 - DAMPING) * DAMPING**step
        reached = np.array([row for row in found if row not in rows], dtype=np.int64)
        if not len(reached):
            return {}
        lifted = np.array([found[row] for row in reached.tolist()]) / self._usual[reached]
        near = np.sqrt(lifted / lifted.max())
        nodes = self._city.nodes
        return {
            nodes[row].id: value for row, value in zip(reached.tolist(), near.tolist(), strict=True)
        }

    def chains(self, id_: str, seeds: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
        """Chains of ties from a thing to the seeds, as the ids they pass: the fewest steps first, three
        at most; of equals through the least known. Hubs are not stepped through twice."""
        index, nodes, ties = self._city.index, self._city.nodes, self._city.ties
        if id_ not in index:
            return
        start, mine = index[id_], set(ties.neighbors(index[id_]))
        known = sorted(seeds, key=lambda one: (-seeds[one], one))
        ends = [index[one] for one in known if one in index and index[one] != start]
        yield from ((id_, nodes[end].id) for end in ends if end in mine)
        beside = {end: set(ties.neighbors(end)) - {start} for end in ends[:WAYS]}
        for end, its in beside.items():
            for middle in sorted(mine & its, key=lambda at: (ties.degree(at), at))[:WAYS]:
                yield id_, nodes[middle].id, nodes[end].id
        little = [at for at in mine if ties.degree(at) <= LITTLE]
        for first in sorted(little, key=lambda at: (ties.degree(at), at))[:LITTLE]:
            further = set(ties.neighbors(first)) - mine - {start}
            for end, its in beside.items():
                for second in sorted(further & its)[:1]:
                    yield id_, nodes[first].id, nodes[second].id, nodes[end].id

    def _step(self, here: NDArray[np.int64], mass: Values) -> tuple[NDArray[np.int64], Values]:
        """One step along every tie from where the walk is: where it is then, and how likely."""
        counts = self._first[here + 1] - self._first[here]
        offsets = np.repeat(self._first[here] - np.cumsum(counts) + counts, counts)
        edges = offsets + np.arange(counts.sum())
        moved = np.repeat(mass, counts) * self._chance[edges]
        rows, places = np.unique(self._end[edges], return_inverse=True)
        summed = np.asarray(np.bincount(places, moved, len(rows)), dtype=np.float64)
        kept = summed > NEGLIGIBLE
        return rows[kept].astype(np.int64), summed[kept]
