"""Which numbers stand under a word: few in memory, the others in files whose pages the system may drop."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

SPILLED = 1 << 17
"""How many entries are kept in memory, some 150 bytes each, before they go into a file."""
_PIECE = 1 << 16
"""How many entries of the longest file are put in order at a time."""

_Hashes = NDArray[np.int64]
_Numbers = NDArray[np.int32]
_Entries = tuple[_Hashes, _Numbers]
"""Some entries in the order of their hashes: for each the hash of its word, and the number."""


class Under:
    """The numbers under one word, in the order in which they were added."""

    def __init__(self) -> None:
        self._parts: list[_Numbers | list[int]] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def take(self, part: _Numbers | list[int]) -> None:
        """More numbers, behind those that there are."""
        self._parts.append(part)
        self._size += len(part)

    def first(self, count: int) -> list[int]:
        """At most so many of the earliest numbers."""
        found: list[int] = []
        for part in self._parts:
            some = part[: count - len(found)]
            found += some if isinstance(some, list) else some.tolist()
            if len(found) >= count:
                break
        return found


class Postings:
    """By word, the numbers that were added under it.

    What is no longer in memory lies in files without a name, which are gone with the process,
    however it ends. A word is known there by Python's 64-bit hash of it: of 10^7 words two share
    one in a case of 10^5, and then each has the numbers of both. Searched with bisection.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._fresh: dict[str, list[int]] = {}
        self._held = 0
        self._runs: list[_Entries] = []

    def add(self, words: Iterable[str], number: int) -> None:
        """Puts a number under each of some words."""
        for word in words:
            self._fresh.setdefault(word, []).append(number)
            self._held += 1
        if self._held >= SPILLED:
            self._spill()

    def find(self, words: Sequence[str]) -> list[Under]:
        """What stands under each of the words."""
        found = [Under() for _ in words]
        if self._runs:
            hashes = np.fromiter(map(hash, words), np.int64, len(words))
            for held, numbers in self._runs:
                start, end = held.searchsorted(hashes), held.searchsorted(hashes, "right")
                for i in np.flatnonzero(end > start).tolist():
                    found[i].take(numbers[start[i] : end[i]])
        for word, under in zip(words, found, strict=True):
            if (fresh := self._fresh.get(word)) is not None:
                under.take(fresh)
        return found

    def _spill(self) -> None:
        """What is in memory goes into a file, together with the files that are no longer than it."""
        runs = [_sorted(self._fresh, self._held)]
        size, self._fresh, self._held = self._held, {}, 0
        while self._runs and len(self._runs[-1][0]) <= size:
            runs.insert(0, self._runs.pop())
            size += len(runs[0][0])
        self._runs.append(_written(_merged(runs), size, self._folder))


def _sorted(entries: Mapping[str, Sequence[int]], size: int) -> _Entries:
    every = np.fromiter(map(hash, entries), np.int64, len(entries))
    hashes = np.repeat(every, np.fromiter(map(len, entries.values()), np.int64, len(entries)))
    numbers = np.fromiter(chain.from_iterable(entries.values()), np.int32, size)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], numbers[order]


def _merged(runs: Sequence[_Entries]) -> Iterator[_Entries]:
    """The entries of all runs in order, some at a time; under one hash the earlier run's come first."""
    longest = max((hashes for hashes, _ in runs), key=len)
    begun = [0] * len(runs)
    for cut in (*longest[_PIECE::_PIECE].tolist(), None):
        ends = [len(h) if cut is None else int(h.searchsorted(cut)) for h, _ in runs]
        places = [slice(*ends) for ends in zip(begun, ends, strict=True)]
        hashes = np.concatenate([h[at] for (h, _), at in zip(runs, places, strict=True)])
        numbers = np.concatenate([n[at] for (_, n), at in zip(runs, places, strict=True)])
        order = np.argsort(hashes, kind="stable")
        yield hashes[order], numbers[order]
        begun = ends


def _written(entries: Iterable[_Entries], size: int, folder: Path | None) -> _Entries:
    """The same entries, all of them, in a file: first every hash, then every number."""
    at, numbers_at = 0, 8 * size
    with TemporaryFile(dir=folder) as file:
        for hashes, numbers in entries:
            file.seek(8 * at)
            file.write(hashes.tobytes())
            file.seek(numbers_at + 4 * at)
            file.write(numbers.tobytes())
            at += len(hashes)
        file.flush()
        mapped = mmap.mmap(file.fileno(), 12 * size, access=mmap.ACCESS_READ)
    return (
        np.frombuffer(mapped, np.int64, size),
        np.frombuffer(mapped, np.int32, size, numbers_at),
    )
