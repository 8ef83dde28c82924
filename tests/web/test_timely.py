"""A client that sends its headers drop by drop does not hold a place; everybody else is left in peace."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
import uvicorn

from api.web import timely

LIMIT = 0.4
HEAD = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the body it got, after as long as the path says."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    await asyncio.sleep(float(scope["path"].strip("/") or 0))
    length = str(len(body)).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
    )
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], socket.socket]]:
    """Opens connections to a server whose heads must come within LIMIT seconds."""
    monkeypatch.setattr(timely, "HEAD_SECONDS", LIMIT)
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    config = uvicorn.Config(_app, http=timely.TimelyProtocol, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.02)
    opened: list[socket.socket] = []

    def open_one() -> socket.socket:
        made = socket.create_connection(door.getsockname(), timeout=20)
        opened.append(made)
        return made

    yield open_one
    for one in opened:
        one.close()
    server.should_exit = True
    thread.join(20)


def _dripped(line: socket.socket, text: bytes) -> bytes:
    """What comes back when each letter is sent well within any limit on silence."""
    line.settimeout(LIMIT / 4)
    got = b""
    for at in range(len(text)):
        try:
            line.sendall(text[at : at + 1])
            got += line.recv(1000)
        except TimeoutError:
            continue
        except OSError:
            return got
        if got:
            return got
    raise AssertionError("the server waited until the whole head was there")


def test_headers_that_come_drop_by_drop_are_not_waited_for(
    call: Callable[[], socket.socket],
) -> None:
    assert _dripped(call(), HEAD).startswith(b"HTTP/1.1 408")


def test_who_says_nothing_is_let_go(call: Callable[[], socket.socket]) -> None:
    assert call().recv(1000) == b""


def test_a_second_head_on_a_kept_connection_is_timed_too(
    call: Callable[[], socket.socket],
) -> None:
    line = call()
    line.sendall(HEAD)
    assert line.recv(1000).startswith(b"HTTP/1.1 200")
    assert _dripped(line, HEAD).startswith(b"HTTP/1.1 408")


def test_a_slow_answer_a_slow_body_and_a_pause_between_requests_are_no_fault(
    call: Callable[[], socket.socket],
) -> None:
    line = call()
    line.sendall(HEAD.replace(b"/ ", f"/{LIMIT * 2} ".encode(), 1))
    assert line.recv(1000).startswith(b"HTTP/1.1 200")
    time.sleep(LIMIT * 2)
    line.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n")
    for letter in (b"a", b"b", b"c", b"d"):
        time.sleep(LIMIT / 2)
        line.sendall(letter)
    got = b""
    while b"abcd" not in got:
        got += line.recv(1000)
    assert got.startswith(b"HTTP/1.1 200")
