"""The state of a call: computed from its dates and today's date, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

BUCHAREST = ZoneInfo("Europe/Bucharest")

FORTHCOMING, OPEN, CLOSED, UNKNOWN = "FORTHCOMING", "OPEN", "CLOSED", "UNKNOWN"


def today() -> date:
    """Today in Bucharest, the day by which calls open and close; a server may stand in another zone."""
    return datetime.now(BUCHAREST).date()


def day_of(text: str) -> date:
    """The day of a date or of a moment, in Bucharest."""
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(BUCHAREST) if moment.tzinfo else moment).date()


def comes_after(one: str, other: str) -> bool:
    """Whether a date or moment lies after another: by their days in Bucharest, on one and the same day
    by the hour, where both say one; an hour without a zone is Bucharest's."""
    first, last = day_of(one), day_of(other)
    if first != last or len(one) == 10 or len(other) == 10:
        return first > last
    return _moment(one) > _moment(other)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BUCHAREST)


def state_of(opens: str | None, closes: str | None, year: int | None, today: date) -> str:
    """FORTHCOMING, OPEN, CLOSED or UNKNOWN on a day.

    A closing date without an hour means the end of that day in Europe/Bucharest. An edition of a
    past year whose closing date nobody states is closed: its money belonged to that year. One of
    this year that has opened and states no closing date is unknown, not open.
    """
    if closes is not None and day_of(closes) < today:
        return CLOSED
    if opens is not None and day_of(opens) > today:
        return FORTHCOMING
    if closes is not None:
        return OPEN
    edition = year if year is not None else (day_of(opens).year if opens is not None else None)
    if edition is None:
        return UNKNOWN
    if edition < today.year:
        return CLOSED
    return FORTHCOMING if edition > today.year else UNKNOWN


def call_state(values: Mapping[str, Any], today: date) -> str:
    """The state of a call by the values of its record."""
    year = values.get("year")
    return state_of(
        values.get("opens"), values.get("closes"), None if year is None else int(year), today
    )
