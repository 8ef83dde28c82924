"""Identifiers as people write them in a cell, made the ones that are kept; a fiscal code is checked."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.ro import cui

from ontology.cleaning import MASK
from ontology.errors import RowError, Said
from ontology.kinds import tidy

_CUI_WORDS = re.compile(r"^(?:COD(?:UL)?(?:UNIC|DEINREGISTRARE)*FISCAL[AĂ]?|CUI|CIF|CF)")
"""What forms write before the number itself, spaces and dots left out."""


def bare_cui(text: str) -> str:
    """A fiscal code as registers write it, without the RO before it; unchecked."""
    return text.upper().removeprefix("RO").strip()


def clean_identifier(scheme: str, text: str) -> str:
    """An identifier as it is kept. A CUI loses its RO and its spaces; RowError when it cannot be one."""
    if scheme != "ro-cui":
        return tidy(text)
    plain = re.sub(r"[\s.:-]", "", tidy(text).removesuffix(".0")).upper()
    digits = _CUI_WORDS.sub("", plain).removeprefix("RO").lstrip("0")
    if len(digits) == 13 and digits.isdecimal():
        raise RowError(
            Said(
                "este un cod numeric personal, nu un CUI", "is a personal numeric code, not a CUI"
            ),
            Said(
                "Ștergeți codul: datele persoanelor private nu se păstrează aici.",
                "Remove the code: data about private persons is not kept here.",
            ),
            value=MASK,
        )
    if iban.is_valid(plain):
        raise RowError(
            Said("este un cont bancar (IBAN), nu un CUI", "is a bank account (IBAN), not a CUI"),
            Said("Scrieți codul fiscal al organizației.", "Write the organisation's fiscal code."),
            value=text,
        )
    if not cui.is_valid(digits):
        raise RowError(
            Said(
                f"„{text}” nu este un CUI (cifra de control nu se potrivește)",
                f"'{text}' is no CUI (its check digit does not fit)",
            ),
            Said(
                "Verificați codul fiscal al organizației.", "Check the organisation's fiscal code."
            ),
            value=text,
        )
    return digits
