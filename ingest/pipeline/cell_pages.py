"""From which page a single cell was read, where that is another than its row's."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.context import Context
from ingest.readers import Row, open_table
from ingest.source import Source
from ingest.tables import chunks, scratch

_TABLE = """CREATE TABLE cell (n INTEGER PRIMARY KEY, id TEXT NOT NULL, place TEXT NOT NULL,
  page TEXT NOT NULL, UNIQUE (id, place));"""


class CellPages:
    """The pages of single cells, by the row's own id and the column; on disk until closed."""

    def __init__(self, source: Source, context: Context) -> None:
        self._db = None
        if declared := source.cell_sources:
            self._db = scratch(_TABLE)
            self._db.executemany(
                "INSERT INTO cell (id, place, page) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET page = excluded.page",
                (
                    (row.values["id"], row.values["column"], row.values["source_url"])
                    for row in open_table(context.path(declared["path"]))
                    if isinstance(row, Row) and row.values["file"] == declared["file"]
                ),
            )

    def of(self, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """The page of each such cell of some rows, by id and column."""
        found: dict[str, dict[str, str]] = {}
        if self._db is None:
            return found
        for chunk, marks in chunks(ids):
            sql = f"SELECT id, place, page FROM cell WHERE id IN ({marks}) ORDER BY n"
            for id_, column, page in self._db.execute(sql, chunk):
                found.setdefault(id_, {})[column] = page
        return found

    def close(self) -> None:
        """Forgets everything."""
        if self._db is not None:
            self._db.close()
            self._db = None
