"""Numbers in a statement that measure nothing: years, deadlines, parts of names; and those left out."""

from __future__ import annotations

import re

from ingest.plan.measure_words import (
    DEADLINE,
    DURATION,
    NOT_MEASURED,
    SINGLE,
    STARTS,
    YEAR,
    money_before,
)
from ingest.plan.numbers import ARTICLES, WORDS, number
from ingest.plan.records import Number

_WHOLE = re.compile(r"\d+")
_COUNTED = re.compile(r"\+? {0,2}(?:de )?(?:[a-z€$£]|\()|/ ?[a-z]")
_ONCE = re.compile(r" (?:editie|etapa|faza|oara|jumatate|parte|sesiune|runda)\b")
_JOINED = re.compile(r"[\w/.-]")
_GOES_ON = re.compile(r"[./-]?\d")
_SPELT = re.compile(rf" ?\((?P<words>{WORDS}|\d[\d.]*)\)")


def is_ordinal(folded: str, match: re.Match[str]) -> bool:
    """`a doua ediție` is no two: an ordinal stands after `a` or `al` and ends in -a or -lea."""
    return (
        match["num"] in ("doua", "trei", "patra")
        and folded.endswith(("a ", "al "), 0, match.start("num"))
        and _ONCE.match(folded, match.end()) is not None
    )


def stands_alone(folded: str, match: re.Match[str]) -> bool:
    """Whether nothing follows a number that is no percentage and no sum: it measures nothing."""
    if match["pct"] or money_before(folded, match.start("num")):
        return False
    return _COUNTED.match(folded, match.end()) is None


def measures_nothing(folded: str, at: int, end: int, worded: bool) -> bool:
    """Whether the number at `at` is a year, a deadline, or part of a name or code."""
    before = folded[max(0, at - 30) : at]
    digits = _WHOLE.match(folded, at)
    if digits and YEAR.fullmatch(digits[0]) and not worded:
        return True
    if not worded and NOT_MEASURED.search(before):
        return True
    if DURATION.match(folded, end):
        return not worded or DEADLINE.search(folded[:at].rsplit("cel", 1)[0]) is not None
    return False


def is_excused(folded: str, span: tuple[int, int]) -> bool:
    """Whether digits in a statement without measure need no note."""
    word = folded[slice(*span)].rstrip(".,")
    if YEAR.fullmatch(word) or measures_nothing(folded, span[0], span[1], worded=False):
        return True
    before = folded[max(0, span[0] - 1) : span[0]]
    return _JOINED.match(before) is not None or _GOES_ON.match(folded, span[1]) is not None


def others(folded: str, span: tuple[int, int], value: Number | None) -> tuple[tuple[str, str], ...]:
    """Notes about a second measured number outside `span`; `3 (trei)` is one number."""
    spelt = _SPELT.match(folded, span[1])
    if spelt is not None and value is not None and number(spelt["words"]) not in (None, value):
        return (("differs", spelt["words"]),)
    for start in (found.start() for found in STARTS.finditer(folded)):
        if span[0] <= start < span[1] or start < span[0]:
            continue
        match = SINGLE.match(folded, start)
        if match is None or match["num"] in ARTICLES or number(match["num"]) in (None, value):
            continue
        if measures_nothing(
            folded, match.start("num"), match.end(), bool(match["cmp"])
        ) or is_ordinal(folded, match):
            continue
        if match["cmp"] or match["pct"] or not stands_alone(folded, match):
            return (("second", match[0].strip()),)
    return ()
