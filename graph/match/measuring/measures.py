"""Measures a profile against whole kinds of things at once: meaning, topics, nearness in the network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from graph.catalogue.base import Record
from graph.match.facts.world import World
from graph.match.measuring.closeness import Closeness, Column
from graph.match.measuring.nearness import Nearness
from graph.match.measuring.shortlist import Shortlist
from graph.match.pair import Around, Pair
from graph.match.subject.profile import Profile
from graph.search.hybrid import Search

SIBLINGS: Final = 0.3
"""What a call's meaning takes from the closest edition of its programme."""

TOPIC_SHARE: Final = 0.5
"""The share of topics in how much a project is about the subject; the rest is meaning."""


class Measures:
    """Everything about one profile that is measured in bulk."""

    def __init__(self, profile: Profile, world: World, search: Search, nearness: Nearness) -> None:
        self.profile = profile
        self.world = world
        self.close = Closeness(profile, world, search, nearness)
        self._lists = Shortlist(self.close)

    # -- who is looked at -----------------------------------------------------------------------

    def shortlist(self, kind: str, allowed: frozenset[str] | None) -> list[str]:
        """The candidates of a kind worth a closer look, without the subject's own things."""
        own = self.profile.own
        return [id_ for id_ in self._lists.of(kind, allowed) if id_ not in own]

    def sheet(self, kind: str, ids: Sequence[str]) -> Sheet:
        """Candidates of one kind beside the subject, as columns."""
        columns = self.world.columns
        rows = np.array([columns.rows[id_] for id_ in ids], dtype=np.int64)
        near = np.array([self.close.near.get(id_, 0.0) for id_ in ids], dtype=np.float64)
        said = self.close.said(rows)
        if kind not in ("CALL", "PROGRAMME") or not ids:
            meaning = self.close.meaning(rows)
            return Sheet(self, kind, tuple(ids), meaning, said, self.close.fits(rows), near)
        groups = [self.world.spoken_for(row) for row in rows.tolist()]
        starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
        together = np.concatenate(groups)
        meaning = np.maximum.reduceat(self.close.meaning(together), starts)
        if kind == "PROGRAMME":
            fits = np.maximum.reduceat(self.close.fits(together), starts)
            return Sheet(self, kind, tuple(ids), meaning, said, fits, near)
        meaning = (1 - SIBLINGS) * self.close.meaning(rows) + SIBLINGS * meaning
        return Sheet(self, kind, tuple(ids), meaning, said, self.close.fits(rows), near)

    @cached_property
    def around(self) -> Around:
        """How much each project and grant is about the subject; nothing counts without a shared topic."""
        columns = self.world.columns
        ids = [id_ for kind in ("PROJECT", "GRANT") for id_ in self.shortlist(kind, None)]
        rows = np.array([columns.rows[id_] for id_ in ids], dtype=np.int64)
        fits = self.close.fits(rows)
        about = TOPIC_SHARE * fits + (1 - TOPIC_SHARE) * self.close.meaning(rows)
        told = zip(ids, fits.tolist(), about.tolist(), strict=True)
        deeds = {id_: share for id_, fit, share in told if fit > 0}
        return Around(deeds, self.close.fit, self.close.chains, self.close.wording)


class Sheet:
    """Candidates of one kind beside the subject, as columns: meaning, words, topics, nearness (n,)."""

    def __init__(
        self,
        measures: Measures,
        kind: str,
        ids: tuple[str, ...],
        meaning: Column,
        said: Column,
        fit: Column,
        near: Column,
    ) -> None:
        self.measures = measures
        self.kind = kind
        self.ids = ids
        self.meaning, self.said, self.fit, self.near = meaning, said, fit, near

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
                said=float(self.said[at]),
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
