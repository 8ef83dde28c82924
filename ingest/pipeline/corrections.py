"""Rejected rows that a clerk corrected and handed back: which row of the source's file each stands in for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.readers import BadRow, Row, open_table
from ingest.rejects import mark_of, unguarded
from ontology.cleaning import MASK
from ontology.errors import FileError, RowError, Said

_NO_ROW = 0
"""The number of what stands in for no row of the source: handed back again, it replaces none."""


def check_corrections(path: Path, given: str) -> None:
    """Raises FileError unless a file is readable and says of its rows which ones they correct.

    `given` is what the person called it.
    """
    try:
        columns = open_table(path).columns
    except FileError as error:
        raise FileError(error.what, error.fix, given) from None
    if "_row" not in columns:
        raise FileError(
            Said(
                "nu are coloana _row: nu este o copie a fișierului rândurilor respinse",
                "has no column _row: it is no copy of the file of rejected rows",
            ),
            Said(
                "Corectați o copie a fișierului din rejects/, cu toate coloanele lui.",
                "Correct a copy of the file in rejects/, with all its columns.",
            ),
            given,
        )


class Corrections:
    """The rows of a corrections file. None is passed over in silence: one that cannot stand in for a row is
    refused, and one whose row the file has no more is told.
    """

    def __init__(self, path: Path) -> None:
        self._by_mark: dict[str, list[Row | BadRow]] = {}
        self._by_number: dict[int, Row | BadRow] = {}
        self._numbers: set[int] = set()
        self._stray: list[BadRow] = []
        for row in open_table(path) if path.exists() else ():
            self._take(row, path.name)

    def instead_of(self, row: Row | BadRow) -> Row | BadRow:
        """The corrected row for a row of the file; the row itself when there is none."""
        if not self._by_mark and not self._by_number:
            return row
        mark = mark_of(row.values, row.error.value if isinstance(row, BadRow) else "")
        if found := self._by_mark.get(mark):
            if not found[1:]:
                del self._by_mark[mark]
            return _standing(found.pop(0), row.number, mark)
        return self._by_number.pop(row.number, row)

    def left(self) -> Iterator[Row | BadRow]:
        """Those without a mark for rows that the file does not have, and those that stand in for no row."""
        yield from (self._by_number[number] for number in sorted(self._by_number))
        yield from self._stray

    def outdated(self) -> int:
        """How many stand in for rows that the file has no more: it is another edition."""
        return sum(map(len, self._by_mark.values()))

    def _take(self, row: Row | BadRow, file: str) -> None:
        where = f"{file}, row {row.number}"
        if isinstance(row, BadRow):
            self._stray.append(BadRow(_NO_ROW, row.place, row.error))
            return
        written = row.values.get("_row", "")
        plain = written.isascii() and written.isdigit() and len(written) < 12
        number = int(written) if plain else None
        if number is None or number in self._numbers:
            self._stray.append(BadRow(_NO_ROW, where, _stray(written, where)))
            return
        self._numbers.add(number)
        values = {k: unguarded(v) for k, v in row.values.items() if not k.startswith("_")}
        hidden = next((name for name, cell in values.items() if MASK in cell), None)
        made: Row | BadRow = (
            Row(number, values, where)
            if hidden is None
            else BadRow(number, where, _still_masked(hidden, where), values=values)
        )
        if mark := row.values.get("_mark", ""):
            self._by_mark.setdefault(mark, []).append(made)
        else:
            self._by_number[number] = made


def _standing(corrected: Row | BadRow, number: int, mark: str) -> Row | BadRow:
    """The corrected row where its row stands now."""
    if isinstance(corrected, BadRow):
        return replace(corrected, number=number, mark=mark)
    return corrected._replace(number=number, mark=mark)


def _stray(written: str, where: str) -> RowError:
    """It says no row, or one that another correction says already."""
    return RowError(
        Said(
            f"„{written}” nu spune ce rând al sursei este corectat, sau îl mai corectează un rând",
            f"'{written}' does not say which row of the source is corrected, or another row says it too",
        ),
        Said(
            "Lăsați în coloana _row numărul din fișierul rândurilor respinse, câte unul de rând.",
            "Leave the number from the file of rejected rows in the column _row, each once.",
        ),
        where,
        column="_row",
        value=written,
    )


def _still_masked(column: str, where: str) -> RowError:
    """A reject came back with the dots that we wrote in place of a long number: they are no value."""
    return RowError(
        Said(
            f"coloana „{column}” are puncte în locul unui număr de 13 cifre",
            f"column '{column}' has dots in place of a number of 13 digits",
        ),
        Said(
            "Scrieți numărul la loc din fișierul sursei, sau ștergeți-l dacă este al unei persoane.",
            "Write the number again from the source's file, or remove it if it is a person's.",
        ),
        where,
        column=column,
        value=MASK,
    )
