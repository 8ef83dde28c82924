"""Rejected rows that a clerk corrected and handed back: which row of the source's file each stands in for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.readers import BadRow, Row, open_table
from ingest.rejects import mark_of, unguarded
from ingest.tables import scratch
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


_TABLES = """
CREATE TABLE corrected (n INTEGER PRIMARY KEY, number INTEGER UNIQUE, mark TEXT NOT NULL, made TEXT NOT NULL);
CREATE INDEX corrected_by_mark ON corrected (mark, n);
CREATE TABLE stray (n INTEGER PRIMARY KEY, told TEXT NOT NULL);
"""
"""The rows that stand in for a row of the source, in their order, until they are used; and those that do not."""


class Corrections:
    """The rows of a corrections file. None is passed over in silence: one that cannot stand in for a row is
    refused, and one whose row the file has no more is told.

    On disk, in a file of its own that is gone when closed: they may be as many as the source's rows.
    """

    def __init__(self, path: Path) -> None:
        self._db: sqlite3.Connection | None = None
        if path.exists():
            self._db = scratch(_TABLES)
            for row in open_table(path):
                self._take(self._db, row, path.name)

    def instead_of(self, row: Row | BadRow) -> Row | BadRow:
        """The corrected row for a row of the file; the row itself when there is none."""
        if self._db is None:
            return row
        mark = mark_of(row.values, row.error.value if isinstance(row, BadRow) else "")
        found = self._db.execute(
            "SELECT n, number, made FROM corrected WHERE mark = ? ORDER BY n LIMIT 1", (mark,)
        ).fetchone()
        if found is not None:
            self._db.execute("DELETE FROM corrected WHERE n = ?", found[:1])
            return _standing(_made(*found[1:]), row.number, mark)
        found = self._db.execute(
            "SELECT n, number, made FROM corrected WHERE number = ? AND mark = ''", (row.number,)
        ).fetchone()
        if found is None:
            return row
        self._db.execute("DELETE FROM corrected WHERE n = ?", found[:1])
        return _made(*found[1:])

    def left(self) -> Iterator[Row | BadRow]:
        """Those without a mark for rows that the file does not have, and those that stand in for no row."""
        if self._db is None:
            return
        sql = "SELECT number, made FROM corrected WHERE mark = '' ORDER BY number"
        yield from (_made(*row) for row in self._db.execute(sql))
        for (told,) in self._db.execute("SELECT told FROM stray ORDER BY n"):
            place, *error = json.loads(told)
            yield BadRow(_NO_ROW, place, _error(error))

    def outdated(self) -> int:
        """How many stand in for rows that the file has no more: it is another edition."""
        if self._db is None:
            return 0
        sql = "SELECT count(*) FROM corrected WHERE mark <> ''"
        return int(self._db.execute(sql).fetchone()[0])

    def close(self) -> None:
        """Forgets everything."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _take(self, db: sqlite3.Connection, row: Row | BadRow, file: str) -> None:
        where = f"{file}, row {row.number}"
        if isinstance(row, BadRow):
            self._stray(db, row.place, row.error)
            return
        written = row.values.get("_row", "")
        plain = written.isascii() and written.isdigit() and len(written) < 12
        values = {k: unguarded(v) for k, v in row.values.items() if not k.startswith("_")}
        hidden = next((name for name, cell in values.items() if MASK in cell), None)
        error = None if hidden is None else _told(_still_masked(hidden, where))
        taken = plain and db.execute(
            "INSERT OR IGNORE INTO corrected (number, mark, made) VALUES (?, ?, ?)",
            (int(written), row.values.get("_mark", ""), json.dumps([values, where, error])),
        )
        if not taken or not taken.rowcount:
            self._stray(db, where, _stray(written, where))

    def _stray(self, db: sqlite3.Connection, where: str, error: RowError) -> None:
        db.execute("INSERT INTO stray (told) VALUES (?)", (json.dumps([where, *_told(error)]),))


def _told(error: RowError) -> list[object]:
    """An error as plain data."""
    said = [error.what.ro, error.what.en, error.fix.ro, error.fix.en]
    return [*said, error.where, error.column, error.value]


def _error(told: list[Any]) -> RowError:
    """The error of that data."""
    what, fix, (where, column, value) = Said(*told[:2]), Said(*told[2:4]), told[4:]
    return RowError(what, fix, where, column=column, value=value)


def _made(number: int, told: str) -> Row | BadRow:
    """A corrected row as it was put away."""
    values, where, error = json.loads(told)
    if error is None:
        return Row(number, values, where)
    return BadRow(number, where, _error(error), values=values)


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
