"""Things that were asked for together load what they point at together, however many they are.

A cohort is the things one field gave. The first of them that needs a field fetches it for all, so
that the number of calls to the catalogue follows the query's shape and never the page's size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from api.graphql.budget import Budget
from graph.catalogue.base import Catalogue, Record, SourceRef
from ontology.vocab import Base

if TYPE_CHECKING:
    from api.snapshot import Snapshot

_NOT_SHOWN = frozenset({"ActorGroup"})
"""Classes that are parts of a statement and no things of the map."""


@dataclass
class Reading:
    """One request: the data version it reads, today's date, and what it may still cost."""

    snapshot: Snapshot
    base: Base
    today: date
    types: Mapping[str, Callable[[Record, Cohort], Any]]
    budget: Budget = field(default_factory=Budget)
    contact: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The records of the version."""
        return self.snapshot.catalogue

    def again(self) -> Reading:
        """The same request from its start, within the time that is left of it."""
        return replace(self, budget=self.budget.again())

    def things_of(self, ids: Sequence[str]) -> list[Any]:
        """The things with these ids as one cohort, in order; None where there is none."""
        return list(map(Cohort(self, ids).things.get, ids))

    def existing(self, ids: Sequence[str]) -> list[Any]:
        """The same without the missing ones."""
        return [thing for thing in self.things_of(ids) if thing is not None]


def _nothing(_record: Record, _cohort: Cohort) -> None:
    """The GraphQL object of a class that has no type."""


class Cohort:
    """Things that were fetched together."""

    def __init__(self, reading: Reading, ids: Iterable[str]) -> None:
        self.reading = reading
        self.ids = list(dict.fromkeys(ids))
        reading.budget.fetch(len(self.ids))
        found = reading.catalogue.records(self.ids) if self.ids else []
        self.records: dict[str, Record] = {
            id_: record for id_, record in zip(self.ids, found, strict=True) if record is not None
        }
        self._links: dict[str, tuple[Mapping[str, Sequence[str]], Cohort]] = {}
        self._sources: Mapping[str, list[SourceRef]] | None = None

    @cached_property
    def things(self) -> dict[str, Any]:
        """The GraphQL objects of all members by id; None for a record of a class that has no type."""
        of_type = self.reading.types.get
        return {
            id_: of_type(record.type, _nothing)(record, self)
            for id_, record in self.records.items()
        }

    def linked(self, id_: str, name: str, inverse: bool, first: int | None) -> list[Any]:
        """What the field `name` of one member points at; fetched for all members at once."""
        held, shown = self.links(name, inverse)
        targets = held.get(id_, ())[:first]
        return [thing for one in targets if (thing := shown.get(one)) is not None]

    def links(
        self, name: str, inverse: bool
    ) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Any]]:
        """By member, the ids that its field `name` points at; and the things of all those ids."""
        if name not in self._links:
            if inverse:
                held: Mapping[str, Sequence[str]] = self.reading.catalogue.links(
                    list(self.records), name
                )
            else:
                held = {one: record.refs(name) for one, record in self.records.items()}
            wanted = [target for targets in held.values() for target in targets]
            self._links[name] = (held, Cohort(self.reading, wanted))
        held, cohort = self._links[name]
        return held, cohort.shown

    @cached_property
    def shown(self) -> dict[str, Any]:
        """The GraphQL objects of all members by id. A kind of actor is a part of a statement and no thing of the map."""
        classes = {record.type for record in self.records.values()}
        if classes <= self.reading.types.keys() - _NOT_SHOWN:
            return self.things
        return {
            id_: thing
            for id_, thing in self.things.items()
            if thing is not None and thing.record.type not in _NOT_SHOWN
        }

    def sources(self, id_: str) -> list[SourceRef]:
        """Where the facts about one member were read; fetched for all members at once."""
        if self._sources is None:
            self._sources = self.reading.catalogue.sources(list(self.records))
        return self._sources.get(id_, [])
