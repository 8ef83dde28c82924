"""Numbers as people write them: thousands, decimals, words for size, percentages."""

from __future__ import annotations

import re
from decimal import Decimal

from ontology.cleaning import bad, tidy
from ontology.errors import RowError

_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,'’ ])[0-9]{3}(?:\1[0-9]{3})*")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_MIXED = re.compile(r"[+-]?[0-9]{1,3}((?:[. ][0-9]{3})+,[0-9]+|(?:[, ][0-9]{3})+\.[0-9]+)")

_SIZES = {
    "k": 3, "mie": 3, "mii": 3, "thousand": 3,
    "mil": 6, "mln": 6, "milion": 6, "milioane": 6, "million": 6, "millions": 6,
    "mld": 9, "miliard": 9, "miliarde": 9, "billion": 9,
}  # fmt: skip
"""Words for size, as powers of ten. `bilion` is not among them: English and Romanian differ by a thousand."""

_SIZED = re.compile(
    rf"(?P<number>.*[0-9]|un|o) ?(?:de )?(?P<size>{'|'.join(sorted(_SIZES, key=len, reverse=True))})\.?(?: de)?",
    re.IGNORECASE,
)
_ONE_GROUP = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


def clean_decimal(value: str) -> Decimal:
    """A number as Romanians and English write it: 1200, 1.200, 1.200,50, 1,200.50, 1 200, 2,5 mil."""
    text = tidy(value).replace("\u2212", "-")
    sized = _SIZED.fullmatch(text)
    if sized is None:
        return _plain(value, text)
    number, power = sized["number"].strip(), _SIZES[sized["size"].lower()]
    if (power > 3 or "," in number) and _ONE_GROUP.fullmatch(number):
        raise two_ways(value, "mii sau zecimale", "thousands or decimals")
    return _plain(value, {"un": "1", "o": "1"}.get(number.lower(), number)) * Decimal(10) ** power


def _plain(value: str, text: str) -> Decimal:
    """A number in digits."""
    if _THOUSANDS.fullmatch(text):
        return Decimal(re.sub(r"[.,'’ ]", "", text))
    if _MIXED.fullmatch(text):
        last = max(text.rfind(","), text.rfind("."))
        return Decimal(re.sub(r"[., ]", "", text[:last]) + "." + text[last + 1 :])
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise no_number(value)


def two_ways(value: str, ro: str, en: str) -> RowError:
    """The refusal of what may mean two numbers."""
    return bad(
        value,
        f"se poate citi în două feluri: {ro}",
        f"can be read in two ways: {en}",
        "Scrieți suma întreagă, în cifre.",
        "Write the whole number in digits.",
    )


def no_number(value: str) -> RowError:
    """The refusal of what is no number."""
    return bad(
        value,
        "nu este un număr",
        "is not a number",
        "Scrieți, de exemplu, 1200 sau 1200,50.",
        "Write it as 1200 or 1200.50.",
    )


def clean_integer(value: str) -> int:
    """A whole number."""
    number = clean_decimal(value)
    if number != number.to_integral_value():
        raise bad(
            value,
            "nu este un număr întreg",
            "is not a whole number",
            "Scrieți un număr fără zecimale.",
            "Write a number without decimals.",
        )
    return int(number)


_PERCENT = re.compile(r" ?(?:%|la sut[ăa]|procente?|percent|per cent)", re.IGNORECASE)


def clean_percent(value: str) -> Decimal:
    """A percentage from 0 to 100, with or without its sign or word."""
    text = tidy(value)
    sign = next((m for m in _PERCENT.finditer(text) if m.end() == len(text)), None)
    plain = text[: sign.start()] if sign else text
    # no percentage is a thousand: `33,333 %` has decimals
    number = (
        Decimal(plain.replace(",", ".")) if _ONE_GROUP.fullmatch(plain) else clean_decimal(plain)
    )
    if not 0 <= number <= 100:
        raise bad(
            value,
            "nu este un procent între 0 și 100",
            "is not a percentage from 0 to 100",
            "Scrieți 3 pentru 3 %.",
            "Write 3 for 3 %.",
        )
    return number
