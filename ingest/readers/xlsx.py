"""Reads XLSX: dates in ISO form, numbers as typed, formulas by the value Excel last computed."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import range_boundaries

from ingest.readers.archive import check_markup, damaged, open_archive, refusing
from ingest.readers.grid import Line, Span, grid_table
from ingest.readers.rows import BadRow, Table, bad_row, file_error, number_text
from ontology.errors import Said

MAX_SHARED = 512 << 20
"""Bytes of the shared strings, which openpyxl holds in memory."""

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MAX_SPANS = 50_000
_MAX_ROWS = 1 << 20
_BROKEN = (ParseError, KeyError, TypeError, AttributeError, IndexError, AssertionError)
"""What openpyxl raises, beside ValueError, on workbooks that are not as Excel writes them."""


def read_xlsx(path: Path, *, sheet: str | int | None = None) -> Table:
    """The table on one sheet: by name or number (from 1), else the first that has cells."""
    with open_archive(path) as archive:
        _refuse_entities(path, archive)
    with _workbook(path, values=True) as book:
        title = _choose(path, book, sheet)
    spans, formulas = _scan(path, title)
    return grid_table(path, lambda: _lines(path, title, formulas), spans)


def _refuse_entities(path: Path, archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            check_markup(path, archive, member.filename)
        if member.filename.endswith("sharedStrings.xml") and member.file_size > MAX_SHARED:
            raise file_error(
                path,
                "textele foii depășesc 512 MB",
                "the texts of the sheet exceed 512 MB",
                "Salvați foaia ca CSV.",
                "Save the sheet as CSV.",
            )


@contextmanager
def _workbook(path: Path, *, values: bool) -> Iterator[Any]:
    """The open workbook, whatever the file is called; `values` gives results, not formulas."""
    with path.open("rb") as file:
        with refusing(path, *_BROKEN), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=values)
        with closing(book):
            yield book


def _choose(path: Path, book: Any, sheet: str | int | None) -> str:
    names = [ws.title for ws in book.worksheets]
    if isinstance(sheet, int) and 1 <= sheet <= len(names):
        return str(names[sheet - 1])
    if isinstance(sheet, str) and sheet in names:
        return sheet
    if sheet is None:
        shown = [ws for ws in book.worksheets if ws.sheet_state == "visible"]
        for one in shown or book.worksheets:
            if _has_cells(path, one):
                return str(one.title)
    raise file_error(
        path,
        f"foaia „{sheet}” nu există" if sheet is not None else "registrul nu are foi cu date",
        f"there is no sheet '{sheet}'" if sheet is not None else "the workbook has no data",
        f"Foile sunt: {', '.join(names)}.",
        f"The sheets are: {', '.join(names)}.",
    )


def _has_cells(path: Path, sheet: Any) -> bool:
    with refusing(path, *_BROKEN):
        sheet.reset_dimensions()
        return any(row for row in sheet.iter_rows(max_row=100, values_only=True) if any(row))


def _scan(path: Path, title: str) -> tuple[tuple[Span, ...], bool]:
    """The merged areas of a sheet, and whether it has formulas, from one pass over its bytes.

    openpyxl's streaming mode gives neither.
    """
    spans: list[Span] = []
    formulas, tail = False, b""
    with _workbook(path, values=True) as book:
        member = book[title]._worksheet_path
    with open_archive(path) as archive, refusing(path), archive.open(member) as file:
        while block := file.read(1 << 20):
            text = tail + block
            formulas = formulas or _FORMULA.search(text) is not None
            found = list(_MERGED.finditer(text))
            spans.extend(_span(m[1].decode()) for m in found)
            tail = text[max(found[-1].end() if found else 0, len(text) - 200) :]
    if len(spans) > _MAX_SPANS:
        raise file_error(
            path,
            f"foaia are peste {_MAX_SPANS} de zone îmbinate",
            f"the sheet has over {_MAX_SPANS} merged areas",
            "Desfaceți celulele îmbinate.",
            "Unmerge the cells.",
        )
    return tuple(spans), formulas


def _span(reference: str) -> Span:
    left, top, right, bottom = range_boundaries(reference)
    assert left is not None and top is not None, reference  # noqa: PT018 - the pattern has both
    assert right is not None and bottom is not None, reference  # noqa: PT018
    return Span(top, left - 1, bottom, right - 1)


def _lines(path: Path, title: str, formulas: bool) -> Iterator[Line | BadRow]:
    with ExitStack() as books:
        seen = books.enter_context(_workbook(path, values=True))[title]
        written = books.enter_context(_workbook(path, values=False))[title] if formulas else None
        with refusing(path, *_BROKEN):
            yield from _walk(path, seen, written)


def _walk(path: Path, sheet: Any, written: Any) -> Iterator[Line | BadRow]:
    sheet.reset_dimensions()
    grid = sheet.iter_rows()
    sources: Iterator[Any] = iter(())
    if written is not None:
        written.reset_dimensions()
        sources = written.iter_rows()
    for number, cells in enumerate(grid, 1):
        if number > _MAX_ROWS:
            raise damaged(path)
        yield _line(path.name, number, cells, next(sources, ()))


def _line(name: str, number: int, cells: Any, sources: Any) -> Line | BadRow:
    for cell, source in zip_longest(cells, sources):
        if source is not None and source.data_type == "f" and (cell is None or cell.value is None):
            return bad_row(
                name,
                number,
                Said(
                    "o celulă are o formulă fără rezultat salvat",
                    "a cell has a formula whose result was not saved",
                ),
                Said(
                    "Deschideți-l în Excel sau LibreOffice și salvați-l, ori lipiți valorile.",
                    "Open it in Excel or LibreOffice and save it, or paste the values.",
                ),
                value=str(source.value),
            )
        if cell is not None and cell.data_type == "e":
            return bad_row(
                name,
                number,
                Said(f"o celulă arată eroarea {cell.value}", f"a cell shows {cell.value}"),
                Said("Corectați formula din celulă.", "Correct the cell's formula."),
                value=str(cell.value),
            )
    return number, [cell_text(cell.value) for cell in cells]


def cell_text(value: object) -> str:
    """A cell's value as text: ISO dates, numbers without `.0`, booleans as true or false."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return number_text(value.total_seconds())
    return str(value)
