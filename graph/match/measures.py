"""Measures a profile against whole kinds of things at once: meaning, topics, nearness in the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from graph.catalogue.base import Record
from graph.match.nearness import Nearness
from graph.match.pair import Around, Pair
from graph.match.subject import Profile
from graph.match.world import World
from graph.search.hybrid import Search

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

SHORTLIST: Final = 400
"""How many candidates of a kind are looked at closely; search and topics rule out the rest."""


class Measures:
    """Everything about one profile that is measured in bulk."""

    def __init__(self, profile: Profile, world: World, search: Search, nearness: Nearness) -> None:
        self.profile = profile
        self.world = world
        self.search = search
        self.nearness = nearness
        self.topics = world.space.vector(profile.topics)
        self._kept: dict[str, list[str]] = {}

    # -- who is looked at -----------------------------------------------------------------------

    def shortlist(self, kind: str, allowed: frozenset[str] | None) -> list[Record]:
        """The candidates of a kind worth a closer look: all, if they are few.

        Of many: those that search finds first, that fit the topics best, and that are named. Their
        choice costs one product of matrices and one search, no look at each.
        """
        table = self.world.tables.get(kind)
        if table is None:
            return []
        if len(table.ids) <= SHORTLIST:
            chosen: Sequence[str] = table.ids
        elif allowed is not None and len(allowed) <= SHORTLIST:
            chosen = sorted(id_ for id_ in allowed if id_ in table.rows)
        else:
            chosen = self._best(kind, allowed)
        records, own = self.world.records, self.profile.own
        return [
            records[id_] for id_ in chosen if id_ not in own and (allowed is None or id_ in allowed)
        ]

    def _best(self, kind: str, allowed: frozenset[str] | None) -> list[str]:
        """The shortlist of a large kind; without a filter it is kept for the next question."""
        if allowed is None and kind in self._kept:
            return self._kept[kind]
        table, half = self.world.tables[kind], SHORTLIST // 2
        rows = None
        if allowed is not None:
            rows = np.array(sorted(table.rows[i] for i in allowed if i in table.rows), np.int64)
        hits = self.search.query(self.profile.text, kinds=(kind,), allowed=allowed, first=half).hits
        fits = self.world.space.fit(
            self.topics,
            table.topics if rows is None else table.topics[rows],
            table.lengths if rows is None else table.lengths[rows],
        )
        best = np.argpartition(-fits, min(half, len(fits) - 1))[:half]
        best = np.sort(best[fits[best] > 0])
        fitting = [table.ids[row] for row in (best if rows is None else rows[best]).tolist()]
        named = [id_ for id_ in self.profile.named if id_ in table.rows]
        chosen = list(dict.fromkeys([hit.id for hit in hits] + fitting + named))
        if allowed is None:
            self._kept[kind] = chosen
        return chosen

    # -- how near they are ----------------------------------------------------------------------

    def pairs(self, records: Sequence[Record], year: int) -> list[Pair]:
        """Each candidate beside the subject."""
        groups = {record.id: self._group(record) for record in records}
        ids = list(dict.fromkeys(one for group in groups.values() for one in group))
        meaning, fits = self._meaning(ids), self._fits(ids)
        return [
            Pair(
                self.profile,
                record,
                self.world,
                year,
                self.around,
                meaning=self._of_group(record, groups[record.id], meaning),
                fit=max(fits.get(one, 0.0) for one in self._same(record, groups[record.id])),
                nearness=self._near.get(record.id, 0.0),
                editions=self._editions(record),
            )
            for record in records
        ]

    def _editions(self, record: Record) -> tuple[Record, ...]:
        if record.type != "Programme":
            return ()
        return tuple(self.world.records[c] for c in self.world.editions.get(record.id, ()))

    def _group(self, record: Record) -> tuple[str, ...]:
        """A thing with what speaks for it: a programme's calls, a call's programme and its siblings."""
        if record.type == "Programme":
            return (record.id, *self.world.editions.get(record.id, ()))
        if record.type == "Call":
            programmes = record.refs("programme")
            siblings = (c for p in programmes for c in self.world.editions.get(p, ()))
            return tuple(dict.fromkeys((record.id, *programmes, *siblings)))
        return (record.id,)

    @staticmethod
    def _same(record: Record, group: tuple[str, ...]) -> tuple[str, ...]:
        return group if record.type == "Programme" else group[:1]

    @staticmethod
    def _of_group(record: Record, group: tuple[str, ...], meaning: Mapping[str, float]) -> float:
        best = max(meaning.get(one, 0.0) for one in group)
        if record.type == "Programme":
            return best
        return (1 - SIBLINGS) * meaning.get(record.id, 0.0) + SIBLINGS * best

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

    def _fits(self, ids: Sequence[str]) -> dict[str, float]:
        stated = [self.world.topics_of(id_) for id_ in ids]
        fits = self.world.space.fit(self.topics, self.world.space.matrix(stated))
        return dict(zip(ids, fits.tolist(), strict=True))

    @cached_property
    def around(self) -> Around:
        """How much each project and grant is about the subject; nothing counts without a shared topic."""
        ids = [
            id_
            for kind in ("PROJECT", "GRANT")
            for id_ in self._about(kind)
            if id_ not in self.profile.own
        ]
        meaning, fits = self._meaning(ids), self._fits(ids)
        return Around(
            {
                id_: TOPIC_SHARE * fits[id_] + (1 - TOPIC_SHARE) * meaning.get(id_, 0.0)
                for id_ in ids
                if fits[id_] > 0
            }
        )

    def _about(self, kind: str) -> Sequence[str]:
        table = self.world.tables.get(kind)
        if table is None:
            return ()
        return table.ids if len(table.ids) <= SHORTLIST else self._best(kind, None)

    @cached_property
    def _near(self) -> Mapping[str, float]:
        return self.nearness.of(self.profile.seeds)
