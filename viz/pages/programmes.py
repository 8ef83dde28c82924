"""Programmes that come back: the years they ran, when they opened, whether one may apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.match.eligibility import judge
from graph.match.forecast import opened_in, usual_month
from ontology.loading import load_model
from viz.asked import Asked, href
from viz.pages.applicant import LASTING, Who
from viz.pages.matching import ANSWERS, RuleLine, rule_lines

RECENT = 2
"""Years after which a programme that did not run again is told after those that did."""


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme with the editions seen, and the month in which most of them opened: in the years of `opened`."""

    name: Mapping[str, str]
    url: str
    years: tuple[int, ...]
    ran: str
    lately: bool
    month: int | None
    opened: str
    level: str
    answer: str | None
    answer_label: str
    rules: tuple[RuleLine, ...]


def runs(years: Sequence[int]) -> str:
    """Years in order, those in a row as one: `2018, 2020–2022`."""
    parts: list[list[int]] = []
    for year in years:
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]}–{p[-1]}" for p in parts)


def newest_first(calls: Iterable[Record]) -> list[Record]:
    """Editions of a programme, those of the latest year first; of one year the latest announced."""
    return sorted(calls, key=lambda one: (one.values.get("year") or 0, one.id), reverse=True)


def programme_lines(
    asked: Asked, calls: Mapping[str, Record], who: Who
) -> tuple[ProgrammeLine, ...]:
    """Programmes whose newest call lets who asks through, the most hopeful first."""
    catalogue = asked.ground.data.catalogue
    held = list(catalogue.scan(("PROGRAMME",)))
    linked = catalogue.links([p.id for p in held], "calls")
    levels = load_model().codes["FundingLevel"].codes
    made = []
    for programme in held:
        editions = newest_first(calls[c] for c in linked[programme.id] if c in calls)
        if not editions or not (
            who.about(editions[0]) and who.lets(editions[0], asked.ground.today)
        ):
            continue
        years = tuple(sorted({int(c.values["year"]) for c in editions if c.values.get("year")}))
        found = (
            judge(who.application(editions[0], asked.ground.today), LASTING)
            if who.applying is not None
            else None
        )
        month = usual_month(editions)
        level = str(programme.values.get("level") or "")
        made.append(
            ProgrammeLine(
                programme.values["label"],
                href(asked.lang, programme.id),
                years,
                runs(years),
                bool(years) and years[-1] >= asked.ground.today.year - RECENT,
                month,
                runs(opened_in(editions, month)) if month else "",
                levels[level].label(asked.lang) if level in levels else "",
                found.answer if found else None,
                ANSWERS[found.answer](asked.lang) if found else "",
                rule_lines(asked, found),
            )
        )
    return tuple(sorted(made, key=_hope))


def _hope(line: ProgrammeLine) -> tuple[int, bool, int, int, str]:
    """Those that say no last; then those that ran lately, those nearest to yes, the latest."""
    met = sum(rule.answer == "YES" for rule in line.rules)
    last = line.years[-1] if line.years else 0
    order = {"YES": 0, "UNKNOWN": 1, "NO": 2}.get(line.answer or "", 1)
    return order, not line.lately, -met, -last, str(line.name)
