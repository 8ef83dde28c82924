"""What the small SQLite tables of a run share: asking for many keys at once, and what was met before."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

_AT_ONCE = 500
_T = TypeVar("_T", int, str)


def chunks(keys: Iterable[_T], size: int = _AT_ONCE) -> Iterator[tuple[list[_T], str]]:
    """Each key once, some hundred together, with as many `?` as a query needs for them."""
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), size):
        chunk = wanted[start : start + size]
        yield chunk, ",".join("?" * len(chunk))


def scratch(schema: str, folder: Path | None = None) -> sqlite3.Connection:
    """Tables of one run, in a file of their own: what is written of them outlives no run.

    In the folder for large work, which is emptied at the end and after a kill; without one, in the
    system's folder for temporary files.
    """
    place = ""
    if folder is not None:
        handle, place = tempfile.mkstemp(".sqlite", "table-", folder)
        os.close(handle)
    db = sqlite3.connect(place, check_same_thread=False)
    db.executescript(
        f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000; {schema}"
    )
    return db


class Seen:
    """Remembers in which row of a run each word stood first; on disk, so that it may be millions."""

    def __init__(self) -> None:
        self._db = scratch("CREATE TABLE seen (word TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;")

    def before(self, words: Sequence[tuple[str, int]]) -> list[int | None]:
        """For each word with its row, the earlier row where it stood; None when it comes first."""
        first: dict[str, int] = {}
        for chunk, marks in chunks(word for word, _ in words):
            first.update(
                self._db.execute(f"SELECT word, row FROM seen WHERE word IN ({marks})", chunk)
            )
        found: list[int | None] = []
        news: list[tuple[str, int]] = []
        for word, row in words:
            held = first.get(word)
            found.append(held)
            if held is None:
                first[word] = row
                news.append((word, row))
        self._db.executemany("INSERT INTO seen VALUES (?, ?)", news)
        return found

    def close(self) -> None:
        """Forgets everything."""
        self._db.close()
