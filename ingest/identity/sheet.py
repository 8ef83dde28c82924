"""A table as a clerk hands it over, whole: blank rows keep their place, ragged rows their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import BadRow, Row, open_table
from ingest.readers.base import find_format
from ontology.errors import InputError

_GRIDS = ("csv", "tsv", "xlsx", "ods")
"""Formats whose row numbers count the lines of a sheet."""
_MOST_BLANK = 1_000
"""More blank rows than this in one place are a format, not a gap."""


@dataclass(frozen=True)
class Sheet:
    """Every row under `columns`; cells that stood under no heading are in `unnamed_1` and so on.

    `problems` tells the rows that could not be read at all: they are blank here.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    problems: tuple[InputError, ...]


def read_sheet(path: Path, *, header: bool = True) -> Sheet:
    """The whole table of a file; without a `header` its columns are called 1, 2, 3 …

    Raises FileError when the file cannot be read.
    """
    table = open_table(path)
    lines = list(_lines(iter(table), gaps=find_format(path) in _GRIDS))
    names = table.columns
    if not header:
        lines.insert(0, [re.sub(r" \(\d+\)$", "", name) for name in names])
        names = tuple(str(number) for number in range(1, len(names) + 1))
    wide = max((len(line) for line in lines if isinstance(line, list)), default=0)
    extra = range(1, wide - len(names) + 1)
    columns = (*names, *(str(len(names) + n) if not header else f"unnamed_{n}" for n in extra))
    blank = dict.fromkeys(columns, "")
    rows = [
        blank | dict(zip(columns, line, strict=False)) if isinstance(line, list) else dict(blank)
        for line in lines
    ]
    return Sheet(columns, rows, tuple(line for line in lines if isinstance(line, InputError)))


def _lines(rows: Iterator[Row | BadRow], *, gaps: bool) -> Iterator[list[str] | InputError]:
    last: int | None = None
    for row in rows:
        if gaps and last is not None and row.number - last - 1 <= _MOST_BLANK:
            for _ in range(row.number - last - 1):
                yield []
        last = row.number
        if isinstance(row, Row):
            yield list(row.values.values())
        else:
            yield list(row.cells) if row.cells else row.error
