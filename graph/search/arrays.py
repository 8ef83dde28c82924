"""Arrays in files: written piece by piece, read as views of mapped bytes or in pieces."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, cast

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

_HEADER: Final = 128
"""Bytes before the numbers of an .npy file, whatever its length up to 10^12 rows."""


class ArrayFile:
    """An .npy file that grows: rows of one number, or of `width` numbers each."""

    def __init__(self, path: Path, dtype: DTypeLike, width: int = 0) -> None:
        self._dtype = np.dtype(dtype)
        self._shape: tuple[int, ...] = (width,) if width else ()
        self._rows = 0
        self._file = path.open("wb")
        self._file.write(bytes(_HEADER))

    def append(self, values: NDArray[Any]) -> None:
        """Adds rows at the end."""
        np.ascontiguousarray(values, dtype=self._dtype).tofile(self._file)
        self._rows += len(values)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes how many rows there are, and closes."""
        header = BytesIO()
        descr = npy.dtype_to_descr(self._dtype)
        shape = (self._rows, *self._shape)
        npy.write_array_header_1_0(header, {"descr": descr, "fortran_order": False, "shape": shape})
        self._file.flush()
        self._file.seek(0)
        self._file.write(header.getvalue())
        self._file.close()


def mapped(path: Path) -> NDArray[Any]:
    """An array file as a plain view of its mapped bytes: slices without the cost of np.memmap."""
    if path.stat().st_size <= _HEADER:  # an empty array cannot be mapped
        return cast(NDArray[Any], np.load(path))
    return cast(NDArray[Any], np.load(path, mmap_mode="r").view(np.ndarray))


def rows_of(path: Path, rows: NDArray[np.int64]) -> NDArray[Any]:
    """Some rows of an array file (n, width). Read, not mapped: rows here and there map a whole file."""
    whole = mapped(path)
    width = int(np.prod(whole.shape[1:], dtype=np.int64))
    found = np.empty((len(rows), *whole.shape[1:]), whole.dtype)
    with path.open("rb") as file:
        for place, row in enumerate(rows.tolist()):
            file.seek(_HEADER + row * width * whole.itemsize)
            found[place] = np.fromfile(file, whole.dtype, width).reshape(whole.shape[1:])
    return found


def mapped_text(path: Path) -> mmap.mmap | bytes:
    """The mapped bytes of a file."""
    with path.open("rb") as file:
        size = path.stat().st_size
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""


def in_pieces(path: Path, rows: int) -> Iterator[tuple[int, NDArray[Any]]]:
    """The array of a file, so many rows at a time, each piece with the number of its first row.

    Read, not mapped: what was passed over leaves the memory.
    """
    whole = mapped(path)
    if not len(whole):
        return
    width = int(np.prod(whole.shape[1:], dtype=np.int64))
    with path.open("rb") as file:
        file.seek(_HEADER)
        for start in range(0, len(whole), rows):
            count = min(rows, len(whole) - start)
            piece = np.fromfile(file, dtype=whole.dtype, count=count * width)
            yield start, piece.reshape(count, *whole.shape[1:])
