"""What every request meets first: size and rate limits, security headers, caching by edition."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.metadata import version as package_version
from typing import Any

import orjson
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.web.coding import decided
from graph.catalogue.calls import today
from ontology.errors import Said
from viz.render import refusal
from viz.shelf import Header

MAX_BODY = 1 << 20
"""Bytes of a request's body."""

RELEASE = package_version("resurse").encode()

BODY_SECONDS = 30.0
"""How long a request's body may take to come."""

MAX_TARGET = 16 << 10
"""Characters of a path with its query."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_VARIES: Header = (b"vary", b"Accept-Encoding")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self' data:; "
    "connect-src 'self'{tiles}; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'; worker-src 'self' blob:"
)


def headers_for(tiles: str | None) -> list[Header]:
    """The security headers of every answer; map tiles may come from the configured host only."""
    origin = ""
    if tiles and (match := re.match(r"https?://[^/{}]+", tiles)) is not None:
        origin = " " + match.group()
    return [
        (b"content-security-policy", CSP.format(tiles=origin).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"x-frame-options", b"SAMEORIGIN"),
    ]


class Guard:
    """ASGI middleware around the whole application.

    `edition` names what answers are made of (data, last readings, settings): answers to GET carry an
    ETag made of it, the release, the day and the address, so that a browser that has this page gets 304.
    """

    def __init__(
        self, app: App, *, rate: int, tiles: str | None, edition: Callable[[], str]
    ) -> None:
        self.app = app
        self.edition = edition
        self.headers = headers_for(tiles)
        self.rate = RateLimitItemPerMinute(rate) if rate else None
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Checks, passes on, adds headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _answer(scope, send, *refusal, self.headers)
            return
        zipped, scope["headers"] = decided(scope["headers"])
        tag = self._tag(scope, zipped=zipped)
        if tag is not None and _has(scope, tag):
            await send(
                {
                    "type": "http.response.start",
                    "status": 304,
                    "headers": [(b"etag", tag), _VARIES, *self.headers],
                }
            )
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, _bounded(receive), self._adding(send, tag))

    def _refusal(self, scope: Scope) -> tuple[int, Said, list[Header]] | None:
        target = len(scope.get("raw_path", b"")) + len(scope.get("query_string", b""))
        if target > MAX_TARGET:
            return (
                414,
                Said(
                    "Adresa este prea lungă; scurtați căutarea.",
                    "The address is too long; shorten the search.",
                ),
                [],
            )
        length = _header(scope, b"content-length")
        if length is not None and (not length.isdigit() or int(length) > MAX_BODY):
            return (
                413,
                Said(
                    "Cererea este prea mare: cel mult 1 MB.",
                    "The request is too large: at most 1 MB.",
                ),
                [],
            )
        if self.rate is not None and not scope["path"].startswith(
            ("/static/", "/-/", "/healthz", "/readyz")
        ):
            client = (scope.get("client") or ("local",))[0]
            if not self.limiter.hit(self.rate, client):
                stats = self.limiter.get_window_stats(self.rate, client)
                wait = max(1, int(stats.reset_time - time.time()) + 1)
                said = Said(
                    f"Prea multe cereri; încercați din nou peste {wait} s.",
                    f"Too many requests; try again in {wait} s.",
                )
                return 429, said, [(b"retry-after", str(wait).encode())]
        return None

    def _tag(self, scope: Scope, *, zipped: bool) -> bytes | None:
        if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(
            ("/-/", "/healthz", "/readyz", "/graphql", "/sparql", "/static/")
        ):
            return None
        edition = scope["edition"] = self.edition()
        accept, language = (
            _header(scope, b"accept") or b"",
            _header(scope, b"accept-language") or b"",
        )
        parts = [
            edition.encode(),
            RELEASE,
            today().isoformat().encode(),  # calls open and close by the day
            scope.get("raw_path", b""),
            scope.get("query_string", b""),
            accept,
            language,
            b"gzip" if zipped else b"",  # a strong tag names one form of an answer
        ]
        return b'"' + hashlib.sha256(b"\0".join(parts)).hexdigest()[:20].encode() + b'"'

    def _adding(self, send: Send, tag: bytes | None) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                have = {name.lower() for name, _ in message["headers"]}
                extra = [(name, value) for name, value in self.headers if name not in have]
                if b"content-encoding" in have:
                    message["headers"] = [_weakened(*one) for one in message["headers"]]
                if tag is not None and message["status"] == 200 and b"etag" not in have:
                    extra.append((b"etag", tag))
                    if b"cache-control" not in have:
                        extra.append((b"cache-control", b"no-cache"))
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        return sending


def _weakened(name: bytes, value: bytes) -> Header:
    """A tag that was made for the plain form is a weak one on the compressed."""
    strong = name.lower() == b"etag" and not value.startswith(b"W/")
    return (name, b"W/" + value) if strong else (name, value)


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)


def _has(scope: Scope, tag: bytes) -> bool:
    """Whether the browser has this version; proxies that compress mark a tag as weak."""
    held = _header(scope, b"if-none-match") or b""
    return tag in [one.strip().removeprefix(b"W/") for one in held.split(b",")]


def _bounded(receive: Receive) -> Receive:
    """Stops a body that grows past the limit without having said its length, or comes drop by drop."""
    seen = 0
    whole = False
    until = time.monotonic() + BODY_SECONDS

    async def receiving() -> Message:
        nonlocal seen, whole
        if whole:  # what comes now says only that the client went away
            return await receive()
        try:
            async with asyncio.timeout(until - time.monotonic()):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            return {"type": "http.disconnect"}
        return message

    return receiving


async def _answer(
    scope: Scope,
    send: Send,
    status: int,
    said: Said,
    more: list[Header],
    headers: list[Header],
) -> None:
    kind, first = b"application/json", scope["path"].split("/")[1:2]
    lang = "en" if first == ["en"] else "ro"
    if first in (["ro"], ["en"]) and b"text/html" in (_header(scope, b"accept") or b""):
        kind, body = b"text/html; charset=utf-8", refusal(status, said, lang).encode()
    else:
        body = orjson.dumps({"error": said(lang), "ro": said.ro, "en": said.en})
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", kind), *more, *headers],
        }
    )
    await send({"type": "http.response.body", "body": body})
