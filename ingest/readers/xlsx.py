"""Reads XLSX as a stream: dates in ISO form, numbers as typed, formulas by their saved result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils import range_boundaries

from ingest.readers.archive import damaged, open_archive, refusing
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import Line, Span
from ingest.readers.markup import Element, each, local
from ingest.readers.rows import MAX_COLUMNS, BadLine, BadRow, Table, file_error, place
from ingest.readers.workbook import BROKEN, Sheet, Workbook, open_workbook
from ontology.errors import FileError, RowError, Said

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_LETTERS = re.compile(r"^[A-Z]{1,3}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MAX_SPANS = 50_000
_MAX_ROWS = 1 << 20
_UNSAVED = (
    Said("o celulă are o formulă fără rezultat salvat", "a cell has a formula without a result"),
    Said(
        "Deschideți fișierul în Excel sau LibreOffice și salvați-l, ori lipiți valorile.",
        "Open the file in Excel or LibreOffice and save it, or paste the values.",
    ),
)


class Fault(Exception):
    """A cell that cannot be read: what is wrong and what to do."""

    def __init__(self, what: Said, fix: Said, value: str) -> None:
        super().__init__(what.en)
        self.what, self.fix, self.value = what, fix, value


def read_xlsx(
    path: Path, *, sheet: str | int | None = None, known: frozenset[str] | None = None
) -> Table:
    """The table on one sheet: by name or number (from 1), else the first that has cells, or
    the one that has most of the `known` columns."""
    book = open_workbook(path)
    chosen = _choose(book, sheet, known or frozenset())
    spans = _merged(path, chosen.member)
    return grid_table(path, lambda: _lines(book, chosen.member), spans, known=known)


def _choose(book: Workbook, sheet: str | int | None, known: frozenset[str]) -> Sheet:
    if isinstance(sheet, int) and 1 <= sheet <= len(book.sheets):
        return book.sheets[sheet - 1]
    for one in book.sheets:
        if one.title == sheet:
            return one
    if sheet is None:
        shown = [one for one in book.sheets if one.visible] or list(book.sheets)
        for one in _by_columns(book, shown, known):
            if any(isinstance(x, BadRow) or any(x[1]) for x in _lines(book, one.member)):
                return one
    raise sheet_missing(book.path, sheet, [one.title for one in book.sheets])


def _by_columns(book: Workbook, sheets: list[Sheet], known: frozenset[str]) -> list[Sheet]:
    """The sheets with most of the known columns first, else in their order."""
    if not known or len(sheets) < 2:
        return sheets
    return sorted(sheets, key=lambda one: -overlap(book.path, _lines(book, one.member), known))


def sheet_missing(path: Path, wanted: str | int | None, titles: list[str]) -> FileError:
    """There is no such sheet, or none with data; the sheets are named."""
    names = ", ".join(titles)
    return file_error(
        path,
        f"foaia „{wanted}” nu există" if wanted is not None else "registrul nu are foi cu date",
        f"there is no sheet '{wanted}'" if wanted is not None else "the workbook has no data",
        f"Foile sunt: {names}.",
        f"The sheets are: {names}.",
    )


def _merged(path: Path, member: str) -> tuple[Span, ...]:
    """The merged areas of a sheet. They stand after its rows, so this is a pass over its bytes."""
    spans: list[Span] = []
    tail = b""
    with open_archive(path) as archive, refusing(path, KeyError), archive.open(member) as file:
        while block := file.read(1 << 20):
            text = tail + block
            found = list(_MERGED.finditer(text))
            spans.extend(_span(m[1].decode()) for m in found)
            tail = text[max(found[-1].end() if found else 0, len(text) - 200) :]
    return bounded_spans(path, spans)


def bounded_spans(path: Path, spans: list[Span]) -> tuple[Span, ...]:
    """The merged areas, when there are not too many. Raises FileError."""
    if len(spans) > _MAX_SPANS:
        raise file_error(
            path,
            f"foaia are peste {_MAX_SPANS} de zone îmbinate",
            f"the sheet has over {_MAX_SPANS} merged areas",
            "Desfaceți celulele îmbinate.",
            "Unmerge the cells.",
        )
    return tuple(spans)


def _span(reference: str) -> Span:
    left, top, right, bottom = range_boundaries(reference)
    assert left is not None and top is not None, reference  # noqa: PT018 - the pattern has both
    assert right is not None and bottom is not None, reference  # noqa: PT018
    return Span(top, left - 1, bottom, right - 1)


def _lines(book: Workbook, member: str) -> Iterator[Line | BadRow]:
    path, number = book.path, 0
    with open_archive(path) as archive, refusing(path, *BROKEN), archive.open(member) as source:
        for row in each(path, source, "row"):
            number = int(row.get("r") or number + 1)
            if not 0 < number <= _MAX_ROWS:
                raise damaged(path)
            cells, fault, wrong = _cells(book, row)
            if fault is None:
                yield number, cells
            else:
                where = place(path.name, number)
                error = RowError(fault.what, fault.fix, where, value=fault.value)
                yield BadLine(number, where, error, raw=tuple(cells), wrong=wrong)


def _cells(book: Workbook, row: Element) -> tuple[list[str], Fault | None, int]:
    """The cells of a row, and the first that cannot be read, with its column; it keeps what it shows."""
    cells: list[str] = []
    first, wrong = None, 0
    for cell in row:
        letters = _LETTERS.match(cell.get("r", ""))
        column = _column(letters[0]) if letters else len(cells)
        try:
            text = _value(book, cell)
        except Fault as fault:
            text = fault.value
            if first is None:
                first, wrong = fault, column
        if text:
            cells.extend([""] * (min(column, MAX_COLUMNS) + 1 - len(cells)))
            if column >= MAX_COLUMNS or cells[column]:
                raise damaged(book.path)
            cells[column] = text
        elif not letters:
            cells.append("")
    return cells, first, wrong


def _unescaped(text: str) -> str:
    """A text whose `_x000D_` are the characters they stand for; halves of characters stay as written."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda m: _character(m[0], int(m[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _character(written: str, number: int) -> str:
    return written if 0xD800 <= number < 0xE000 else chr(number)


def _column(letters: str) -> int:
    """The column of a cell, from 0: `A` is 0, `AA` is 26."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value - 1


def _value(book: Workbook, cell: Element) -> str:
    """What a person sees in the cell."""
    kind, formula, stored = cell.get("t", "n"), None, None
    for child in cell:
        name = local(child.tag)
        if name == "v":
            stored = child.text
        elif name == "f":
            formula = child.text or ""
        elif name == "is":
            stored = "".join(t.text or "" for t in child.iter() if local(t.tag) == "t")
    if kind == "e":
        raise shown_error(stored or "")
    if not stored:
        if formula is not None and kind != "str":
            raise Fault(*_UNSAVED, value=f"={formula}")
        return ""
    if kind == "s":
        return _unescaped(book.texts[int(stored)])
    if kind == "b":
        return "true" if stored == "1" else "false"
    if kind == "d":
        return stored.removesuffix("T00:00:00")
    if kind != "n":
        return _unescaped(stored)
    try:
        return book.looks.number(stored, int(cell.get("s", "0")))
    except (ValueError, OverflowError):
        raise impossible_date(stored) from None


def shown_error(error: str) -> Fault:
    """A cell shows an error of its formula."""
    said = Said(f"o celulă arată eroarea {error}", f"a cell shows {error}")
    return Fault(said, Said("Corectați formula.", "Correct the formula."), error)


def impossible_date(stored: str) -> Fault:
    """A cell formatted as a date holds a number that no date has."""
    said = Said("o celulă arată o dată care nu există", "a cell shows a date that does not exist")
    return Fault(said, Said("Verificați data.", "Check the date."), stored)
