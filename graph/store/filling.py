"""Filling one graph from many small additions: the engine gets few and large batches."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from graph.store.base import BATCH, Store, Triple


class Filling:
    """Collects statements of one graph and adds them `BATCH` at a time.

    The embedded engine writes new files for each batch, so that ten batches of 10,000 take twice
    as long as two of 50,000. What is left is added when the `with` block ends without an error.
    """

    def __init__(self, store: Store, graph: str, size: int = BATCH) -> None:
        self.graph = graph
        self._store = store
        self._size = size
        self._waiting: list[Triple] = []

    def add(self, triples: Iterable[Triple]) -> None:
        """Takes statements; writes when a batch is full."""
        self._waiting.extend(triples)
        if len(self._waiting) >= self._size:
            self.flush()

    def flush(self) -> None:
        """Writes what waits."""
        waiting, self._waiting = self._waiting, []
        self._store.add(self.graph, waiting)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.flush()
