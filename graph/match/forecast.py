"""When a programme usually opens: what its past editions say, labelled as a forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.catalogue.base import Record, Statement
from graph.catalogue.calls import FORTHCOMING, OPEN, call_state
from graph.match.world import World
from ontology.errors import Said

_MONTHS_RO = (
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
)
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Forecast:
    """The sentence and the statements of the editions it rests on."""

    text: Said
    evidence: tuple[Statement, ...]


def usual_month(editions: Sequence[Record]) -> int | None:
    """The month (1 to 12) in which most editions opened; None when no opening date is known."""
    months = [int(str(one.values["opens"])[5:7]) for one in editions if one.values.get("opens")]
    if not months:
        return None
    counts = Counter(months)
    return min(
        counts,
        key=lambda month: (
            -counts[month],
            -max(i for i, m in enumerate(months) if m == month),
            month,
        ),
    )


def forecast(editions: Sequence[Record], world: World, day: date) -> Forecast | None:
    """What to expect of a programme: open editions as facts, else past years and the usual month."""
    if not editions:
        return None
    for one in editions:
        state = call_state(one.values, day)
        if state in (OPEN, FORTHCOMING):
            when_ro = "este deschis" if state == OPEN else "urmează"
            when_en = "is open" if state == OPEN else "is coming"
            text = Said(
                f"Apelul „{one.label('ro')}” {when_ro}.", f"The call '{one.label('en')}' {when_en}."
            )
            return Forecast(
                text, world.evidence(one.id, "closes") or world.evidence(one.id, "label")
            )
    years = sorted({int(one.values["year"]) for one in editions if one.values.get("year")})
    listed = ", ".join(str(y) for y in years) if years else "—"
    month = usual_month(editions)
    usual = Said("", "")
    if month is not None:
        usual = Said(
            f"; de obicei se deschide în {_MONTHS_RO[month - 1]}",
            f"; usually opens in {_MONTHS_EN[month - 1]}",
        )
    text = Said(
        f"Prognoză: a avut ediții în {listed}{usual.ro}. Niciuna nu este deschisă acum.",
        f"Forecast: it ran in {listed}{usual.en}. None is open now.",
    )
    evidence = tuple(
        s
        for one in editions[:5]
        for s in (world.evidence(one.id, "opens") or world.evidence(one.id, "year"))[:1]
    )
    return Forecast(text, evidence or world.evidence(editions[0].id, "label")[:1])
