"""The server's door for bytes: a client that sends its request line and headers drop by drop is let go.

uvicorn limits how long a kept connection may stay silent, and our guard how long a body may take;
between them nothing bounded the headers, so that a few thousand connections that say one letter a
minute could hold every place. The limit is on the whole head, not on silence: each letter would start
a silence anew.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15.0
"""How long the request line and headers of one request may take to come."""

_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class TimelyProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a limit on how long a request's head may take."""

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the clock: a client that opens a connection says soon what it wants."""
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Starts the clock at the first byte of a head, stops it when the head is whole."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Looks again: the start of a next head may have come while this one was answered."""
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop()
        elif self._limit is None and self.conn.trailing_data[0]:
            self._start()

    def _start(self) -> None:
        self._limit = self.loop.call_later(HEAD_SECONDS, self._late)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _late(self) -> None:
        self._limit = None
        if self.transport.is_closing():
            return
        if self.conn.trailing_data[0]:  # a browser opens connections ahead; those just close
            self.transport.write(_LATE)
        self.transport.close()
