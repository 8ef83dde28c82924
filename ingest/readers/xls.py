"""Reads the old Excel workbook (.xls, BIFF): what a person sees in a cell, as in XLSX.

The format itself holds at most 65,536 rows of 256 cells a sheet; the chosen sheet is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import xlrd
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from xlrd.compdoc import CompDocError

from ingest.readers.archive import damaged, refusing
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import Line, Span
from ingest.readers.number_formats import Looks, looks_of
from ingest.readers.rows import BadLine, BadRow, Table, file_error, place
from ingest.readers.workbook import BROKEN
from ingest.readers.xlsx import Fault, bounded_spans, impossible_date, sheet_missing, shown_error
from ontology.errors import FileError, RowError

MAX_BYTES = 64 << 20
"""Bytes of the file; its texts are held in memory."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LETTER = "WordDocument".encode("utf-16-le")
"""Names of streams: an XLSX under a password, and an old Word document, come in the same container."""


def read_xls(
    path: Path, *, sheet: str | int | None = None, known: frozenset[str] | None = None
) -> Table:
    """The table on one sheet: by name or number (from 1), else the first that has cells, or
    the one that has most of the `known` columns."""
    book = _opened(path)
    chosen = _choose(path, book, sheet, known or frozenset())
    spans = bounded_spans(
        path,
        [
            Span(top + 1, left, bottom, right - 1)
            for top, bottom, left, right in chosen.merged_cells
        ],
    )
    looks = _looks(book)
    return grid_table(path, lambda: _lines(path, chosen, looks), spans, known=known)


def _opened(path: Path) -> Any:
    if path.stat().st_size > MAX_BYTES:
        raise file_error(
            path,
            "fișierul .xls depășește 64 MB",
            "the .xls file exceeds 64 MB",
            "Salvați-l ca .xlsx sau CSV.",
            "Save it as .xlsx or CSV.",
        )
    try:
        with refusing(path, CompDocError, LookupError, *BROKEN):
            return xlrd.open_workbook(
                str(path),
                logfile=StringIO(),
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
            )
    except (xlrd.XLRDError, FileError) as error:
        raise _refusal(path, str(error)) from None


def _refusal(path: Path, said: str) -> FileError:
    """Why the container holds no workbook that can be read."""
    held = path.read_bytes()
    if "encrypted" in said or _LOCKED in held:
        return file_error(
            path,
            "fișierul este protejat cu parolă",
            "the file is protected by a password",
            "Salvați-l fără parolă.",
            "Save it without a password.",
        )
    if _LETTER in held:
        return file_error(
            path,
            "este un document Word vechi (.doc), nu un tabel",
            "this is an old Word document (.doc), not a table",
            "Salvați-l ca .docx.",
            "Save it as .docx.",
        )
    return damaged(path)


def _choose(path: Path, book: Any, wanted: str | int | None, known: frozenset[str]) -> Any:
    titles: list[str] = book.sheet_names()
    if isinstance(wanted, int) and 1 <= wanted <= len(titles):
        return _sheet(path, book, wanted - 1)
    if isinstance(wanted, str) and wanted in titles:
        return _sheet(path, book, titles.index(wanted))
    if wanted is None:
        hidden = [bool(state) for state in book._sheet_visibility]
        order = sorted(range(len(titles)), key=lambda n: n < len(hidden) and hidden[n])
        filled = [number for number in order if _has_cells(_sheet(path, book, number))]
        if known and len(filled) > 1:
            looks = _looks(book)
            filled.sort(
                key=lambda n: -overlap(path, _lines(path, _sheet(path, book, n), looks), known)
            )
        if filled:
            for number in set(order) - {filled[0]}:
                book.unload_sheet(number)
            return _sheet(path, book, filled[0])
    raise sheet_missing(path, wanted, titles)


def _sheet(path: Path, book: Any, number: int) -> Any:
    with refusing(path, CompDocError, xlrd.XLRDError, *BROKEN):
        return book.sheet_by_index(number)


def _has_cells(sheet: Any) -> bool:
    blank = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    return any(kind not in blank for row in range(sheet.nrows) for kind in sheet.row_types(row))


def _looks(book: Any) -> Looks:
    """How the cells of each style show a number."""
    formats = {
        style: (xf.format_key, book.format_map[xf.format_key].format_str or "")
        for style, xf in enumerate(book.xf_list)
        if xf.format_key in book.format_map
    }
    return looks_of(formats, MAC_EPOCH if book.datemode else WINDOWS_EPOCH)


def _lines(path: Path, sheet: Any, looks: Looks) -> Iterator[Line | BadRow]:
    for row in range(sheet.nrows):
        cells: list[str] = []
        first, wrong = None, 0
        for column, (kind, value) in enumerate(
            zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        ):
            try:
                cells.append(_text(kind, value, looks, sheet.cell_xf_index(row, column)))
            except Fault as fault:
                cells.append(fault.value)
                if first is None:
                    first, wrong = fault, column
        if first is None:
            yield row + 1, cells
        else:
            where = place(path.name, row + 1)
            error = RowError(first.what, first.fix, where, value=first.value)
            yield BadLine(row + 1, where, error, raw=tuple(cells), wrong=wrong)


def _text(kind: int, value: Any, looks: Looks, style: int) -> str:
    """What a person sees in the cell."""
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        try:
            return looks.number(repr(float(value)), style)
        except (ValueError, OverflowError):
            raise impossible_date(str(value)) from None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "true" if value else "false"
    if kind == xlrd.XL_CELL_ERROR:
        raise shown_error(xlrd.error_text_from_code.get(value, "#ERR"))
    return ""
