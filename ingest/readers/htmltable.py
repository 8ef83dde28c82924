"""Reads a table of a web page, streamed: spanned cells repeated, unclosed tags understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers import heading
from ingest.readers.encoding import find_encoding
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import HEAD_ROWS, Span
from ingest.readers.htmlpage import Caption, walk
from ingest.readers.rows import BadRow, Table, file_error

MAX_PAGE = 1 << 30
"""Bytes of a page; more is no table that somebody looks at."""

_MAX_TABLES = 10_000
"""Tables of a page among which one is chosen."""


@dataclass
class _Found:
    """A table of the page: its title, its first rows, its merged areas, and how many cells it has."""

    caption: str = ""
    head: list[heading.Line] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    cells: int = 0


def read_html(
    path: Path,
    *,
    sheet: str | int | None = None,
    encoding: str | None = None,
    known: frozenset[str] | None = None,
) -> Table:
    """A table of the page: by number (from 1) or caption, else the one with most of the `known` columns,
    or with the most cells."""
    if path.stat().st_size > MAX_PAGE:
        raise file_error(
            path,
            "pagina are peste 1 GB",
            "the page has over 1 GB",
            "Salvați tabelul ca CSV.",
            "Save the table as CSV.",
        )
    found = encoding or find_encoding(path)
    tables = _tables(path, found)
    number = _choose(path, tables, sheet, known or frozenset())
    spans = tuple(tables[number].spans)
    return grid_table(path, lambda: _lines(path, found, number), spans, known=known)


def _lines(path: Path, encoding: str, table: int) -> Iterator[heading.Line | BadRow]:
    for one in walk(path, encoding):
        if one.table == table and not isinstance(one, Caption):
            yield one.number, one.cells


def _tables(path: Path, encoding: str) -> dict[int, _Found]:
    """The tables by number, from a pass over the page."""
    tables: dict[int, _Found] = {}
    for one in walk(path, encoding):
        if one.table not in tables and len(tables) >= _MAX_TABLES:
            continue
        table = tables.setdefault(one.table, _Found())
        if isinstance(one, Caption):
            table.caption = one.text
            continue
        table.cells += len(one.cells)
        table.spans += one.spans
        if len(table.head) < HEAD_ROWS:
            table.head.append((one.number, one.cells))
    return dict(sorted(tables.items()))


def _choose(
    path: Path, tables: dict[int, _Found], sheet: str | int | None, known: frozenset[str]
) -> int:
    if isinstance(sheet, int) and sheet in tables:
        return sheet
    if isinstance(sheet, str):
        for number, table in tables.items():
            if table.caption == sheet:
                return number
    if sheet is None and tables:

        def worth(number: int) -> tuple[int, int]:
            table = tables[number]
            copied: Iterator[heading.Line | BadRow] = ((n, list(cells)) for n, cells in table.head)
            return overlap(path, copied, known) if known else 0, table.cells

        return max(tables, key=worth)
    named = ", ".join(table.caption for table in tables.values() if table.caption) or "—"
    raise file_error(
        path,
        "pagina nu are tabele" if not tables else f"tabelul „{sheet}” nu există",
        "the page has no tables" if not tables else f"there is no table '{sheet}'",
        f"Pagina are {len(tables)} tabele; titluri: {named}.",
        f"The page has {len(tables)} tables; captions: {named}.",
    )
