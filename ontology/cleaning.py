"""What people write, made into the values we keep; RowError with a sentence a clerk understands."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from unicodedata import is_normalized
from urllib.parse import urlsplit

from ontology.errors import RowError, Said

_CEDILLA = str.maketrans("şŞţŢ", "șȘțȚ")
_WITH_CEDILLA = re.compile("[şŞţŢ]")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def tidy(text: str) -> str:
    """NFC text with comma-below ș and ț, no control or invisible characters, single spaces."""
    composed = text.isascii() or (is_normalized("NFC", text) and _WITH_CEDILLA.search(text) is None)
    if composed and text.isprintable() and "  " not in text:
        return text.strip()  # most cells: nothing to do
    text = unicodedata.normalize("NFC", text).translate(_CEDILLA)
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


_PERSONAL = re.compile(r"(?<!\d)\d{13}(?!\d)")
"""A personal numeric code: no sentence of ours repeats one."""


def _bad(value: str, ro: str, en: str, fix_ro: str, fix_en: str) -> RowError:
    shown = _PERSONAL.sub("•" * 13, value if len(value) <= 80 else value[:77] + "…")
    return RowError(Said(f"„{shown}” {ro}", f"'{shown}' {en}"), Said(fix_ro, fix_en), value=value)


def clean_text(value: str) -> str:
    """Text as written, tidied."""
    return tidy(value)


_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*$")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
_MIXED = re.compile(r"^[+-]?\d{1,3}((?:[. ]\d{3})+,\d+|(?:[, ]\d{3})+\.\d+)$")


def clean_decimal(value: str) -> Decimal:
    """A number as Romanians and English write it: 1200, 1.200, 1.200,50, 1,200.50, 1 200."""
    text = tidy(value).replace("\u2212", "-")
    if _THOUSANDS.match(text):
        text = re.sub(r"[.,'’ \u00a0]", "", text)
    elif _MIXED.match(text):
        last = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[., ]", "", text[:last]) + "." + text[last + 1 :]
    elif _NUMBER.match(text):
        text = text.replace(",", ".")
    else:
        raise _bad(
            value,
            "nu este un număr",
            "is not a number",
            "Scrieți, de exemplu, 1200 sau 1200,50.",
            "Write it as 1200 or 1200.50.",
        )
    try:
        return Decimal(text)
    except InvalidOperation as error:  # pragma: no cover - the patterns above admit numbers only
        raise AssertionError(text) from error


def clean_integer(value: str) -> int:
    """A whole number."""
    number = clean_decimal(value)
    if number != number.to_integral_value():
        raise _bad(
            value,
            "nu este un număr întreg",
            "is not a whole number",
            "Scrieți un număr fără zecimale.",
            "Write a number without decimals.",
        )
    return int(number)


def clean_percent(value: str) -> Decimal:
    """A percentage from 0 to 100, with or without its sign."""
    number = clean_decimal(tidy(value).removesuffix("%"))
    if not 0 <= number <= 100:
        raise _bad(
            value,
            "nu este un procent între 0 și 100",
            "is not a percentage from 0 to 100",
            "Scrieți 3 pentru 3 %.",
            "Write 3 for 3 %.",
        )
    return number


_TRUE = {"yes", "true", "da", "1", "adevarat", "adevărat", "x"}
_FALSE = {"no", "false", "nu", "0", "fals"}


def clean_boolean(value: str) -> bool:
    """Yes or no, in Romanian or English."""
    word = tidy(value).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise _bad(
        value, "nu este da sau nu", "is not yes or no", "Scrieți da sau nu.", "Write yes or no."
    )


_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_RO_DAY = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_YEAR = re.compile(r"^\d{4}$")


def clean_day(value: str) -> str:
    """A day as ISO 8601, or a moment when an hour is given."""
    text = tidy(value)
    if (iso := _ISO_DAY.match(text)) is not None:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif (ro := _RO_DAY.match(text)) is not None:
        parts = (int(ro[3]), int(ro[2]), int(ro[1]))
    elif "T" in text or (len(text) > 10 and text[10] == " "):
        return _moment(value, text)
    else:
        raise _bad(
            value,
            "nu este o dată",
            "is not a date",
            "Scrieți 2024-05-31 sau 31.05.2024.",
            "Write 2024-05-31 or 31.05.2024.",
        )
    try:
        day = date(*parts)
    except ValueError:
        raise _bad(
            value,
            "este o dată care nu există în calendar",
            "is a date that no calendar has",
            "Verificați ziua și luna.",
            "Check the day and the month.",
        ) from None
    return day.isoformat()


def _moment(value: str, text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _bad(
            value,
            "nu este o dată cu oră",
            "is not a date with a time",
            "Scrieți 2024-05-31T16:00:00+03:00.",
            "Write 2024-05-31T16:00:00+03:00.",
        ) from None
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0) and moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat()


def clean_calendar(value: str) -> str:
    """A year, a month or a day as ISO 8601."""
    text = tidy(value)
    if _YEAR.match(text):
        return text
    if (month := _MONTH.match(text)) is not None:
        if not 1 <= int(month[2]) <= 12:
            raise _bad(
                value,
                "are o lună care nu există",
                "has a month that does not exist",
                "Verificați luna.",
                "Check the month.",
            )
        return text
    return clean_day(value)


_UNFIT = re.compile(
    r"[\s<>\"{}|\\^`]|[^\x20-\x7e\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd"
    r"\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
"""Characters that RFC 3987 admits in no IRI, and the planes that hold no script."""

_USUAL_ADDRESS = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9._~/?=&+-]*)?")
"""Most addresses: nothing in them has to be looked at twice."""

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _encoded(address: str) -> str:
    """The address with [ ], a lone % and a second # encoded: people paste them, no IRI has them."""
    start, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    path = _LONE_PERCENT.sub("%25", path).replace("[", "%5B").replace("]", "%5D")
    path, hash_, fragment = path.partition("#")
    return f"{start}://{host}{slash}{path}{hash_}{fragment.replace('#', '%23')}"


def clean_url(value: str) -> str:
    """An http or https address that any RDF tool accepts; `www.` gets its https://."""
    text = tidy(value)
    if _USUAL_ADDRESS.fullmatch(text) is not None:
        return text
    candidate = text if "://" in text else f"https://{text}" if re.match(r"^www\.", text) else text
    try:
        parts = urlsplit(candidate)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or _UNFIT.search(candidate):
        raise _bad(
            value,
            "nu este o adresă web",
            "is not a web address",
            "Scrieți adresa întreagă, cu https://.",
            "Write the whole address, with https://.",
        )
    return _encoded(candidate)


_POINT = re.compile(r"^(-?\d+(?:\.\d+)?)[ ,;]+(-?\d+(?:\.\d+)?)$")


def clean_point(value: str) -> tuple[float, float]:
    """Latitude and longitude in degrees (WGS 84)."""
    match = _POINT.match(tidy(value))
    if match is None:
        raise _bad(
            value,
            "nu este un punct",
            "is not a point",
            "Scrieți latitudinea și longitudinea: 45.75, 21.22.",
            "Write latitude and longitude: 45.75, 21.22.",
        )
    lat, lon = float(match[1]), float(match[2])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise _bad(
            value,
            "este în afara globului",
            "is off the globe",
            "Latitudinea stă între -90 și 90, longitudinea între -180 și 180.",
            "Latitude lies between -90 and 90, longitude between -180 and 180.",
        )
    return lat, lon


_DURATION = re.compile(r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$")


def clean_duration(value: str) -> str:
    """A duration as ISO 8601, in years, months, weeks and days."""
    text = tidy(value).upper()
    if not _DURATION.match(text):
        raise _bad(
            value,
            "nu este o durată",
            "is not a duration",
            "Scrieți P1Y pentru un an.",
            "Write P1Y for one year.",
        )
    return text
