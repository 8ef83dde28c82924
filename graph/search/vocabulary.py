"""The words of the documents, numbered as they come, and their stems: in files, not in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from graph.catalogue.numbering import Numbering
from graph.search.text import LANGS, stem

WORDS: Final = "vocabulary.txt"
STEMS: Final = "stems.txt"


class VocabularyWriter:
    """Gives each word a number when it first comes; writes the words by number, their stems sorted."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._words = Numbering(folder / "words.tmp")
        self._stems = Numbering(folder / "stems.tmp")
        self._text = (folder / WORDS).open("w", encoding="utf-8", newline="")

    def __len__(self) -> int:
        return len(self._words)

    def numbers(self, words: Iterable[str]) -> Mapping[str, int]:
        """The numbers of some words; those that were never met get the next ones in their order."""
        found, new = self._words.numbers(words)
        if new:
            self._stems.numbers(stem(word, lang) for word in new for lang in LANGS)
            before = "\n" if len(self) > len(new) else ""
            self._text.write(before + "\n".join(new))
        return found

    def finish(self) -> None:
        """Writes what is left; `words` can be read from then on."""
        self._text.close()
        with (self._folder / STEMS).open("w", encoding="utf-8", newline="") as file:
            for place, one in enumerate(self._stems.sorted()):
                file.write(f"\n{one}" if place else one)
        self._stems.close()
        self._words.close()

    def words(self, count: int) -> Iterator[list[str]]:
        """The words in the order of their numbers, `count` at a time."""
        with (self._folder / WORDS).open(encoding="utf-8", newline="\n") as file:
            while some := [line.rstrip("\n") for line in islice(file, count)]:
                yield some
