"""Reads a table of a web page: spanned cells repeated, unclosed tags understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from ingest.readers.encoding import find_encoding
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import Line, Span
from ingest.readers.rows import MAX_COLUMNS, BadRow, Table, file_error

MAX_PAGE = 64 << 20
"""Bytes of a page, which is held in memory."""

_MAX_ROWSPAN = 65_534


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
            "pagina are peste 64 MB",
            "the page exceeds 64 MB",
            "Salvați tabelul ca CSV.",
            "Save the table as CSV.",
        )
    text = path.read_bytes().decode(encoding or find_encoding(path), "replace")
    lines, spans = _grid(_choose(path, BeautifulSoup(text, "lxml"), sheet, known or frozenset()))
    return grid_table(path, lambda: _copied(lines), spans, known=known)


def _copied(lines: list[Line]) -> Iterator[Line | BadRow]:
    for number, cells in lines:
        yield number, list(cells)


def _choose(path: Path, page: BeautifulSoup, sheet: str | int | None, known: frozenset[str]) -> Tag:
    tables: list[Tag] = list(page.find_all("table"))
    if isinstance(sheet, int) and 1 <= sheet <= len(tables):
        return tables[sheet - 1]
    captions = [_caption(table) for table in tables]
    if isinstance(sheet, str) and sheet in captions:
        return tables[captions.index(sheet)]
    if sheet is None and tables:
        grids = [(table, _grid(table)[0]) for table in tables]
        return max(
            grids,
            key=lambda one: (
                overlap(path, _copied(one[1]), known) if known else 0,
                sum(len(row) for _, row in one[1]),
            ),
        )[0]
    named = ", ".join(filter(None, captions)) or "—"
    raise file_error(
        path,
        "pagina nu are tabele" if not tables else f"tabelul „{sheet}” nu există",
        "the page has no tables" if not tables else f"there is no table '{sheet}'",
        f"Pagina are {len(tables)} tabele; titluri: {named}.",
        f"The page has {len(tables)} tables; captions: {named}.",
    )


def _caption(table: Tag) -> str:
    caption = table.find("caption")
    return " ".join(caption.get_text(" ").split()) if caption else ""


def _grid(table: Tag) -> tuple[list[Line], tuple[Span, ...]]:
    """The cells of a table and its merged areas; tables inside cells count as their text."""
    lines: list[Line] = []
    spans: list[Span] = []
    covered: dict[int, int] = {}
    own = (row for row in table.find_all("tr") if row.find_parent("table") is table)
    for number, row in enumerate(own, 1):
        cells: list[str] = []
        for cell in row.find_all(("td", "th"), recursive=False):
            while covered.get(len(cells), 0) >= number:
                cells.append("")
            left = len(cells)
            right = left + _span(cell, "colspan", MAX_COLUMNS) - 1
            bottom = number + _span(cell, "rowspan", _MAX_ROWSPAN) - 1
            if right >= MAX_COLUMNS:
                break
            cells.extend([" ".join(cell.get_text(" ").split()), *[""] * (right - left)])
            covered.update(dict.fromkeys(range(left, right + 1), bottom))
            if (right, bottom) != (left, number):
                spans.append(Span(number, left, bottom, right))
        while covered.get(len(cells), 0) >= number:
            cells.append("")
        lines.append((number, cells))
    return lines, tuple(spans)


def _span(cell: Tag, name: str, limit: int) -> int:
    text = str(cell.get(name, "1")).strip()
    return min(max(int(text), 1), limit) if text.isdecimal() and len(text) < 8 else 1
