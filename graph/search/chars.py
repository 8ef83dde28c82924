"""Words that look alike: which words of the documents share pieces of 3 to 5 letters with a word.

Inflected, compound and misspelt words find each other here without any grammar: „biciclete”
finds „bicicliști”, „voluntrait” finds „voluntariat”. Two sparse tables in memory-mapped files:
pieces to words, words to documents.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.search.arrays import mapped
from graph.search.documents import PARTS
from graph.search.postings import Postings, PostingsWriter
from graph.search.text import LANGS, stem

SIZES: Final = (3, 4, 5)
LEAST: Final = 0.45
"""Words less alike than this (cosine of their weighted pieces) have nothing in common."""
MOST: Final = 64
"""How many look-alikes of one word are used, the closest."""
TYPO: Final = 0.75
"""How alike a word counts that is one slip of the finger away from an unknown one."""
SMALL: Final = 65_536
DENSE: Final = 16
"""Over so few rows, or if more than one row in so many holds a word, it is counted over all rows."""
K1: Final = 1.2
B: Final = 0.5

Scores = NDArray[np.float32]

_WEIGHTS: Final = np.array(list(PARTS.values()), dtype=np.float32)
_NONE: Final = np.empty(0, dtype=np.int64)
_NO_WEIGHT: Final = np.empty(0, dtype=np.float32)


def pieces(word: str) -> frozenset[int]:
    """The hashed pieces of a word, its ends marked."""
    marked = f" {word} "
    return frozenset(
        zlib.crc32(marked[start : start + size].encode("utf-8", "replace"))
        for size in SIZES
        for start in range(len(marked) - size + 1)
    )


class LettersWriter:
    """Writes both tables, row by row, into a folder; what is held in memory is the vocabulary.

    A word counts in a document as in BM25 (Robertson and Zaragoza 2009, k1 and b above), with
    its occurrences weighted by the part they stand in.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._number: dict[str, int] = {}
        self._words = PostingsWriter(folder / "words", valued=True)
        self._lengths: list[NDArray[np.float32]] = []
        self._rows = 0

    def add(self, documents: Sequence[Mapping[str, list[list[str]]]]) -> None:
        """Adds the documents of the next rows, each as its folded words by part, text by text."""
        number = self._number
        numbers: list[int] = []
        rows: list[NDArray[np.int64]] = []
        weights: list[NDArray[np.float32]] = []
        for row, parts in enumerate(documents):
            before = len(numbers)
            sizes = []
            for part in PARTS:
                start = len(numbers)
                for text in parts[part]:
                    numbers += [number.setdefault(word, len(number)) for word in text]
                sizes.append(len(numbers) - start)
            rows.append(np.full(len(numbers) - before, row, dtype=np.int64))
            weights.append(np.repeat(_WEIGHTS, sizes))
        count = len(documents)
        every, times = np.concatenate([*rows, _NONE]), np.concatenate([*weights, _NO_WEIGHT])
        self._lengths.append(np.bincount(every, weights=times, minlength=count).astype(np.float32))
        keys = (every << 32) | np.array(numbers, dtype=np.int64)
        held, place = np.unique(keys, return_inverse=True)
        summed = np.bincount(place, weights=times, minlength=len(held))
        self._words.add(held & 0xFFFFFFFF, (held >> 32) + self._rows, summed)
        self._rows += count

    def finish(self) -> None:
        """Writes the tables."""
        lengths = np.concatenate([*self._lengths, _NO_WEIGHT])
        usual = float(lengths.mean(dtype=np.float64)) if len(lengths) else 0.0
        drags = K1 * (1 - B + B * lengths / (usual or 1.0))

        def weighed(rows: NDArray[np.int32], times: Scores) -> Scores:
            return np.asarray(times * (K1 + 1) / (times + drags[rows]), dtype=np.float32)

        vocabulary = list(self._number)
        (self._folder / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
        stems = {stem(word, lang) for word in vocabulary for lang in LANGS}
        (self._folder / "stems.txt").write_text("\n".join(sorted(stems)), encoding="utf-8")
        self._words.finish(len(vocabulary), weighed)
        _write_pieces(self._folder, vocabulary)


def _write_pieces(folder: Path, vocabulary: Sequence[str]) -> None:
    """Pieces to words, and the length of each word's vector of rarities, for the cosine."""
    flat, sizes = array("I"), []
    for word in vocabulary:
        before = len(flat)
        flat.extend(pieces(word))
        sizes.append(len(flat) - before)
    keys, place = np.unique(np.array(flat, dtype=np.uint32), return_inverse=True)
    words = np.repeat(np.arange(len(vocabulary)), sizes)
    having = np.bincount(place, minlength=len(keys))
    squares = np.log1p(len(vocabulary) / np.maximum(1, having)) ** 2
    norms = np.sqrt(np.bincount(words, weights=squares[place], minlength=len(vocabulary)))
    table = PostingsWriter(folder / "pieces")
    table.add(place, words)
    table.finish(len(keys))
    np.save(folder / "keys.npy", keys)
    np.save(folder / "norms.npy", norms.astype(np.float32))


def _rarity(times: int, of: int) -> float:
    return math.log1p(of / max(1, times))


@dataclass(frozen=True)
class Alike:
    """The look-alikes of one word: their numbers and how alike they are, least alike first."""

    words: NDArray[np.int64]
    closeness: Scores


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
        self._rarity_of = lru_cache(maxsize=100_000)(self._rarity)

    def scores(self, words: Sequence[str]) -> tuple[Scores, float]:
        """For every row, how much of the words it holds, by look and rarity; and the rarities' sum.

        A row that holds every word once, as typed, scores about the sum.
        """
        total = np.zeros(self._size, dtype=np.float32)
        rarities = 0.0
        for word in words:
            rows, values = self._held(self.alike(word))
            rarity = self._rarity_of(word)
            rarities += rarity
            if self._size < SMALL or len(rows) > self._size // DENSE:
                held = np.zeros(self._size, dtype=np.float32)
                np.maximum.at(held, rows, values)
                held *= np.float32(rarity)
                total += held
            elif len(rows):
                rows, places = np.unique(rows, return_inverse=True)
                best = np.zeros(len(rows), dtype=np.float32)
                np.maximum.at(best, places, values)
                total[rows] += best * np.float32(rarity)
        return total, rarities

    def _held(self, alike: Alike) -> tuple[NDArray[np.int32], Scores]:
        """The rows with words that look like one word, and how much each counts; rows repeat."""
        numbers = alike.words.tolist()
        if not numbers:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        rows = [self._words.rows(number) for number in numbers]
        values = [
            self._words.values(number) * (close * close)
            for number, close in zip(numbers, alike.closeness, strict=True)
        ]
        return np.concatenate(rows), np.concatenate(values)

    def _rarity(self, word: str) -> float:
        """How rare a word is: the fewer rows hold what looks like it, the more it tells."""
        rows, values = self._held(self.alike(word))
        held = np.zeros(self._size, dtype=np.float32)
        np.maximum.at(held, rows, values)
        return math.log1p(self._size / max(1.0, float(np.minimum(held, 1).sum())))

    def _alike(self, word: str) -> Alike:
        size = len(self.vocabulary)
        square = 0.0
        held: list[NDArray[Any]] = [_NONE]
        weights = [_NO_WEIGHT]
        wanted = np.array(sorted(pieces(word)), dtype=np.uint32)
        places = np.searchsorted(self._keys, wanted)
        for key, place in zip(wanted.tolist(), places.tolist(), strict=True):
            known = place < len(self._keys) and int(self._keys[place]) == key
            rows = self._pieces.rows(place) if known else _NONE
            weight = _rarity(len(rows), size) ** 2
            square += weight
            held.append(rows)
            weights.append(np.full(len(rows), weight, dtype=np.float32))
        sums = np.bincount(np.concatenate(held), np.concatenate(weights), size)
        cosines = (sums / (self._norms * (math.sqrt(square) or 1.0))).astype(np.float32)
        if word not in self._number:
            for number, _ in self._slips(word):
                cosines[number] = max(cosines[number], TYPO)
        near = np.flatnonzero(cosines >= LEAST)
        near = near[np.argsort(cosines[near], kind="stable")][-MOST:]
        return Alike(near, np.minimum(cosines[near], 1).astype(np.float32))

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
