"""A text that is being mended, with the place in the original that each of its characters has."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.plan.records import PlanWarning

Edit = tuple[int, int, str]
"""What stands from a start to an end, and what it becomes."""


@dataclass(frozen=True)
class Mended:
    """A text, where each of its characters begins and ends in the original, and what was mended."""

    text: str
    at: array[int]
    to: array[int]
    notes: tuple[PlanWarning, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Mended:
        """The text with the edits made; they stand in order and do not overlap."""
        parts: list[str] = []
        at, to = array("L"), array("L")
        done = 0
        for start, end, words in edits:
            parts += self.text[done:start], words
            at.extend(self.at[done:start])
            to.extend(self.to[done:start])
            first, last = (self.at[start], self.to[end - 1]) if end > start else (0, 0)
            at.extend([first] * len(words))
            to.extend([last] * len(words))
            done = end
        if not parts:
            return self
        parts.append(self.text[done:])
        at.extend(self.at[done:])
        to.extend(self.to[done:])
        return Mended("".join(parts), at, to, self.notes)

    def noted(self, ro: str, en: str) -> Mended:
        """The same with a note for the reviewer."""
        note = PlanWarning("tot documentul", ro, en)
        return Mended(self.text, self.at, self.to, (*self.notes, note))
