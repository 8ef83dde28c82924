"""Words that look alike: which words of the documents share pieces of 3 to 5 letters with a word.

Inflected, compound and misspelt words find each other here without any grammar: „biciclete”
finds „bicicliști”, „voluntrait” finds „voluntariat”. Two sparse tables in memory-mapped files:
pieces to words, words to documents.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.catalogue.memory import Memory
from graph.search.arrays import mapped
from graph.search.letters import pieces
from graph.search.postings import Postings
from graph.search.text import LANGS, stem

LEAST: Final = 0.45
"""Words less alike than this (cosine of their weighted pieces) have nothing in common."""
MOST: Final = 64
"""How many look-alikes of one word are used, the closest."""
TYPO: Final = 0.75
"""How alike a word counts that is one slip of the finger away from an unknown one."""
SMALL: Final = 65_536
DENSE: Final = 16
"""Over so few rows, or if more than one row in so many holds a word, it is counted over all rows."""

KEPT: Final = 4_000_000
"""Rows of words that are remembered; eight bytes each."""

Scores = NDArray[np.float32]
Where = NDArray[np.int32] | slice
"""Some rows; all of them where many hold a word, since to pick them out costs more."""


def _rarity(times: int, of: int) -> float:
    return math.log1p(of / max(1, times))


@dataclass(frozen=True)
class Alike:
    """The look-alikes of one word: their numbers and how alike they are, least alike first."""

    words: NDArray[np.int64]
    closeness: Scores


class Worth(NamedTuple):
    """What one word is worth: in which rows, how much in each, and how rare it is."""

    rows: Where
    values: Scores
    rarity: float


class LookAlikes:
    """Both tables, open for reading by any number of threads. `size` counts the documents."""

    def __init__(self, folder: Path, size: int) -> None:
        text = (folder / "vocabulary.txt").read_text(encoding="utf-8")
        self.vocabulary: list[str] = text.split("\n") if text else []
        self._number = {word: number for number, word in enumerate(self.vocabulary)}
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            self._beginning[word[:1]].append(word)
        self._stems = frozenset((folder / "stems.txt").read_text(encoding="utf-8").split("\n"))
        self._words = Postings(folder / "words")
        self._pieces = Postings(folder / "pieces")
        self._keys = mapped(folder / "keys.npy")
        self._norms = mapped(folder / "norms.npy")
        self._size = size
        self.alike = lru_cache(maxsize=10_000)(self._alike)
        self.meant = lru_cache(maxsize=10_000)(self._meant)
        self._known: Memory[str, Worth] = Memory(KEPT // 2, lambda one: 16 + len(one.values))
        self._rarities: Memory[str, float] = Memory(50_000)

    def scores(self, words: Sequence[str]) -> tuple[Scores, float]:
        """For every row, how much of the words it holds, by look and rarity; and the rarities' sum.

        A row that holds every word once, as typed, scores about the sum.
        """
        total = np.zeros(self._size, dtype=np.float32)
        rarities = 0.0
        for word in words:
            rows, values, rarity = self._worth(word)
            rarities += rarity
            total[rows] += values
        return total, rarities

    def _worth(self, word: str) -> Worth:
        """What one word of a query is worth; remembered, since the words of a city come again."""
        known = self._known.get(word)
        if known is None:
            rows, values = self._best(word)
            rarity = self._rarities.get(word)
            if rarity is None:
                rarity = self._rarities.put(word, self._rarity(rows, values))
            known = Worth(rows, values * np.float32(rarity), rarity)
            if len(values) < KEPT // DENSE:
                self._known.put(word, known)
        return known

    def _best(self, word: str) -> tuple[Where, Scores]:
        """The rows with words that look like one word, each once, and the most that counts
        there."""
        rows, values = self._held(self.alike(word))
        if self._size < SMALL or len(rows) > self._size // DENSE:
            held = np.zeros(self._size, dtype=np.float32)
            np.maximum.at(held, rows, values)
            some = held > 0
            if np.count_nonzero(some) > self._size // 4:
                return slice(None), held
            found = some.nonzero()[0].astype(np.int32)
            return found, held[found]
        found, places = np.unique(rows, return_inverse=True)
        best = np.zeros(len(found), dtype=np.float32)
        np.maximum.at(best, places, values)
        return found, best

    def _held(self, alike: Alike) -> tuple[NDArray[np.int32], Scores]:
        """The rows with words that look like one word, and how much each counts; rows repeat."""
        rows, values, lengths = self._words.together(alike.words.tolist())
        return rows, values * np.repeat(alike.closeness * alike.closeness, lengths)

    def _rarity(self, rows: Where, values: Scores) -> float:
        """How rare a word is: the fewer rows hold what looks like it, the more it tells."""
        held = np.zeros(self._size, dtype=np.float32)
        held[rows] = np.minimum(values, 1)
        return math.log1p(self._size / max(1.0, float(held.sum())))

    def _alike(self, word: str) -> Alike:
        size = len(self.vocabulary)
        wanted = np.array(sorted(pieces(word)), dtype=np.uint32)
        places = np.searchsorted(self._keys[:-1], wanted)  # at most that of the last key
        known = places[self._keys[places] == wanted] if len(self._keys) else places[:0]
        rows, _, lengths = self._pieces.together(known.tolist())
        weights = [_rarity(length, size) ** 2 for length in lengths]
        sums = np.bincount(rows, np.repeat(np.array(weights, np.float32), lengths), size)
        most = sum(weights) + (len(wanted) - len(known)) * _rarity(0, size) ** 2
        unknown = word not in self._number
        slips = np.array([n for n, _ in self._slips(word)] if unknown else (), np.int64)
        shared = sums > 0
        shared[slips] = True
        some = shared.nonzero()[0]  # found many times sooner than in the numbers themselves
        cosines = sums[some] / (self._norms[some] * (math.sqrt(most) or 1.0))
        cosines = cosines.astype(np.float32)
        at = np.searchsorted(some, slips)
        cosines[at] = np.maximum(cosines[at], np.float32(TYPO))
        near = (cosines >= LEAST).nonzero()[0]
        near = near[np.argsort(cosines[near], kind="stable")][-MOST:]
        return Alike(some[near], np.minimum(cosines[near], 1).astype(np.float32))

    def number(self, word: str) -> int | None:
        """The number of a folded word; None when no document holds it."""
        return self._number.get(word)

    def times(self, numbers: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many documents hold each of some words, by their numbers."""
        return self._words.lengths(numbers)

    def recognises(self, word: str) -> bool:
        """True when some document holds the word in one of its forms."""
        return word in self._number or any(stem(word, lang) in self._stems for lang in LANGS)

    def looking_like(self, word: str) -> dict[str, float]:
        """The words of the documents that look like a word, and how much (LEAST to 1)."""
        alike = self.alike(word)
        return {
            self.vocabulary[number]: close
            for number, close in zip(alike.words.tolist(), alike.closeness.tolist(), strict=True)
        }

    def rows(self, word: str) -> NDArray[np.int32]:
        """The rows of the documents that hold a folded word."""
        number = self._number.get(word)
        return np.empty(0, np.int32) if number is None else self._words.rows(number)

    def _meant(self, word: str) -> str | None:
        """The word that was probably meant by an unknown one: one slip away, the most used."""
        if self.recognises(word):
            return None
        best = min(
            self._slips(word),
            key=lambda one: (one[1], -self._words.length(one[0]), one[0]),
            default=None,
        )
        return None if best is None else self.vocabulary[best[0]]

    def _slips(self, word: str) -> list[tuple[int, int]]:
        """Numbers of the words one slip away (two, for long words), with the distance.

        A slip is a letter more, less, other, or two swapped (optimal string alignment); the first
        letter is seldom wrong, and short words have too many neighbours to guess.
        """
        most = 0 if len(word) < 5 or not word.isalpha() else 1 if len(word) < 9 else 2
        if not most:
            return []
        others = self._beginning.get(word[0], [])
        found = process.extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=None)
        return sorted((self._number[other], int(distance)) for other, distance, _ in found)
