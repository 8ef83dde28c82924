"""Entries in files, parted into groups that fit into memory: how search sorts what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

from graph.search.arrays import ArrayFile, in_pieces, mapped

PIECE: Final = 1 << 20
"""How many entries are in memory at a time."""

Entries = NDArray[Any]


def pieces_of(path: Path, dtype: DTypeLike, count: int) -> Iterator[Entries]:
    """The entries of a file without a header, `count` at a time."""
    with path.open("rb") as file:
        while len(entries := np.fromfile(file, dtype=dtype, count=count)):
            yield entries


def parted(
    pieces: Iterator[Entries],
    paths: Sequence[Path],
    group: Callable[[Entries], NDArray[np.int64]],
) -> None:
    """Writes each entry into the file of its group (0 to len(paths) - 1), in the order they come.

    A group without entries has no file.
    """
    for entries in pieces:
        groups = group(entries)
        entries = entries[np.argsort(groups, kind="stable")]
        ends = np.cumsum(np.bincount(groups, minlength=len(paths))).tolist()
        for path, start, end in zip(paths, [0, *ends], ends, strict=False):
            if end > start:
                with path.open("ab") as file:
                    entries[start:end].tofile(file)


def sorted_marks(path: Path, order: Path | None = None) -> None:
    """Sorts an array file of marks (64 bits, evenly spread) in its place.

    `order` takes the row that each was in (int32), equal marks in the order of their rows; without
    it, equal marks are written once.
    """
    total = len(mapped(path))
    shares = max(1, -(-total // PIECE))
    bounds = [(1 << 64) * share // shares for share in range(shares)]
    made = path.with_suffix(".tmp")
    with ArrayFile(made, np.uint64) as marks:
        rows_file = None if order is None else ArrayFile(order, np.int32)
        for share, least in enumerate(bounds):
            most = bounds[share + 1] - 1 if share + 1 < shares else (1 << 64) - 1
            held, rows = _between(path, least, most)
            if rows_file is None:
                marks.append(np.unique(held))
                continue
            places = np.argsort(held, kind="stable")
            marks.append(held[places])
            rows_file.append(rows[places])
        if rows_file is not None:
            rows_file.close()
    made.replace(path)


def _between(path: Path, least: int, most: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The marks of a file within bounds, and their rows."""
    held, rows = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for start, piece in in_pieces(path, PIECE):
        found = np.flatnonzero((piece >= np.uint64(least)) & (piece <= np.uint64(most)))
        held.append(piece[found])
        rows.append(found + start)
    return np.concatenate(held), np.concatenate(rows)
