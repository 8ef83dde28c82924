"""Money as people write it: an amount, and the currency that stands beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

from ontology.cleaning import bad, tidy
from ontology.numbers import clean_decimal, no_number

_WORDS = {
    "lei": "RON", "leu": "RON", "ron": "RON",
    "euro": "EUR", "eur": "EUR", "€": "EUR",
    "$": "USD", "usd": "USD", "dolari": "USD", "dolar": "USD",
    "£": "GBP", "gbp": "GBP",
    "forinți": "HUF", "forint": "HUF", "huf": "HUF", "chf": "CHF",
}  # fmt: skip
"""What people in the city write for a currency, beside its code."""


@cache
def _codes() -> frozenset[str]:
    """The codes of ISO 4217."""
    return frozenset(list_currencies())


def known_currency(word: str) -> str | None:
    """The code of what people write for a currency; None for any other word."""
    found = _WORDS.get(word.casefold().removesuffix("."))
    return found or (word if word in _codes() else None)


def clean_currency(value: str) -> str:
    """The ISO 4217 code of a currency: `lei`, `RON`, `euro`, `€`."""
    found = known_currency(tidy(value)) or known_currency(tidy(value).upper())
    if found is None:
        raise bad(
            value,
            "nu este o monedă",
            "is not a currency",
            "Scrieți codul ei: RON, EUR.",
            "Write its code: RON, EUR.",
        )
    return found


_GLUED = re.compile(r"(?<=[0-9-])(?=[^\W\d_]|[€$£])|(?<=[€$£]|[^\W\d_])(?=[0-9])")
"""Where a number and a currency touch: `5.000€`, `RON1234`."""

_BARE = re.compile(r"[0-9.,]+")
"""Most amounts: no currency stands beside them."""

_NO_CENTS = re.compile(r"[.,]-+$")
"""`500,-`: an amount without cents, as bills write it."""


def money(value: str) -> tuple[Decimal, str | None]:
    """An amount, and its currency where the text says one: `1.234,56 lei` is 1234.56 and RON.

    Raises RowError for what is no amount, and for two currencies.
    """
    if _BARE.fullmatch(value):
        return clean_decimal(value), None
    text = tidy(value).replace("–", "-").replace("—", "-")
    words = _GLUED.sub(" ", text).split()
    found: set[str] = set()
    for place in (0, -1):
        if len(words) > 1 and (code := known_currency(words[place])):
            found.add(code)
            words.pop(place)
    if len(found) > 1:
        raise no_number(value)
    if found and words[-1] == "de":
        words.pop()
    amount = _NO_CENTS.sub("", " ".join(words))
    return clean_decimal(amount if found else text), next(iter(found), None)
