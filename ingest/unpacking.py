"""Unpacks a compressed answer piece by piece: never more at once than asked for, and only when whole.

A small answer may unpack into very much, once or layer upon layer, and one that was cut short
unpacks without a word about it. So only single layers are taken, in bounded pieces, up to the
mark that ends them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What we tell servers that we can unpack."""

PIECE = 1 << 20
"""The most bytes that are unpacked at once."""

_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class CutShortError(Exception):
    """The packed bytes end before their end mark, or are damaged."""


class UnknownPackingError(Exception):
    """Packed in a way, or in layers, that we did not ask for."""


def unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """The bytes behind a `content-encoding`. Raises CutShortError, UnknownPackingError."""
    kind = packing.strip().lower()
    if kind in ("", "identity"):
        yield from pieces
    elif kind in _WINDOW:
        yield from _inflated(pieces, kind)
    else:
        raise UnknownPackingError(packing)


def _inflated(pieces: Iterable[bytes], kind: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(_WINDOW[kind])
    begun = False
    try:
        for piece in pieces:
            if not begun and kind == "deflate" and not _has_header(piece):
                stream = zlib.decompressobj(-15)  # some servers send it bare
            begun = begun or bool(piece)
            rest = piece
            while rest and not stream.eof:
                yield stream.decompress(rest, PIECE)
                rest = stream.unconsumed_tail
    except zlib.error as error:
        raise CutShortError(str(error)) from None
    if begun and not stream.eof:
        raise CutShortError("no end mark")


def _has_header(piece: bytes) -> bool:
    return len(piece) < 2 or (piece[0] & 0x0F == 8 and int.from_bytes(piece[:2]) % 31 == 0)
