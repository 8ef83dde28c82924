"""Cells that say two ends at once: `50.000-100.000 RON`, `1-15 martie 2024`, `maxim 5000 lei`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ontology.errors import RowError
from ontology.kinds import tidy
from ontology.numbers import two_ways

Ends = tuple[Any, Any]
"""The lower and the upper end, None where the cell leaves it open."""

Clean = Callable[[str], Any]

_LOWER = (
    r"min\.?|minim|minimum|cel puțin|cel putin|de la|din|începând cu|incepand cu|from|at least|≥|>="
)
_UPPER = r"max\.?|maxim|maximum|cel mult|până (?:la|în)|pana (?:la|in)|up to|until|at most|≤|<="
_OPEN = re.compile(
    rf"(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER})) ?(?P<rest>(?=[\W\d_]|\b).+)", re.IGNORECASE
)
_BEGIN = re.compile(r"(?:între|intre|de la|din|from|between) ", re.IGNORECASE)
_BETWEEN = re.compile(
    r" ?[-–—] ?| (?:până la|pana la|până în|pana in|la|to|și|si|and) ", re.IGNORECASE
)
_LONGEST = 200
"""Characters of a cell that is looked at for two ends: a longer one says something else, and every way to
cut it would be tried."""

_UNIT = re.compile(r" (?=[^\W\d_]|[€$£%])")
_SHORT = re.compile(r" ?([1-9][0-9]{0,2})((?: [^0-9]*)?)")
_GROUPED = re.compile(r"[0-9][., ][0-9]{3}(?![0-9])")
"""`5-10.000 lei`: five lei, or five thousand as the second end says."""

_REST_OF_DATE = re.compile(r"[ ./]")


def ends(text: str, clean: Clean, *, dates: bool) -> Ends:
    """Both ends of what a cell says; one value is both. Raises the RowError of `clean` for anything else.

    `dates`: the first end may leave out what the second says (`1-15 martie 2024`).
    """
    text = tidy(text)
    try:
        one = clean(text)
    except RowError as error:
        refused = error
    else:
        return one, one
    if len(text) > _LONGEST:
        raise refused
    found = {two for two in _pairs(text, clean, dates=dates) if _ordered(*two)}
    if not found and (opened := _OPEN.fullmatch(text)):
        one = clean(opened["rest"].strip())
        return (one, None) if opened["lower"] else (None, one)
    if len(found) > 1:
        raise two_ways(
            text, "miile stau la un capăt sau la amândouă", "thousands at one end or both"
        )
    if not found:
        raise refused
    return found.pop()


def _ordered(lower: Any, upper: Any) -> bool:
    """Whether the first end is not above the second; amounts stand beside their currencies."""
    if isinstance(lower, tuple):
        (lower, first), (upper, second) = lower, upper
        if first and second and first != second:
            return False
    return bool(lower <= upper)


def _pairs(text: str, clean: Clean, *, dates: bool) -> Iterator[Ends]:
    """Every way to read the text as two ends."""
    begun = _BEGIN.match(text)
    text = text[begun.end() :] if begun else text
    for cut in _BETWEEN.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        for whole in _completed(left, right, dates=dates):
            try:
                yield clean(whole), clean(right)
            except RowError:
                continue
            short = _SHORT.fullmatch(whole) if len(cut[0]) == 1 and not dates else None
            if short and _GROUPED.search(right):
                yield clean(f"{short[1]}.000{short[2]}"), clean(right)
            break


def _completed(left: str, right: str, *, dates: bool) -> Iterator[str]:
    """The first end with what it may share with the second: all of its unit, or the rest of its date."""
    if dates:
        yield left
        yield from (left + right[m.start() :] for m in _REST_OF_DATE.finditer(right))
        return
    unit = _UNIT.search(right)
    yield left + right[unit.start() :] if unit and not _UNIT.search(left) else left
