"""Rejected rows that a clerk corrected and handed back: which row of the source's file each stands in for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.readers import BadRow, Row, open_table
from ingest.rejects import unguarded
from ontology.cleaning import MASK
from ontology.errors import RowError, Said

_NO_ROW = 0
"""The number of what stands in for no row of the source: handed back again, it replaces none."""


class Corrections:
    """The rows of a corrections file. None is passed over: one that cannot stand in for a row is refused."""

    def __init__(self, path: Path) -> None:
        self._instead: dict[int, Row | BadRow] = {}
        self._stray: list[BadRow] = []
        for row in open_table(path) if path.exists() else ():
            self._take(row, path.name)

    def instead_of(self, row: Row | BadRow) -> Row | BadRow:
        """The corrected row for a row of the file; the row itself when there is none."""
        return self._instead.pop(row.number, row)

    def left(self) -> Iterator[Row | BadRow]:
        """Those for rows that the file does not have any more, and those that stand in for no row."""
        yield from (self._instead[number] for number in sorted(self._instead))
        yield from self._stray

    def _take(self, row: Row | BadRow, file: str) -> None:
        where = f"{file}, row {row.number}"
        if isinstance(row, BadRow):
            self._stray.append(BadRow(_NO_ROW, row.place, row.error))
            return
        written = row.values.get("_row", "")
        number = int(written) if written.isascii() and written.isdigit() else None
        if number is None or number in self._instead:
            self._stray.append(BadRow(_NO_ROW, where, _stray(written, where)))
            return
        values = {k: unguarded(v) for k, v in row.values.items() if not k.startswith("_")}
        hidden = next((name for name, cell in values.items() if MASK in cell), None)
        self._instead[number] = (
            Row(number, values, where)
            if hidden is None
            else BadRow(number, where, _still_masked(hidden, where))
        )


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
