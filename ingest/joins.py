"""What the program itself took for one: the row's own id, and the id of the held thing that it joined.

A row that joins a held thing keeps an id of its own here, so that a person's `different` can part
the two again, and taking that back joins them once more. Nothing is ever removed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

SCHEMA = """
CREATE TABLE IF NOT EXISTS joined (old TEXT PRIMARY KEY, new TEXT NOT NULL, name TEXT NOT NULL,
  parted INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS joined_by_new ON joined (new);
CREATE INDEX IF NOT EXISTS joined_by_name ON joined (name);
"""
"""`name` is the key of the name (`name:…`) under which the row came."""


@dataclass(frozen=True)
class Join:
    """The held id that a row's own id joins, and the key of the name it came under."""

    to: str
    name: str


class Joins:
    """The part of the registry that remembers joins."""

    def __init__(self, db: sqlite3.Connection, lock: threading.RLock) -> None:
        self._db = db
        self._lock = lock

    def add(self, joins: Mapping[str, Join]) -> None:
        """Remembers joins by the row's own id; one that is known stays as it is.

        They are kept as soon as the registry keeps the keys that they belong to: not one without the other.
        """
        rows = [(old, one.to, one.name) for old, one in joins.items() if old != one.to]
        with self._lock:
            self._db.executemany(
                "INSERT OR IGNORE INTO joined (old, new, name) VALUES (?, ?, ?)", rows
            )

    def of(self, id_: str) -> list[str]:
        """The ids joined with an id, on either side; for the key of a name, the ids that came under it."""
        if id_.startswith("name:"):
            sql = "SELECT old FROM joined WHERE name = ?1"
        else:
            sql = (
                "SELECT old FROM joined WHERE new = ?1 UNION SELECT new FROM joined WHERE old = ?1"
            )
        with self._lock:
            return sorted(found for (found,) in self._db.execute(sql, (id_,)))

    def part(self, pairs: Collection[tuple[str, str]]) -> None:
        """Parts exactly these (in either order): every other join holds."""
        with self._lock:
            self._db.execute("UPDATE joined SET parted = 0 WHERE parted")
            self._db.executemany(
                "UPDATE joined SET parted = 1 WHERE (old = ?1 AND new = ?2) OR (old = ?2 AND new = ?1)",
                list(pairs),
            )
            self._db.commit()

    def parted(self) -> list[str]:
        """The own ids that stand alone again."""
        with self._lock:
            return [
                old
                for (old,) in self._db.execute("SELECT old FROM joined WHERE parted ORDER BY old")
            ]
