"""What an endpoint sends and asks for on the way: its body piece by piece, its challenge for a password."""

from __future__ import annotations

import time
from collections.abc import Generator

import httpx

from graph.store import faults
from ontology.errors import ResurseError

LATE = ("cancelled", "timeout", "timed out", "time limit")


class Challenge(httpx.Auth):
    """Basic or digest, as the server asks for it."""

    requires_request_body = True

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Asks without a password first, and keeps the scheme that the answer names."""
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if "digest" in asked else self._basic
        yield from self._chosen.auth_flow(request)


class Stream:
    """An answer's body as a file, read while it arrives; late or broken ones raise."""

    def __init__(self, response: httpx.Response, url: str, timeout: float) -> None:
        self._parts = response.iter_bytes()
        self._buffer = b""
        self._url = url
        self._timeout = timeout
        self._end = time.monotonic() + timeout
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, all if negative; empty at the end."""
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 16), b""))
        if not self._buffer:
            self._buffer = self._next()
        part, self._buffer = self._buffer[:size], self._buffer[size:]
        return part

    def _next(self) -> bytes:
        if time.monotonic() > self._end:
            raise faults.too_slow(self._timeout)
        try:
            part = next((part for part in self._parts if part), b"")
        except httpx.ReadTimeout as error:
            raise faults.too_slow(self._timeout) from error
        except httpx.HTTPError as error:
            raise faults.down(self._url, str(error) or type(error).__name__) from error
        self.tail = (self.tail + part)[-400:]
        return part

    def broken(self, detail: str) -> ResurseError:
        """What to raise when the body is not what it should be: engines stop in the middle."""
        said = self.tail.decode("utf-8", "replace").lower()
        if any(word in said for word in LATE):
            return faults.too_slow(self._timeout)
        return faults.down(self._url, detail)
