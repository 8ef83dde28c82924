"""Reads when a commitment runs: months, quarters, halves, days and years, in words or digits."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.plan.misread import months

_MONTHS = {
    "ian": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "iun": 6, "iul": 7, "aug": 8, "sep": 9,
    "oct": 10, "noi": 11, "nov": 11, "dec": 12, "jan": 1, "may": 5, "jun": 6, "jul": 7,
}  # fmt: skip
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
MONTH_WORD = (
    r"(?:ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie|"
    r"ian|febr?|mart?|apr|iun|iul|aug|sept?|oct|noi|noie?mb?|nov|dec|"
    r"january|february|march|april|may|june|july|september|october|november|december)"
)
_YEAR = r"(?:19|20)\d\d"
_POINT = re.compile(
    rf"(?P<iso>(?<!\d)({_YEAR})[-/](\d\d)(?:[-/](\d\d))?(?![\d/]))"
    rf"|(?P<day>(?<![\d.])(\d{{1,2}})[./-](\d{{1,2}})[./-]({_YEAR})(?!\d))"
    rf"|(?P<dayword>(?<![\d.])(?:(\d{{1,2}}) )?\b({MONTH_WORD})\b\.?(?:,? ?(?:(?:a )?anul(?:ui)? )?({_YEAR})(?:\b))?)"
    rf"|(?P<month>(?<![\d.])(\d{{1,2}}|[ivx]{{1,4}})[./]({_YEAR})(?!\d))"
    rf"|(?P<part>\b(?:(trim(?:estrul|estru)?|t|q|sem(?:estrul|estru)?|s(?=\d|[ .])|h(?=\d))\.? ?(\d|iv|i{{1,3}})\b)(?:[ /.,-]*(?:din |al anului |anul |an )?({_YEAR})(?!\d|-\d))?)"
    rf"|(?P<year>(?<![\d./])({_YEAR})(?![\d/]))"
)
_ORDINALS = {
    "prim": "i",
    "doilea": "ii",
    "doua": "ii",
    "treilea": "iii",
    "treia": "iii",
    "patrulea": "iv",
    "patra": "iv",
}
_COUNTED = {"unu": 1, "doi": 2, "trei": 3, "patru": 4}
_ORDINAL = r"(?:al |a )?(prim|doilea|doua|treilea|treia|patrulea|patra)(?:ul|a)?"
_PART_WORD = r"(trimestru|semestru)l?(?:ui)?"
_REWRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"\b({MONTH_WORD})\.?({_YEAR})\b"), r"\1 \2"),
    (re.compile(rf"\b(prima|a doua|ultima) jumatate(?: (?:a|din))?(?: anul(?:ui)?| lui)? ({_YEAR})\b"), lambda m: f"s{1 if m[1] == 'prima' else 2} {m[2]}"),
    (re.compile(r"\b(trim|sem)\w*\.? (unu|doi|trei|patru)\b"), lambda m: f"{m[1]} {_COUNTED[m[2]]}"),
    (re.compile(rf"(?<![\d/])({_YEAR}-\d\d(?:-\d\d)?)/({_YEAR}-\d\d(?:-\d\d)?)(?![\d/])"), r"\1 - \2"),
    (re.compile(rf"(?<![\d./-])({_YEAR})\.(\d\d)(?![\d.])"), r"\1-\2"),
    (re.compile(rf"\blun(?:a|ii|ile) (\d{{1,2}})[ ,./]+({_YEAR})\b"), r"\1.\2"),
    (re.compile(rf"(\b(?:trim|sem|t|q|s|h)\w*\.? )?\b([ivx]{{1,4}}) ({_YEAR})\b"), lambda m: m[0] if m[1] else f"{m[2]}.{m[3]}"),
    (re.compile(rf"^ ?({_YEAR})[ /-]?([tqsh]\d) ?- ?({_YEAR})[ /-]?([tqsh]\d) ?$"), r"\2 \1 - \4 \3"),
    (re.compile(rf"(?<![\d.])(\d{{1,2}})\.([ivx]{{1,4}})\.({_YEAR})\b"), lambda m: f"{m[1]}.{_ROMAN.get(m[2], 99)}.{m[3]}"),
    (re.compile(rf"\b{_PART_WORD} {_ORDINAL}\b"), lambda m: f"{m[1]} {_ORDINALS[m[2]]}"),
    (re.compile(rf"\b{_ORDINAL} {_PART_WORD}\b"), lambda m: f"{m[2]} {_ORDINALS[m[1]]}"),
    (re.compile(r"\b(?:al|a) (i{1,3}|iv)-(?:lea|a)\b"), r"\1"),
    (re.compile(r"\b(trim|sem)\w*\.? (\d|iv|i{1,3}) ?(?:-|si|,) ?(\d|iv|i{1,3})\b"), r"\1 \2 - \1 \3"),
    (re.compile(rf"(?<![\d./])(\d{{1,2}}) ?- ?(\d{{1,2}}) ({MONTH_WORD})\b"), r"\1 \3 - \2 \3"),
    (re.compile(rf"(?<![\d./])(\d{{1,2}})\.(\d{{1,2}})\.? ?- ?(\d{{1,2}}\.\d{{1,2}}\.({_YEAR}))(?!\d)"), r"\1.\2.\4 - \3"),
    (re.compile(rf"(?<![\d./-])(\d{{1,2}}) ?- ?(\d{{1,2}}[./]({_YEAR}))(?!\d)"), r"\1.\3 - \2"),
    (re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)(\d\d)(?![\d.])"), r"\g<1>20\2"),
    (re.compile(rf"\b({MONTH_WORD})\.? ?'(\d\d)(?!\d)"), r"\1 20\2"),
    (re.compile(rf"(?<![\d./])({_YEAR}) ?/ ?({_YEAR})(?![\d/])"), r"\1 - \2"),
    (re.compile(rf"(?<![\d./-])({_YEAR})(?:[ ,:(]+|-(?=[tqs]))(?=(?:trim|sem|[tqs]\.? ?[\divx]|(?:\d{{1,2}} )?{MONTH_WORD}\b)[^0-9]*\d?[^0-9]*$)(.+?)\)?$"), r"\2 \1"),
)  # fmt: skip
"""Dates written in ways that are first brought to the plain one."""

_FILLERS = re.compile(
    r"(?:perioada|calendar\w*|estimativ\w*|anul(?:ui|ui)?|anii|an|luna|lunii|lunile|luni|intre|din|de|la|pana|in|la|si|"
    r"incepand|incepere|cu|data|inceput\w*|sfarsit\w*|final\w*|lui|al|a|ale|zile|ani|trimestre\w*|semestre\w*|"
    r"termen\w*|realizare|implementare|luna|durata|prezent|permanent|aproximativ|circa|estimat\w*|dupa|ulterior)"
)
_DURATION = re.compile(r"(?<![\d.])(\d{1,3}) (?:de )?(luni|ani)\b|\b(un) (an)\b")
_ONLY_END = re.compile(
    r"\b(?:pana|cel (?:mai )?tarziu|(?:sfarsit|final)ul|finele|capatul)\b[^.]{0,20}$"
)
_ONLY_START = re.compile(r"\b(?:incepand|din|de la|dupa|inceputul)\b[^.]{0,16}$")
_STARTS_AT_END = re.compile(
    r"\b(?:incepand(?: cu| din| de la)?|de la|dupa|din) (?:(?:sfarsit|final)ul|finele|capatul)\b[^.]{0,20}$"
)
"""`începând cu sfârșitul lunii`: a start, and no day to write it as."""
_GOES_ON = re.compile(r" ?(?:-|pana\b|la\b)")
_VAGUE = re.compile(
    r"\b(?:mijloc|jumatat|primavar|var[ae]|toamn|iarn|(?:trim|sem)\w*\.? [^\s#-]|sarbator)\w*"
)
"""What says a part of a year that has no days of its own, or a part that no year has."""
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
    ends before it begins), `unended` (its end is missing or cannot be read), `misread` (a month was made good), `several` (more than two dates; the first and the last are taken),
    `partly` (a part of it holds no date that can be read: nothing is taken).
    """
    good = months(folded)
    misread = "misread" if good != folded else None
    folded = good
    for pattern, plain in _REWRITTEN:
        folded = pattern.sub(plain, folded)
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
    if _unread(folded, matches):
        return Period(problem="partly")
    filled = _with_years(known)
    problem = "several" if len(filled) > 2 else misread
    start, end = _iso(filled[0], last=False), _iso(filled[-1], last=True)
    if start is None or end is None:
        return Period(problem="impossible")
    if len(filled) == 1:
        before = folded[: matches[0].start()]
        if (lasting := _DURATION.search(folded)) is not None:
            return Period(start, _after(start, lasting), misread)
        if _STARTS_AT_END.search(before):
            return Period(problem="partly")
        if _ONLY_END.search(before):
            return Period(None, end, misread)
        after = folded[matches[0].end() :]
        if _ONLY_START.search(before) or _OPEN.search(after):
            return Period(start, None)
        if _GOES_ON.match(after):
            return Period(start, None, "unended")
    if start > end:
        return Period(problem="order")
    return Period(start, end, problem)


def _unread(folded: str, matches: list[re.Match[str]]) -> bool:
    """Whether something that reads like a date is left beside the dates: `aprile`, `20223`, `vara`."""
    rest = list(folded)
    for match in (*matches, *_DURATION.finditer(folded)):
        rest[match.start() : match.end()] = "#" * (match.end() - match.start())
    left = "".join(rest)
    if re.search(r"\d", left) or _VAGUE.search(left):
        return True
    before_year = (re.search(r"([a-z]{3,})\.? $", left[: m.start()]) for m in matches if m["year"])
    return any(word is not None and not _FILLERS.fullmatch(word[1]) for word in before_year)


def _after(start: str, lasting: re.Match[str]) -> str:
    """The last day of a period that begins on `start` and lasts so many months or years."""
    months = int(lasting[1] or 1) * (12 if (lasting[2] or lasting[4]).startswith("an") else 1)
    first = date.fromisoformat(start)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    day = min(first.day, monthrange(year, month + 1)[1])
    return (date(year, month + 1, day) - timedelta(days=1)).isoformat()


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
