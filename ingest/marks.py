"""What clerks write where a value would stand: a dash for none, `idem` for the one above, `Total` for a sum."""

from __future__ import annotations

import re

from ontology.cleaning import bare
from ontology.errors import RowError, Said

_LONGEST = 24
"""No such mark is longer."""

_STROKES = re.compile(r"[-–—_./…\s]+")
_NOTHING = frozenset(
    [
        "n/a",
        "n.a",
        "na",
        "nu este cazul",
        "nu e cazul",
        "nu se aplica",
        "null",
        "none",
        "nan",
        "nespecificat",
        "nu se cunoaste",
    ]
)
_ABOVE = frozenset(
    [
        "idem",
        "id",
        "ditto",
        "aceeasi",
        "acelasi",
        "aceleasi",
        "aceiasi",
        "-//-",
        '-"-',
        "//",
        '"',
        "''",
        "„",
        "”",
        "〃",
        "''-",
        "-''-",
    ]
)
_TOTAL = re.compile(r"(?:sub)?total(?:uri)?(?: general[ae]?)?(?: (?:lei|ron|euro|eur))?")


def says_nothing(cell: str) -> bool:
    """Whether a cell says that there is no value: strokes, dots, `n/a`, `nu este cazul`."""
    if len(cell) > _LONGEST:
        return False
    return _bare(cell) in _NOTHING or ("//" not in cell and _STROKES.fullmatch(cell) is not None)


def refuse_above(cell: str) -> None:
    """Raises RowError for a mark that stands for the value of the row above."""
    if len(cell) <= _LONGEST and re.sub(r"\s", "", _bare(cell)) in _ABOVE:
        raise RowError(
            Said(f"„{cell}” trimite la rândul de deasupra", f"'{cell}' stands for the row above"),
            Said("Scrieți valoarea și pe acest rând.", "Write the value in this row too."),
            value=cell,
        )


def refuse_total(cell: str) -> None:
    """Raises RowError for the name of a row of sums."""
    if len(cell) <= _LONGEST and _TOTAL.fullmatch(re.sub(r"[():]", "", _bare(cell)).strip()):
        raise RowError(
            Said(f"„{cell}”: rândul este un total", f"'{cell}': the row is a total"),
            Said("Scoateți totalurile din tabel.", "Take the totals out of the table."),
            value=cell,
        )


def _bare(cell: str) -> str:
    return bare(cell).strip().rstrip(".")
