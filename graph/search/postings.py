"""Lists of rows, each with or without a number, in memory-mapped files: search's sparse tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Values = NDArray[np.float32]

_HEADER: Final = 128  # bytes before the numbers of an .npy file


def write_postings(
    folder: Path, rows: Sequence[Sequence[int]], values: Sequence[Sequence[float]] | None = None
) -> None:
    """Writes one list after the other (compressed sparse rows); `values` has the same lengths."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in rows], out=starts[1:])
    np.save(folder / "starts.npy", starts)
    np.save(folder / "rows.npy", _flat(rows, int(starts[-1]), np.dtype(np.int32)))
    if values is not None:
        np.save(folder / "values.npy", _flat(values, int(starts[-1]), np.dtype(np.float32)))


def _flat(lists: Sequence[Sequence[float]], size: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    flat = np.empty(size, dtype=dtype)
    at = 0
    for one in lists:
        flat[at : at + len(one)] = one
        at += len(one)
    return flat


class Postings:
    """The lists, read as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._starts: list[int] = np.load(folder / "starts.npy").tolist()
        self._rows = mapped(folder / "rows.npy")
        path = folder / "values.npy"
        self._values = mapped(path) if path.exists() else np.empty(0, np.float32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def length(self, number: int) -> int:
        """How long one list is."""
        return self._starts[number + 1] - self._starts[number]

    def rows(self, number: int) -> Rows:
        """The rows of one list."""
        return self._rows[self._starts[number] : self._starts[number + 1]]

    def values(self, number: int) -> Values:
        """The numbers of one list, in the order of its rows."""
        return self._values[self._starts[number] : self._starts[number + 1]]


def mapped(path: Path) -> NDArray[Any]:
    """An array file as a plain view of its mapped bytes: slices without the cost of np.memmap."""
    if path.stat().st_size <= _HEADER:  # an empty array cannot be mapped
        return cast(NDArray[Any], np.load(path))
    return cast(NDArray[Any], np.load(path, mmap_mode="r").view(np.ndarray))
