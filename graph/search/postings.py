"""Lists of rows, each with or without a number, in memory-mapped files: search's sparse tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from graph.search.arrays import ArrayFile, mapped
from graph.search.parting import PIECE, parted, pieces_of

Rows = NDArray[np.int32]
Values = NDArray[np.float32]
Turn = Callable[[Rows, Values], Values]
"""Makes the numbers to keep out of the rows and the numbers that were added."""

_ENTRY: Final = [("key", np.int32), ("row", np.int32), ("value", np.float32)]


class PostingsWriter:
    """Takes entries (list, row, number) in any order of lists and writes them list by list.

    Entries wait in a file and are sorted piece by piece, so memory grows neither with them nor
    with the lists; within a list they stay in the order they came.
    """

    def __init__(self, folder: Path, *, valued: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._valued = valued
        self._dtype = np.dtype(_ENTRY if valued else _ENTRY[:2])
        self._waiting = folder / "waiting.tmp"
        self._file = self._waiting.open("wb")

    def add(
        self, lists: NDArray[Any], rows: NDArray[Any], values: NDArray[Any] | None = None
    ) -> None:
        """Adds entries: the row (and number) at each place goes to the list at that place."""
        entries = np.empty(len(rows), dtype=self._dtype)
        entries["key"], entries["row"] = lists, rows
        if values is not None:
            entries["value"] = values
        entries.tofile(self._file)

    def finish(self, count: int, turn: Turn | None = None) -> None:
        """Writes `count` lists, numbers as `turn` makes them, and forgets the entries."""
        self._file.close()
        starts = self._starts(count)
        with (
            ArrayFile(self._folder / "rows.npy", np.int32) as rows,
            ArrayFile(self._folder / "values.tmp", np.float32) as values,
        ):
            for entries in self._by_lists(starts):
                rows.append(entries["row"])
                if self._valued:
                    kept = entries["value"]
                    values.append(kept if turn is None else turn(entries["row"], kept))
        if self._valued:
            (self._folder / "values.tmp").rename(self._folder / "values.npy")
        else:
            (self._folder / "values.tmp").unlink()
        self._waiting.unlink()

    def _starts(self, count: int) -> NDArray[np.int64]:
        """Where each list begins and the last one ends, in a mapped file (count + 1,)."""
        path = self._folder / "starts.npy"
        starts: NDArray[np.int64] = open_memmap(path, "w+", np.int64, (count + 1,))
        for entries in self._entries(self._waiting):
            np.add.at(starts, entries["key"] + 1, 1)
        for first in range(0, count, PIECE):  # goes on from what the piece before ended with
            piece = starts[first : first + PIECE + 1]
            np.cumsum(piece, out=piece)
        return starts

    def _entries(self, path: Path) -> Iterator[NDArray[Any]]:
        return pieces_of(path, self._dtype, PIECE)

    def _by_lists(self, starts: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
        """All entries in the order of their lists, few at a time."""
        total = int(starts[-1])
        if total <= PIECE:
            yield from map(_sorted, self._entries(self._waiting))
            return
        bounds = _bounds(starts, total)  # the first list of each group but the first
        paths = [self._folder / f"group-{number}.tmp" for number in range(len(bounds) + 1)]
        parted(
            self._entries(self._waiting),
            paths,
            lambda entries: np.searchsorted(bounds, entries["key"], side="right"),
        )
        ends = zip([0, *bounds.tolist()], [*bounds.tolist(), len(starts) - 1], strict=True)
        for path, (first, end) in zip(paths, ends, strict=True):
            if not path.exists():
                continue
            if end - first == 1:  # perhaps longer than a piece, and in order already
                yield from self._entries(path)
            else:
                yield _sorted(np.fromfile(path, dtype=self._dtype))
            path.unlink()


def _sorted(entries: NDArray[Any]) -> NDArray[Any]:
    return entries[np.argsort(entries["key"], kind="stable")]


def _bounds(starts: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Where groups of whole lists part: of about PIECE entries each, a longer list alone."""
    bounds = np.unique(np.searchsorted(starts, np.arange(PIECE, total, PIECE)))
    alone = bounds[starts[bounds] - starts[bounds - 1] > PIECE] - 1
    bounds = np.unique(np.concatenate([bounds, alone]))
    return bounds[(bounds > 0) & (bounds < len(starts) - 1)]


_NO_ROWS: Final = np.empty(0, np.int32)
_NO_VALUES: Final = np.empty(0, np.float32)


class Postings:
    """The lists, read as they are asked for."""

    def __init__(self, folder: Path) -> None:
        # A memory view gives plain integers quickly and holds no copy.
        self._starts = mapped(folder / "starts.npy").data
        self._rows = mapped(folder / "rows.npy")
        path = folder / "values.npy"
        self._values = mapped(path) if path.exists() else np.empty(0, np.float32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def length(self, number: int) -> int:
        """How long one list is."""
        return int(self._starts[number + 1] - self._starts[number])

    def lengths(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        """How long some lists are."""
        starts = np.asarray(self._starts)
        return np.asarray(starts[numbers + 1] - starts[numbers])

    def together(self, numbers: Sequence[int]) -> tuple[Rows, Values, list[int]]:
        """The rows and the numbers of some lists, one after the other, and how long each list is."""
        places = [slice(self._starts[one], self._starts[one + 1]) for one in numbers]
        rows = [self._rows[place] for place in places]
        values = [self._values[place] for place in places] if len(self._values) else []
        return (
            np.concatenate([_NO_ROWS, *rows]),
            np.concatenate([_NO_VALUES, *values]),
            [place.stop - place.start for place in places],
        )

    def rows(self, number: int) -> Rows:
        """The rows of one list."""
        return self._rows[self._starts[number] : self._starts[number + 1]]

    def values(self, number: int) -> Values:
        """The numbers of one list, in the order of its rows."""
        return self._values[self._starts[number] : self._starts[number + 1]]
