"""A table as a clerk hands it over, whole: blank rows keep their place, ragged rows their cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from pathlib import Path

from ingest.readers import BadRow, Row, Table, open_table
from ingest.readers.base import find_format
from ingest.readers.delimited import find_delimiter
from ingest.readers.encoding import find_encoding
from ontology.errors import InputError
from ontology.kinds import tidy

_GRIDS = ("csv", "tsv", "xlsx", "xls", "ods")
"""Formats whose row numbers count the lines of a sheet."""
_MOST_BLANK = 1_000
"""More blank rows than this in one place are a format, not a gap."""
_SAMPLE = 60
"""Lines that the delimiter, and the heading as written, are looked for in."""
_TOLD = 100
"""How many rows that could not be read are told one by one."""


@dataclass(frozen=True)
class Rows:
    """The rows of a file under some columns, read anew each time they are gone through."""

    path: Path
    columns: tuple[str, ...]
    first: tuple[str, ...] | None
    """What stands in the first row, where the table has no header."""
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[dict[str, str]]:
        blank = dict.fromkeys(self.columns, "")
        lines = _lines(*_opened(self.path), _Problems())
        for line in chain(() if self.first is None else (self.first,), lines):
            yield blank | dict(zip(self.columns, line, strict=False))


@dataclass(frozen=True)
class Sheet:
    """Every row under `columns`; cells that stood under no heading are in `unnamed_1` and so on.

    `problems` tells the first rows that could not be read, of `unread` in all: here they have the
    cells that could be told apart, or are blank.
    """

    columns: tuple[str, ...]
    rows: Rows
    problems: tuple[InputError, ...]
    unread: int


@dataclass
class _Problems:
    """The first rows that could not be read, and how many there are."""

    first: list[InputError] = field(default_factory=list)
    count: int = 0

    def tell(self, error: InputError) -> None:
        self.count += 1
        if len(self.first) < _TOLD:
            self.first.append(error)


def read_sheet(path: Path, *, header: bool = True) -> Sheet:
    """The whole table of a file; without a `header` its columns are called 1, 2, 3 …

    Goes through the file once, to know how wide it is; its rows are read when they are asked for.
    Raises FileError when the file cannot be read.
    """
    table, written, gaps = _opened(path)
    names = written.header(table.columns) if written is not None else table.columns
    problems, wide, count = _Problems(), 0, 0
    for line in _lines(table, None, gaps, problems):
        wide, count = max(wide, len(line)), count + 1
    first = None
    if not header:
        first = tuple(re.sub(r" \(\d+\)$", "", name) for name in names)
        wide, count = max(wide, len(first)), count + 1
        names = tuple(str(number) for number in range(1, len(names) + 1))
    extra = range(1, wide - len(names) + 1)
    columns = (*names, *(str(len(names) + n) if not header else f"unnamed_{n}" for n in extra))
    rows = Rows(path, columns, first, count)
    return Sheet(columns, rows, tuple(problems.first), problems.count)


def _opened(path: Path) -> tuple[Table, _Written | None, bool]:
    """The table, its records as written if it is text, and whether its row numbers count lines."""
    table, kind = open_table(path), find_format(path)
    return table, _Written(path) if kind in ("csv", "tsv") else None, kind in _GRIDS


class _Written:
    """The records of a text file as they are written: reading tidies letters and spaces.

    Records are asked for by growing numbers; one that does not give what was read says nothing.
    """

    def __init__(self, path: Path) -> None:
        encoding = find_encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            self._delimiter = find_delimiter(list(islice(file, _SAMPLE)))
        self._path, self._encoding = path, encoding
        self._records = self._read()
        self._at = 0

    def _read(self) -> Iterator[list[str]]:
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as file:
            try:
                yield from csv.reader(file, delimiter=self._delimiter)
            except csv.Error:
                return  # what cannot be cut comes as it was read

    def like(self, number: int, read: list[str]) -> list[str]:
        """The record with that number as written, when tidying it gives what was read."""
        record: list[str] | None = []
        while self._at < number and record is not None:
            self._at += 1
            record = next(self._records, None)
        if record is None:
            return read
        return record if [tidy(cell) for cell in record] == read else read

    def header(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The headings as written."""
        for record in islice(self._read(), _SAMPLE):
            cells = [cell.removeprefix("\ufeff") for cell in record]
            if tuple(map(tidy, cells)) == columns:
                return tuple(cells)
        return columns


def _lines(
    rows: Iterable[Row | BadRow], written: _Written | None, gaps: bool, problems: _Problems
) -> Iterator[Sequence[str]]:
    """The cells of every row, blank rows among them; what cannot be read is told to `problems`."""
    last: int | None = None
    for row in rows:
        if gaps and last is not None and row.number - last - 1 <= _MOST_BLANK:
            yield from repeat((), row.number - last - 1)
        last = row.number
        if isinstance(row, Row):
            read = list(row.values.values())
            yield read if written is None else written.like(row.number, read)
            continue
        ragged = row.cells and not row.values  # too many cells: nothing is wrong with any of them
        if not ragged:
            problems.tell(row.error)
        yield row.cells
