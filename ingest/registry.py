"""Ids are minted once, kept here, and never reused: which id a source's own key stands for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ontology.errors import Said, StoreFormatError

FORMAT = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (key TEXT PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_by_id ON key (id);
CREATE TABLE IF NOT EXISTS retired (old TEXT PRIMARY KEY, new TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS print (source TEXT NOT NULL, version TEXT NOT NULL, id TEXT NOT NULL, print TEXT NOT NULL,
  PRIMARY KEY (source, version, id, print)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS print_by_id ON print (id, source);
CREATE TABLE IF NOT EXISTS run (source TEXT NOT NULL, at TEXT NOT NULL, result TEXT NOT NULL, counts TEXT NOT NULL);
"""


WORKING = "…"
"""The version name of fingerprints that are being written; no digest looks like it."""


def _chunks(keys: Iterable[str], size: int = 500) -> Iterator[tuple[list[str], str]]:
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), size):
        chunk = wanted[start : start + size]
        yield chunk, ",".join("?" * len(chunk))


class Registry:
    """A small SQLite file in the home: keys (`scheme:value`) to ids, retired ids, fingerprints.

    Safe for many threads of one process; a second process waits up to 30 seconds for the lock.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        held = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if held > FORMAT:
            raise StoreFormatError(
                Said(
                    f"registrul de id-uri are formatul {held}, mai nou decât {FORMAT}",
                    f"the id registry has format {held}, newer than {FORMAT}",
                ),
                Said(
                    "Porniți versiunea mai nouă a programului.",
                    "Run the newer version of this program.",
                ),
                str(path),
            )
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version={FORMAT}")
        self._db.commit()
        # Runs are asked for on every request: on a connection of their own, so that no page waits
        # for a source that is being read.
        self._read_lock = threading.Lock()
        self._runs = sqlite3.connect(path, timeout=30, check_same_thread=False)

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock, self._read_lock:
            self._runs.close()
            self._db.close()

    @staticmethod
    def is_sound(path: Path) -> bool:
        """Whether a copy can be read whole."""
        db = sqlite3.connect(path)
        try:
            return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
        finally:
            db.close()

    def copy_to(self, path: Path) -> None:
        """A consistent copy of the file."""
        with self._lock, sqlite3.connect(path) as target:
            self._db.backup(target)
        target.close()

    def id_of(self, key: str) -> str | None:
        """The id a key stands for, followed through retirements; None for an unknown key."""
        with self._lock:
            row = self._db.execute("SELECT id FROM key WHERE key = ?", (key,)).fetchone()
            return self._follow(row[0]) if row else None

    def ids_of(self, keys: Iterable[str]) -> dict[str, str]:
        """The ids of many keys at once; unknown keys are left out."""
        found = {}
        with self._lock:
            for chunk, marks in _chunks(keys):
                sql = f"SELECT key, id FROM key WHERE key IN ({marks})"
                for key, id_ in self._db.execute(sql, chunk):
                    found[key] = self._follow(id_)
        return found

    def _follow(self, id_: str) -> str:
        seen = {id_}
        while (
            row := self._db.execute("SELECT new FROM retired WHERE old = ?", (id_,)).fetchone()
        ) is not None:
            if row[0] in seen:
                return id_
            id_ = row[0]
            seen.add(id_)
        return str(id_)

    def mint(self, pairs: Mapping[str, str], source: str) -> None:
        """Remembers the id of each key for ever; a key that already has one keeps it."""
        with self._lock:
            self._db.executemany(
                "INSERT OR IGNORE INTO key (key, id, source) VALUES (?, ?, ?)",
                [(key, id_, source) for key, id_ in pairs.items()],
            )
            self._db.commit()

    def retire(self, old: str, new: str, reason: str) -> None:
        """From now on `old` answers as `new` (two ids turned out to be one thing)."""
        if old == new:
            return
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO retired VALUES (?, ?, ?)", (old, new, reason))
            self._db.commit()

    def restore(self, old: str) -> None:
        """Takes a retirement back."""
        with self._lock:
            self._db.execute("DELETE FROM retired WHERE old = ?", (old,))
            self._db.commit()

    def retired_by(self, reason: str) -> list[str]:
        """The ids that were retired for a reason."""
        with self._lock:
            return [
                old
                for (old,) in self._db.execute(
                    "SELECT old FROM retired WHERE reason = ? ORDER BY old", (reason,)
                )
            ]

    def retired(self) -> dict[str, str]:
        """Every retired id with the one that answers for it now."""
        with self._lock:
            return {
                old: self._follow(old) for (old,) in self._db.execute("SELECT old FROM retired")
            }

    def keys(self) -> Iterator[tuple[str, str]]:
        """Every key with its id."""
        with self._lock:
            rows = self._db.execute("SELECT key, id FROM key ORDER BY key").fetchall()
        for key, id_ in rows:
            yield key, self._follow(id_)

    def taken(self, id_: str) -> bool:
        """True when some key already stands for this id."""
        with self._lock:
            return (
                self._db.execute("SELECT 1 FROM key WHERE id = ? LIMIT 1", (id_,)).fetchone()
                is not None
            )

    # -- fingerprints: what each version of a source states about each thing --------------------

    def begin(self, source: str, kept: str | None) -> None:
        """Clears what an interrupted run left: every version but the current one."""
        with self._lock:
            self._db.execute(
                "DELETE FROM print WHERE source = ? AND version IS NOT ?", (source, kept)
            )
            self._db.commit()

    def prints_of(
        self, source: str, version: str | None, ids: Iterable[str]
    ) -> dict[str, set[str]]:
        """The fingerprints held for some things of a source."""
        found: dict[str, set[str]] = {}
        if version is None:
            return found
        with self._lock:
            for chunk, marks in _chunks(ids):
                sql = f"SELECT id, print FROM print WHERE source = ? AND version = ? AND id IN ({marks})"
                for id_, value in self._db.execute(sql, (source, version, *chunk)):
                    found.setdefault(id_, set()).add(value)
        return found

    def others(self, source: str, ids: Iterable[str]) -> set[str]:
        """Which of these things another source states something about."""
        found: set[str] = set()
        with self._lock:
            for chunk, marks in _chunks(ids):
                sql = f"SELECT DISTINCT id FROM print WHERE id IN ({marks}) AND source <> ?"
                found.update(id_ for (id_,) in self._db.execute(sql, (*chunk, source)))
        return found

    def print_many(self, source: str, prints: Iterable[tuple[str, str]]) -> None:
        """Adds fingerprints of the version that is being written."""
        with self._lock:
            self._db.executemany(
                "INSERT OR IGNORE INTO print VALUES (?, ?, ?, ?)",
                [(source, WORKING, id_, value) for id_, value in prints],
            )
            self._db.commit()

    def compare(self, source: str, held: str | None) -> tuple[list[str], list[str], list[str]]:
        """What the version being written adds, changes and removes against the one held."""
        args = {"s": source, "old": held or "", "new": WORKING}
        only = (
            "SELECT DISTINCT id FROM print WHERE source = :s AND version = :{0} AND id NOT IN "
            "(SELECT id FROM print WHERE source = :s AND version = :{1}) ORDER BY id"
        )
        differs = (
            "SELECT DISTINCT id FROM ("
            " SELECT id, print FROM print WHERE source = :s AND version = :new"
            " EXCEPT SELECT id, print FROM print WHERE source = :s AND version = :old) "
            "WHERE id IN (SELECT id FROM print WHERE source = :s AND version = :old) "
            "UNION SELECT DISTINCT id FROM ("
            " SELECT id, print FROM print WHERE source = :s AND version = :old"
            " EXCEPT SELECT id, print FROM print WHERE source = :s AND version = :new) "
            "WHERE id IN (SELECT id FROM print WHERE source = :s AND version = :new) ORDER BY 1"
        )
        with self._lock:
            added, changed, removed = (
                [id_ for (id_,) in self._db.execute(sql, args)]
                for sql in (only.format("new", "old"), differs, only.format("old", "new"))
            )
        return added, changed, removed

    def keep_prints(self, source: str, version: str) -> None:
        """The version being written is now the current one."""
        with self._lock:
            self._db.execute(
                "DELETE FROM print WHERE source = ? AND version <> ?", (source, WORKING)
            )
            self._db.execute(
                "UPDATE print SET version = ? WHERE source = ? AND version = ?",
                (version, source, WORKING),
            )
            self._db.commit()

    def drop_prints(self, source: str) -> None:
        """Forgets the version that was being written."""
        with self._lock:
            self._db.execute(
                "DELETE FROM print WHERE source = ? AND version = ?", (source, WORKING)
            )
            self._db.commit()

    def seen(self) -> Callable[[str, int], int | None]:
        """A memory for one run that does not grow in the process: gives the row where a key stood before."""
        with self._lock:
            self._db.execute("DROP TABLE IF EXISTS temp.seen")
            self._db.execute(
                "CREATE TEMP TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID"
            )

        def look(key: str, row: int) -> int | None:
            with self._lock:
                done = self._db.execute("INSERT OR IGNORE INTO temp.seen VALUES (?, ?)", (key, row))
                if done.rowcount == 1:
                    return None
                return int(
                    self._db.execute("SELECT row FROM temp.seen WHERE key = ?", (key,)).fetchone()[
                        0
                    ]
                )

        return look

    def log(self, source: str, at: str, result: str, counts: str) -> None:
        """Records that a source was read at a moment, and how it ended."""
        with self._lock:
            self._db.execute("INSERT INTO run VALUES (?, ?, ?, ?)", (source, at, result, counts))
            self._db.commit()

    def last_run(self, source: str) -> tuple[str, str, str] | None:
        """When a source was last read, how it ended, and its counts as JSON."""
        with self._read_lock:
            row = self._runs.execute(
                "SELECT at, result, counts FROM run WHERE source = ? ORDER BY rowid DESC LIMIT 1",
                (source,),
            ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def stamp(self) -> str:
        """The number and moment of the last reading of any source; another after each. Empty before the first."""
        with self._read_lock:
            row = self._runs.execute(
                "SELECT rowid, at FROM run ORDER BY rowid DESC LIMIT 1"
            ).fetchone()
        return f"{row[0]} {row[1]}" if row else ""
