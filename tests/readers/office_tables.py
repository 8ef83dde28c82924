"""Files of every format laid out as offices lay them out, made on the spot; all names are invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import LineBreak, P

Make = Callable[[Path], Path]


def text(name: str, content: str | bytes, encoding: str = "utf-8") -> Make:
    """A file of plain text."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def csv(content: str | bytes, encoding: str = "utf-8") -> Make:
    """A CSV file."""
    return text("t.csv", content, encoding)


def xlsx(
    *rows: list[Any],
    merge: tuple[str, ...] = (),
    more: Callable[[Any], None] | None = None,
) -> Make:
    """A workbook of one sheet; `more` may do with the book what it likes."""

    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for area in merge:
            book.active.merge_cells(area)
        if more is not None:
            more(book)
        book.save(folder / "t.xlsx")
        return folder / "t.xlsx"

    return make


def ods(*rows: list[Any]) -> Make:
    """A sheet of texts; a tuple is (text, columns spanned, rows spanned), `...` is a covered cell."""

    def make(folder: Path) -> Path:
        book, table = OpenDocumentSpreadsheet(), Table(name="Foaie")
        for cells in rows:
            row = TableRow()
            for cell in cells:
                if cell is ...:
                    row.addElement(CoveredTableCell())
                    continue
                words, across, down = cell if isinstance(cell, tuple) else (cell, 1, 1)
                made = TableCell(
                    valuetype="string", numbercolumnsspanned=across, numberrowsspanned=down
                )
                if words:
                    paragraph = P()
                    for number, line in enumerate(words.split("\n")):
                        if number:
                            paragraph.addElement(LineBreak())
                        paragraph.addText(line)
                    made.addElement(paragraph)
                row.addElement(made)
            table.addElement(row)
        book.spreadsheet.addElement(table)
        book.save(str(folder / "t.ods"))
        return folder / "t.ods"

    return make


def word(*tables: list[list[str]], merge: tuple[tuple[int, int, int, int], ...] = ()) -> Make:
    """A document with tables between its paragraphs; `merge` joins cells of the first."""

    def make(folder: Path) -> Path:
        made = docx.Document()
        for rows in tables:
            made.add_paragraph("Text între tabele")
            table = made.add_table(rows=len(rows), cols=len(rows[0]))
            for number, cells in enumerate(rows):
                for column, words in enumerate(cells):
                    table.cell(number, column).text = words
        for top, left, bottom, right in merge:
            first = made.tables[0]
            words = first.cell(top, left).text
            first.cell(top, left).merge(first.cell(bottom, right)).text = words
        made.save(str(folder / "t.docx"))
        return folder / "t.docx"

    return make


def js(value: Any) -> Make:
    """A JSON document."""
    return text("t.json", json.dumps(value, ensure_ascii=False))


def jsonl(content: str) -> Make:
    """A JSON Lines file."""
    return text("t.jsonl", content)


def xml(content: str | bytes) -> Make:
    """An XML document."""
    return text("t.xml", content)


def html(content: str) -> Make:
    """A web page."""
    return text("t.html", f"<html><body>{content}</body></html>")


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETS}.worksheet+xml"/>
        <Override PartName="/xl/styles.xml" ContentType="{_SHEETS}.styles+xml"/>
        <Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEETS}.sharedStrings+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"
        Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>
        <sheet name="Foaie" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>
        <Relationship Id="r3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>
        <borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""",
}


def excel(sheet: str, strings: str = "") -> bytes:
    """A workbook as Excel writes it, from the markup of its rows and of its shared texts; style 1 is a date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        data = f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", data)
    return out.getvalue()


def shared_workbook(texts: Sequence[str], rows: Iterable[Sequence[int]]) -> bytes:
    """The same where `texts` are the shared ones, as markup, and cells name them by number."""
    lines = "".join(
        "<row>" + "".join(f'<c t="s"><v>{cell}</v></c>' for cell in row) + "</row>" for row in rows
    )
    return excel(lines, "".join(f"<si>{text}</si>" for text in texts))
