"""What stands under itself: rows whose parent's parent, in the end, is the row again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.circles import LONGEST, refusal
from ingest.mapping import Mapper
from ingest.pipeline.item import batches
from ingest.pipeline.reading import Reading
from ingest.readers import BadRow, Row
from ingest.source import Source
from ingest.tables import scratch
from ontology.errors import RowError

UPWARD = ("parent", "within")
"""The fields that say what a thing stands under."""

_TABLES = """
CREATE TABLE same (id TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE above (key TEXT PRIMARY KEY, up TEXT NOT NULL, field TEXT NOT NULL,
  walk INTEGER NOT NULL DEFAULT 0, circle INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
"""
"""By id the key of the last row that has it; by key what its first row stands under, and the column."""

_PAGE = 1_000


class Circular(Mapping[str, RowError]):
    """By the key of each row that stands under itself, what is wrong with it.

    On disk, in a file of its own that is gone when closed: rows may be millions, and the chains of
    their parents as long.
    """

    def __init__(self) -> None:
        self._db = scratch(_TABLES)
        self._count = 0

    def take(self, same: list[tuple[str, str]], above: list[tuple[str, str, str]]) -> None:
        """Takes the id and key of some rows; and the key, what it stands under, and the column."""
        self._db.executemany("INSERT OR REPLACE INTO same VALUES (?, ?)", same)
        self._db.executemany("INSERT OR IGNORE INTO above (key, up, field) VALUES (?, ?, ?)", above)

    def find(self) -> None:
        """All rows are there: every chain is followed once, and what comes back is marked."""
        self._db.execute(
            "UPDATE above SET up = (SELECT key FROM same WHERE id = up) WHERE up IN (SELECT id FROM same)"
        )
        for number, start in enumerate(self._keys("1"), start=1):
            key = start
            while (row := self._row(key)) is not None and not row[1]:
                self._db.execute("UPDATE above SET walk = ? WHERE key = ?", (number, key))
                key = row[0]
            if row is not None and row[1] == number:
                self._mark(key)

    def _mark(self, start: str) -> None:
        key = start
        while True:
            self._db.execute("UPDATE above SET circle = 1 WHERE key = ?", (key,))
            self._count += 1
            key = self._up(key)
            if key == start:
                return

    def _row(self, key: str) -> tuple[str, int] | None:
        found: tuple[str, int] | None = self._db.execute(
            "SELECT up, walk FROM above WHERE key = ?", (key,)
        ).fetchone()
        return found

    def _up(self, key: str) -> str:
        row = self._row(key)
        assert row is not None
        return row[0]

    def _keys(self, condition: str) -> Iterator[str]:
        """The keys of some rows in their order, while rows are being marked."""
        last = ""
        sql = f"SELECT key FROM above WHERE key > ? AND {condition} ORDER BY key LIMIT {_PAGE}"
        while page := self._db.execute(sql, (last,)).fetchall():
            yield from (key for (key,) in page)
            last = page[-1][0]

    def __getitem__(self, key: str) -> RowError:
        if not self._count:
            raise KeyError(key)
        row = self._db.execute(
            "SELECT field FROM above WHERE key = ? AND circle", (key,)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        chain = [key]  # a message shows no more of it
        while len(chain) <= LONGEST and (up := self._up(chain[-1])) != key:
            chain.append(up)
        return refusal(key, chain, row[0])

    def __iter__(self) -> Iterator[str]:
        return self._keys("circle")

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Forgets everything."""
        self._db.close()


class Circles:
    """The circles among the rows of one source; only a source with such a column is read for them."""

    def __init__(self, source: Source, reading: Reading, mapper: Mapper) -> None:
        self._columns = {
            name: column for name, column in source.columns.items() if column.target in UPWARD
        }
        self._source = source
        self._reading = reading
        self._mapper = mapper

    def find(self) -> Circular:
        """By the key of each row that stands under itself, what is wrong with it. Close it."""
        found = Circular()
        if self._columns:
            for rows in batches(self._reading):
                same: list[tuple[str, str]] = []
                above: list[tuple[str, str, str]] = []
                for row in rows:
                    if not isinstance(row, BadRow):
                        self._take(row, same, above)
                found.take(same, above)
            found.find()
        return found

    def _take(
        self, row: Row, same: list[tuple[str, str]], above: list[tuple[str, str, str]]
    ) -> None:
        try:
            key, id_ = self._mapper.key_of(row.values, row.place)
        except RowError:
            return  # told when the row is read
        same.append((id_, key))
        for name, column in self._columns.items():
            cell = row.values.get(name, "")
            if cell and column.split is None:
                scheme = (column.refer or (self._source.scheme,))[0]
                above.append((key, cell if scheme == "id" else f"{scheme}:{cell}", name))
