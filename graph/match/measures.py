"""Measures a profile against whole kinds of things at once: meaning, topics, nearness in the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.base import Record
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

EDITIONS: Final = 40
"""How many editions of a programme, the newest, speak for it."""


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

    def sheet(self, ids: Sequence[str]) -> Sheet:
        """Candidates beside the subject, as columns."""
        groups = [self._group(id_) for id_ in ids]
        meaning = self._meaning(list(dict.fromkeys(one for group in groups for one in group)))
        return Sheet(
            self,
            tuple(ids),
            np.array([self._of_group(group, meaning) for group in groups], dtype=np.float64),
            np.array([self._fit_of(group) for group in groups], dtype=np.float64),
            np.array([self.near.get(id_, 0.0) for id_ in ids], dtype=np.float64),
        )

    def _group(self, id_: str) -> tuple[str, ...]:
        """A thing with what speaks for it: a programme's calls, a call's programme and its siblings."""
        kind = self.world.columns.kind_of(id_)
        if kind == "PROGRAMME":
            return (id_, *islice(self.world.editions(id_), EDITIONS))
        if kind == "CALL":
            programmes = self.world.records[id_].refs("programme")
            siblings = (c for p in programmes for c in islice(self.world.editions(p), EDITIONS))
            return tuple(dict.fromkeys((id_, *programmes, *siblings)))
        return (id_,)

    def _of_group(self, group: tuple[str, ...], meaning: Mapping[str, float]) -> float:
        best = max(meaning.get(one, 0.0) for one in group)
        if self._whole(group):
            return best
        return (1 - SIBLINGS) * meaning.get(group[0], 0.0) + SIBLINGS * best

    def _fit_of(self, group: tuple[str, ...]) -> float:
        return max(map(self.fit, group)) if self._whole(group) else self.fit(group[0])

    def _whole(self, group: tuple[str, ...]) -> bool:
        """True of a programme, which is all that its calls are."""
        return self.world.columns.kind_of(group[0]) == "PROGRAMME"

    def _meaning(self, ids: Sequence[str]) -> dict[str, float]:
        """Calibrated closeness and search score together, 0 to 1."""
        if not self.profile.text.strip():
            return {}
        close = self.search.closeness(self.profile.text, ids)
        found = self.search.scores(self.profile.text, ids)
        low, high = CLOSE
        return {
            id_: (1 - SEARCHED) * min(1.0, max(0.0, (cosine - low) / (high - low)))
            + SEARCHED * min(1.0, found.get(id_, 0.0) / FOUND)
            for id_, cosine in close.items()
        }

    @cached_property
    def around(self) -> Around:
        """How much each project and grant is about the subject; nothing counts without a shared topic."""
        ids = [
            id_
            for kind in ("PROJECT", "GRANT")
            for id_ in self.shortlist(kind, None)
            if self.fit(id_) > 0
        ]
        meaning = self._meaning(ids)
        return Around(
            {
                id_: TOPIC_SHARE * self.fit(id_) + (1 - TOPIC_SHARE) * meaning.get(id_, 0.0)
                for id_ in ids
            },
            self.fit,
        )


class Sheet:
    """Candidates of one kind beside the subject, as columns: meaning, topics, nearness (n,)."""

    def __init__(
        self,
        measures: Measures,
        ids: tuple[str, ...],
        meaning: Column,
        fit: Column,
        near: Column,
    ) -> None:
        self.measures = measures
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
