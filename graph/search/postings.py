"""Lists of rows, each with or without a number, in memory-mapped files: search's sparse tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.search.arrays import ArrayFile, mapped

Rows = NDArray[np.int32]
Values = NDArray[np.float32]
Turn = Callable[[Rows, Values], Values]
"""Makes the numbers to keep out of the rows and the numbers that were added."""

PIECE: Final = 1 << 20
"""How many entries are sorted in memory at a time."""

_ENTRY: Final = [("key", np.int32), ("row", np.int32), ("value", np.float32)]


class PostingsWriter:
    """Takes entries (list, row, number) in any order of lists and writes them list by list.

    Entries wait in a file and are sorted piece by piece, so memory does not grow with them;
    within a list they stay in the order they came.
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
        starts = np.zeros(count + 1, dtype=np.int64)
        for entries in self._read(self._waiting):
            starts[1:] += np.bincount(entries["key"], minlength=count)
        np.cumsum(starts, out=starts)
        np.save(self._folder / "starts.npy", starts)
        with (
            ArrayFile(self._folder / "rows.npy", np.int32) as rows,
            ArrayFile(self._folder / "values.tmp", np.float32) as values,
        ):
            for entries in self._by_lists(starts):
                entries = entries[np.argsort(entries["key"], kind="stable")]
                rows.append(entries["row"])
                if self._valued:
                    kept = entries["value"]
                    values.append(kept if turn is None else turn(entries["row"], kept))
        if self._valued:
            (self._folder / "values.tmp").rename(self._folder / "values.npy")
        else:
            (self._folder / "values.tmp").unlink()
        self._waiting.unlink()

    def _read(self, path: Path) -> Iterator[NDArray[Any]]:
        with path.open("rb") as file:
            while len(entries := np.fromfile(file, dtype=self._dtype, count=PIECE)):
                yield entries

    def _by_lists(self, starts: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
        """All entries in groups of whole lists, each group small unless one list is long."""
        total = int(starts[-1])
        if total <= PIECE:
            yield from self._read(self._waiting)
            return
        # The first list of each group but the first.
        bounds = np.unique(np.searchsorted(starts, np.arange(PIECE, total, PIECE)))
        paths = [self._folder / f"group-{number}.tmp" for number in range(len(bounds) + 1)]
        for entries in self._read(self._waiting):
            group = np.searchsorted(bounds, entries["key"], side="right")
            entries = entries[np.argsort(group, kind="stable")]
            ends = np.cumsum(np.bincount(group, minlength=len(paths))).tolist()
            for path, start, end in zip(paths, [0, *ends], ends, strict=False):
                if end > start:
                    with path.open("ab") as file:
                        entries[start:end].tofile(file)
        for path in paths:
            if path.exists():
                yield np.fromfile(path, dtype=self._dtype)
                path.unlink()


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
