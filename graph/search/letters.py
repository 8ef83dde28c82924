"""Writes the two sparse tables of letters: pieces of words to words, words to documents."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.documents import PARTS
from graph.search.postings import PostingsWriter
from graph.search.text import LANGS, stem

SIZES: Final = (3, 4, 5)
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
