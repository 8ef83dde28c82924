"""The calendar of money: deadlines that are stated, openings as in past years, and both for one's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.calls import FORTHCOMING, OPEN, call_state, day_of
from viz.asked import Asked
from viz.pages.applicant import who_asks
from viz.pages.cards import Card, card
from viz.pages.programmes import ProgrammeLine, programme_lines

if TYPE_CHECKING:
    from icalendar import Event

MONTHS = 6
"""How far the calendar looks ahead."""


@dataclass(frozen=True)
class MonthLine:
    """One month of the calendar: deadlines that are known, and programmes that opened then in past years."""

    label: str
    deadlines: tuple[Card, ...]
    expected: tuple[ProgrammeLine, ...]


def openings(
    today: date, programmes: Sequence[ProgrammeLine]
) -> list[tuple[date, date, ProgrammeLine]]:
    """Which programmes that ran lately opened in past years in one of the next months: first day, day after the last, programme."""
    recent = [p for p in programmes if p.lately]
    found = []
    for ahead in range(MONTHS):
        start = _month(today, ahead)
        found += [(start, _month(today, ahead + 1), p) for p in recent if p.month == start.month]
    return found


def _month(today: date, ahead: int) -> date:
    """The first day of a month."""
    month = today.month - 1 + ahead
    return date(today.year + month // 12, month % 12 + 1, 1)


def calendar(
    asked: Asked, coming: list[Record], programmes: tuple[ProgrammeLine, ...]
) -> tuple[MonthLine, ...]:
    """The next six months: stated deadlines as facts, openings as in past years as a forecast."""
    today = asked.ground.today
    usual = openings(today, programmes)
    months = []
    for ahead in range(MONTHS):
        first = _month(today, ahead)
        deadlines = [
            c
            for c in coming
            if (day := c.values.get("closes") or c.values.get("opens"))
            and day_of(str(day)).replace(day=1) == first
        ]
        expected = tuple(p for start, _, p in usual if start == first)
        if deadlines or expected:
            label = asked.speech.month(first)
            months.append(MonthLine(label, tuple(card(asked, c) for c in deadlines), expected))
    return tuple(months)


def build_ics(asked: Asked) -> Response:
    """Deadlines and openings as in past years as iCalendar (RFC 5545, 7986), the same bytes for the same data and day.

    An address that says who asks holds only what that one may apply for. A deadline is an all-day
    event on its day; a forecast is the month in which a programme opened before, marked as a forecast
    and as time that stays free.
    """
    from icalendar import Calendar

    ground, lang, say = asked.ground, asked.lang, asked.speech.say
    who, _ = who_asks(asked)
    made = Calendar()
    name = who.titled(asked, say("Funding deadlines in Timișoara"))
    for key, value in (("version", "2.0"), ("calscale", "GREGORIAN"), ("name", name)):
        made.add(key, value)
    made.add("prodid", f"-//Resurse//deadlines//{lang.upper()}")
    made.add("x-wr-calname", name)
    calls = {call.id: call for call in ground.data.catalogue.scan(("CALL",))}
    for call in calls.values():
        state, closes = call_state(call.values, ground.today), call.values.get("closes")
        if state not in (OPEN, FORTHCOMING) or not closes or not who.may(call, ground.today):
            continue
        day, seen = day_of(str(closes)), call.updated or ground.today.isoformat()
        event = _event(ground.base.thing(call.id), seen, (day, day + timedelta(days=1)))
        event.add("summary", say("Deadline: %(name)s", name=call.label(lang)))
        event.add("description", call.text("description", lang) or call.label(lang))
        made.add_component(event)
    hopeful = [line for line in programme_lines(asked, calls, who) if line.answer != "NO"]
    for start, end, programme in openings(ground.today, hopeful):
        uid = f"{ground.base.iri}forecast/{programme.url.partition('/r/')[2]}/{start:%Y-%m}"
        event = _event(uid, ground.today.isoformat(), (start, end))
        label = programme.name.get(lang) or next(iter(programme.name.values()))
        event.add("summary", say("Forecast: %(name)s may open this month", name=label))
        event.add(
            "description", say("It opened in this month in %(years)s.", years=programme.opened)
        )
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return Response(
        made.to_ical(),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="resurse.ics"'},
    )


def _event(uid: str, seen: str, days: tuple[date, date]) -> Event:
    """An all-day event; its stamp is a moment in UTC, as the format asks."""
    from icalendar import Event

    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", datetime.fromisoformat(seen[:10]).replace(tzinfo=UTC))
    made.add("dtstart", days[0])
    made.add("dtend", days[1])
    return made
