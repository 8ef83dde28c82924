"""A sum of money as people of each language write it: `40.000 lei`, `RON 40,000`."""

from __future__ import annotations

from decimal import Decimal, localcontext

from babel.numbers import format_decimal

from ontology.errors import Said

BLANK = "\u00a0"
"""Between a sum and its currency no line breaks."""

_LONGEST = 400
"""Digits of the longest sum that is written out: a number has no more of them, whatever a source says."""

IN_ROMANIAN = {"RON": "lei"}
"""What people call a currency; others go by their code."""


def said_sum(value: float | Decimal, currency: str | None = None) -> Said:
    """The sum with the separators of each language, without decimals when it has none.

    The currency is its ISO 4217 code before the sum in English; in Romanian it follows the sum, by
    the name that people use. None is written where none is known.
    """
    pattern = "#,##0" if value == int(value) else "#,##0.00"
    with localcontext(prec=_LONGEST):
        ro = format_decimal(value, format=pattern, locale="ro_RO")
        en = format_decimal(value, format=pattern, locale="en_GB")
    if not currency:
        return Said(ro, en)
    return Said(f"{ro}{BLANK}{IN_ROMANIAN.get(currency, currency)}", f"{currency}{BLANK}{en}")
