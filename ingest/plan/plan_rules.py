"""What a plan must satisfy before it is taken in: codes, dates, numbers, known words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ingest.plan.document import PlanDocument
from ingest.plan.records import COMPARATORS, LEVELS, Measure, PlanCommitment
from ontology.errors import FileError, Said
from ontology.loading import load_model

_DURATION = re.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?")


def check_document(doc: PlanDocument, name: str) -> None:
    """Raises FileError at the first thing that cannot be taken in."""
    if not doc.commitments:
        raise _wrong(name, "commitments", "nu are niciun angajament", "has no commitment",
                     "Scrieți cel puțin un angajament cu code și title.",
                     "Write at least one commitment with code and title.")  # fmt: skip
    _period(name, "plan", doc.plan.start, doc.plan.end)
    _once(name, "commitments", [one.code for one in doc.commitments])
    for number, one in enumerate(doc.commitments, 1):
        _commitment(name, f"commitments[{number}]", one)
    types = load_model().codes["ActType"].codes
    for number, act in enumerate(doc.legal_acts, 1):
        _code(name, f"legal_acts[{number}].type", act.type, types)
        _day(name, f"legal_acts[{number}].date", act.date, partial=True)
    for number, event in enumerate(doc.events, 1):
        _day(name, f"events[{number}].date", event.date, partial=True)
        if event.attendance is not None and event.attendance < 0:
            raise _wrong(name, f"events[{number}].attendance", "este negativ", "is negative",
                         "Scrieți câți au participat, sau null.", "Write how many took part, or null.")  # fmt: skip
    for key in ("legal_acts", "strategies", "programmes", "platforms", "groups"):
        for number, thing in enumerate(getattr(doc, key), 1):
            _filled(name, f"{key}[{number}].name", thing.name)


def _commitment(name: str, key: str, one: PlanCommitment) -> None:
    if not re.fullmatch(r"A[1-9]\d?", one.code):
        raise _wrong(name, f"{key}.code", f"„{one.code}” nu este un cod de angajament",
                     f"'{one.code}' is no commitment code", "Scrieți A1, A2 …", "Write A1, A2 …")  # fmt: skip
    _filled(name, f"{key}.title", one.title)
    _period(name, key, one.start, one.end)
    _topics(name, f"{key}.topics", one.topics)
    _once(name, f"{key}.actions", [action.code for action in one.actions])
    for number, action in enumerate(one.actions, 1):
        where = f"{key}.actions[{number}]"
        if not re.fullmatch(r"A[1-9]\d?\.[1-9]\d?", action.code):
            raise _wrong(name, f"{where}.code", f"„{action.code}” nu este un cod de acțiune",
                         f"'{action.code}' is no action code", f"Scrieți {one.code}.1 …", f"Write {one.code}.1 …")  # fmt: skip
        _filled(name, f"{where}.title", action.title)
        _topics(name, f"{where}.topics", action.topics)
        for target in action.targets:
            if not 1 <= target <= len(one.targets):
                raise _wrong(name, f"{where}.targets", f"nu există rezultatul {target}", f"there is no target {target}",
                             f"Scrieți numere de la 1 la {len(one.targets)}.", f"Write numbers from 1 to {len(one.targets)}.")  # fmt: skip
    for number, target_ in enumerate(one.targets, 1):
        _filled(name, f"{key}.targets[{number}].text", target_.text)
        _measure(name, f"{key}.targets[{number}]", target_)
        _code(
            name,
            f"{key}.targets[{number}].kind",
            target_.kind,
            load_model().codes["TargetKind"].codes,
        )
    if one.title_threshold is not None:
        _measure(name, f"{key}.title_threshold", one.title_threshold)
    for number, actor in enumerate(one.actors, 1):
        _filled(name, f"{key}.actors[{number}].name", actor.name)
    for number, item in enumerate(one.relevance, 1):
        _filled(name, f"{key}.relevance[{number}].text", item.text)
        _code(name, f"{key}.relevance[{number}].level", item.level, LEVELS)


def _measure(name: str, key: str, one: Measure) -> None:
    _code(name, f"{key}.comparator", one.comparator, COMPARATORS)
    _code(name, f"{key}.unit", one.unit, load_model().codes["Unit"].codes)
    numbers = (one.value, one.lower, one.upper)
    if any(value is not None and value < 0 for value in numbers):
        raise _wrong(name, key, "are un număr negativ", "has a negative number",
                     "Scrieți un număr de la zero în sus.", "Write a number from zero up.")  # fmt: skip
    between = one.comparator == "between"
    ordered = one.lower is not None and one.upper is not None and one.lower <= one.upper
    if between and not (ordered and one.value is None):
        raise _wrong(name, key, "„between” cere lower și upper, în ordine, fără value",
                     "'between' needs lower and upper, in order, and no value",
                     "Completați lower și upper.", "Fill in lower and upper.")  # fmt: skip
    if (
        one.comparator
        and not between
        and (one.value is None or one.lower is not None or one.upper is not None)
    ):
        raise _wrong(name, key, f"„{one.comparator}” cere numai value", f"'{one.comparator}' needs value, and value only",
                     "Completați value, goliți lower și upper.", "Fill in value, empty lower and upper.")  # fmt: skip
    if one.comparator is None and any(value is not None for value in numbers):
        raise _wrong(name, key, "are un număr fără comparator", "has a number without comparator",
                     f"Scrieți comparator: {', '.join(COMPARATORS)}.", f"Write comparator: {', '.join(COMPARATORS)}.")  # fmt: skip
    if one.rate is not None and not _DURATION.fullmatch(one.rate):
        raise _wrong(name, f"{key}.rate", f"„{one.rate}” nu este o durată", f"'{one.rate}' is no duration",
                     "Scrieți P1Y pentru „pe an”.", "Write P1Y for 'a year'.")  # fmt: skip


def _period(name: str, key: str, start: str | None, end: str | None) -> None:
    _day(name, f"{key}.start", start)
    _day(name, f"{key}.end", end)
    if start and end and start > end:
        raise _wrong(name, f"{key}.end", f"{end} este înainte de {start}", f"{end} is before {start}",
                     "Verificați cele două date.", "Check both dates.")  # fmt: skip


def _day(name: str, key: str, value: str | None, *, partial: bool = False) -> None:
    if value is None or (partial and re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value)):
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        raise _wrong(name, key, f"„{value}” nu este o dată", f"'{value}' is not a date",
                     "Scrieți 2022-04-01, sau null.", "Write 2022-04-01, or null.") from None  # fmt: skip


def _code(name: str, key: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        words = ", ".join(known)
        raise _wrong(name, key, f"„{value}” nu este o valoare cunoscută", f"'{value}' is not a known value",
                     f"Scrieți una din: {words}, sau null.", f"Write one of: {words}, or null.")  # fmt: skip


def _topics(name: str, key: str, slugs: Iterable[str]) -> None:
    for slug in slugs:
        if slug not in load_model().topics:
            raise _wrong(name, key, f"tema „{slug}” nu există", f"there is no topic '{slug}'",
                         "Vedeți temele cu: resurse ref Topic.", "See the topics with: resurse ref Topic.")  # fmt: skip


def _filled(name: str, key: str, value: str) -> None:
    if not value.strip():
        raise _wrong(name, key, "este gol", "is empty", "Completați-l sau scoateți elementul.",
                     "Fill it in, or take the item out.")  # fmt: skip


def _once(name: str, key: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise _wrong(name, key, f"codul {code} apare de două ori", f"the code {code} is there twice",
                         "Dați fiecăruia codul lui.", "Give each its own code.")  # fmt: skip


def _wrong(name: str, key: str, ro: str, en: str, fix_ro: str, fix_en: str) -> FileError:
    return FileError(Said(ro, en), Said(fix_ro, fix_en), f"{name}, {key}")
