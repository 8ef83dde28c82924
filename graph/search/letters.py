"""Writes the tables of words: pieces of words to words, words to documents, documents to their own words."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from graph.search.arrays import ArrayFile, in_pieces, mapped
from graph.search.documents import PARTS
from graph.search.parting import PIECE, parted, pieces_of
from graph.search.postings import PostingsWriter, Turn
from graph.search.vocabulary import VocabularyWriter

SIZES: Final = (3, 4, 5)
K1: Final = 1.2
B: Final = 0.5

Scores = NDArray[np.float32]

_WEIGHTS: Final = np.array(list(PARTS.values()), dtype=np.float32)
_NONE: Final = np.empty(0, dtype=np.int64)
_NO_WEIGHT: Final = np.empty(0, dtype=np.float32)
_ENTRY: Final = np.dtype([("piece", np.uint32), ("word", np.int32)])
_HEAD: Final = 20
"""Pieces that differ only in so many last bits are sorted together."""
_WORDS_AT_ONCE: Final = 1_000
OWN: Final = tuple(PARTS).index("rest")
"""How many of the parts are a document's own: its names and what it says about itself."""


def pieces(word: str) -> frozenset[int]:
    """The hashed pieces of a word, its ends marked."""
    marked = f" {word} "
    return frozenset(
        zlib.crc32(marked[start : start + size].encode("utf-8", "replace"))
        for size in SIZES
        for start in range(len(marked) - size + 1)
    )


class LettersWriter:
    """Writes the tables, row by row, into a folder; memory grows neither with rows nor with words.

    A word counts in a document as in BM25 (Robertson and Zaragoza 2009, k1 and b above), with
    its occurrences weighted by the part they stand in.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._vocabulary = VocabularyWriter(folder)
        self._words = PostingsWriter(folder / "words", valued=True)
        self._lengths = ArrayFile(folder / "lengths.tmp", np.float32)
        self._own = ArrayFile(folder / "own.npy", np.int32)
        self._own_ends = ArrayFile(folder / "own_ends.npy", np.int64)
        self._held = 0
        self._rows = 0

    def add(self, documents: Sequence[Mapping[str, list[list[str]]]]) -> None:
        """Adds the documents of the next rows, each as its folded words by part, text by text."""
        number = self._vocabulary.numbers(
            chain.from_iterable(text for one in documents for part in PARTS for text in one[part])
        )
        numbers: list[int] = []
        rows: list[NDArray[np.int64]] = []
        weights: list[NDArray[np.float32]] = []
        for row, parts in enumerate(documents):
            before = len(numbers)
            sizes = []
            for part in PARTS:
                start = len(numbers)
                for text in parts[part]:
                    numbers += [number[word] for word in text]
                sizes.append(len(numbers) - start)
            self._keep(numbers[before : before + sum(sizes[:OWN])])
            rows.append(np.full(len(numbers) - before, row, dtype=np.int64))
            weights.append(np.repeat(_WEIGHTS, sizes))
        count = len(documents)
        every, times = np.concatenate([*rows, _NONE]), np.concatenate([*weights, _NO_WEIGHT])
        self._lengths.append(np.bincount(every, weights=times, minlength=count))
        keys = (every << 32) | np.array(numbers, dtype=np.int64)
        held, place = np.unique(keys, return_inverse=True)
        summed = np.bincount(place, weights=times, minlength=len(held))
        self._words.add(held & 0xFFFFFFFF, (held >> 32) + self._rows, summed)
        self._rows += count

    def _keep(self, numbers: Sequence[int]) -> None:
        """The next document's own words, each once."""
        own = np.unique(np.array(numbers, dtype=np.int32))
        self._own.append(own)
        self._held += len(own)
        self._own_ends.append(np.array([self._held]))

    def finish(self) -> None:
        """Writes the tables."""
        for file in (self._lengths, self._own, self._own_ends):
            file.close()
        waiting = self._folder / "lengths.tmp"
        self._vocabulary.finish()
        self._words.finish(len(self._vocabulary), _weighing(mapped(waiting)))
        waiting.unlink()
        _write_pieces(self._folder, self._vocabulary)


def _weighing(lengths: NDArray[np.float32]) -> Turn:
    """How occurrences count in documents of these lengths (n,)."""
    usual = float(lengths.mean(dtype=np.float64)) if len(lengths) else 0.0

    def weighed(rows: NDArray[np.int32], times: Scores) -> Scores:
        drags = K1 * (1 - B + B * lengths[rows] / (usual or 1.0))
        return np.asarray(times * (K1 + 1) / (times + drags), dtype=np.float32)

    return weighed


def _write_pieces(folder: Path, vocabulary: VocabularyWriter) -> None:
    """Pieces to words, and the length of each word's vector of rarities, for the cosine."""
    waiting = folder / "pieces.tmp"
    heads = _pieces_of_words(waiting, vocabulary)
    group = (np.cumsum(heads) - heads) // PIECE  # of pieces with each head
    paths = [folder / f"pieces-{number}.tmp" for number in range(int(group[-1]) + 1)]
    entries = pieces_of(waiting, _ENTRY, PIECE)
    parted(entries, paths, lambda some: group[some["piece"] >> _HEAD])
    waiting.unlink()
    table = folder / "pieces"
    table.mkdir()
    squares = folder / "squares.tmp"
    lengths: NDArray[np.float64] = open_memmap(squares, "w+", np.float64, (len(vocabulary),))
    with (
        ArrayFile(folder / "keys.npy", np.uint32) as keys,
        ArrayFile(table / "starts.npy", np.int64) as starts,
        ArrayFile(table / "rows.npy", np.int32) as rows,
    ):
        written = 0
        starts.append(np.zeros(1))
        for path in filter(Path.exists, paths):
            held = np.fromfile(path, dtype=_ENTRY)
            held = held[np.argsort(held["piece"], kind="stable")]
            distinct, place, having = np.unique(
                held["piece"], return_inverse=True, return_counts=True
            )
            keys.append(distinct)
            rows.append(held["word"])
            starts.append(written + np.cumsum(having))
            written += len(held)
            rarity = np.log1p(len(vocabulary) / having) ** 2
            np.add.at(lengths, held["word"], rarity[place])
            path.unlink()
    del lengths
    with ArrayFile(folder / "norms.npy", np.float32) as norms:
        for _, piece in in_pieces(squares, PIECE):
            norms.append(np.sqrt(piece))
    squares.unlink()


def _pieces_of_words(path: Path, vocabulary: VocabularyWriter) -> NDArray[np.int64]:
    """Writes the pieces of every word; gives how many there are by their first bits."""
    heads = np.zeros(1 << (32 - _HEAD), dtype=np.int64)
    first = 0
    with path.open("wb") as file:
        for words in vocabulary.words(_WORDS_AT_ONCE):
            made = [pieces(word) for word in words]
            sizes = [len(one) for one in made]
            entries: NDArray[Any] = np.empty(sum(sizes), dtype=_ENTRY)
            entries["piece"] = np.fromiter(chain.from_iterable(made), np.uint32, len(entries))
            entries["word"] = np.repeat(np.arange(first, first + len(words)), sizes)
            entries.tofile(file)
            heads += np.bincount(entries["piece"] >> _HEAD, minlength=len(heads))
            first += len(words)
    return heads
