"""A table as a clerk hands it over, whole: blank rows keep their place, ragged rows their cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.readers import BadRow, Row, open_table
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


@dataclass(frozen=True)
class Sheet:
    """Every row under `columns`; cells that stood under no heading are in `unnamed_1` and so on.

    `problems` tells the rows that could not be read: here they have the cells that could be told
    apart, or are blank.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    problems: tuple[InputError, ...]


def read_sheet(path: Path, *, header: bool = True) -> Sheet:
    """The whole table of a file; without a `header` its columns are called 1, 2, 3 …

    Raises FileError when the file cannot be read.
    """
    table, kind = open_table(path), find_format(path)
    written = _Written(path) if kind in ("csv", "tsv") else None
    problems: list[InputError] = []
    lines = list(_lines(iter(table), written, problems, gaps=kind in _GRIDS))
    names = written.header(table.columns) if written is not None else table.columns
    if not header:
        lines.insert(0, [re.sub(r" \(\d+\)$", "", name) for name in names])
        names = tuple(str(number) for number in range(1, len(names) + 1))
    wide = max(map(len, lines), default=0)
    extra = range(1, wide - len(names) + 1)
    columns = (*names, *(str(len(names) + n) if not header else f"unnamed_{n}" for n in extra))
    blank = dict.fromkeys(columns, "")
    rows = [blank | dict(zip(columns, line, strict=False)) for line in lines]
    return Sheet(columns, rows, tuple(problems))


class _Written:
    """The records of a text file as they are written: reading tidies letters and spaces.

    Records are asked for by growing numbers; one that does not give what was read says nothing.
    """

    def __init__(self, path: Path) -> None:
        encoding = find_encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            self._delimiter = find_delimiter(list(islice(file, _SAMPLE)))
        self._records = self._read(path, encoding)
        self._above: list[list[str]] = []
        self._at = 0

    def _read(self, path: Path, encoding: str) -> Iterator[list[str]]:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            try:
                yield from csv.reader(file, delimiter=self._delimiter)
            except csv.Error:
                return  # what cannot be cut comes as it was read

    def like(self, number: int, read: list[str]) -> list[str]:
        """The record with that number as written, when tidying it gives what was read."""
        record: list[str] = []
        for record in self._records:
            self._at += 1
            if self._at >= number:
                break
            if len(self._above) < _SAMPLE:
                self._above.append(record)
        alike = self._at == number and [tidy(cell) for cell in record] == read
        return record if alike else read

    def header(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The headings as written."""
        for record in self._above:
            cells = [cell.removeprefix("\ufeff") for cell in record]
            if tuple(map(tidy, cells)) == columns:
                return tuple(cells)
        return columns


def _lines(
    rows: Iterator[Row | BadRow],
    written: _Written | None,
    problems: list[InputError],
    *,
    gaps: bool,
) -> Iterator[list[str]]:
    last: int | None = None
    for row in rows:
        if gaps and last is not None and row.number - last - 1 <= _MOST_BLANK:
            for _ in range(row.number - last - 1):
                yield []
        last = row.number
        if isinstance(row, Row):
            read = list(row.values.values())
            yield read if written is None else written.like(row.number, read)
            continue
        ragged = row.cells and not row.values  # too many cells: nothing is wrong with any of them
        if not ragged:
            problems.append(row.error)
        yield list(row.cells)
