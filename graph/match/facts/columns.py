"""The things of the map as columns: what whole kinds are compared through, a few bytes for each thing."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.base import Record
from graph.match.facts.deed import slug

Rows = NDArray[np.int64]
T = TypeVar("T")


class Codes(Generic[T]):
    """Values by the number each got when it first came."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}

    def of(self, value: T) -> int:
        """The number of a value."""
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def values(self) -> tuple[T, ...]:
        """Every value, by its number."""
        return tuple(self._numbers)


@dataclass(frozen=True)
class Columns:
    """By row: ids, the numbers of its kind, its set of topics and its town. Rows are in the order of ids."""

    ids: tuple[str, ...]
    rows: Mapping[str, int]
    kinds: NDArray[np.int8]
    kind_names: tuple[str, ...]
    of_kind: Mapping[str, Rows]
    of_type: Mapping[str, Rows]
    sets: Rows
    topic_sets: tuple[frozenset[str], ...]
    towns: Rows
    town_names: tuple[str, ...]

    @cached_property
    def by_set(self) -> Mapping[str, Mapping[int, Rows]]:
        """By kind and set of topics, the rows that have it: an index, so that no row is looked at whose
        topics do not fit."""
        found: dict[str, dict[int, Rows]] = {}
        for kind, rows in self.of_kind.items():
            order = rows[np.argsort(self.sets[rows], kind="stable")]
            numbers, first = np.unique(self.sets[order], return_index=True)
            found[kind] = dict(zip(numbers.tolist(), np.split(order, first[1:]), strict=True))
        return found

    def kind_of(self, id_: str) -> str | None:
        """The kind of a thing."""
        row = self.rows.get(id_)
        return None if row is None else self.kind_names[self.kinds[row]] or None

    def kind_ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the things of a kind."""
        return tuple(self.ids[row] for row in self.of_kind.get(kind, ()))

    def topics(self, id_: str) -> frozenset[str]:
        """The topics that a thing states."""
        row = self.rows.get(id_)
        return frozenset() if row is None else self.topic_sets[self.sets[row]]


@dataclass
class Gathering:
    """Columns while the map is read."""

    ids: list[str] = field(default_factory=list)
    _kinds: array[int] = field(default_factory=lambda: array("b"))
    _kind_names: Codes[str] = field(default_factory=Codes)
    _types: dict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    _sets: array[int] = field(default_factory=lambda: array("q"))
    _towns: array[int] = field(default_factory=lambda: array("q"))
    _topic_sets: Codes[frozenset[str]] = field(default_factory=Codes)
    _town_names: Codes[str] = field(default_factory=Codes)

    def add(self, record: Record) -> int:
        """One thing; gives its row."""
        row = len(self.ids)
        self.ids.append(record.id)
        self._kinds.append(self._kind_names.of(record.kind or ""))
        self._types[record.type].append(row)
        self._sets.append(self._topic_sets.of(frozenset(map(slug, record.refs("topics")))))
        self._towns.append(self._town_names.of(str(record.values.get("city") or "")))
        return row

    def done(self) -> Columns:
        """The columns of everything that was added."""
        kinds, names = np.array(self._kinds, dtype=np.int8), self._kind_names.values
        return Columns(
            tuple(self.ids),
            {id_: row for row, id_ in enumerate(self.ids)},
            kinds,
            names,
            {name: np.flatnonzero(kinds == number) for number, name in enumerate(names) if name},
            {type_: np.array(rows, dtype=np.int64) for type_, rows in self._types.items()},
            np.array(self._sets, dtype=np.int64),
            self._topic_sets.values,
            np.array(self._towns, dtype=np.int64),
            self._town_names.values,
        )
