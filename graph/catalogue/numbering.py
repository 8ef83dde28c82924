"""Texts numbered as they come, on disk: they may be millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

NEAR: Final = 30_000
"""How many texts are held in memory, so that the usual ones need no look-up."""

_AT_ONCE: Final = 500
_TABLE: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;
CREATE TABLE text (text TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
"""


class Numbering:
    """Gives each text the next number when it first comes. `path` is removed when closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path)
        self._db.executescript(_TABLE)
        self._near: dict[str, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def numbers(self, texts: Iterable[str]) -> tuple[dict[str, int], list[str]]:
        """The number of each text, and the texts that came for the first time, in their order."""
        near = self._near
        wanted = dict.fromkeys(texts)
        found = {text: near[text] for text in wanted if text in near}
        far = [text for text in wanted if text not in found]
        for start in range(0, len(far), _AT_ONCE):
            some = far[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(
                self._db.execute(f"SELECT text, number FROM text WHERE text IN ({marks})", some)
            )
        new = [text for text in far if text not in found]
        made = {text: number for number, text in enumerate(new, self._size)}
        self._db.executemany("INSERT INTO text VALUES (?, ?)", made.items())
        self._size += len(made)
        found.update(made)
        if len(near) + len(far) > NEAR:
            near.clear()
        near.update((text, found[text]) for text in far)
        return found, new

    def sorted(self) -> Iterator[str]:
        """Every text, by code points."""
        for (text,) in self._db.execute("SELECT text FROM text ORDER BY text"):
            yield text

    def close(self) -> None:
        """Forgets everything."""
        self._db.close()
        self._path.unlink()
