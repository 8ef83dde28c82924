"""Reads ODS as a stream: repeated cells bounded, dates in ISO form, formulas by saved value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ingest.readers.archive import damaged, held, open_archive, refusing
from ingest.readers.grid import grid_table, overlap
from ingest.readers.heading import Line, Span
from ingest.readers.markup import Element, attribute, each, local
from ingest.readers.rows import (
    MAX_COLUMNS,
    BadLine,
    BadRow,
    Table,
    bad_row,
    file_error,
    number_text,
    place,
    with_decimals,
)
from ontology.errors import RowError, Said

_MAX_REPEATED = 1_000
"""A row with content repeated more often than this is a fill, not data."""

_MAX_ROWS = 1 << 20
_VALUES = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "date": "date-value",
    "boolean": "boolean-value",
    "time": "time-value",
}
"""The attribute that holds a cell's value, by its type."""


@dataclass
class _Line:
    """One stored row of a sheet; `times` is how often it repeats."""

    sheet: int
    title: str
    number: int
    times: int
    cells: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    fault: str = ""
    wrong: int = 0
    """The column of the fault."""


def read_ods(
    path: Path, *, sheet: str | int | None = None, known: frozenset[str] | None = None
) -> Table:
    """The table on one sheet: by name or number (from 1), else the first that has cells, or
    the one that has most of the `known` columns."""
    with open_archive(path) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if "content.xml" not in names:
            raise damaged(path)
        if manifest in names and b"encryption-data" in held(path, archive, manifest):
            raise file_error(
                path,
                "fișierul este protejat cu parolă",
                "the file is protected by a password",
                "Salvați-l fără parolă.",
                "Save it without a password.",
            )
    number, spans = _choose(path, sheet, known or frozenset())
    return grid_table(path, lambda: _lines(path, number), spans, known=known)


def _choose(
    path: Path, sheet: str | int | None, known: frozenset[str]
) -> tuple[int, tuple[Span, ...]]:
    """The number of the wanted sheet and its merged areas, from one pass over the file."""
    titles: dict[int, str] = {}
    spans: dict[int, list[Span]] = {}
    filled: list[int] = []
    for line in _stored(path):
        titles[line.sheet] = line.title
        spans.setdefault(line.sheet, []).extend(line.spans)
        if any(line.cells) and line.sheet not in filled:
            filled.append(line.sheet)
    numbers = {title: number for number, title in reversed(titles.items())}
    wanted = numbers.get(sheet) if isinstance(sheet, str) else sheet
    if sheet is None and filled:
        wanted = filled[0]
        if known and len(filled) > 1:
            wanted = max(filled, key=lambda one: overlap(path, _lines(path, one), known))
    if wanted in titles:
        return wanted, tuple(spans[wanted])
    names = ", ".join(titles.values())
    raise file_error(
        path,
        f"foaia „{sheet}” nu există" if sheet is not None else "registrul nu are foi cu date",
        f"there is no sheet '{sheet}'" if sheet is not None else "the workbook has no data",
        f"Foile sunt: {names}.",
        f"The sheets are: {names}.",
    )


def _lines(path: Path, sheet: int) -> Iterator[Line | BadRow]:
    for line in _stored(path):
        if line.sheet < sheet:
            continue
        if line.sheet > sheet:
            return
        if line.fault or (any(line.cells) and line.times > _MAX_REPEATED):
            yield _refused(path.name, line)
        elif any(line.cells):
            for step in range(line.times):
                yield line.number + step, list(line.cells)


def _refused(name: str, line: _Line) -> BadRow:
    if line.fault:
        where = place(name, line.number)
        error = RowError(
            Said(f"o celulă arată eroarea {line.fault}", f"a cell shows {line.fault}"),
            Said("Corectați formula din celulă.", "Correct the cell's formula."),
            where,
            value=line.fault,
        )
        return BadLine(line.number, where, error, raw=tuple(line.cells), wrong=line.wrong)
    return bad_row(
        name,
        line.number,
        Said(f"rândul se repetă de {line.times} ori", f"the row repeats {line.times} times"),
        Said("Ștergeți umplerea de sub tabel.", "Delete the fill below the table."),
        value=" | ".join(line.cells),
    )


def _stored(path: Path) -> Iterator[_Line]:
    """Every row of every sheet that holds something, as the file stores it."""
    with open_archive(path) as archive, refusing(path), archive.open("content.xml") as source:
        yield from _walked(path, source)


def _walked(path: Path, source: IO[bytes]) -> Iterator[_Line]:
    sheet, number = 0, 1
    table: Element | None = None
    for row in each(path, source, "table-row", _is_top):
        holder = next(one for one in row.iterancestors() if local(one.tag) == "table")
        if holder is not table:
            table, sheet, number = holder, sheet + 1, 1
        times = _whole(attribute(row, "number-rows-repeated"))
        line = _Line(sheet, attribute(holder, "name"), number, times)
        _fill(path, line, row)
        number += times
        if line.number > _MAX_ROWS and any(line.cells):
            raise damaged(path)
        if any(line.cells) or line.fault:
            yield line


def _is_top(row: Element) -> bool:
    """Whether a row belongs to a sheet itself, not to a table inside a cell."""
    return [local(one.tag) for one in row.iterancestors()].count("table") == 1


def _fill(path: Path, line: _Line, row: Element) -> None:
    """Reads the cells; blank cells count only when one with content follows."""
    column = 0
    for cell in row:
        kind = local(cell.tag)
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        told = {local(key): str(value) for key, value in cell.attrib.items()}
        times = _whole(told.get("number-columns-repeated", "1"))
        text = "" if kind == "covered-table-cell" else _text(cell, told)
        if told.get("value-type") == "error" or text.startswith(("#REF!", "#N/A", "Err:")):
            line.fault, line.wrong = text or "#ERR", column
        elif not text and "formula" in told and "value-type" not in told:
            line.fault, line.wrong = told["formula"], column
        if text:
            if column + times > MAX_COLUMNS:
                raise damaged(path)
            line.cells.extend([""] * (column - len(line.cells)))
            line.cells.extend([text] * times)
            _merge(line, told, column)
        column += times


def _merge(line: _Line, told: Mapping[str, str], column: int) -> None:
    right = column + _whole(told.get("number-columns-spanned", "1")) - 1
    bottom = line.number + _whole(told.get("number-rows-spanned", "1")) - 1
    if (right, bottom) != (column, line.number):
        line.spans.append(Span(line.number, column, bottom, right))


def _whole(text: str) -> int:
    """A number of repetitions or of cells spanned; 1 where the file writes none, or nonsense."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1


def _text(cell: Element, told: Mapping[str, str]) -> str:
    """A cell's value: the stored one for numbers and dates, else its paragraphs."""
    kind = told.get("value-type", "")
    value = told.get(_VALUES[kind], "") if kind in _VALUES else ""
    if kind == "percentage" and value:
        return _percent(value)
    if kind in ("float", "currency") and value:
        beside = told.get("currency", "") if kind == "currency" else ""
        return f"{_number(value)} {beside}".strip()
    if kind == "date" and value:
        return value.removesuffix("T00:00:00")
    if value:
        return value
    return "\n".join("".join(_inline(p)) for p in cell if local(p.tag) == "p")


def _number(text: str) -> str:
    """A stored number as a person typed it; exact where the file writes it without exponent."""
    if "e" in text.lower():
        try:
            return number_text(float(text))
        except ValueError:
            return text
    return with_decimals(text.rstrip("0").removesuffix(".")) if "." in text else text


def _percent(text: str) -> str:
    """A stored share as people see it: 0.1 is 10%."""
    try:
        return number_text(float(text) * 100) + "%"
    except ValueError:
        return text


def _inline(paragraph: Element) -> Iterator[str]:
    """The text of a paragraph; comments are left out, spaces and breaks written out."""
    yield paragraph.text or ""
    for child in paragraph:
        kind = local(child.tag)
        if kind == "s":
            yield " "
        elif kind in ("tab", "line-break"):
            yield " " if kind == "tab" else "\n"
        elif kind != "annotation":
            yield from _inline(child)
        yield child.tail or ""
