"""Filling one graph from many small additions: the engine gets few and large batches."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from graph.store.base import Store

SIZE = 8 << 20
"""Characters of N-Triples that are written together: some 50,000 statements."""


class Filling:
    """Collects lines of N-Triples for one graph and writes `SIZE` characters at a time.

    The embedded engine writes new files for each batch, so that ten batches of 10,000 statements
    take twice as long as two of 50,000. One batch is written by a thread of its own while the
    next is collected: at most two are in memory. What is left is written when the `with` block
    ends without an error; a batch that could not be written raises at the next one or at the end.
    """

    def __init__(self, store: Store, graph: str, size: int = SIZE) -> None:
        self.graph = graph
        self._store = store
        self._size = size
        self._waiting: list[str] = []
        self._held = 0
        self._writer = ThreadPoolExecutor(1, "filling")
        self._written: Future[None] | None = None

    def add(self, lines: str) -> None:
        """Takes lines, each ending with a line feed; hands a batch on when it is full."""
        self._waiting.append(lines)
        self._held += len(lines)
        if self._held >= self._size:
            self._hand_on()

    def flush(self) -> None:
        """Writes what waits, and comes back when it is written."""
        self._hand_on()
        self._finish()

    def _hand_on(self) -> None:
        self._finish()
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting, self._held = [], 0
            self._store.rest()
            self._written = self._writer.submit(self._store.fill, self.graph, text)

    def _finish(self) -> None:
        done, self._written = self._written, None
        if done is not None:
            done.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.flush()
        finally:
            self._writer.shutdown()
