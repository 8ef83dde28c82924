"""What stands under itself: rows whose parent's parent, in the end, is the row again."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.circles import chains, refusal
from ingest.mapping import Mapper
from ingest.pipeline.reading import Reading
from ingest.readers import BadRow, Row
from ingest.source import Source
from ontology.errors import RowError

UPWARD = ("parent", "within")
"""The fields that say what a thing stands under."""


class Circles:
    """The circles among the rows of one source; only a source with such a column is read for them."""

    def __init__(self, source: Source, reading: Reading, mapper: Mapper) -> None:
        self._columns = {
            name: column for name, column in source.columns.items() if column.target in UPWARD
        }
        self._source = source
        self._reading = reading
        self._mapper = mapper

    def find(self) -> Mapping[str, RowError]:
        """By the key of each row that stands under itself, what is wrong with it."""
        if not self._columns:
            return {}
        above: dict[str, tuple[str, str]] = {}
        same: dict[str, str] = {}
        for row in self._reading:
            if not isinstance(row, BadRow):
                self._take(row, above, same)
        found: dict[str, RowError] = {}
        for chain in chains({key: same.get(up, up) for key, (up, _) in above.items()}):
            for key in chain:
                found[key] = refusal(key, chain, above[key][1])
        return found

    def _take(self, row: Row, above: dict[str, tuple[str, str]], same: dict[str, str]) -> None:
        try:
            key, id_ = self._mapper.key_of(row.values, row.place)
        except RowError:
            return  # told when the row is read
        same[id_] = key
        for name, column in self._columns.items():
            cell = row.values.get(name, "")
            if cell and column.split is None:
                scheme = (column.refer or (self._source.scheme,))[0]
                above.setdefault(key, (cell if scheme == "id" else f"{scheme}:{cell}", name))
