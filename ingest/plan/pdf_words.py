"""Puts the lines of a PDF's cell or column together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.plan.headings import HEADING
from ingest.plan.line_ends import PARTED, STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.parts import dangling
from ingest.plan.pdf_page import Line
from ingest.plan.text import fold

_ITEM = re.compile(
    rf"(?:[{STRONG_BULLETS}{WEAK_BULLETS}]\s|[{STRONG_BULLETS}]|\d{{1,2}}[.)]\s|[Aa] ?\d{{1,2}} ?[.:])"
)


_SHORT_LABEL = re.compile(r"[A-ZĂÂÎȘȚ][^:.,]{3,40}:(?:\s|$)")


def is_exact(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether lines end where the next word has no room, as a word processor sets them.

    Told by the lines that go on in small letters: those surely were wrapped.
    """
    fits = [_fits(a, b) for lines in columns for a, b in pairwise(lines) if b.text[:1].islower()]
    return bool(fits) and sum(fits) <= (0.15 * len(fits) if len(fits) > 3 else 0)


def paragraphs(lines: Sequence[Line], *, exact: bool) -> str:
    """The lines as text: one line each, or where the document is `exact` one paragraph each."""
    if not lines:
        return ""
    pitch = _pitch(lines)
    made = [_shown(lines[0])]
    for before, line in pairwise(lines):
        step = line.box[1] - before.box[1]
        headed = line.font != before.font and _headed(line.text)
        if step > 1.9 * pitch or headed:
            made.append("\n\n")
        elif exact and not _parts(before, line, step, pitch):
            made.append(" " if not _hyphened(before, line) else "")
        elif not exact and step > 1.35 * pitch and not line.text[:1].islower():
            made.append(f"{PARTED}\n")
        else:
            made.append("\n")
        made.append(_shown(line))
    return "".join(made)


def _headed(words: str) -> bool:
    """Whether a line is a heading, or begins with a short one and its colon."""
    return HEADING.match(fold(words)) is not None or _SHORT_LABEL.match(words) is not None


def _shown(line: Line) -> str:
    return f"• {line.text}" if line.bullet and not _ITEM.match(line.text) else line.text


def _hyphened(before: Line, line: Line) -> bool:
    return bool(re.search(r"\w-$", before.text)) and line.text[:1].islower()


def _pitch(lines: Sequence[Line]) -> float:
    """How far apart the lines of a paragraph stand: at least as their letters are high."""
    steps = [b.box[1] - a.box[1] for a, b in pairwise(lines)]
    size = median(line.size for line in lines)
    near = [step for step in steps if 0.9 * size < step < 1.8 * size]
    return min(near, default=1.2 * size)


def _parts(before: Line, line: Line, step: float, pitch: float) -> bool:
    """Whether a new paragraph begins with this line."""
    if line.bullet or _ITEM.match(line.text) or before.text.endswith(":"):
        return True
    if line.text[:1].islower() and dangling(fold(before.text)):
        return False
    if abs(line.size - before.size) > 0.08 * line.size or step > 1.35 * pitch:
        return True
    return _fits(before, line)


def _fits(before: Line, line: Line) -> bool:
    """Whether the first word of a line would have had room on the line before."""
    return before.box[2] + 0.25 * line.size + line.first < before.right - 0.3 * line.size
