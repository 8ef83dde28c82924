"""Servers started for a measurement, and clients that press them: the same for us and for our peers."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers" / "bin"
"""Where `make peers` installs what we measure ourselves against."""


_SERVERS: dict[int, int] = {}
"""By port, the process that serves there."""


@dataclass(frozen=True)
class Load:
    """What a press of clients gave: requests a second, 95th percentile in ms, faults, bytes of an answer.

    `work` is the server's processor time for one request in seconds: unlike the rate, it hardly
    changes with what else the machine does.
    """

    rate: float
    p95: float
    faults: int
    size: int
    work: float


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[int]:
    """Runs a server (`{port}` in its words is replaced) and gives its port; ends it afterwards."""
    port = free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    process = subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while True:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(words)} did not start")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        _SERVERS[port] = process.pid
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get(path: str, accept: str = "text/html") -> bytes:
    """A GET request as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode()


def post(path: str, body: bytes) -> bytes:
    """A POST of JSON as bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lower = head.lower()
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return status, await reader.readexactly(length)
    body = b""
    while True:
        size = int(await reader.readline(), 16)
        chunk = await reader.readexactly(size + 2)
        if not size:
            return status, body
        body += chunk[:-2]


def fetch(port: int, request: bytes) -> bytes:
    """One answer's body. Raises RuntimeError unless the status is 200."""

    async def one() -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        try:
            return await _answer(reader)
        finally:
            writer.close()

    status, body = asyncio.run(one())
    if status != 200:
        raise RuntimeError(f"{request.split(b' ', 2)[1]!r}: status {status}: {body[:300]!r}")
    return body


def _worked(port: int) -> float:
    """Seconds of processor time that the server on a port has used so far (proc(5), utime and stime)."""
    fields = Path(f"/proc/{_SERVERS[port]}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def press(port: int, request: bytes | Callable[[int], bytes], clients: int, seconds: float) -> Load:
    """Keeps `clients` connections busy for some seconds with one request, or one made per number."""
    numbers = itertools.count()
    times: list[float] = []
    faults = 0
    size = 0

    async def client(until: float) -> None:
        nonlocal faults, size
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while time.perf_counter() < until:
                begun = time.perf_counter()
                writer.write(request if isinstance(request, bytes) else request(next(numbers)))
                try:
                    status, body = await asyncio.wait_for(_answer(reader), 60)
                except (OSError, asyncio.IncompleteReadError, TimeoutError):
                    faults += 1
                    return
                size = len(body)
                faults += status != 200
                times.append(time.perf_counter() - begun)
        finally:
            writer.close()

    async def all_of_them() -> float:
        begun = time.perf_counter()
        await asyncio.gather(*(client(begun + seconds) for _ in range(clients)))
        return time.perf_counter() - begun

    before = _worked(port)
    lasted = asyncio.run(all_of_them())
    work = (_worked(port) - before) / max(len(times), 1)
    p95 = statistics.quantiles(times, n=20)[-1] * 1000 if len(times) > 1 else float("nan")
    return Load(len(times) / lasted, p95, faults, size, work)


def ours(home: Path) -> tuple[list[str], dict[str, str]]:
    """How to run our own server over a home: the command, and what its environment says."""
    command = [str(Path(sys.executable).with_name("resurse")), "serve", "--port", "{port}"]
    return command, {"RESURSE_HOME": str(home), "RESURSE_RATE": "0"}


def plain(home: Path, **more: str) -> tuple[list[str], dict[str, str]]:
    """How to run the plain FastAPI routes of `plain_app` over the same data."""
    command = [sys.executable, "-m", "uvicorn", "tests.bench.plain_app:app", "--port", "{port}"]
    return [*command, "--log-level", "error"], {"RESURSE_HOME": str(home), **more}


def datasette(database: Path) -> tuple[list[str], dict[str, str]] | None:
    """How to run Datasette over a file; None, said aloud, where `make peers` has not run."""
    program = PEERS / "datasette"
    if not program.exists():
        print("  (Datasette is not installed: run `make peers` to measure beside it)")
        return None
    command = [str(program), str(database), "--port", "{port}"]
    return [*command, "--setting", "sql_time_limit_ms", "20000"], {}
