"""Tells a hyphen that parts a word at the end of a line from one that belongs to the word."""

from __future__ import annotations

import re
from collections.abc import Iterator

INSIDE = "\x02"
"""Stands before a line end that is inside a word."""

_PARTED = re.compile(r"(?<=[^\W\d_])([-‐\u00ad])[ \t]*(\n)[ \t]*(?=([a-zăâîșțşţ]+))")
_CLITICS = re.compile(r"(?:a|o|i|l|le|se|și|si|mi|ți|lea)")
_FOREIGN = re.compile(
    r"(?:web)?site|hub|link|blog|newsletter|workshop|training|mail|brand|start|think|think-tank"
)
_LEADS = re.compile(
    r"(?:într|dintr|printr|intr|nu|ne|să|sa|s|l|i|m|n|ex|vice|non|anti|de|pe)", re.I
)


def parted_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The edits that mark where a line ends inside a word, and take out a hyphen that is not its own.

    The line ends stay, so that lines are as wide as they were.
    """
    if not re.search(r"[-‐\u00ad][ \t]*\n", text):
        return
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))
    for match in _PARTED.finditer(text):
        token = re.search(r"\S+$", text[max(0, match.start() - 80) : match.start()])
        before = re.search(r"[^\W\d_]+$", token[0]) if token else None
        if token is None or before is None or re.search(r"[/@]|\.\w", token[0]):
            continue  # a web address
        soft = match[1] == "\u00ad"
        kept = "-" if not soft and _belongs(before[0], match[3], words) else ""
        yield match.start(), match.start(2), kept + INSIDE
        if match.end() > match.end(2):
            yield match.end(2), match.end(), ""


def _belongs(left: str, right: str, words: set[str]) -> bool:
    """Whether the hyphen is part of the word: `ONG-uri`, `într-un`."""
    if f"{left}{right}".lower() in words:
        return False
    if f"{left}-{right}".lower() in words:
        return True
    if left.isupper() or _FOREIGN.fullmatch(left.lower()):
        return True
    return bool(_CLITICS.fullmatch(right)) or bool(_LEADS.fullmatch(left))
