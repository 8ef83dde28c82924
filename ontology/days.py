"""Days, months and years as people write them, made ISO 8601; what can be read in two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import cache

from babel import Locale

from ontology.cleaning import bad, tidy
from ontology.errors import RowError

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
"""Most days: nothing in them has to be looked at twice."""

_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?P<cut>[-/.])(?P<m>[0-9]{1,2})(?P=cut)(?P<d>[0-9]{1,2})"
    r"|(?P<d2>[0-9]{1,2})(?P<cut2>[-/.])(?P<m2>[0-9]{1,2}|[IVX]{1,4})(?P=cut2)(?P<y2>[0-9]{4})"
    r"|(?P<d3>[0-9]{1,2})(?:\.|st|nd|rd|th)?[ -](?P<m3>[^\W\d_]{3,})\.?,?[ -](?P<y3>[0-9]{4})"
    r"|(?P<m4>[^\W\d_]{3,})\.? (?P<d4>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y4>[0-9]{4})"
    r"|(?P<y5>[0-9]{4})(?P<m5>[0-9]{2})(?P<d5>[0-9]{2})"
)
"""Year first with any cut; day first in digits (also `15.III.2024`); day and month in words."""

_MONTH = re.compile(
    r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})"
    r"|(?P<m2>[0-9]{1,2})[-/.](?P<y2>[0-9]{4})"
    r"|(?P<m3>[^\W\d_]{3,})\.?,?[ -](?P<y3>[0-9]{4})"
)
_YEAR = re.compile(r"(?:anul )?([0-9]{4})", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<day>.*?[0-9]{4}),? (?:(?:ora|orele|at) )?(?P<hour>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/. ][^\W_]+\.?[-/. ]'?[0-9]{2}|[^\W\d_]{3,}[-. ]'?[0-9]{2}")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.,][0-9]+)?")
_PART_OF_YEAR = re.compile(r"\b(?:trim|sem|tr|quarter|q[1-4]|t[1-4]|s[12])", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_ISO_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].+")


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()
    return plain.lower()


@cache
def _names(part: str) -> tuple[tuple[str, int], ...]:
    """The names of the months or weekdays in Romanian and English, each with its number."""
    found: list[tuple[str, int]] = []
    for language in ("ro", "en"):
        names = getattr(Locale(language), part)["format"]["wide"]
        found += ((_folded(name), number) for number, name in names.items())
    return tuple(found)


def _month(word: str) -> int | None:
    """The month of a number, of Roman digits, or of a name or the beginning of one."""
    if word.isdigit():
        return int(word)
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    start = _folded(word)
    found = {number for name, number in _names("months") if name.startswith(start)}
    return found.pop() if len(found) == 1 and len(start) >= 3 else None


def _taken(match: re.Match[str], part: str) -> str:
    return next(value for key, value in match.groupdict().items() if value and key[0] == part)


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(" ")
    known = {name for name, _ in _names("days")}
    return rest if _folded(first.rstrip(",.")) in known else text


def clean_day(value: str, *, month_first: bool = False) -> str:
    """A day as ISO 8601, or a moment when an hour is given: `15.03.2024`, `15 martie 2024, ora 16:00`.

    In digits the day stands before the month, unless `month_first`; a year in front is followed by the
    month. An hour without a zone stays without one.
    """
    text = tidy(value)
    if (iso := _ISO_DAY.fullmatch(text)) is not None:
        return _checked(value, int(iso[1]), int(iso[2]), int(iso[3]))
    if _ISO_MOMENT.fullmatch(text):
        return _moment(value, text)
    text = _without_weekday(text).rstrip(".")
    hour = ""
    if (timed := _TIME.fullmatch(text)) is not None:
        text, hour = timed["day"], timed["hour"].replace(".", ":")
    match = _DAY.fullmatch(text)
    month = _month(_taken(match, "m")) if match else None
    if match is None or month is None:
        raise _no_date(value, text)
    of_month = int(_taken(match, "d"))
    if match["m2"] and match["m2"].isdigit():
        if month_first:
            month, of_month = of_month, month
        if month > 12 >= of_month:
            raise _turned(value, month_first=month_first)
    day = _checked(value, int(_taken(match, "y")), month, of_month)
    return (
        _moment(value, f"{day}T{hour.zfill(5) if len(hour) < 6 else hour.zfill(8)}")
        if hour
        else day
    )


def _checked(value: str, year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise bad(
            value,
            "este o dată care nu există în calendar",
            "is a date that no calendar has",
            "Verificați ziua, luna și anul.",
            "Check the day, the month and the year.",
        )
    return found.isoformat()


def _turned(value: str, *, month_first: bool) -> RowError:
    """The refusal of a date that has the day where the month is looked for."""
    if month_first:
        fix = (
            "În această sursă luna stă înaintea zilei (dates: month-first); scrieți 2024-05-31.",
            "In this source the month stands before the day (dates: month-first); write 2024-05-31.",
        )
    else:
        fix = (
            "Ziua stă înaintea lunii. Dacă tot fișierul scrie luna întâi, sursa o spune în source.yml "
            "(dates: month-first); altfel scrieți 2024-05-31.",
            "The day stands before the month. If the whole file writes the month first, its source says "
            "so in source.yml (dates: month-first); otherwise write 2024-05-31.",
        )
    return bad(value, "nu are o lună pe locul lunii", "has no month where the month stands", *fix)


def _no_date(value: str, text: str) -> RowError:
    """The refusal of what is no date; what was probably meant is said."""
    ro, en = "nu este o dată", "is not a date"
    if _SHORT_YEAR.fullmatch(text):
        ro, en = f"{ro}: anul are două cifre", f"{en}: the year has two digits"
        fix = (
            "Scrieți anul cu patru cifre: 15.03.2024.",
            "Write the year in four digits: 15.03.2024.",
        )
    elif _SERIAL.fullmatch(text):
        ro = f"{ro}: pare numărul prin care Excel ține o zi"
        en = f"{en}: it looks like the number by which Excel keeps a day"
        fix = (
            "Formatați celulele ca dată și salvați din nou, sau scrieți 2024-05-31.",
            "Format the cells as dates and save again, or write 2024-05-31.",
        )
    elif _PART_OF_YEAR.search(text):
        ro, en = f"{ro}: spune o parte a anului", f"{en}: it says a part of the year"
        fix = (
            "Scrieți prima sau ultima zi a perioadei: 2024-01-01.",
            "Write the first or the last day of the period: 2024-01-01.",
        )
    else:
        fix = ("Scrieți 2024-05-31 sau 31.05.2024.", "Write 2024-05-31 or 31.05.2024.")
    return bad(value, ro, en, *fix)


def _moment(value: str, text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise bad(
            value,
            "nu este o dată cu oră",
            "is not a date with a time",
            "Scrieți 2024-05-31T16:00:00+03:00.",
            "Write 2024-05-31T16:00:00+03:00.",
        ) from None
    _checked(value, moment.year, moment.month, moment.day)
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0) and moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat()


def clean_calendar(value: str, *, month_first: bool = False) -> str:
    """A year, a month or a day as ISO 8601: `2024`, `martie 2024`, `03.2024`, `15.03.2024`."""
    text = tidy(value).rstrip(".")
    if (year := _YEAR.fullmatch(text)) is not None:
        return _checked(value, int(year[1]), 1, 1)[:4]
    if (match := _MONTH.fullmatch(text)) is not None:
        month = _month(_taken(match, "m"))
        if month is None:
            raise _no_date(value, text)
        if not 1 <= month <= 12:
            raise bad(
                value,
                "are o lună care nu există",
                "has a month that does not exist",
                "Verificați luna.",
                "Check the month.",
            )
        return _checked(value, int(_taken(match, "y")), month, 1)[:7]
    return clean_day(value, month_first=month_first)


_DURATION = re.compile(r"^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$")


def clean_duration(value: str) -> str:
    """A duration as ISO 8601, in years, months, weeks and days."""
    text = tidy(value).upper()
    if not _DURATION.match(text):
        raise bad(
            value,
            "nu este o durată",
            "is not a duration",
            "Scrieți P1Y pentru un an.",
            "Write P1Y for one year.",
        )
    return text
