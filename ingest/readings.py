"""When each source was read, and how it ended."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS run (source TEXT NOT NULL, at TEXT NOT NULL, result TEXT NOT NULL, counts TEXT NOT NULL);
"""


class Readings:
    """The part of the registry that remembers readings.

    Every request for a page asks when the last one was: on a connection of its own, so that no page
    waits for a source that is being read.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: threading.RLock) -> None:
        self._db = db
        self._lock = lock
        self._own = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._own_lock = threading.Lock()

    def log(self, source: str, at: str, result: str, counts: str) -> None:
        """Records that a source was read at a moment, and how it ended."""
        with self._lock:
            self._db.execute("INSERT INTO run VALUES (?, ?, ?, ?)", (source, at, result, counts))
            self._db.commit()

    def last(self, source: str, *, but: Collection[str] = ()) -> tuple[str, str, str] | None:
        """When a source was last read, how it ended (`but` passes over some results), and its counts as JSON."""
        marks = ",".join("?" * len(but))
        sql = (
            f"SELECT at, result, counts FROM run WHERE source = ? AND result NOT IN ({marks}) "
            "ORDER BY rowid DESC LIMIT 1"
        )
        with self._own_lock:
            row = self._own.execute(sql, (source, *but)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def stamp(self) -> str:
        """The number and moment of the last reading of any source; another after each. Empty before the first."""
        with self._own_lock:
            row = self._own.execute(
                "SELECT rowid, at FROM run ORDER BY rowid DESC LIMIT 1"
            ).fetchone()
        return f"{row[0]} {row[1]}" if row else ""

    def close(self) -> None:
        """Closes its own connection."""
        with self._own_lock:
            self._own.close()
