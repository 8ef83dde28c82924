"""When a programme usually opens: what its past editions say, labelled as a forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.catalogue.base import Record, Statement
from graph.catalogue.calls import FORTHCOMING, OPEN, call_state, day_of
from graph.match.facts.world import World
from graph.match.words import MONTHS
from graph.match.words import day as said_day
from ontology.errors import Said

CITED: Final = 5
"""How many editions a forecast cites."""


@dataclass(frozen=True)
class Forecast:
    """The sentence and the statements of the editions it rests on."""

    text: Said
    evidence: tuple[Statement, ...]


def _openings(editions: Sequence[Record]) -> list[tuple[int, int]]:
    """(year, month) of every known opening, the newest first."""
    days = [day_of(str(one.values["opens"])) for one in editions if one.values.get("opens")]
    return sorted(((one.year, one.month) for one in days), reverse=True)


def usual_month(editions: Sequence[Record]) -> int | None:
    """The month (1 to 12) in which most editions opened, the latest among equals; None when no opening
    date is known."""
    counts = Counter(month for _, month in _openings(editions))
    return max(counts, key=lambda month: counts[month]) if counts else None


def opened_in(editions: Sequence[Record], month: int) -> list[int]:
    """The years in which it opened in that month, each once, the oldest first."""
    return sorted({year for year, opened in _openings(editions) if opened == month})


def _usual(editions: Sequence[Record]) -> Said:
    """`, usually opens in May`; where no month is seen twice, when it opened last."""
    month = usual_month(editions)
    if month is None:
        return Said("", "")
    openings = _openings(editions)
    if sum(opened == month for _, opened in openings) > 1:
        name = MONTHS[month - 1]
        return Said(f", de obicei se deschide în {name.ro}", f", usually opens in {name.en}")
    year, last = openings[0]
    name = MONTHS[last - 1]
    return Said(
        f", ultima deschidere cunoscută: {name.ro} {year}",
        f", last known opening: {name.en} {year}",
    )


def forecast(editions: Sequence[Record], world: World, day: date) -> Forecast | None:
    """What to expect of a programme: open editions as facts, else past years and the usual month."""
    if not editions:
        return None
    for one in editions:
        if call_state(one.values, day) in (OPEN, FORTHCOMING):
            return _running(one, world, day)
    years = sorted({int(one.values["year"]) for one in editions if one.values.get("year")})
    usual = _usual(editions)
    ran = Said("", "")
    if years:
        listed = ", ".join(map(str, years))
        ran = Said(f"a avut ediții în {listed}", f"it ran in {listed}")
    else:
        ran = Said("anii edițiilor nu sunt cunoscuți", "the years of its editions are not known")
    text = Said(
        f"Prognoză: {ran.ro}{usual.ro}. Nicio ediție nu este deschisă acum.",
        f"Forecast: {ran.en}{usual.en}. No edition is open now.",
    )
    evidence = tuple(
        statement
        for one in editions[:CITED]
        for statement in (world.evidence(one.id, "opens") or world.evidence(one.id, "year"))[:1]
    )
    return Forecast(text, evidence or world.evidence(editions[0].id, "label")[:1])


def _running(one: Record, world: World, day: date) -> Forecast:
    """That an edition is open, or will be."""
    opened = call_state(one.values, day) == OPEN
    name = "closes" if opened else "opens"
    when = said_day(str(one.values[name])) if one.values.get(name) else None
    until = Said(f" până la {when.ro}", f" until {when.en}") if when else Said("", "")
    start = Said(f" la {when.ro}", f" on {when.en}") if when else Said("", "")
    text = (
        Said(
            f"Apelul „{one.label('ro')}” este deschis{until.ro}.",
            f"The call '{one.label('en')}' is open{until.en}.",
        )
        if opened
        else Said(
            f"Apelul „{one.label('ro')}” urmează să se deschidă{start.ro}.",
            f"The call '{one.label('en')}' is to open{start.en}.",
        )
    )
    return Forecast(text, world.evidence(one.id, name) or world.evidence(one.id, "label")[:1])
