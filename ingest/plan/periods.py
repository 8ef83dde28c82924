"""Reads when a commitment runs: months, quarters, halves, days and years, in words or digits."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

_MONTHS = {
    "ian": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "iun": 6, "iul": 7, "aug": 8, "sep": 9,
    "oct": 10, "noi": 11, "nov": 11, "dec": 12,
}  # fmt: skip
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
MONTH_WORD = (
    r"(?:ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie|"
    r"ian|febr?|mart?|apr|iun|iul|aug|sept?|oct|noi|noie?mb?|nov|dec)"
)
_YEAR = r"(?:19|20)\d\d"
_POINT = re.compile(
    rf"(?P<iso>(?<!\d)({_YEAR})-(\d\d)(?:-(\d\d))?(?!\d))"
    rf"|(?P<day>(?<![\d.])(\d{{1,2}})[./](\d{{1,2}})[./]({_YEAR})(?!\d))"
    rf"|(?P<dayword>(?<![\d.])(?:(\d{{1,2}}) )?\b({MONTH_WORD})\b\.?(?: (?:anul )?({_YEAR})(?:\b))?)"
    rf"|(?P<month>(?<![\d.])(\d{{1,2}}|[ivx]{{1,4}})[./]({_YEAR})(?!\d))"
    rf"|(?P<part>\b(?:(trim(?:estrul|estru)?|t|q|sem(?:estrul|estru)?|s)\.? ?(\d|iv|i{{1,3}})\b)(?:[ /.]*(?:din |al anului |anul )?({_YEAR}))?)"
    rf"|(?P<year>(?<![\d./])({_YEAR})(?![\d/]))"
)
_ONLY_END = re.compile(
    r"\bpana (?:in|la|la sfarsitul|la finalul)?(?: lunii| lui| anului| data de)? ?$|\bpana\b[^.]{0,20}$"
)
_ONLY_START = re.compile(r"\b(?:incepand|din|de la|dupa)\b[^.]{0,16}$")
_OPEN = re.compile(r"\b(?:permanent|continuu|nedeterminat|prezent|in curs)\b")


@dataclass(frozen=True)
class Period:
    """First and last day in ISO form, either None when not said; a problem when there is one."""

    start: str | None = None
    end: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class _Point:
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]  # day 0: the last of the month


def read_period(folded: str) -> Period:
    """The period a folded text states.

    Problems: `none` (no date in it), `impossible` (a day or month no calendar has), `order` (it
    ends before it begins), `several` (more than two dates; the first and the last are taken).
    """
    matches = [m for m in _POINT.finditer(folded) if not _is_mai_adverb(folded, m)]
    points = [_point(m) for m in matches]
    if not points:
        return Period(problem="none")
    if any(one is None for one in points):
        return Period(problem="impossible")
    known = [one for one in points if one is not None]
    year = next((one.year for one in reversed(known) if one.year), None)
    if year is None:
        return Period(problem="none")
    filled = _with_years(known)
    problem = "several" if len(filled) > 2 else None
    start, end = _iso(filled[0], last=False), _iso(filled[-1], last=True)
    if start is None or end is None:
        return Period(problem="impossible")
    if len(filled) == 1:
        before = folded[: matches[0].start()]
        if _ONLY_END.search(before):
            return Period(None, end)
        if _ONLY_START.search(before) or _OPEN.search(folded[matches[0].end() :]):
            return Period(start, None)
    if start > end:
        return Period(problem="order")
    return Period(start, end, problem)


def _is_mai_adverb(folded: str, match: re.Match[str]) -> bool:
    """`mai mult`, `cel mai` are no May: May stands with a year, or as one end of a range."""
    if match["dayword"] is None or match[11] != "mai" or match[12]:
        return False
    after = folded[match.end() : match.end() + 14]
    return re.match(r" ?(?:-|pana|si)", after) is None


def _point(match: re.Match[str]) -> _Point | None:
    if match["iso"]:
        month = int(match[3])
        day = int(match[4]) if match[4] else None
        return _made(int(match[2]), month, month, day)
    if match["day"]:
        return _made(int(match[8]), int(match[7]), int(match[7]), int(match[6]))
    if match["dayword"]:
        month = _MONTHS[match[11][:3]]
        return _made(
            int(match[12]) if match[12] else None,
            month,
            month,
            int(match[10]) if match[10] else None,
        )
    if match["month"]:
        number = _ROMAN.get(match[14]) or (int(match[14]) if match[14].isdigit() else 0)
        return _made(int(match[15]), number, number, None)
    if match["part"]:
        size = 3 if match[17][0] in "tq" else 6
        which = _ROMAN.get(match[18]) or (int(match[18]) if match[18].isdigit() else 0)
        if not 1 <= which <= 12 // size:
            return None
        return _made(
            int(match[19]) if match[19] else None, size * (which - 1) + 1, size * which, None
        )
    return _made(int(match[21]), 1, 12, None)


def _made(year: int | None, first: int, last: int, day: int | None) -> _Point | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if day is not None:
        if not 1 <= day <= (monthrange(year, first)[1] if year else 31):
            return None
        return _Point(year, (first, day), (first, day))
    return _Point(year, (first, 1), (last, 0))


def _with_years(points: list[_Point]) -> list[_Point]:
    """`aprilie - decembrie 2022`: a date without year has that of the next one."""
    made: list[_Point] = []
    year: int | None = None
    for one in reversed(points):
        year = one.year or year
        made.append(_Point(year, one.first, one.last))
    if any(one.year is None for one in made):  # the year stood first only
        first = next(one.year for one in points if one.year)
        made = [_Point(one.year or first, one.first, one.last) for one in made]
    return made[::-1]


def _iso(point: _Point, *, last: bool) -> str | None:
    assert point.year is not None
    month, day = point.last if last else point.first
    days = monthrange(point.year, month)[1]
    if day > days:
        return None
    return f"{point.year:04d}-{month:02d}-{day or days:02d}"
