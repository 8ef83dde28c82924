"""How well a paragraph goes on what stands before it: by its number, or by its first word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.plan.parts import Part, dangling
from ingest.plan.text import Span, Text

PROSE = frozenset(("description", "problem"))

_ENDS = (".", "!", "?", '"', ";", ":", ")")

_AFTER_SMALL = frozenset(("cel", "cea", "cei", "cele", "o", "un", "unui", "unei", "unor"))
"""Small words that go on after a preposition: `Maparea a | cel puțin 3`."""


def counts_on(text: Text, parts: Sequence[Part], block: Span) -> bool:
    """Whether the block's number is the next one after the last of the field."""
    number = re.match(r"(\d{1,2})[.)]\s", text.clean[block[0] : block[1]])
    if number is None or number[1] == "1":
        return False
    before = f"{int(number[1]) - 1}"
    shown = [text.clean[slice(*part.span)] for part in parts]
    return any(re.search(rf"(?:^|\s){before}[.)]\s", one) for one in shown)


def fit(text: Text, name: str, parts: Sequence[Part], start: str) -> int:
    """How well a paragraph that begins with `start` goes on a field, from 0 to 3.

    After a preposition comes a noun; after a noun comes a small word; after a full stop
    nothing in small letters.
    """
    words = text.folded(parts[-1].span) if parts else "."
    small = (dangling(start) and start not in _AFTER_SMALL) or start in (
        "sa", "fi", "este", "sunt",
    )  # fmt: skip
    if dangling(words):
        return 0 if small else 3
    if name in PROSE:
        return 0 if words.endswith(_ENDS) else 3 - small
    return 2 if small else 1


def is_open(text: Text, name: str, parts: Sequence[Part]) -> bool:
    """Whether a field ends in mid-sentence."""
    if not parts:
        return False
    words = text.folded(parts[-1].span)
    if dangling(words):
        return True
    return name in PROSE and not words.endswith(_ENDS)
