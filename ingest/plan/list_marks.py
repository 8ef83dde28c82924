"""List marks brought to one form: a tab after a bullet, a box to tick, Word's round letter o."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS

_BULLET_TAB = re.compile(rf"(?m)^[ ]*((?:[{STRONG_BULLETS}{WEAK_BULLETS}]|o)[ ]*\t[ \t]*)(?=\S)")
_NUMBER_TAB = re.compile(
    r"(?m)^[ ]*\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]([ ]*\t[ ]*)(?=[^\t\n]+$)"
)
_INDENTED = re.compile(rf"(?m)^([ ]*\t[ \t]*)[{STRONG_BULLETS}{WEAK_BULLETS}][ \t][^\t\n]*$")
_BORDER = re.compile(r"(?m)(?<=[^\s*+–—-])[ ]*\t[ \t]*+(?!\d{1,3}[ ]*$|\n|\Z)")
_TICK = re.compile(rf"(?m)^[ ]*(?:[{STRONG_BULLETS}{WEAK_BULLETS}]\s)?(\[[ xX]?\][ ]?)(?=\S)")

_SIGN = re.compile(r"(?<!\S)(e|[^\s\w]\ufe0f?)(?=\s{1,4}(\S))")
_PLAIN_SIGNS = frozenset("<>/|&%=€$£+.,:;!?()[]{}\"'„”“’_#^~\\" + STRONG_BULLETS + WEAK_BULLETS)
_OFTEN = 5
"""Times that a sign stands before capitals until it is taken for a mark of a list."""

Edit = tuple[int, int, str]


def list_marks(text: str) -> list[Edit]:
    """The edits that give every item of a list a mark followed by a space."""
    found = [*_indents(text), *_spaces(text), *_rounds(text), *_defined(text), *_odd(text)]
    made: list[Edit] = []
    for edit in sorted(found):
        if not made or edit[0] >= made[-1][1]:
            made.append(edit)
    return made


def _spaces(text: str) -> Iterator[Edit]:
    yield from ((*m.span(1), "• ") for m in _BULLET_TAB.finditer(text))
    yield from ((*m.span(1), " ") for m in _NUMBER_TAB.finditer(text))
    yield from ((*m.span(1), "") for m in _TICK.finditer(text))


def _rounds(text: str) -> Iterator[Edit]:
    """`o` before items in two lines or more that follow each other; alone it is an article."""
    lines = list(re.finditer(r"(?m)^[ ]*(o)[ ]+(?=\S)", text))
    begins = {m.start() for m in lines}
    for match in lines:
        end = text.find("\n", match.end())
        after = end + 1 if end >= 0 else -1
        before = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        if after in begins or (before in begins and before < match.start()):
            yield (*match.span(1), "•")


def _defined(text: str) -> Iterator[Edit]:
    """The colons that Markdown puts before what a term means; several under one term are a list."""
    found = list(re.finditer(r"(?m)^[ ]{0,3}(:)[ ]{1,3}(?=\S)", text))
    if len(found) < 3:
        return
    starts = {m.start() for m in found}
    for match in found:
        after = text.find("\n", match.end()) + 1
        before = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        listed = after in starts or (before in starts and before < match.start())
        yield (*match.span(1), "•" if listed else "")


def _indents(text: str) -> Iterator[Edit]:
    """Tabs that only indent a list: lines that follow each other begin with a tab and a mark."""
    begins = list(re.finditer(r"(?m)^[ ]*\t[ \t]*(?=\S)", text))
    if len(begins) > 2 and not _BORDER.search(text):
        yield from ((*m.span(), "") for m in begins)  # no tab is a border
        return
    found = list(_INDENTED.finditer(text))
    starts, ends = {m.start() for m in found}, {m.end() for m in found}
    for match in found:
        if match.end() + 1 in starts or match.start() - 1 in ends:
            yield (*match.span(1), "")


def _odd(text: str) -> Iterator[Edit]:
    """A sign that is no bullet by itself, standing again and again before a word with a capital.

    A program that reads pictures writes bullets so (`¢`, `«`, `e`), and pages that love pictures.
    """
    found = [m for m in _SIGN.finditer(text) if m[1] not in _PLAIN_SIGNS]
    counted = Counter(m[1] for m in found)
    before = Counter(m[1] for m in found if m[2].isupper())
    marks = {sign for sign, n in before.items() if n >= _OFTEN and n >= 0.8 * counted[sign]}
    yield from ((*m.span(), "•") for m in found if m[1] in marks)
