"""The texts that the cells of a workbook share, on disk: a long sheet has more of them than rows."""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, overload

_AT_ONCE = 1 << 16
"""Ends of texts that are written together."""


class SharedTexts(Sequence[str]):
    """Texts by their number from 0, in a file that goes with the process; what is read lately the system keeps."""

    def __init__(self, texts: Iterable[str]) -> None:
        ends, at = array("Q", [0]), 0
        with TemporaryFile() as words, TemporaryFile() as places:
            count = 0
            for text in texts:
                at += words.write(text.encode("utf-8", "surrogatepass"))
                ends.append(at)
                count += 1
                if len(ends) >= _AT_ONCE:
                    ends.tofile(places)
                    del ends[:]
            ends.tofile(places)
            self._count = count
            self._words = _mapped(words)
            self._ends = memoryview(_mapped(places)).cast("Q")

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """The text with a number. Raises IndexError."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        return str(self._words[self._ends[at] : self._ends[at + 1]], "utf-8", "surrogatepass")


def _mapped(file: IO[bytes]) -> mmap.mmap | bytes:
    """What was written, read as mapped; the file may be closed then."""
    file.flush()
    if not file.tell():
        return b""
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
