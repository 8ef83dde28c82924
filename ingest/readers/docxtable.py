"""Reads a table of a DOCX document: merged cells repeated, the largest table unless one is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table as DocxTable
from docx.table import _Cell
from lxml.etree import LxmlError

from ingest.readers.archive import check_markup, damaged, open_archive, refusing
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import Line, Span
from ingest.readers.rows import MAX_COLUMNS, BadRow, Table, file_error

MAX_DOCUMENT = 64 << 20
"""Bytes of a document, which is held in memory."""

MAX_TEXT = 128 << 20
"""Bytes that its text may unpack into."""


def read_docx(
    path: Path, *, sheet: str | int | None = None, known: frozenset[str] | None = None
) -> Table:
    """A table of the document: by number (from 1), else the one with most of the `known` columns, or with
    the most cells; parts of it that repeat its first row belong to it. Raises FileError."""
    if path.stat().st_size > MAX_DOCUMENT:
        raise file_error(
            path,
            "documentul are peste 64 MB",
            "the document exceeds 64 MB",
            "Salvați tabelul ca XLSX sau CSV.",
            "Save the table as XLSX or CSV.",
        )
    with open_archive(path) as archive, refusing(path, KeyError):
        if archive.getinfo("word/document.xml").file_size > MAX_TEXT:
            raise file_error(
                path,
                "textul documentului depășește 128 MB",
                "the text of the document exceeds 128 MB",
                "Salvați tabelul ca XLSX sau CSV.",
                "Save the table as XLSX or CSV.",
            )
        check_markup(path, archive, "word/document.xml")
    try:
        lines, spans = _joined(path, docx.Document(str(path)).tables, sheet, known or frozenset())
    except (LxmlError, KeyError, ValueError, OSError, AttributeError, IndexError):
        raise damaged(path) from None

    def read() -> Iterator[Line | BadRow]:
        for number, cells in lines:
            yield number, list(cells)

    return grid_table(path, read, spans, known=known)


def _choose(path: Path, tables: list[DocxTable], sheet: str | int | None) -> DocxTable:
    if isinstance(sheet, int) and 1 <= sheet <= len(tables):
        return tables[sheet - 1]
    if sheet is None and tables:
        return max(tables, key=lambda table: len(table.rows) * len(table.columns))
    raise file_error(
        path,
        "documentul nu are tabele" if not tables else f"tabelul „{sheet}” nu există",
        "the document has no tables" if not tables else f"there is no table '{sheet}'",
        f"Documentul are {len(tables)} tabele; alegeți unul după număr.",
        f"The document has {len(tables)} tables; choose one by its number.",
    )


def _joined(
    path: Path, tables: list[DocxTable], sheet: str | int | None, known: frozenset[str]
) -> tuple[list[Line], tuple[Span, ...]]:
    """The wanted table; unless one is asked for by number, with the parts of it on other pages."""
    if sheet is not None or not tables:
        return _grid(path, _choose(path, tables, sheet))
    grids = [_grid(path, table) for table in tables]
    parts: dict[tuple[str, ...], list[tuple[list[Line], tuple[Span, ...]]]] = {}
    for number, grid in enumerate(grids):
        head = tuple(grid[0][0][1]) if grid[0] else ()
        parts.setdefault(head if sum(map(bool, head)) > 1 else (str(number),), []).append(grid)
    best = max(
        parts.values(),
        key=lambda some: (
            overlap(path, iter([*some[0][0]]), known) if known else 0,
            sum(len(cells) for lines, _ in some for _, cells in lines),
        ),
    )
    lines, spans = best[0]
    for more, areas in best[1:]:
        shift = lines[-1][0]
        lines = lines + [(shift + number - 1, cells) for number, cells in more[1:]]
        spans = spans + tuple(
            Span(a.top + shift - 1, a.left, a.bottom + shift - 1, a.right)
            for a in areas
            if a.top > 1
        )
    return lines, spans


def _grid(path: Path, table: DocxTable) -> tuple[list[Line], tuple[Span, ...]]:
    """The cells, each where it begins, and the areas that merged ones cover.

    Goes down the rows once: the library looks for what a merged cell belongs to from each row up again.
    """
    lines: list[Line] = []
    spans: list[Span] = []
    open_: dict[int, Span] = {}
    for number, row in enumerate(table._tbl.tr_lst, 1):
        if row.grid_before >= MAX_COLUMNS:
            raise damaged(path)
        cells = [""] * row.grid_before
        above, open_ = open_, {}
        for cell in row.tc_lst:
            left = len(cells)
            right = left + max(1, cell.grid_span) - 1
            if right >= MAX_COLUMNS:
                raise damaged(path)
            if cell.vMerge == "continue" and (begun := above.pop(left, None)) is not None:
                text, area = "", Span(begun.top, left, number, begun.right)
            else:
                text = " ".join(_Cell(cell, table).text.split())
                area = Span(number, left, number, right)
            open_[left] = area
            cells += [text, *[""] * (right - left)]
        spans += above.values()
        lines.append((number, cells))
    spans += open_.values()
    return lines, tuple(s for s in spans if (s.top, s.left) != (s.bottom, s.right))
