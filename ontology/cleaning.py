"""What people write, made into the values we keep; RowError with a sentence a clerk understands."""

from __future__ import annotations

import re
import unicodedata
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


def bare(text: str) -> str:
    """A text without case and without marks on its letters, for looking it up."""
    plain = unicodedata.normalize("NFD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


_PERSONAL = re.compile(r"(?<!\d)\d{13}(?!\d)")
"""A personal numeric code: no sentence of ours repeats one."""

MASK = "•" * 13
"""What stands for a personal numeric code, and for other long numbers that could be one."""


def bad(value: str, ro: str, en: str, fix_ro: str, fix_en: str) -> RowError:
    """The refusal of a value: what it is not, and how to write it; a personal code is not repeated."""
    shown = _PERSONAL.sub(MASK, value)  # before it is cut: half a code is part of one
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    return RowError(Said(f"„{shown}” {ro}", f"'{shown}' {en}"), Said(fix_ro, fix_en), value=value)


def clean_text(value: str) -> str:
    """Text as written, tidied."""
    return tidy(value)


_TRUE = {"yes", "y", "true", "da", "1", "adevarat", "adevărat", "x", "✓", "✔", "☑"}
_FALSE = {"no", "n", "false", "nu", "0", "fals", "☐"}


def clean_boolean(value: str) -> bool:
    """Yes or no, in Romanian or English."""
    word = tidy(value).casefold().removesuffix(".")
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise bad(
        value, "nu este da sau nu", "is not yes or no", "Scrieți da sau nu.", "Write yes or no."
    )


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


_BARE_ADDRESS = re.compile(
    r"(?:www\.[^/\s]+|(?:[a-z0-9-]+\.)+(?:ro|eu|org|com|net|info|edu|gov|int|hu|rs|de|at|io|app|dev))"
    r"(?:[/?#].*)?",
    re.IGNORECASE,
)
"""An address that lacks its scheme. Endings that are not usual here may be a slip of the pen: refused."""


def clean_url(value: str) -> str:
    """An http or https address that any RDF tool accepts; `www.x.y` and `x.ro` get their https://."""
    text = tidy(value)
    if _USUAL_ADDRESS.fullmatch(text) is not None:
        return text
    candidate = f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else text
    try:
        parts = urlsplit(candidate)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or _UNFIT.search(candidate):
        raise bad(
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
        raise bad(
            value,
            "nu este un punct",
            "is not a point",
            "Scrieți latitudinea și longitudinea: 45.75, 21.22.",
            "Write latitude and longitude: 45.75, 21.22.",
        )
    lat, lon = float(match[1]), float(match[2])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise bad(
            value,
            "este în afara globului",
            "is off the globe",
            "Latitudinea stă între -90 și 90, longitudinea între -180 și 180.",
            "Latitude lies between -90 and 90, longitude between -180 and 180.",
        )
    return lat, lon
