"""Personal numeric codes (CNP): found in what people hand over, refused, never repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stdnum.ro import cnp

from ontology.cleaning import MASK
from ontology.errors import RowError, Said

_THIRTEEN = re.compile(r"(?<!\d)[1-9]\d{12}(?!\d)")
_PERHAPS = re.compile(r"\d(?:[ ./-]?\d){12}")
_LABELLED = re.compile(r"\bc\.?\s?n\.?\s?p\b\.?", re.IGNORECASE)


def refuse_personal_codes(values: Mapping[str, str], where: str) -> None:
    """Raises RowError when a cell holds a personal numeric code; the code itself is never repeated."""
    if _PERHAPS.search("\n".join(values.values())) is None:
        return  # most rows: no cell has as many digits
    for column, cell in values.items():
        joined = re.sub(r"(?<=\d)[ ./-](?=\d)", "", cell)
        for match in _THIRTEEN.finditer(joined):
            # a misspelt code is one all the same where the cell holds nothing else, or says so
            said = joined.strip() == match.group() or _LABELLED.search(joined)
            if said or cnp.is_valid(match.group()):
                raise RowError(
                    Said(
                        f"coloana „{column}” conține un cod numeric personal",
                        f"column '{column}' holds a personal numeric code",
                    ),
                    Said(
                        "Ștergeți codul: datele persoanelor private nu se păstrează aici.",
                        "Remove the code: data about private persons is not kept here.",
                    ),
                    where,
                    column=column,
                    value=MASK,
                )


def holds_personal_code(text: str) -> bool:
    """Whether a personal numeric code stands in a text."""
    try:
        refuse_personal_codes({"": text}, "")
    except RowError:
        return True
    return False


def personal_code(text: str) -> bool:
    """Whether a code with a right check digit stands in a text: a narrower question, for cells that may
    well hold 13 digits of another kind (an account, a telephone)."""
    return any(
        cnp.is_valid(code) for code in _THIRTEEN.findall(re.sub(r"(?<=\d)[ ./-](?=\d)", "", text))
    )
