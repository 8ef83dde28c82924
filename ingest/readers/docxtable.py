"""Reads a table of a DOCX document: merged cells repeated, the largest table unless one is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table as DocxTable
from lxml.etree import LxmlError

from ingest.readers.archive import check_markup, damaged, open_archive
from ingest.readers.grid import Line, Span, grid_table
from ingest.readers.rows import MAX_COLUMNS, BadRow, Table, file_error

MAX_DOCUMENT = 64 << 20
"""Bytes of a document, which is held in memory."""


def read_docx(path: Path, *, sheet: str | int | None = None) -> Table:
    """A table of the document: by number (from 1), else the one with the most cells. Raises FileError."""
    if path.stat().st_size > MAX_DOCUMENT:
        raise file_error(
            path,
            "documentul are peste 64 MB",
            "the document exceeds 64 MB",
            "Salvați tabelul ca XLSX sau CSV.",
            "Save the table as XLSX or CSV.",
        )
    with open_archive(path) as archive:
        check_markup(path, archive, "word/document.xml")
    try:
        lines, spans = _grid(path, _choose(path, docx.Document(str(path)).tables, sheet))
    except (LxmlError, KeyError, ValueError, OSError, AttributeError, IndexError):
        raise damaged(path) from None

    def read() -> Iterator[Line | BadRow]:
        for number, cells in lines:
            yield number, list(cells)

    return grid_table(path, read, spans)


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


def _grid(path: Path, table: DocxTable) -> tuple[list[Line], tuple[Span, ...]]:
    """The cells, each where it begins, and the areas that merged ones cover."""
    areas: dict[object, Span] = {}
    lines: list[Line] = []
    for number, row in enumerate(table.rows, 1):
        cells: list[str] = []
        for column, cell in enumerate(row.cells):
            if column >= MAX_COLUMNS:
                raise damaged(path)
            begun = areas.get(cell._tc)  # the element is what tells merged cells apart
            top, left = (begun.top, begun.left) if begun else (number, column)
            areas[cell._tc] = Span(top, left, number, column)
            cells.append("" if begun else " ".join(cell.text.split()))
        lines.append((number, cells))
    merged = (a for a in areas.values() if (a.top, a.left) != (a.bottom, a.right))
    return lines, tuple(merged)
