"""One answer of a person: whether two ids are the same body."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]
"""Two ids in a fixed order."""


def pair_of(one: str, other: str) -> Pair:
    """The two in a fixed order."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True)
class Decision:
    """One row: the two ids (or `name:…` keys), the answer, who gave it, when, and why.

    Of two ids called the same, `left` is the one that stays in use.
    """

    left: str
    right: str
    answer: str
    who: str = ""
    when: str = ""
    why: str = ""
    left_label: str = ""
    right_label: str = ""
    score: str = ""

    @property
    def pair(self) -> Pair:
        """The two ids in a fixed order."""
        return pair_of(self.left, self.right)

    def told(self) -> str:
        """The answer in words: `Asociația X = Fundația Y (Ana, 2026-01-31)`."""
        sign = "=" if self.answer == "same" else "≠"
        left, right = self.left_label or self.left, self.right_label or self.right
        by = f" ({self.who}, {self.when})" if self.who else ""
        return f"{left} {sign} {right}{by}"
