"""The Romanian fiscal code as names and tables hold it: in a column of its own, or behind a name."""

from __future__ import annotations

import re

from stdnum.ro import cui as ro_cui

from ingest.personal_codes import personal_code
from ontology.errors import RowError, Said

CUI_SCHEMES = frozenset({"ro-cui", "cui", "cif", "fiscal_code"})
"""What sources call the fiscal code."""


def clean_cui(text: str) -> str | None:
    """The bare digits of a Romanian fiscal code; None for an empty cell.

    Takes `RO 185 472 90` and the like, and checks the control digit. Raises RowError for 13 digits
    (a personal code: never repeated in the message) and for anything else that is no such code.
    """
    bare = re.sub(r"[\s.\-/]", "", text).upper()
    digits = bare.removeprefix("RO")
    if not bare:
        return None
    if len(re.sub(r"\D", "", bare)) == 13 or personal_code(text):
        raise RowError(
            Said(
                "codul are 13 cifre: e al unei persoane și nu se păstrează",
                "the code has 13 digits: it belongs to a person and is not kept",
            ),
            Said(
                "Ștergeți-l; scrieți codul de înregistrare fiscală al organizației.",
                "Delete it; write the fiscal code of the organisation.",
            ),
        )
    if not ro_cui.is_valid(digits):
        shown = text.strip()[:20]
        raise RowError(
            Said(
                f"„{shown}” nu este un cod fiscal: cifra de control nu se potrivește",
                f"'{shown}' is not a fiscal code: the check digit does not agree",
            ),
            Said("Verificați cifrele.", "Check the digits."),
            value=shown,
        )
    return str(ro_cui.compact(digits))


_CODED = re.compile(
    r"[\s,;(–-]*\b(?:c\.?\s?u\.?\s?i\.?|c\.?\s?i\.?\s?f\.?|cod(?:ul)?\s+(?:unic|fiscal)[a-zăâîșț ]{0,30}?)\s*[:.]?\s*"
    r"((?:ro)?\s?\d[\d ]{0,11}\d)\s*\)?",
    re.IGNORECASE,
)


def without_code(written: str) -> tuple[str, str | None]:
    """A name without the fiscal code written after it, and that code when its check digit agrees."""
    match = _CODED.search(written)
    if match is None:
        return written, None
    digits = re.sub(r"\D", "", match[1])
    name = (written[: match.start()] + " " + written[match.end() :]).strip(" ,;-–(")
    return (name or written), (str(ro_cui.compact(digits)) if ro_cui.is_valid(digits) else None)
