"""What every reader gives: rows with their place in the file, and rows that could not be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ontology.errors import FileError, RowError, Said
from ontology.kinds import tidy

MAX_COLUMNS = 5_000
"""A table wider than this is a mistake or an attack."""


class Row(NamedTuple):
    """One row of a table.

    `number` is the row as a person counts it in the file: the first line is 1, blank rows count,
    a cell with line breaks does not make a second row. `values` holds every column, `""` where
    the cell is empty. `place` says where it stands: `projects.csv, row 41`. `mark` is that of the row
    it was corrected from, if it was.
    """

    number: int
    values: dict[str, str]
    place: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: it is counted and reported, the rest goes on.

    `cells` are those of a ragged row: under the named columns first, then those under none.
    `values` holds its cells where they could be told apart, so that a clerk corrects them in place.
    """

    number: int
    place: str
    error: RowError
    cells: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BadLine(BadRow):
    """A bad row before the names of the columns are known: its cells as they stand, and which one is wrong."""

    raw: tuple[str, ...] = ()
    wrong: int | None = None

    def named(self, columns: tuple[str, ...], positions: tuple[int, ...]) -> BadRow:
        """The same row under the names of the columns."""
        at = dict(zip(positions, columns, strict=True))
        found = {at[i]: tidied(cell) for i, cell in enumerate(self.raw) if i in at}
        values = {name: found.get(name, "") for name in columns} if found else {}
        e = self.error
        column = at.get(self.wrong, "") if self.wrong is not None else ""
        error = RowError(e.what, e.fix, e.where, column=column, value=e.value)
        return BadRow(self.number, self.place, error, tuple(values.values()), values)


@dataclass(frozen=True)
class Table:
    """A table in a file: its columns, and its rows each time it is iterated.

    Rows stream from the file; `columns` are tidied and unique, in the file's order.
    """

    path: Path
    columns: tuple[str, ...]
    read: Callable[[], Iterator[Row | BadRow]]

    def __iter__(self) -> Iterator[Row | BadRow]:
        return self.read()


def tidied(text: str) -> str:
    """What `ontology.kinds.tidy` gives; text that is tidy already is recognised at little cost."""
    if not text:
        return text
    edges = text[0] == " " or text[-1] == " "
    if edges or "  " in text or not text.isprintable():
        return tidy(text)
    if text.isascii():
        return text
    plain = unicodedata.is_normalized("NFC", text) and not any(c in text for c in "şŞţŢ")
    return text if plain else tidy(text)


def place(name: str, number: int) -> str:
    """Where a row stands: `projects.csv, row 41`."""
    return f"{name}, row {number}"


def bad_row(
    name: str,
    number: int,
    what: Said,
    fix: Said,
    *,
    column: str = "",
    value: str = "",
    cells: tuple[str, ...] = (),
) -> BadRow:
    """A row that cannot be read, with the sentence that says why and what to do."""
    where = place(name, number)
    shown = value if len(value) <= 200 else value[:199] + "…"
    return BadRow(number, where, RowError(what, fix, where, column=column, value=shown), cells)


def file_error(path: Path | str, ro: str, en: str, fix_ro: str, fix_en: str) -> FileError:
    """A FileError that names the file."""
    return FileError(Said(ro, en), Said(fix_ro, fix_en), Path(path).name)


def bounded(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns, when there are not too many. Raises FileError."""
    if len(columns) > MAX_COLUMNS:
        raise file_error(
            path,
            f"tabelul are peste {MAX_COLUMNS} de coloane",
            f"the table has over {MAX_COLUMNS} columns",
            "Păstrați numai câmpurile de care este nevoie.",
            "Keep only the fields that are needed.",
        )
    return columns


_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


def with_decimals(text: str) -> str:
    """A number whose point is known to stand before decimals, so that nobody takes it for thousands.

    In a text `12.345` is twelve thousand; a computer that keeps a number means twelve and a bit: one
    more 0 at its end says so, also in the file of refused rows and back.
    """
    return text + "0" if _LIKE_THOUSANDS.fullmatch(text) else text


def number_text(value: float) -> str:
    """A number as a person typed it: no trailing `.0`, no exponent, 15 significant digits.

    What is none, or has no end, says so: a field of numbers refuses it, and nothing is lost.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.20f}".rstrip("0") if abs(value) < 1 else f"{value:.0f}"
    return with_decimals(text.removesuffix(".").removesuffix(".0")) if "." in text else text
