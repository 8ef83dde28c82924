"""Which things of a large kind are looked at closely: what search, topics, names and ties put forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from graph.match.measuring.closeness import Closeness

SHORTLIST: Final = 400
"""How many candidates of a kind are looked at closely; indexes rule out the rest."""

POOL: Final = 4
"""Of how many times as many those are taken that fit the topics best and are closest in meaning too."""

NEAR: Final = 50
"""How many of the nearest in the network are looked at."""


class Shortlist:
    """The candidates of each kind for one profile. A kind's own list is made once."""

    def __init__(self, close: Closeness) -> None:
        self._close = close
        self._kept: dict[str, tuple[str, ...]] = {}

    def of(self, kind: str, allowed: frozenset[str] | None) -> Sequence[str]:
        """All of a kind, if they are few; of many, those that something puts forward.

        That costs one search and what the indexes give, no look at each.
        """
        columns = self._close.world.columns
        if len(columns.of_kind.get(kind, ())) <= SHORTLIST:
            every = columns.kind_ids(kind)
            return every if allowed is None else [id_ for id_ in every if id_ in allowed]
        if allowed is not None and len(allowed) <= SHORTLIST:
            return sorted(id_ for id_ in allowed if columns.kind_of(id_) == kind)
        if allowed is not None:
            return self._best(kind, allowed)
        if kind not in self._kept:
            self._kept[kind] = self._best(kind, None)
        return self._kept[kind]

    def _best(self, kind: str, allowed: frozenset[str] | None) -> tuple[str, ...]:
        """What search finds first, what fits the topics best, what is named and what is nearest."""
        close, half = self._close, SHORTLIST // 2
        text = close.profile.text
        hits = close.search.query(text, kinds=(kind,), allowed=allowed, first=half).hits
        put = [hit.id for hit in hits] + self._fitting(kind, allowed, half)
        near = sorted(close.near, key=lambda id_: -close.near[id_])[:NEAR]
        kind_of = close.world.columns.kind_of
        tied = [
            id_
            for id_ in (*close.profile.named, *near)
            if kind_of(id_) == kind and (allowed is None or id_ in allowed)
        ]
        return tuple(dict.fromkeys((*put, *tied)))

    def _fitting(self, kind: str, allowed: frozenset[str] | None, first: int) -> list[str]:
        """Those whose set of topics fits best; of more than enough, the closest in meaning."""
        found: list[str] = []
        for id_ in self._by_fit(kind):
            if allowed is None or id_ in allowed:
                found.append(id_)
            if len(found) >= POOL * first:
                break
        search, world = self._close.search, self._close.world
        rows = np.array([world.columns.rows[id_] for id_ in found], dtype=np.int64)
        places = world.found[rows]
        cosines = np.zeros(len(found))
        known = places >= 0
        cosines[known] = search.near(self._close.profile.text, places[known])[0]
        worth = cosines + self._close.set_fits[world.columns.sets[rows]]
        return [found[at] for at in np.argsort(-worth, kind="stable")[:first].tolist()]

    def _by_fit(self, kind: str) -> Iterator[str]:
        """The things of a kind by how well their topics fit, without those that do not at all."""
        columns, fits = self._close.world.columns, self._close.set_fits
        by_set = columns.by_set[kind]
        for number in np.argsort(-fits, kind="stable").tolist():
            if fits[number] <= 0:
                return
            for row in by_set.get(number, ()):
                yield columns.ids[row]
