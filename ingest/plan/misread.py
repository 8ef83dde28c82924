"""Words that a program reading pictures, or a lost font, has damaged, taken for what they must be.

Only words that this reader looks for itself: those that compare, the months, the codes. Nothing else
of a text is changed. Each is told by the letters that are taken for one another: `rn` for `m`, `1`
or `|` for `l` and `i`, `0` for `o`; and by what is left of a letter with a mark that is not there.
"""

from __future__ import annotations

import re

_I = r"[il1|íìîï!]"
_M = r"(?:rn|m)"
_O = r"[o0]"
_LOST = r" ?[^\W\d_]{0,2}[,?\ufffd]? ?"
"""What may be left of the letter ț: nothing, another letter, a gap."""

_COMPARISONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b[ce]e{_I} pu{_LOST}{_I}n\b(?!\w)"), "cel putin"),
    (re.compile(rf"\b{_M}{_I}n{_I}{_M}(?:u{_M})?\b"), "minim"),
    (re.compile(rf"\b{_M}ax{_I}{_M}(?:u{_M})?\b"), "maxim"),
    (re.compile(rf"\bapr{_O}x{_I}{_M}at{_I}v\b"), "aprox."),
    (re.compile(rf"\b[ce]e{_I} {_M}u{_I}t\b"), "cel mult"),
)
_GOOD = re.compile(r"cel putin|cel mult|minim(?:um)?|maxim(?:um)?|aproximativ")


def comparisons(folded: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A statement, as long as before, with its damaged comparisons made good; and a note for each."""
    notes: list[tuple[str, str]] = []
    for pattern, word in _COMPARISONS:
        for match in list(pattern.finditer(folded)):
            if _GOOD.fullmatch(match[0]):
                continue
            short = "minim" if word == "cel putin" and len(match[0]) < len(word) else word
            short = "maxim" if word == "cel mult" and len(match[0]) < len(word) else short
            folded = folded[: match.start()] + short.rjust(len(match[0])) + folded[match.end() :]
            notes.append(("misread", match[0]))
    return folded, tuple(notes)


_MONTHS = (
    "ianuarie", "februarie", "martie", "aprilie", "iunie", "iulie", "august", "septembrie", "octombrie",
    "noiembrie", "decembrie",
)  # fmt: skip
_LETTERS = str.maketrans({"1": "i", "|": "i", "l": "i", "!": "i", "0": "o", "c": "e", "5": "s"})


def _bones(word: str) -> str:
    """A folded word with letters that are taken for one another alike."""
    return word.replace("rn", "m").translate(_LETTERS)


_BY_BONES = {_bones(month): month for month in _MONTHS}


def months(folded: str) -> str:
    """A period with the names of its months made good."""
    return re.sub(
        r"[a-z0-9|!]{4,12}",
        lambda m: _BY_BONES.get(_bones(m[0]), m[0]) if re.search(r"[a-z]", m[0]) else m[0],
        folded,
    )
