"""Ids are minted once, kept here, and never reused: which id a source's own key stands for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.joins import SCHEMA as JOINED
from ingest.joins import Join, Joins
from ingest.personal_codes import holds_personal_code
from ingest.prints import Prints
from ingest.readings import SCHEMA as READ
from ingest.readings import Readings
from ingest.tables import chunks
from ontology.errors import Said, StoreFormatError

FORMAT = 2
"""1 kept fingerprints as text, once more by source."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (key TEXT PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_by_id ON key (id);
CREATE TABLE IF NOT EXISTS retired (old TEXT PRIMARY KEY, new TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE rehearsed (key TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
"""

_TEXTS = (
    ("key", "key"), ("key", "id"), ("retired", "old"), ("retired", "new"),
    ("joined", "old"), ("joined", "new"), ("joined", "name"), ("print", "id"),
)  # fmt: skip
"""Where a key or an id stands."""

_THIRTEEN = "*" + "[0-9]" * 13 + "*"


def _personal(text: str) -> bool:
    """Whether a key or an id holds a personal code: whole, behind its scheme, or within."""
    return holds_personal_code(text) or holds_personal_code(text.partition(":")[2])


class Registry:
    """A small SQLite file in the home: keys (`scheme:value`) to ids, retired ids; and in parts of
    its own joins, fingerprints, and when each source was read.

    Safe for many threads of one process; a second process waits up to 30 seconds for the lock.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA cache_size=-16000")
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
        self._db.executescript(_SCHEMA + JOINED + READ)
        self.joins = Joins(self._db, self._lock)
        self.prints = Prints(self._db, self._lock, older=held == 1)
        self._db.execute(f"PRAGMA user_version={FORMAT}")
        self._db.commit()
        self.readings = Readings(path, self._db, self._lock)

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self.readings.close()
            self._db.close()

    def rest(self) -> None:
        """Lets go of the pages that it keeps in memory, for a long time without questions."""
        with self._lock:
            self._db.execute("PRAGMA shrink_memory")

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
        return self.ids_of([key]).get(key)

    def ids_of(self, keys: Iterable[str], *, rehearsed: bool = False) -> dict[str, str]:
        """The ids of many keys at once; unknown keys are left out.

        `rehearsed` counts what a dry run would mint, too.
        """
        found: dict[str, str] = {}
        tables = ("key", "temp.rehearsed") if rehearsed else ("key",)
        with self._lock:
            for chunk, marks in chunks(keys):
                for table in tables:
                    sql = (
                        f"SELECT k.key, k.id, coalesce(r.new, j.new) FROM {table} k "
                        "LEFT JOIN retired r ON r.old = k.id "
                        "LEFT JOIN joined j ON j.old = k.id AND NOT j.parted "
                        f"WHERE k.key IN ({marks})"
                    )
                    for key, id_, new in self._db.execute(sql, chunk):
                        found.setdefault(key, id_ if new is None else self._follow(id_))
        return found

    def _follow(self, id_: str) -> str:
        seen = {id_}
        while (further := self._leads_to(id_)) is not None and further not in seen:
            id_ = further
            seen.add(id_)
        return id_

    def _leads_to(self, id_: str) -> str | None:
        """Where an id leads: what people decided stands above what the program joined."""
        for sql in (
            "SELECT new FROM retired WHERE old = ?",
            "SELECT new FROM joined WHERE old = ? AND NOT parted",
        ):
            row = self._db.execute(sql, (id_,)).fetchone()
            if row is not None:
                return str(row[0])
        return None

    def own_id(self, key: str) -> str | None:
        """The id that was minted for a key, whatever it answers to now."""
        with self._lock:
            row = self._db.execute("SELECT id FROM key WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def speaks_of(self, source: str, id_: str) -> bool:
        """True when some key of a source already stands for an id."""
        sql = (
            "SELECT 1 FROM key WHERE source = ?1 AND (id = ?2 OR id IN (SELECT old FROM joined WHERE new = ?2 "
            "AND NOT parted UNION SELECT old FROM retired WHERE new = ?2)) LIMIT 1"
        )
        with self._lock:
            return self._db.execute(sql, (source, id_)).fetchone() is not None

    def mint(
        self, pairs: Mapping[str, str], source: str, joins: Mapping[str, Join] | None = None
    ) -> None:
        """Remembers the id of each key for ever; a key that already has one keeps it.

        `joins` are ids of these that are held under another id.
        """
        with self._lock:
            self.joins.add(joins or {})
            self._db.executemany(
                "INSERT OR IGNORE INTO key (key, id, source) VALUES (?, ?, ?)",
                [(key, id_, source) for key, id_ in pairs.items()],
            )
            self._db.commit()

    def rehearse(self, pairs: Mapping[str, str]) -> None:
        """Remembers what a dry run would mint, until `forget_rehearsal`."""
        with self._lock:
            self._db.executemany(
                "INSERT OR IGNORE INTO temp.rehearsed VALUES (?, ?)", pairs.items()
            )
            self._db.commit()

    def forget_rehearsal(self) -> None:
        """Forgets what dry runs would have minted."""
        with self._lock:
            self._db.execute("DELETE FROM temp.rehearsed")
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
        """Every retired or joined id with the one that answers for it now."""
        olds = "SELECT old FROM retired UNION SELECT old FROM joined WHERE NOT parted"
        with self._lock:
            return {old: self._follow(old) for (old,) in self._db.execute(olds).fetchall()}

    def decided(self) -> dict[str, str]:
        """What people decided about ids: retired ones by what answers for them, parted ones by themselves."""
        with self._lock:
            olds = [old for (old,) in self._db.execute("SELECT old FROM retired")]
            alone = {old: old for old in self.joins.parted()}
            return alone | {old: self._follow(old) for old in olds}

    def cleanse(self) -> None:
        """Forgets keys and ids that hold a personal numeric code: earlier versions kept some of them.

        The pages of the file that held them are written over.
        """
        with self._lock:
            self._db.execute("PRAGMA secure_delete=ON")
            for table, column in _TEXTS:
                sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} GLOB ?"
                found = [(one,) for (one,) in self._db.execute(sql, (_THIRTEEN,)) if _personal(one)]
                self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", found)
            self._db.commit()
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.execute("PRAGMA secure_delete=OFF")

    def taken(self, id_: str) -> bool:
        """True when some key already stands for this id."""
        with self._lock:
            return (
                self._db.execute("SELECT 1 FROM key WHERE id = ? LIMIT 1", (id_,)).fetchone()
                is not None
            )
