"""Tells which line ends of a text only wrapped the line."""

from __future__ import annotations

import re

from ingest.plan.headings import HEADING
from ingest.plan.letters import plain

WRAP = "wrap"
"""A line end that only wrapped the line."""

STRONG_BULLETS = "•●▪◦‣■□✓✔→➔➢►○◆◇❖▶▸➤⇒·∙☐☑☒❑❒▢◻◼✔✗★☆◉⦿⁃➜➞\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0e0"
"""List marks that are nothing else; the last ones are those of Word's symbol fonts."""

WEAK_BULLETS = "*+§–—-"
"""List marks that may be something else."""

PARTED = "  "
"""What ends a line that surely ends its paragraph, told by the space below it."""

_ITEM = re.compile(
    rf"\s*(?:[{STRONG_BULLETS}*§]\s?|\+\s|"
    r"[-–—]\s+(?=[A-ZĂÂÎȘŞȚŢ0-9]|a ?\d)|\d{1,2}[.)]\s|"
    r"[Aa]\s?\d{1,2}\s?[.:]|#{1,6}\s|\||<)"
)
_SENTENCE_ENDS = re.compile(r"[^\W\d_]{3,}[.!?][”\"]?$")
_LONG = 160


def wrapped_lines(raw: str, *, ragged: bool = False) -> dict[int, str]:
    """For the position of each newline, WRAP where the line was only wrapped.

    A line was wrapped when the first word of the next one would not have fitted into the widest
    line around it. A line that begins an item, follows a colon, or is longer than any page is
    wide, was not. `ragged`: lines are as wide as their letters, and cells have lines of their own.
    """
    lines = raw.split("\n")
    if not ragged and holds_long_lines(raw):
        return {}
    found: dict[int, str] = {}
    pos = 0
    for index, line in enumerate(lines[:-1]):
        pos += len(line)
        if line.strip() and _is_wrapped(lines, index, ragged):
            found[pos] = WRAP
        pos += 1
    return found


def holds_long_lines(raw: str) -> bool:
    """Whether whole paragraphs stand on one line: nothing was wrapped."""
    return sum(len(line) > 2 * _LONG for line in raw.split("\n")) > 2


def _row_around(lines: list[str], index: int) -> list[str]:
    """The lines near one that belong to the same row of a table: no empty line lies between."""
    first, last = index, index
    while first > max(0, index - 6) and lines[first - 1].strip():
        first -= 1
    while last < min(len(lines) - 1, index + 6) and lines[last + 1].strip():
        last += 1
    return lines[first : last + 1]


def _is_wrapped(lines: list[str], index: int, ragged: bool) -> bool:
    if ragged and lines[index].endswith(PARTED):
        return False
    line, following = lines[index].rstrip(" "), lines[index + 1].split("\t")[0].strip()
    if not following or line.endswith((":", ">", "\t", "\f")) or _ITEM.match(lines[index + 1]):
        return False
    cell = re.split(r"\t| \| ", lines[index + 1])[0].strip()
    headed = cell != lines[index + 1].strip() and HEADING.fullmatch(plain(cell))
    if headed or (_SENTENCE_ENDS.search(line) and following.endswith(":")):
        return False
    around = lines[max(0, index - 6) : index + 7]
    if ragged:
        around = _row_around(lines, index)
        line = line.split("\t")[-1]
        around = [part for one in around for part in one.split("\t")]
    if len(line) > (2 * _LONG if ragged else _LONG):
        return False
    # a web address wider than the page is no measure of it
    widths = (
        len(one.rstrip()) for one in around if (ragged or len(one) <= _LONG) and " " in one.strip()
    )
    width = max(widths, default=len(line))
    filled = 0.86
    if following[0].islower() and width > 35:  # the sentence goes on
        filled = 0.6
    elif ragged:  # letters differ in width; a capital is seldom the middle of a sentence
        filled = 0.88 if following[0].isupper() and line[-1:].islower() else 0.7
    return len(line) + 1 + len(following.split(None, 1)[0]) > filled * width
