"""Fingerprints of what each version of a source states about each thing: what changed is found by them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.tables import chunks

_SCHEMA = """
CREATE TABLE IF NOT EXISTS printed (n INTEGER PRIMARY KEY, source TEXT NOT NULL, version TEXT NOT NULL,
  UNIQUE (source, version));
CREATE TABLE IF NOT EXISTS print (id TEXT NOT NULL, n INTEGER NOT NULL, print BLOB NOT NULL,
  PRIMARY KEY (id, n, print)) WITHOUT ROWID;
"""
"""`printed` names the versions, `print` holds theirs by thing."""

_FRESH = "CREATE TEMP TABLE fresh (id TEXT NOT NULL, print BLOB NOT NULL)"
"""Those of the run under way."""

_TAKE_OVER = f"""BEGIN;
ALTER TABLE print RENAME TO older;
{_SCHEMA}
INSERT INTO printed (source, version) SELECT DISTINCT source, version FROM older;
INSERT INTO print SELECT o.id, p.n, CAST(o.print AS BLOB) FROM older o
  JOIN printed p ON p.source = o.source AND p.version = o.version;
DROP TABLE older;
PRAGMA user_version = 2;
COMMIT;
"""
"""From format 1 of the registry."""

_ADDED = "SELECT DISTINCT id FROM fresh f WHERE NOT EXISTS (SELECT 1 FROM print p WHERE p.id = f.id AND p.n = :n)"
_REMOVED = "SELECT DISTINCT id FROM print p WHERE n = :n AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.id = p.id)"
_CHANGED = """
SELECT id FROM fresh f WHERE EXISTS (SELECT 1 FROM print p WHERE p.id = f.id AND p.n = :n)
  AND NOT EXISTS (SELECT 1 FROM print p WHERE p.id = f.id AND p.n = :n AND p.print = f.print)
UNION
SELECT id FROM print p WHERE n = :n AND EXISTS (SELECT 1 FROM fresh f WHERE f.id = p.id)
  AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.id = p.id AND f.print = p.print)
"""
_SOME = 1_000
"""Rows of an answer that are taken at a time."""

_NOTHING = -1
"""The number of no version: compared with it, everything is new."""


@dataclass
class Known:
    """What is held about some things: by id the prints of this source, and ids that others speak of."""

    own: dict[str, set[bytes]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)


class Prints:
    """The part of the registry that compares versions. One source is written at a time.

    A run collects its prints apart and unsorted; they are sorted once, when all are there.
    """

    def __init__(self, db: sqlite3.Connection, lock: threading.RLock, *, older: bool) -> None:
        self._db = db
        self._lock = lock
        db.executescript(_TAKE_OVER if older else _SCHEMA)
        db.execute(_FRESH)

    def begin(self, source: str, held: str | None) -> None:
        """Starts a run: forgets every version of the source but the one held."""
        self.forget_others(source, held)
        with self._lock:
            self._db.execute("DROP INDEX IF EXISTS temp.fresh_id")
            self._db.execute("DELETE FROM fresh")
            self._db.commit()

    def add(self, prints: Iterable[tuple[str, bytes]]) -> None:
        """Adds ids and prints of the version that is being written."""
        with self._lock:
            self._db.executemany("INSERT INTO fresh VALUES (?, ?)", prints)
            self._db.commit()

    def known(self, source: str, version: str | None, ids: Iterable[str]) -> Known:
        """What a version of the source, and the other sources, hold about some things."""
        found = Known()
        with self._lock:
            own = self._number(source, version)
            mine = {
                n for (n,) in self._db.execute("SELECT n FROM printed WHERE source = ?", (source,))
            }
            for chunk, marks in chunks(ids):
                sql = f"SELECT id, n, print FROM print WHERE id IN ({marks})"
                for id_, n, print_ in self._db.execute(sql, chunk):
                    if n == own:
                        found.own.setdefault(id_, set()).add(print_)
                    elif n not in mine:
                        found.others.add(id_)
        return found

    def end(self) -> None:
        """All prints of the run are there: sorts them, so that they can be compared and kept."""
        with self._lock:
            self._db.execute("CREATE INDEX IF NOT EXISTS temp.fresh_id ON fresh (id, print)")
            self._db.commit()

    def count_changes(self, source: str, held: str | None) -> tuple[int, int, int]:
        """How many things the run adds, changes and removes against the version held."""
        with self._lock:
            n = self._number(source, held)
            added, changed, removed = (
                int(self._db.execute(f"SELECT count(*) FROM ({sql})", {"n": n}).fetchone()[0])
                for sql in (_ADDED, _CHANGED, _REMOVED)
            )
        return added, changed, removed

    def changes(self, source: str, held: str | None) -> Iterator[tuple[str, str]]:
        """Every thing that is `added`, `removed` or `changed`, in the order of ids."""
        for what, sql in (("added", _ADDED), ("removed", _REMOVED), ("changed", _CHANGED)):
            with self._lock:
                n = self._number(source, held)
                told = self._db.execute(f"{sql} ORDER BY 1", {"n": n})
            while some := self._some(told):
                yield from ((id_, what) for (id_,) in some)

    def _some(self, told: sqlite3.Cursor) -> list[tuple[str]]:
        with self._lock:
            return told.fetchmany(_SOME)

    def keep(self, source: str, version: str) -> None:
        """Keeps the prints of the run as those of a version, before it is made current."""
        with self._lock:
            self._db.execute(
                "INSERT OR IGNORE INTO printed (source, version) VALUES (?, ?)", (source, version)
            )
            self._db.execute(
                "INSERT OR IGNORE INTO print SELECT id, ?, print FROM fresh ORDER BY id, print",
                (self._number(source, version),),
            )
            self._db.commit()

    def forget_others(self, source: str, kept: str | None) -> None:
        """Forgets every version of a source but one."""
        with self._lock:
            gone = [
                n
                for n, version in self._db.execute(
                    "SELECT n, version FROM printed WHERE source = ?", (source,)
                )
                if version != kept
            ]
            for n in gone:
                self._db.execute("DELETE FROM print WHERE n = ?", (n,))
                self._db.execute("DELETE FROM printed WHERE n = ?", (n,))
            self._db.commit()

    def said_by_others(self, source: str, id_: str) -> bool:
        """Whether another source states something about a thing."""
        return id_ in self.known(source, None, [id_]).others

    def _number(self, source: str, version: str | None) -> int:
        row = self._db.execute(
            "SELECT n FROM printed WHERE source = ? AND version = ?", (source, version)
        ).fetchone()
        return int(row[0]) if row else _NOTHING
