"""The catalogue's SQLite file: opened read-only, one connection per thread."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from graph.catalogue.calls import state_of
from graph.catalogue.schema import FORMAT
from ontology.errors import ModelError, Said


class CatalogueFile:
    """The file at `path`; ModelError when it is missing, broken or of another format.

    `calls` counts the statements run, so that a test can see that they do not grow with a page.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: dict[threading.Thread, sqlite3.Connection] = {}
        self._begun: Counter[sqlite3.Connection] = Counter()
        self._lock = threading.RLock()  # a list that is given up may end inside of it
        self.calls = 0
        try:
            held = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            row = self._db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError:
            held, row = -1, None
        if held != FORMAT or row is None:
            raise ModelError(
                Said(
                    "catalogul lipsește, este stricat sau are alt format",
                    "the catalogue is missing, broken or of another format",
                ),
                Said(
                    "Se reface la pornire: rulați `resurse serve` sau `resurse ingest`.",
                    "It is built anew at start: run `resurse serve` or `resurse ingest`.",
                ),
                str(path.name),
            )
        self.version = str(row[0])

    @property
    def _db(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(
                f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            found.create_function("state_of", 4, _state, deterministic=True)
            self._local.db = found
            with self._lock:
                self._let_go()
                self._all[threading.current_thread()] = found
        return found

    def _let_go(self) -> None:
        """Closes the connections of threads that ended: a server starts and ends them all the time."""
        for thread, one in list(self._all.items()):
            if not thread.is_alive() and not self._begun[one]:
                del self._all[thread]
                one.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for a list that is read piece by piece, in the end perhaps by another thread."""
        db = self._db
        with self._lock:
            self._begun[db] += 1
        try:
            yield db
        finally:
            with self._lock:
                self._begun[db] -= 1
                self._begun += Counter()  # forgets those at 0

    def close(self) -> None:
        """Closes every thread's connection."""
        with self._lock:
            for one in self._all.values():
                one.close()
            self._all.clear()

    def _each(self, sql: str, args: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement one by one."""
        self.calls += 1
        with self._reading() as db:
            yield from db.cursor().execute(sql, args)

    def _run(self, sql: str, args: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.calls += 1
        return self._db.execute(sql, args).fetchall()


def _state(opens: str | None, closes: str | None, year: int | None, today: str) -> str:
    """The state of a call, for statements: the same rule as everywhere."""
    return state_of(opens, closes, year, date.fromisoformat(today))
