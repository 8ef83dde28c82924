"""How close things are to a profile: their meaning, their topics, their ties in the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.match.facts.columns import Rows
from graph.match.facts.topicspace import Values
from graph.match.facts.world import World
from graph.match.measuring.nearness import Nearness
from graph.match.subject.profile import Profile
from graph.search.hybrid import Search

Column = NDArray[np.float64]

CLOSE: Final = (0.20, 0.75)
"""The cosines that count as 0 and as 1: below the first, texts have nothing to do with each other;
the second is what a thing and a text about it reach."""

FOUND: Final = 0.45
"""The search score that counts as 1: words, letters and meaning all agree."""

SEARCHED: Final = 0.4
"""The share of the search score in `meaning`; the rest is the cosine."""


class Closeness:
    """One profile beside any things: by row for many, by id for one."""

    def __init__(self, profile: Profile, world: World, search: Search, nearness: Nearness) -> None:
        self.profile = profile
        self.world = world
        self.search = search
        self._nearness = nearness
        self._said: dict[int, float] = {}

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

    def chains(self, id_: str) -> Iterator[tuple[str, ...]]:
        """The chains of ties from a thing to what is most like the subject, the shortest first."""
        return self._nearness.chains(id_, self.profile.seeds)

    def fits(self, rows: Rows) -> Column:
        """How well the topics of things fit the subject's, 0 to 1 (n,)."""
        return self.set_fits[self.world.columns.sets[rows]].astype(np.float64)

    def meaning(self, rows: Rows) -> Column:
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

    def said(self, rows: Rows) -> Column:
        """How much of the words asked for things say of themselves, weighed by rarity, 0 to 1 (n,).
        Kept: a subject is asked about the same things again."""
        kept, asked = self._said, rows.tolist()
        new = np.array([row for row in asked if row not in kept], dtype=np.int64)
        places = self.world.found[new]
        known = places >= 0
        made: Column = np.zeros(len(new), dtype=np.float64)
        if self.profile.words and known.any():
            words = [word for word, _ in self.profile.words]
            rarity, said = self.search.wording.said(words, places[known])
            made[known] = np.minimum(1.0, rarity @ said / rarity.sum())
        kept.update(zip(new.tolist(), made.tolist(), strict=True))
        return np.array([kept[row] for row in asked], dtype=np.float64)

    def wording(self, id_: str) -> Sequence[tuple[str, str, float]]:
        """The words asked for, those first that count most for a thing, each with its own nearest word
        and how near that is, 0 to 1."""
        place = int(self.world.found[self.world.columns.rows[id_]])
        words = [word for word, _ in self.profile.words]
        return self.search.wording.closest(words, place) if place >= 0 else ()
