"""Tells which fields of a commitment stand left and which right in its table."""

from __future__ import annotations

from ingest.plan.headings import PAIRS


class Sides:
    """Which field stood last on the left and on the right of the table."""

    def __init__(self) -> None:
        self.last: dict[int, str] = {}
        self._side: dict[str, int] = {}

    def enter(self, name: str) -> None:
        """A heading of field `name` was met."""
        root = name.partition(".")[0]
        pair = next((pair for pair in PAIRS if root in pair), None)
        if pair is None:
            return
        other = pair[1 - pair.index(root)]
        if root not in self._side:
            self._side[root] = 1 if other in self._side else 0
            if self._side[root] == 0:
                self.last.pop(1, None)
        self.last[self._side[root]] = name

    def side(self, name: str) -> int | None:
        """0 left, 1 right, None for a field of the whole width."""
        return self._side.get(name.partition(".")[0])
