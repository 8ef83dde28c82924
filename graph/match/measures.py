"""Measures a profile against whole kinds of things at once: meaning, topics, nearness in the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.base import Record
from graph.match.columns import Rows
from graph.match.nearness import Nearness
from graph.match.pair import Around, Pair
from graph.match.shortlist import Shortlist
from graph.match.subject import Profile
from graph.match.topicspace import Values
from graph.match.world import World
from graph.search.hybrid import Search

Column = NDArray[np.float64]

CLOSE: Final = (0.20, 0.75)
"""The cosines that count as 0 and as 1: below the first, texts have nothing to do with each other;
the second is what a thing and a text about it reach."""

FOUND: Final = 0.45
"""The search score that counts as 1: words, letters and meaning all agree."""

SEARCHED: Final = 0.4
"""The share of the search score in `meaning`; the rest is the cosine."""

SIBLINGS: Final = 0.3
"""What a call's meaning takes from the closest edition of its programme."""

TOPIC_SHARE: Final = 0.5
"""The share of topics in how much a project is about the subject; the rest is meaning."""


class Measures:
    """Everything about one profile that is measured in bulk."""

    def __init__(self, profile: Profile, world: World, search: Search, nearness: Nearness) -> None:
        self.profile = profile
        self.world = world
        self.search = search
        self._nearness = nearness
        self._lists = Shortlist(self)

    # -- who is looked at -----------------------------------------------------------------------

    def shortlist(self, kind: str, allowed: frozenset[str] | None) -> list[str]:
        """The candidates of a kind worth a closer look, without the subject's own things."""
        own = self.profile.own
        return [id_ for id_ in self._lists.of(kind, allowed) if id_ not in own]

    # -- how near they are ----------------------------------------------------------------------

    @cached_property
    def set_fits(self) -> Values:
        """How well each set of topics that things state fits the subject (sets,)."""
        return self.world.set_fits(self.world.space.vector(self.profile.topics))

    def fit(self, id_: str) -> float:
        """How well a thing's topics fit the subject's, 0 to 1."""
        columns = self.world.columns
        row = columns.rows.get(id_)
        return 0.0 if row is None else float(self.set_fits[columns.sets[row]])

    @cached_property
    def near(self) -> Mapping[str, float]:
        """What is near in the network, and how near: 0 to 1."""
        return self._nearness.of(self.profile.seeds)

    def sheet(self, kind: str, ids: Sequence[str]) -> Sheet:
        """Candidates of one kind beside the subject, as columns."""
        columns = self.world.columns
        rows = np.array([columns.rows[id_] for id_ in ids], dtype=np.int64)
        near = np.array([self.near.get(id_, 0.0) for id_ in ids], dtype=np.float64)
        if kind not in ("CALL", "PROGRAMME") or not ids:
            return Sheet(self, kind, tuple(ids), self._meaning(rows), self._fits(rows), near)
        groups = [self.world.spoken_for(row) for row in rows.tolist()]
        starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
        together = np.concatenate(groups)
        meaning = np.maximum.reduceat(self._meaning(together), starts)
        if kind == "PROGRAMME":
            fits = np.maximum.reduceat(self._fits(together), starts)
            return Sheet(self, kind, tuple(ids), meaning, fits, near)
        meaning = (1 - SIBLINGS) * self._meaning(rows) + SIBLINGS * meaning
        return Sheet(self, kind, tuple(ids), meaning, self._fits(rows), near)

    def _fits(self, rows: Rows) -> Column:
        return self.set_fits[self.world.columns.sets[rows]].astype(np.float64)

    def _meaning(self, rows: Rows) -> Column:
        """Calibrated closeness and search score together, 0 to 1 (n,)."""
        made: Column = np.zeros(len(rows), dtype=np.float64)
        places = self.world.found[rows]
        known = places >= 0
        if not self.profile.text.strip() or not known.any():
            return made
        cosines, scores = self.search.near(self.profile.text, places[known])
        low, high = CLOSE
        close = np.clip((cosines - low) / (high - low), 0.0, 1.0)
        made[known] = (1 - SEARCHED) * close + SEARCHED * np.minimum(1.0, scores / FOUND)
        return made

    @cached_property
    def around(self) -> Around:
        """How much each project and grant is about the subject; nothing counts without a shared topic."""
        columns = self.world.columns
        ids = [id_ for kind in ("PROJECT", "GRANT") for id_ in self.shortlist(kind, None)]
        rows = np.array([columns.rows[id_] for id_ in ids], dtype=np.int64)
        fits = self._fits(rows)
        about = TOPIC_SHARE * fits + (1 - TOPIC_SHARE) * self._meaning(rows)
        told = zip(ids, fits.tolist(), about.tolist(), strict=True)
        return Around({id_: share for id_, fit, share in told if fit > 0}, self.fit)


class Sheet:
    """Candidates of one kind beside the subject, as columns: meaning, topics, nearness (n,)."""

    def __init__(
        self,
        measures: Measures,
        kind: str,
        ids: tuple[str, ...],
        meaning: Column,
        fit: Column,
        near: Column,
    ) -> None:
        self.measures = measures
        self.kind = kind
        self.ids = ids
        self.meaning, self.fit, self.near = meaning, fit, near

    def pairs(self, places: Sequence[int], day: date) -> list[Pair]:
        """Some of them, each beside the subject with its record."""
        world, profile = self.measures.world, self.measures.profile
        records = world.records.read([self.ids[at] for at in places])
        return [
            Pair(
                profile,
                record,
                world,
                day,
                self.measures.around,
                meaning=float(self.meaning[at]),
                fit=float(self.fit[at]),
                nearness=float(self.near[at]),
                editions=self._editions(record),
            )
            for at, record in zip(places, records, strict=True)
        ]

    def _editions(self, record: Record) -> tuple[Record, ...]:
        if record.type != "Programme":
            return ()
        return tuple(self.measures.world.records.read(self.measures.world.editions(record.id)))
