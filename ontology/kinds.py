"""The closed list of property kinds: how a value of each is cleaned, typed and named in GraphQL.

A kind turns what a person wrote into the value we keep (a plain Python value), or raises
RowError with a sentence that a clerk understands. The value maps to one RDF datatype.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ontology.cleaning import clean_boolean, clean_point, clean_text, clean_url, tidy
from ontology.days import clean_calendar, clean_day, clean_duration
from ontology.money import clean_currency
from ontology.numbers import clean_decimal, clean_integer, clean_percent
from ontology.vocab import PREFIXES, XSD

__all__ = ["KINDS", "ValueKind", "clean_decimal", "literal_type", "tidy", "well_known_text"]


@dataclass(frozen=True)
class ValueKind:
    """One kind of value.

    `clean` takes what was written and gives the value kept, or raises RowError.
    `datatype` is the XSD local name of the literal, `IRI` for references, `""` where
    language or scheme decide. `scalar` names the GraphQL scalar.
    """

    name: str
    clean: Callable[[str], object]
    datatype: str
    scalar: str


KINDS: dict[str, ValueKind] = {
    kind.name: kind
    for kind in (
        ValueKind("text", clean_text, "langString", "String"),  # in a language: ro, en
        ValueKind("string", clean_text, "string", "String"),  # in no language: names, codes
        ValueKind("integer", clean_integer, "integer", "Int"),
        ValueKind("decimal", clean_decimal, "decimal", "Float"),
        ValueKind("percent", clean_percent, "decimal", "Float"),  # 3 means 3 %
        ValueKind("currency", clean_currency, "string", "String"),  # an ISO 4217 code
        ValueKind("boolean", clean_boolean, "boolean", "Boolean"),
        ValueKind("date", clean_day, "date", "Date"),  # a day, or a moment with zone
        ValueKind("calendar", clean_calendar, "date", "String"),  # a year, a month or a day
        ValueKind("duration", clean_duration, "duration", "String"),
        ValueKind("url", clean_url, "anyURI", "String"),
        ValueKind("point", clean_point, "wktLiteral", "Point"),  # latitude, longitude (WGS 84)
        ValueKind("code", clean_text, "IRI", "String"),  # a member of a code list
        ValueKind("reference", clean_text, "IRI", "Resource"),  # another thing
        ValueKind("identifier", clean_text, "", "Identifier"),  # a value in a scheme
        ValueKind("part", clean_text, "IRI", "Part"),  # a thing that lives inside another
    )
}
"""Every kind by name. A new one is one line here, and its RDF form in graph/entities.py."""


_PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""The datatype of a date by how many characters it has; a longer one is a moment."""


def literal_type(kind: str, value: object) -> str:
    """The full datatype IRI of a literal value of `kind` (dates by their precision)."""
    if kind in ("date", "calendar"):
        return XSD + _PRECISION.get(len(str(value)), "dateTime")
    if kind == "point":
        return PREFIXES["geo"] + KINDS[kind].datatype
    return XSD + KINDS[kind].datatype


def well_known_text(point: tuple[float, float]) -> str:
    """Latitude and longitude as WKT, longitude first; seven decimals are a centimetre."""
    lat, lon = (f"{degrees:.7f}".rstrip("0").rstrip(".") for degrees in point)
    return f"POINT({lon} {lat})"
