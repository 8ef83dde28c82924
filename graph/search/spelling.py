"""Did you mean: a query with its unknown words as they were probably meant, as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from graph.search.chars import LookAlikes
from graph.search.shelf import Shelf
from graph.search.snippets import passages
from graph.search.text import LANGS, WRITTEN, fold

READ: Final = 20
"""How many documents with a word are read for how it is written."""


class Speller:
    """Knows the words of the documents, folded, and finds their spelling in the documents."""

    def __init__(self, letters: LookAlikes, shelf: Shelf) -> None:
        self._letters = letters
        self._shelf = shelf
        self.written = lru_cache(maxsize=1_000)(self._written)

    def suggestion(self, text: str, words: Sequence[str]) -> str | None:
        """The text with those of its folded words put right that nobody knows; None if all are."""
        meant = {word: self._letters.meant(word) for word in words}
        if not any(meant.values()):
            return None

        def right(match: re.Match[str]) -> str:
            other = meant.get(fold(match.group()))
            return match.group() if other is None else self.written(other)

        return WRITTEN.sub(right, " ".join(unicodedata.normalize("NFC", text).split()))

    def _written(self, word: str) -> str:
        """A folded word of the documents as most of them write it, in small letters."""
        found: Counter[str] = Counter()
        for row in self._letters.rows(word)[:READ].tolist():
            for text in passages(self._shelf.document(row), LANGS[0]):
                said = (match.group() for match in WRITTEN.finditer(text))
                found.update(one.lower() for one in said if fold(one) == word)
        return max(found, key=lambda one: (found[one], one), default=word)
