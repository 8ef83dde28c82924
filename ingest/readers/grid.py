"""Turns a grid of cells into a table: header found, merged headings joined, ragged rows refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.readers.rows import (
    MAX_COLUMNS,
    BadLine,
    BadRow,
    Row,
    Table,
    bad_row,
    bounded,
    file_error,
    tidied,
)
from ontology.errors import FileError, Said
from ontology.kinds import tidy

Line = tuple[int, list[str]]
"""A row's number and its cells."""

_HEAD_ROWS = 25
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
    """The names of the columns, where each stands, and the row after which the data begin."""

    columns: tuple[str, ...]
    positions: tuple[int, ...]
    last_row: int


def grid_table(
    path: Path,
    read: Callable[[], Iterator[Line | BadRow]],
    spans: tuple[Span, ...] = (),
    *,
    delimited: bool = False,
) -> Table:
    """A table over `read`, which gives the file's lines from the first each time it is called.

    In `delimited` text the cells are tidy but for their edges, and a short row is a damaged one;
    elsewhere blank cells at the end of a row are simply not stored. Raises FileError when the
    file has no header.
    """
    header = find_header(path, list(islice(read(), _HEAD_ROWS)), spans)
    if delimited:
        return Table(path, header.columns, lambda: rows(path, read(), header))
    return Table(path, header.columns, lambda: rows(path, _whole(read(), header, spans), header))


def _whole(
    lines: Iterator[Line | BadRow], header: Header, spans: tuple[Span, ...]
) -> Iterator[Line | BadRow]:
    """The lines tidied, as wide as the header, merged words repeated."""
    width = header.positions[-1] + 1 if header.positions else 0
    for line in _filled_down(_padded(lines, width), spans, header.last_row):
        yield line if isinstance(line, BadRow) else (line[0], [tidied(cell) for cell in line[1]])


def _padded(lines: Iterator[Line | BadRow], width: int) -> Iterator[Line | BadRow]:
    for line in lines:
        if isinstance(line, tuple):
            line[1].extend([""] * (width - len(line[1])))
        yield line


def find_header(path: Path, head: list[Line | BadRow], spans: tuple[Span, ...]) -> Header:
    """The first row with two cells or more (one, in a table of one column) names the columns.

    Rows above it are titles. Headings merged over several columns are joined with those below
    them: `Perioada / de la`.
    """
    grid = [(line[0], [tidy(cell) for cell in line[1]]) for line in head if isinstance(line, tuple)]
    filled = [(number, cells) for number, cells in grid if any(cells)]
    if not filled:
        raise _no_header(path, head)
    counts = [sum(map(bool, cells)) for _, cells in filled]
    usual = max(sorted(set(counts), reverse=True), key=counts.count)
    wanted = min(usual, 2)
    first = next(n for (n, _), count in zip(filled, counts, strict=True) if count >= wanted)
    if any(isinstance(line, BadRow) and line.number <= first for line in head):
        raise _no_header(path, head)
    last = max((s.bottom for s in _over_columns(first, spans)), default=first)
    if last == first and _over_columns(first, spans):
        last = first + 1
    levels = [(n, _spread(n, cells, spans)) for n, cells in grid if first <= n <= last]
    return _named(path, levels, last)


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


def _named(path: Path, levels: list[Line], last: int) -> Header:
    width = max(len(cells) for _, cells in levels)
    names: list[str] = []
    for column in range(width):
        parts = [cells[column] for _, cells in levels if column < len(cells) and cells[column]]
        names.append(" / ".join(dict.fromkeys(" ".join(part.split()) for part in parts)))
    positions = tuple(i for i, name in enumerate(names) if name)
    columns = bounded(path, tuple(unique([names[i] for i in positions])))
    return Header(columns, positions, last)


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


_strip = str.strip


def rows(path: Path, lines: Iterator[Line | BadRow], header: Header) -> Iterator[Row | BadRow]:
    """The rows below the header; blank rows are passed over, ragged ones refused."""
    name, columns, positions = path.name, header.columns, header.positions
    prefix, width, last = f"{name}, row ", len(columns), header.last_row
    dense = positions == tuple(range(width))
    for line in lines:
        if isinstance(line, BadRow):
            yield line.named(columns, positions) if isinstance(line, BadLine) else line
            continue
        number, cells = line
        if number <= last:
            continue
        values = list(map(_strip, cells))
        if len(values) != width or not dense:
            fitted = _fitted(values, positions)
            if fitted is None:
                if any(values):
                    yield _ragged(name, number, values, header)
                continue
            values = fitted
        if any(values):
            yield Row(number, dict(zip(columns, values)), prefix + str(number))  # noqa: B905


def _fitted(values: list[str], positions: tuple[int, ...]) -> list[str] | None:
    """The cells under the named columns; None when cells are missing or stand under no name."""
    if len(values) <= positions[-1]:
        return None
    named = [values[i] for i in positions]
    return named if sum(map(bool, named)) == sum(map(bool, values)) else None


def _ragged(name: str, number: int, values: list[str], header: Header) -> BadRow:
    width = header.positions[-1] + 1
    named = [values[i] if i < len(values) else "" for i in header.positions]
    others = [v for i, v in enumerate(values) if v and i not in header.positions]
    cells = (*named, *others)
    if len(values) == width:
        return bad_row(
            name,
            number,
            Said(
                "o celulă stă sub o coloană fără nume",
                "a cell stands under a column without a name",
            ),
            Said("Dați un nume coloanei.", "Give the column a name."),
            value=" | ".join(values),
            cells=cells,
        )
    return bad_row(
        name,
        number,
        Said(
            f"rândul are {len(values)} celule, iar capul de tabel {width}",
            f"the row has {len(values)} cells, and the header {width}",
        ),
        Said(
            "Verificați separatorii și ghilimelele de pe acest rând.",
            "Check the delimiters and quotes of this row.",
        ),
        value=" | ".join(values),
        cells=cells,
    )


def _filled_down(
    lines: Iterator[Line | BadRow], spans: tuple[Span, ...], header_row: int
) -> Iterator[Line | BadRow]:
    """Repeats the text of a merged cell over the rows it covers.

    A number stays in the first row only: an amount merged over three rows is one amount.
    """
    starts = sorted(spans, key=lambda s: s.top, reverse=True)
    open_: list[tuple[Span, str]] = []
    for line in lines:
        if isinstance(line, BadRow):
            yield line
            continue
        number, cells = line
        open_ = [(span, text) for span, text in open_ if span.bottom >= number]
        if any(cells):
            for span, text in open_:
                if span.left < len(cells) and not cells[span.left].strip():
                    cells[span.left] = text
        while starts and starts[-1].top <= number:
            span = starts.pop()
            text = cells[span.left] if span.left < len(cells) else ""
            if span.top == number > header_row and span.bottom > span.top and _is_words(text):
                open_.append((span, text))
        yield number, cells


def _is_words(text: str) -> bool:
    return any(c.isalpha() for c in text)
