"""What the small SQLite tables of a run share: asking for many keys at once, and what was met before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 500


def chunks(keys: Iterable[str], size: int = _AT_ONCE) -> Iterator[tuple[list[str], str]]:
    """Each key once, some hundred together, with as many `?` as a query needs for them."""
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), size):
        chunk = wanted[start : start + size]
        yield chunk, ",".join("?" * len(chunk))


class Seen:
    """Remembers in which row of a run each word stood first; on disk, so that it may be millions."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(
            "", check_same_thread=False
        )  # a file of its own, gone when closed
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA cache_size=-16000")
        self._db.execute("CREATE TABLE seen (word TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")

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
