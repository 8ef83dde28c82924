"""The things of the map by id: read from the catalogue when asked for, the last ones kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graph.catalogue.base import Catalogue, Record
from graph.match.facts.columns import Columns

KEPT = 20_000
"""How many records are kept in memory: a city whole, of more those asked for last."""

BATCH = 500
"""How many are read at once when a whole class is gone through."""


class Records(Mapping[str, Record]):
    """Everything on the map. Safe for many threads."""

    def __init__(self, catalogue: Catalogue, columns: Columns) -> None:
        self._catalogue = catalogue
        self._columns = columns
        self._kept: dict[str, Record] = {}
        self._lock = threading.Lock()

    def __contains__(self, id_: object) -> bool:
        return id_ in self._columns.rows

    def __len__(self) -> int:
        return len(self._columns.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.ids)

    def __getitem__(self, id_: str) -> Record:
        found = self._kept.get(id_)
        if found is None:
            if id_ not in self._columns.rows:
                raise KeyError(id_)
            (found,) = self.read([id_])
        return found

    def read(self, ids: Sequence[str]) -> list[Record]:
        """The records of known ids, in order; those not at hand are read at once."""
        missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._kept]
        read = {one.id: one for one in self._catalogue.records(missing) if one is not None}
        found = [read.get(id_) or self[id_] for id_ in ids]
        self.keep(read)
        return found

    def keep(self, read: Mapping[str, Record]) -> None:
        """Records that were read anyway; the oldest make room."""
        with self._lock:
            self._kept.update(read)
            for id_ in list(islice(self._kept, max(0, len(self._kept) - KEPT))):
                del self._kept[id_]

    def of_type(self, *types: str) -> Iterator[Record]:
        """Every thing of some classes, in the order of ids."""
        rows = sorted(row for type_ in types for row in self._columns.of_type.get(type_, ()))
        for start in range(0, len(rows), BATCH):
            yield from self.read([self._columns.ids[row] for row in rows[start : start + BATCH]])
