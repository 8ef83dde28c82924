"""Moments that other systems write, as the day they fall on in the city."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

_CITY = ZoneInfo("Europe/Bucharest")


def local_day(value: object) -> str | None:
    """The day of a date or a moment; a moment with a zone falls on the city's day.

    Systems that hold a day as its midnight write it in another zone: `2024-05-09T21:00:00Z` is the
    tenth of May in Timișoara. What is no moment is given back as it stands, up to its hour, and so is
    one at the end of all days, which systems write for `never`.
    """
    text = str(value).strip() if value else ""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text.split("T")[0]
    if moment.tzinfo is None:
        return text.split("T")[0].split(" ")[0]
    try:
        return moment.astimezone(_CITY).date().isoformat()
    except OverflowError:
        return moment.date().isoformat()
