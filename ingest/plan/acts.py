"""Finds the legal acts a plan names: local decisions, laws, ordinances, directives, bills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.plan.periods import MONTH_WORD, read_period
from ingest.plan.records import PlanNamed
from ingest.plan.text import Span, Text

_NR = r"(?: ?nr\.?)? ?"
_DAY = rf"(?P<day>\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{1,2}} {MONTH_WORD} \d{{4}})"
_DATED = rf"(?: ?/ ?(?:{_DAY}|(?P<year>\d{{4}}))| (?:din|din data de|/) ?(?:{_DAY.replace('day', 'day2')}|(?P<year2>\d{{4}}))(?!\d))?"
_NUMBER = rf"{_NR}(?P<number>\d{{1,5}})(?![\d.]){_DATED}"

_PATTERNS: tuple[tuple[str | None, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{pattern})"))
    for kind, pattern in (
        (
            "hcl",
            rf"(?:h\.?c\.?l\.?(?: ?m\.?[a-z]{{0,3}}\.?)?|hotarare[ai]i? (?:a )?consiliului local(?: [a-z-]+)?|hotararea cl){_NUMBER}",
        ),
        (None, rf"(?:h\.?c\.?j\.?|hotararea consiliului judetean(?: [a-z-]+)?){_NUMBER}"),
        ("oug", rf"(?:o\.?u\.?g\.?|ordonant[ae]i? de urgenta(?: a guvernului)?){_NUMBER}"),
        (
            None,
            rf"(?:h\.?g\.?|hotarare[ai]i? (?:de |a )?guvernului|o\.?g\.?|ordonanta(?: guvernului)?|ordinul(?: \w+)?){_NUMBER}",
        ),
        ("law", rf"leg(?:ea|ii)(?: [a-z]+ezei)?{_NUMBER}"),
        (
            "directive",
            r"directiv[ae]i?(?: \(?(?P<eu>ue|ce|cee)\)?)?(?: nr\.?)? ?(?P<number>(?:19|20)\d\d/\d{1,5})(?:/(?:ue|ce|cee))?",
        ),
        (
            "regulation",
            r"regulament(?:ul|ului)?(?: \(?(?P<eu>ue|ce)\)?)(?: nr\.?)? ?(?P<number>\d{1,5}/\d{1,5})",
        ),
        (
            "draft_law",
            rf"proiect(?:ul|ului)? de lege(?:{_NR}(?P<number>\d{{1,5}}/\d{{4}}))?(?: (?:din )?{_DAY})?",
        ),
    )
)
_TITLE = re.compile(
    r"\s*(?:,\s*)?(?P<t>(?:privind|referitoare? la|pentru aprobarea|pentru modificarea)(?:\s.+|\s*$))",
    re.S,
)


def find_acts(text: Text, spans: Iterable[tuple[Span, ...]]) -> list[PlanNamed]:
    """Every act named in the passages, each once, in order. A passage is one or more spans."""
    found: dict[tuple[str | None, str, str | None], PlanNamed] = {}
    for passage in spans:
        for act in _acts_in(text, passage):
            key = (act.type, act.number or act.title or "", (act.date or "")[:4] or None)
            known = found.get(key)
            if known is None:
                found[key] = act
    return list(found.values())


def _acts_in(text: Text, passage: tuple[Span, ...]) -> Iterator[PlanNamed]:
    part = text.joined(*passage)
    found: list[tuple[int, PlanNamed]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(part.fold):
            in_passing = kind == "draft_law" and not part.clean[match.start()].isupper()
            if not in_passing or _has(match, "number", "day"):
                found.append((match.start(), _act(part, kind, match)))
    yield from (act for _, act in sorted(found, key=lambda pair: pair[0]))


def _has(match: re.Match[str], *names: str) -> bool:
    return any(match.groupdict().get(name) for name in names)


def _act(text: Text, kind: str | None, match: re.Match[str]) -> PlanNamed:
    groups = match.groupdict()
    day = groups.get("day") or groups.get("day2")
    year = groups.get("year") or groups.get("year2")
    date = read_period(day).start if day else year
    number = groups.get("number")
    if kind in ("law", "oug", None) and number and date:
        number = f"{number}/{date[:4]}"
    end = match.end()
    if kind in ("directive", "regulation"):
        date, end = _eu_date(text, match)
    title = _title(text, end)
    return PlanNamed(
        name=text.words(text.trim(match.span())),
        type=kind,
        number=number,
        date=date,
        title=text.words(title) if title else None,
        evidence=text.passage((match.start(), title[1] if title else match.end())),
    )


def _eu_date(text: Text, match: re.Match[str]) -> tuple[str, int]:
    """The day of an EU act (`… din 20 iunie 2019`), or the year in its number."""
    named = re.compile(rf"[^.;]{{0,90}}? din (\d{{1,2}} {MONTH_WORD} \d{{4}})").match(
        text.fold, match.end()
    )
    if named is not None and (day := read_period(named[1]).start) is not None:
        return day, named.end()
    first, _, second = match["number"].partition("/")
    return (first if len(first) == 4 else second), match.end()


def _title(text: Text, at: int) -> Span | None:
    match = _TITLE.match(text.fold, at)
    if match is None:
        return None
    start = match.start("t")
    stop = re.compile(r"\.(?=\s+[A-ZĂÂÎȘȚ]|\s*$)|;|\n|\t|\f").search(text.clean, start)
    found = text.trim((start, stop.start() if stop else len(text.clean)))
    return found if found[1] - found[0] <= 400 else None
