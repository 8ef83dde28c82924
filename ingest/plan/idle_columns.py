"""Takes away columns and rows of tables that say nothing: numbers of rows, empty ends, headings of headings."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.plan.mended import Mended

_LEFT_HEAD = r"(?:c[âa]mp(?:ul)?|rubric[ăa]|element(?:ul)?|criteriu|denumire|sec[țţt]iune[a]?|capitol|titlu|aspect|punct)"
_RIGHT_HEAD = (
    r"(?:con[țţt]inut(?:ul)?|detalii|informa[țţt]ii|valoare|descriere|text(?:ul)?|completare)"
)
_HEADER_ROW = re.compile(
    rf"(?mi)^[ |*]*(?:nr\.? ?(?:crt\.?)?[ |*]*[\t|][ *]*)?{_LEFT_HEAD}[ *]*[\t|][ *]*{_RIGHT_HEAD}[ |*]*$"
)


def without_header_rows(made: Mended) -> Mended:
    """Without the row that only says that names of fields stand left and what they hold right."""
    return made.edited((m.start(), m.end(), "") for m in _HEADER_ROW.finditer(made.text))


_ROW_NUMBERS = (
    re.compile(r"(?m)^[ ]*(\d{1,3})[.)]?[ ]*\t(?=[^\n]*\t)"),
    re.compile(r"(?m)(?<=^\|)[ ]*(\d{1,3})[.)]?[ ]*\|(?=[^\n|]*\|[^\n|]*\|)"),
)


def without_row_numbers(made: Mended) -> Mended:
    """Without a first column that only numbers the rows, each table from 1 or all of them through."""
    numbered = [m for pattern in _ROW_NUMBERS for m in pattern.finditer(made.text)]
    rising = all(int(a[1]) < int(b[1]) or int(b[1]) <= 1 for a, b in pairwise(numbered))
    if len(numbered) < 3 or not rising:
        return made
    return made.edited((m.start(), m.end(), "") for m in numbered)


def without_idle_columns(made: Mended) -> Mended:
    """Without a first column that only numbers the rows, and a last one that holds dashes."""
    made = without_row_numbers(made)
    ends = list(re.finditer(r"(?m)(?<=[^\s])[ ]*\t[ ]*$", made.text))
    if len(ends) > 0.6 * len(re.findall(r"(?m)^.*\S", made.text)):
        made = made.edited((m.start(), m.end(), "") for m in ends)
    dashes = re.finditer(r"(?m)(?<=[^\t\n])\t[ ]*[-–—][ ]*$", made.text)
    return made.edited((m.start(), m.end(), "") for m in dashes)
