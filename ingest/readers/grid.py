"""Turns a grid of cells into a table: header found, merged headings joined, ragged rows refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ingest.readers.heading import HEAD_ROWS, Header, Line, Span, find_header
from ingest.readers.rows import BadLine, BadRow, Row, Table, bad_row, tidied
from ontology.errors import FileError, Said


def grid_table(
    path: Path,
    read: Callable[[], Iterator[Line | BadRow]],
    spans: tuple[Span, ...] = (),
    *,
    delimited: bool = False,
    known: frozenset[str] | None = None,
) -> Table:
    """A table over `read`, which gives the file's lines from the first each time it is called.

    In `delimited` text the cells are tidy but for their edges, and a short row is a damaged one;
    elsewhere blank cells at the end of a row are simply not stored. `known` are names of columns that
    are looked for; with it (also empty) a header that is printed again is no row. Raises FileError
    when the file has no header.
    """
    header = find_header(path, list(islice(read(), HEAD_ROWS)), spans, known or frozenset())

    def lines() -> Iterator[Line | BadRow]:
        found = read() if delimited else _whole(read(), header, spans)
        return found if known is None else once(path.name, found, header)

    return Table(path, header.columns, lambda: rows(path, lines(), header))


def overlap(path: Path, read: Iterator[Line | BadRow], known: frozenset[str]) -> int:
    """How many of the known names the header of a grid has; 0 when it has no header."""
    try:
        return len(known & set(find_header(path, list(islice(read, HEAD_ROWS)), (), known).columns))
    except FileError:
        return 0


_MANY = 5
"""So many cells that count 1, 2, 3 … under a header are the numbers of its columns, never a row."""


def once(name: str, lines: Iterator[Line | BadRow], header: Header) -> Iterator[Line | BadRow]:
    """The lines below the header, without it where it is printed again, and without a row that numbers
    the columns; one of few columns could be data, and is refused with what to do.
    """
    firsts = {level[0] for level in header.levels}
    below = True
    for line in lines:
        if isinstance(line, BadRow) or line[0] <= header.last_row:
            yield line
            continue
        number, cells = line
        begin = header.positions[0]
        start = cells[begin].strip() if begin < len(cells) else ""
        if (start in firsts or "\n" in start) and _again(cells, header):
            below = True
            continue
        if below and start in ("0", "1") and (count := _numbers(cells, header)):
            if count < _MANY:
                yield _numbering(name, number, cells)
            continue
        below = below and not any(map(str.strip, cells))
        yield line


def _again(cells: list[str], header: Header) -> bool:
    """Whether a line is one of the header's, and nothing more."""
    own = tuple(" ".join(cells[i].split()) if i < len(cells) else "" for i in header.positions)
    return own in header.levels and sum(map(bool, own)) == sum(bool(c.strip()) for c in cells)


def _numbers(cells: list[str], header: Header) -> int:
    """How many columns a line counts through from 0 or 1; 0 when it does not, or has too few."""
    own = [cells[i].strip() if i < len(cells) else "" for i in header.positions]
    start = int(own[0])
    counted = own == [str(start + step) for step in range(len(own))]
    return len(own) if counted and len(own) > 2 else 0


def _numbering(name: str, number: int, cells: list[str]) -> BadRow:
    return bad_row(
        name,
        number,
        Said("rândul pare să numeroteze coloanele", "the row seems to number the columns"),
        Said(
            "Ștergeți-l; dacă este un rând cu date, dați-l înapoi prin fișierul rândurilor respinse.",
            "Delete it; if it is a row of data, hand it back with the file of rejected rows.",
        ),
        value=" | ".join(cells),
        cells=tuple(cells),
    )


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
