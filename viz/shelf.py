"""Finished pages of the edition in use, so that what many ask for is made once."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cachetools import LRUCache

HTML = b"text/html; charset=utf-8"

LARGEST = 1 << 20
"""Bytes of a page that is kept."""

Key = tuple[str, date, bytes, bytes]
Header = tuple[bytes, bytes]

TAKES_GZIP: Header = (b"accept-encoding", b"gzip")
"""What is left of a client's wishes once it is decided that the answer may be compressed."""


@dataclass(frozen=True)
class Finished:
    """A page as it goes over the wire, plain, or compressed for who takes that."""

    html: bytes
    lang: str

    @cached_property
    def zipped(self) -> bytes:
        """Compressed once, in the thread that made the page if its first reader takes it so."""
        return gzip.compress(self.html, 6, mtime=0)

    def sent(self, headers: Iterable[Header]) -> tuple[bytes, list[Header]]:
        """The body that a client with these request headers takes, and the headers that describe it."""
        small = TAKES_GZIP in headers
        body = self.zipped if small else self.html
        told = [
            (b"content-type", HTML),
            (b"content-language", self.lang.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"vary", b"Accept-Encoding"),
        ]
        return body, [*told, (b"content-encoding", b"gzip")] if small else told


class Shelf:
    """Bounded by bytes, the page that was longest not asked for goes first.

    A page depends on the edition (data, last readings, settings), the day and its address with
    the query; all of that is in the key, so nothing stale is ever served.
    """

    def __init__(self, size: int = 48 << 20) -> None:
        self._pages: LRUCache[Key, Finished] = LRUCache(
            size, getsizeof=lambda page: len(page.html) * 5 // 4
        )
        self._lock = threading.Lock()

    def take(self, edition: str, today: date, path: bytes, query: bytes) -> Finished | None:
        """The page, if it is here."""
        with self._lock:
            return self._pages.get((edition, today, path, query))

    def put(self, edition: str, today: date, path: bytes, query: bytes, page: Finished) -> None:
        """Keeps a page."""
        if len(page.html) < LARGEST:
            with self._lock:
                self._pages[edition, today, path, query] = page
