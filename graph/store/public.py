"""Read-only SPARQL for everybody, bounded in time, rows, memory and number.

pyoxigraph 0.5.13 offers no way to stop a running query: its Rust library has a cancellation token,
its Python binding does not. A thread could only be left running, so queries over a folder run in
processes that read a copy nobody writes (a backup; hard links make it cheap) and are ended when
their time is over. Behind an endpoint the server has its own processes, and ours stops waiting.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.store import faults, refusals
from graph.store.answers import GRAPH_FORMATS, ROW_FORMATS, Answer, answer
from graph.store.base import Store
from graph.store.frames import read_frame, unpack, write_frame
from graph.store.question import read_question
from ontology.errors import ResurseError
from ontology.vocab import Base

__all__ = ["GRAPH_FORMATS", "ROW_FORMATS", "Answer", "Limits", "PublicSparql"]

_ROOT = Path(__file__).parents[2]
_STARVED = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL)
"""How a process ends that may have no more memory: the engine aborts, or the system ends it."""


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds, rows, characters, bytes of memory; how many at once."""

    seconds: float = 10.0
    rows: int = 10_000
    length: int = 20_000
    memory: int = 2 << 30
    together: int = 2


class PublicSparql:
    """Answers queries of strangers over a folder that nobody writes, or over an endpoint.

    Safe to use from many threads. More than `Limits.together` queries wait for a place for as
    long as one query may take, then are refused.
    """

    def __init__(self, where: Path | Store, base: Base, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._base = base
        self._where = where
        self._places = threading.BoundedSemaphore(self.limits.together)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()

    def run(self, query: str, wanted: Sequence[str] = ()) -> Answer:
        """The answer in the first wanted format that fits (names or media types).

        Raises InputError for a text that is no query, RefusedError for one outside the limits: a
        time-out is always an error. `Answer.truncated` says that rows were cut off.
        """
        if len(query) > self.limits.length:
            raise refusals.too_long(self.limits.length)
        question = read_question(query, self._base)
        if not self._places.acquire(timeout=self.limits.seconds):
            raise refusals.too_busy()
        try:
            if isinstance(self._where, Path):
                return self._ask_worker(query, wanted)
            return answer(
                self._where,
                question,
                wanted,
                timeout=self.limits.seconds,
                limit=self.limits.rows,
            )
        finally:
            self._places.release()

    def switch(self, folder: Path) -> None:
        """Reads another folder from the next query on; running queries end on the old one."""
        with self._lock:
            self._where = folder
            old, self._idle = self._idle, []
        for worker in old:
            worker.end()

    def close(self) -> None:
        """Ends the waiting processes."""
        with self._lock:
            old, self._idle = self._idle, []
        for worker in old:
            worker.end()

    def _ask_worker(self, query: str, wanted: Sequence[str]) -> Answer:
        worker = self._take()
        try:
            found = worker.ask(
                {"query": query, "wanted": list(wanted), "limit": self.limits.rows},
                self.limits.seconds,
            )
        except ResurseError:
            self._give_back(worker)
            raise
        self._give_back(worker)
        return found

    def _take(self) -> _Worker:
        with self._lock:
            folder = self._where
            if self._idle:
                return self._idle.pop()
        assert isinstance(folder, Path)
        return _Worker(folder, self._base, self.limits.memory)

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker.alive and worker.folder == self._where:
                self._idle.append(worker)
                return
        worker.end()


class _Worker:
    """One process of `worker.py`."""

    def __init__(self, folder: Path, base: Base, memory: int) -> None:
        self.folder = folder
        self.alive = True
        command = ["-m", "graph.store.worker", str(folder.resolve()), base.iri, str(memory)]
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            [sys.executable, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._replies = self._process.stdin, self._process.stdout
        if read_frame(self._replies) is None:
            self.end()
            raise faults.unusable(str(folder), "read-only")

    def ask(self, request: dict[str, object], seconds: float) -> Answer:
        """Sends a request and waits; ends the process when its time is over."""
        late = threading.Event()
        clock = threading.Timer(seconds, self._stop, [late])
        clock.start()
        try:
            write_frame(self._requests, json.dumps(request).encode())
            head, body = read_frame(self._replies), read_frame(self._replies)
        except BrokenPipeError:
            head = body = None
        finally:
            clock.cancel()
        if head is not None and body is not None:
            return unpack(head, body)
        self.end()
        if late.is_set():
            raise faults.too_slow(seconds)
        if self._process.returncode in _STARVED:
            raise refusals.too_hungry()
        raise faults.failed(str(self.folder), f"exit {self._process.returncode}")

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """Ends the process and waits for it."""
        self.alive = False
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        self._replies.close()
        self._process.kill()
        self._process.wait()
