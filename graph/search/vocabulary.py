"""The words of the documents, numbered as they come: on disk, so that they may be millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from graph.search.text import LANGS, stem

WORDS: Final = "vocabulary.txt"
STEMS: Final = "stems.txt"
NEAR: Final = 100_000
"""How many words are held in memory, so that the usual ones need no look-up."""

_AT_ONCE: Final = 500
_TABLES: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;
CREATE TABLE word (word TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stem (stem TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class VocabularyWriter:
    """Gives each word a number when it first comes; writes the words by number, their stems sorted."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._table = folder / "words.tmp"
        self._db = sqlite3.connect(self._table)
        self._db.executescript(_TABLES)
        self._text = (folder / WORDS).open("w", encoding="utf-8", newline="")
        self._near: dict[str, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def numbers(self, words: Iterable[str]) -> Mapping[str, int]:
        """The numbers of some words; those that were never met get the next ones in their order."""
        near = self._near
        wanted = dict.fromkeys(words)
        found = {word: near[word] for word in wanted if word in near}
        far = [word for word in wanted if word not in found]
        for start in range(0, len(far), _AT_ONCE):
            some = far[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(
                self._db.execute(f"SELECT word, number FROM word WHERE word IN ({marks})", some)
            )
        made = {word: n for n, word in enumerate((w for w in far if w not in found), self._size)}
        self._keep(made)
        found.update(made)
        if len(near) + len(far) > NEAR:
            near.clear()
        near.update((word, found[word]) for word in far)
        return found

    def _keep(self, made: Mapping[str, int]) -> None:
        if not made:
            return
        self._db.executemany("INSERT INTO word VALUES (?, ?)", made.items())
        stems = {(stem(word, lang),) for word in made for lang in LANGS}
        self._db.executemany("INSERT OR IGNORE INTO stem VALUES (?)", stems)
        self._text.write(("\n" if self._size else "") + "\n".join(made))
        self._size += len(made)

    def finish(self) -> None:
        """Writes what is left; `words` can be read from then on."""
        self._text.close()
        with (self._folder / STEMS).open("w", encoding="utf-8", newline="") as file:
            rows = self._db.execute("SELECT stem FROM stem ORDER BY stem")
            for place, (one,) in enumerate(rows):
                file.write(f"\n{one}" if place else one)
        self._db.close()
        self._table.unlink()

    def words(self, count: int) -> Iterator[list[str]]:
        """The words in the order of their numbers, `count` at a time."""
        with (self._folder / WORDS).open(encoding="utf-8", newline="\n") as file:
            while some := [line.rstrip("\n") for line in islice(file, count)]:
                yield some
