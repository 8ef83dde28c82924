"""The heap of the process while facts come in: what was freed goes back to the system.

The GNU allocator raises the size above which a piece is a mapping of its own, and so given back as
soon as it is freed, each time such a piece is freed: to 32 MiB after a few batches (mallopt(3),
M_MMAP_THRESHOLD). From then on batches lie among small pieces, in an arena for each thread, and the
process seems to need more with every source: at 10^6 rows half of its memory was free. Other
systems have neither call and need neither: there nothing is done.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h of the GNU C library
_SMALL: Final = 1 << 20
_USUAL: Final = 32 << 20
"""Bytes: what a process that has freed large pieces arrives at by itself, on 64 bits."""


def _libc() -> ctypes.CDLL | None:
    """The C library of the process, if it is GNU's."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return library if hasattr(library, "gnu_get_libc_version") else None


_LIBC = _libc()


@contextmanager
def kept_small() -> Iterator[None]:
    """Pieces of 1 MiB and more are given back when freed; before and after, all that is free is."""
    _threshold(_SMALL)
    give_back()
    try:
        yield
    finally:
        _threshold(_USUAL)
        give_back()


def _threshold(size: int) -> None:
    if _LIBC is not None:
        _LIBC.mallopt(_MMAP_THRESHOLD, size)
        _LIBC.mallopt(_TRIM_THRESHOLD, 2 * size)


def give_back() -> None:
    """Gives all that is free back to the system: some milliseconds, for the end of a stage."""
    if _LIBC is not None:
        _LIBC.malloc_trim(0)
