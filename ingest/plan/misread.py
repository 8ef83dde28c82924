"""Words that a program reading pictures, or a lost font, has damaged, taken for what they must be.

Only words that this reader looks for itself: those that compare, the months, the codes. Nothing else
of a text is changed. Each is told by the letters that are taken for one another: `rn` for `m`, `1`
or `|` for `l` and `i`, `0` for `o`; and by what is left of a letter with a mark that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rapidfuzz.distance import OSA

from ingest.plan.numbers import NUMBER

_I = r"[il1|íìîï!]"
_M = r"(?:rn|m)"
_O = r"[o0]"
_LOST = r" ?[^\W\d_]{0,2}[,?\ufffd]? ?"
"""What may be left of the letter ț: nothing, another letter, a gap."""

_COMPARISONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b[ce]e{_I} pu{_LOST}{_I}n\b(?!\w)"), "minim"),
    (re.compile(rf"\b{_M}{_I}n{_I}{_M}(?:u{_M})?\b"), "minim"),
    (re.compile(rf"\b{_M}ax{_I}{_M}(?:u{_M})?\b"), "maxim"),
    (re.compile(rf"\bapr{_O}x{_I}{_M}at{_I}v\b"), "aprox."),
    (re.compile(rf"\b[ce]e{_I} {_M}u{_I}t\b"), "maxim"),
)
_GOOD = re.compile(r"cel putin|cel mult|minim(?:um|a|ul|e)?|maxim(?:um|a|ul|e)?|aproximativ|aprox")
_NEAR = {
    "celputin": "minim", "celmult": "maxim", "minimum": "minim", "maximum": "maxim", "minim": "minim",
    "maxim": "maxim", "aproximativ": "aprox.",
}  # fmt: skip
_BEFORE = re.compile(r"(?:[^\W_]+ ){1,3}$")
_FEW = 5
"""Numbers of one statement before which a comparison is looked for."""


def comparisons(folded: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A statement, as long as before, with its damaged comparisons made good; and a note for each."""
    notes: list[tuple[str, str]] = []
    for start, end, word in [*_damaged(folded), *_nearly(folded)]:
        shown = folded[start:end]
        if shown.strip() and len(word) <= end - start and not _GOOD.fullmatch(shown):
            folded = folded[:start] + word.rjust(end - start) + folded[end:]
            notes.append(("misread", shown))
    return folded, tuple(notes)


def _damaged(folded: str) -> Iterator[tuple[int, int, str]]:
    for pattern, word in _COMPARISONS:
        for match in pattern.finditer(folded):
            yield (*match.span(), word)


def _nearly(folded: str) -> Iterator[tuple[int, int, str]]:
    """A comparison right before a number of which a letter or two are lost, swapped or set apart."""
    for number in islice(re.finditer(NUMBER, folded), _FEW):
        before = _BEFORE.search(folded, 0, number.start())
        if before is None:
            continue
        words = [(m.start(), m[0]) for m in re.finditer(r"\S+", before[0])]
        if any(re.fullmatch(NUMBER, word) for _, word in words):
            continue
        found = []
        for count in range(1, len(words) + 1):
            joined = "".join(word for _, word in words[-count:])
            for whole, word in _NEAR.items():
                far = OSA.distance(joined, whole)
                found.append((far, whole, before.start() + words[-count][0], word))
        far, whole, start, word = min(found)
        # two letters of seven are too many: `cele multe 5` and `cei mulți 5` compare nothing
        if far <= (2 if len(whole) > 7 else 1):
            yield start, number.start() - 1, word


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
