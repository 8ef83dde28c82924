"""Finds the row, or the rows, of a grid that name its columns, among titles and notes about the office."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.rows import MAX_COLUMNS, BadRow, bounded, file_error
from ontology.errors import FileError
from ontology.kinds import tidy

Line = tuple[int, list[str]]
"""A row's number and its cells."""

HEAD_ROWS = 25
"""The header is looked for among this many rows."""


@dataclass(frozen=True)
class Span:
    """A merged area: rows and columns, both ends included; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Header:
    """The names of the columns, where each stands, and the row after which the data begin.

    `levels` are its rows as they stand under the named columns: long tables print them again.
    """

    columns: tuple[str, ...]
    positions: tuple[int, ...]
    last_row: int
    levels: frozenset[tuple[str, ...]] = frozenset()


def find_header(
    path: Path,
    head: list[Line | BadRow],
    spans: tuple[Span, ...],
    known: frozenset[str] = frozenset(),
) -> Header:
    """The first row with two cells or more (one, in a table of one column) names the columns.

    Rows above it are titles, and what an office says of itself. Headings over several columns are
    joined with those below them: `Perioada / de la`. A row with more of the `known` names is the
    header, wherever it stands.
    """
    grid = [(line[0], [tidy(cell) for cell in line[1]]) for line in head if isinstance(line, tuple)]
    filled = [(number, cells) for number, cells in grid if any(cells)]
    if not filled:
        raise _no_header(path, head)
    first = _first(filled)
    if any(isinstance(line, BadRow) and line.number <= first for line in head):
        raise _no_header(path, head)
    found = _begun(path, grid, first, spans)
    at = max(filled, key=lambda line: len(known & _names(line[1])))
    if len(known & _names(at[1])) > len(known & set(found.columns)):
        return _begun(path, grid, at[0], spans)
    return found


def _begun(path: Path, grid: list[Line], first: int, spans: tuple[Span, ...]) -> Header:
    """The header that begins in a row."""
    over = _over_columns(first, spans)
    last = max((s.bottom for s in over), default=first)
    if last == first and over:
        last = first + 1
    levels = [(n, _spread(n, cells, spans)) for n, cells in grid if first <= n <= last]
    if not over and (second := _second(grid, first)) is not None:
        levels, last = second, second[-1][0]
    return _named(path, levels, [cells for n, cells in grid if first <= n <= last], last)


def _names(cells: list[str]) -> set[str]:
    return {" ".join(cell.split()) for cell in cells if cell}


_PARTICULAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d/\d{4}|\d{4}-\d{2}-\d{2}|:$")
"""What stands beside the name of an office, not above a column: a date, a registration, a colon."""


def _is_name(cell: str) -> bool:
    return any(c.isalpha() for c in cell) and _PARTICULAR.search(cell) is None


def _first(filled: list[Line]) -> int:
    """The row that the header begins in."""
    counts = [sum(map(bool, cells)) for _, cells in filled]
    usual = max(sorted(set(counts), reverse=True), key=counts.count)
    wanted = min(usual, 2)
    wide = [(line, count) for line, count in zip(filled, counts, strict=True) if count >= wanted]
    for at, ((number, cells), count) in enumerate(wide):
        if count >= usual or (
            count * 5 >= usual * 3
            and all(map(_is_name, filter(None, cells)))
            and not (_gaps(cells) and _heads(wide[at + 1 :], usual))
        ):
            return number
    return wide[0][0][0]


def _gaps(cells: list[str]) -> bool:
    """Whether a row leaves cells blank between others: an office at the left, an annex at the right."""
    filled = [i for i, cell in enumerate(cells) if cell]
    return len(filled) <= filled[-1] - filled[0]


def _heads(wide: list[tuple[Line, int]], usual: int) -> bool:
    """Whether the next row names as many columns as the table has."""
    if not wide:
        return False
    (_, cells), count = wide[0]
    return count >= usual and all(map(_is_name, filter(None, cells)))


def _second(grid: list[Line], first: int) -> list[Line] | None:
    """Two rows of a header whose groups are not merged: the second names what the first leaves blank."""
    at = next(i for i, (number, _) in enumerate(grid) if number == first)
    if at + 1 >= len(grid) or grid[at + 1][0] != first + 1:
        return None
    above, below = list(grid[at][1]), grid[at + 1][1]
    above += [""] * (len(below) - len(above))
    begin = next(i for i, cell in enumerate(above) if cell)
    named = [i for i, cell in enumerate(below) if cell]
    if not named or named[0] <= begin or not all(_is_name(below[i]) for i in named):
        return None
    if all(above[i] for i in named):
        return None
    for i in named:
        above[i] = above[i] or above[i - 1]
    return [(first, above), grid[at + 1]]


def _over_columns(row: int, spans: tuple[Span, ...]) -> list[Span]:
    """Merged areas that start in `row`, when at least one of them covers several columns."""
    here = [s for s in spans if s.top == row]
    return here if any(s.right > s.left for s in here) else []


def _spread(row: int, cells: list[str], spans: tuple[Span, ...]) -> list[str]:
    """The cells of a heading row, merged headings repeated over the columns they cover."""
    wide = list(cells)
    for span in spans:
        if span.top == row and span.left < len(cells) and span.right > span.left:
            right = min(span.right, MAX_COLUMNS)
            wide.extend([""] * (right + 1 - len(wide)))
            wide[span.left : right + 1] = [cells[span.left]] * (right + 1 - span.left)
    return wide


def _named(path: Path, levels: list[Line], written: list[list[str]], last: int) -> Header:
    width = max(len(cells) for _, cells in levels)
    names: list[str] = []
    for column in range(width):
        parts = [cells[column] for _, cells in levels if column < len(cells) and cells[column]]
        names.append(" / ".join(dict.fromkeys(" ".join(part.split()) for part in parts)))
    positions = tuple(i for i, name in enumerate(names) if name)
    columns = bounded(path, tuple(unique([names[i] for i in positions])))
    again = (
        tuple(" ".join(cells[i].split()) if i < len(cells) else "" for i in positions)
        for cells in written
    )
    return Header(
        columns, positions, last, frozenset(row for row in again if sum(map(bool, row)) > 1)
    )


def unique(names: list[str]) -> list[str]:
    """The names with a number after each repetition: `nume`, `nume (2)`."""
    seen: Counter[str] = Counter()
    taken = set(names)
    found: list[str] = []
    for name in names:
        seen[name] += 1
        made = name
        while seen[name] > 1 and (made := f"{name} ({seen[name]})") in taken:
            seen[name] += 1
        taken.add(made)
        found.append(made)
    return found


def _no_header(path: Path, head: list[Line | BadRow]) -> FileError:
    bad = next((line for line in head if isinstance(line, BadRow)), None)
    if bad is not None:
        return FileError(bad.error.what, bad.error.fix, bad.place)
    return file_error(
        path,
        "fișierul este gol: nu are un rând cu numele coloanelor",
        "the file is empty: it has no row with the names of the columns",
        "Puneți numele coloanelor pe primul rând.",
        "Put the names of the columns in the first row.",
    )
