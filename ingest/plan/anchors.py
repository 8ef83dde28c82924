"""Where a heading may stand in a text, and what is noted about one that was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.text import Span, Text

COMMITMENT, ACTION, SECTION, FIELD = "commitment", "action", "section", "field"

OTHER = "other"
"""The name of a heading that other towns add; what it heads is not read."""

_MARK = re.compile(
    rf"\s*(?:(?:#{{1,6}}|[{STRONG_BULLETS}>|{WEAK_BULLETS}]|\(?(?:\d{{1,2}}|[a-zA-Z]|[ivxIVX]{{1,4}})[.)]|[\[(_*])\s*){{1,3}}"
)


@dataclass(frozen=True)
class Anchor:
    """A heading found: `span` covers the heading itself, what it heads begins at its end."""

    kind: str
    name: str
    span: Span
    number: int = 0
    guessed: bool = False
    """Whether it is worded or spelt otherwise than in the template."""


_LEAD = 64
"""Characters that list marks before a heading may take; on a line of a whole book none looks further."""


def line_begin(text: Text, at: int) -> int | None:
    """Where the paragraph or cell begins that holds `at`; None when that is far."""
    floor = max(0, at - _LEAD)
    found = max(text.clean.rfind(sep, floor, at) for sep in "\n\t\f")
    return found + 1 if found >= 0 or floor == 0 else None


def line_start(text: Text, at: int) -> bool:
    """Whether a paragraph or cell begins at `at`, list marks before it aside."""
    begin = line_begin(text, at)
    if begin is None:
        return False
    before = text.clean[begin:at].strip(" ")
    return not before or _MARK.fullmatch(before) is not None


def line_end(text: Text, at: int) -> bool:
    """Whether the paragraph or cell ends at `at`."""
    rest = text.clean[at : at + 80].lstrip(" ")
    return not rest or rest[0] in "\n\t\f"
