"""The calendar of money: deadlines that are stated, openings that are usual, and both for one's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.calls import FORTHCOMING, OPEN, call_state
from viz.asked import Asked
from viz.pages.cards import Card, card
from viz.pages.programmes import ProgrammeLine


@dataclass(frozen=True)
class MonthLine:
    """One month of the calendar: deadlines that are known, and programmes that usually open then."""

    label: str
    deadlines: tuple[Card, ...]
    expected: tuple[ProgrammeLine, ...]


def calendar(
    asked: Asked, coming: list[Record], programmes: tuple[ProgrammeLine, ...]
) -> tuple[MonthLine, ...]:
    """The next six months: stated deadlines as facts, usual openings as a forecast."""
    today = asked.ground.today
    first = today.replace(day=1)
    recent = [p for p in programmes if p.years and p.years[-1] >= today.year - 2]
    months = []
    for ahead in range(6):
        month = (first.month - 1 + ahead) % 12 + 1
        year = first.year + (first.month - 1 + ahead) // 12
        deadlines = [
            c
            for c in coming
            if str(c.values.get("closes") or c.values.get("opens"))[:7] == f"{year}-{month:02d}"
        ]
        expected = tuple(p for p in recent if p.month == month)
        if deadlines or expected:
            label = asked.speech.month(date(year, month, 1))
            months.append(MonthLine(label, tuple(card(asked, c) for c in deadlines), expected))
    return tuple(months)


def build_ics(asked: Asked) -> Response:
    """Deadlines of open and forthcoming calls as iCalendar (RFC 5545), the same bytes for the same data and day."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Resurse//deadlines//RO")
    calendar.add("version", "2.0")
    ground = asked.ground
    for call in ground.data.catalogue.scan(("CALL",)):
        state, closes = call_state(call.values, ground.today), call.values.get("closes")
        if state not in (OPEN, FORTHCOMING) or not closes:
            continue
        day = date.fromisoformat(str(closes)[:10])
        event = Event()
        event.add("uid", ground.base.thing(call.id))
        event.add("dtstamp", date.fromisoformat(call.updated or ground.today.isoformat()))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", call.label(asked.lang))
        event.add("description", call.text("description", asked.lang) or "")
        calendar.add_component(event)
    return Response(
        calendar.to_ical(),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="resurse.ics"'},
    )
