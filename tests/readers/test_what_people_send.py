"""Files as offices really send them: under another name, in another encoding, as a table of a document."""

from __future__ import annotations

import gzip
from pathlib import Path

import docx
import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from ingest.readers import open_table
from ontology.errors import FileError

TABLE = "cod;Denumire;Localitate\n1;Grădinița „Exemplu” din Jupânești;Timișoara\n2;Căsuța și pădurea;Făget\n"
NAMES = ["Grădinița „Exemplu” din Jupânești", "Căsuța și pădurea"]


@pytest.mark.parametrize(
    "encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "mac_romanian", "iso8859-16"]
)
def test_an_encoding_without_a_mark_is_found(written, read, encoding: str) -> None:
    good, bad = read(written("t.csv", TABLE, encoding))
    assert [row["Denumire"] for row in good] == NAMES
    assert not bad


@pytest.mark.parametrize("name", ["t.tsv", "t.tab", "t.xls", "t.txt", "t.csv"])
def test_a_name_that_promises_another_delimiter_is_no_obstacle(written, read, name: str) -> None:
    good, _ = read(written(name, TABLE))
    assert [row["Denumire"] for row in good] == NAMES


def test_a_web_page_under_the_name_of_excel_is_its_table(written, read) -> None:
    page = "<html><table><tr><th>cod<th>Denumire</tr><tr><td>1<td>Unu</tr></table></html>"
    good, _ = read(written("export.xls", page))
    assert good == [{"cod": "1", "Denumire": "Unu"}]
    with pytest.raises(FileError, match="holds a web page"):
        open_table(written("t.csv", "<!-- cache -->\n" + page))


def test_json_lines_under_the_name_of_json(written, read) -> None:
    good, bad = read(written("t.json", '{"cod": 1, "n": "Unu"}\n{"cod": 2, "n": "Doi"}\n{rupt\n'))
    assert [row["n"] for row in good] == ["Unu", "Doi"]
    assert [row.number for row in bad] == [3]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(TABLE.encode()), r"an archive \(\.gz\)"),
        (b"Rar!\x1a\x07" + bytes(100), r"an archive \(\.rar\)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"SQLite format 3\0" + bytes(100), "a database"),
    ],
)
def test_what_is_no_table_says_what_it_is(written, content: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says):
        open_table(written("t.csv", content))


def document(path: Path) -> Path:
    """A letter with two tables; cells of the second are merged."""
    made = docx.Document()
    made.add_paragraph("Lista proiectelor")
    made.add_table(rows=1, cols=2).rows[0].cells[0].text = "Antet"
    table = made.add_table(rows=0, cols=3)
    for row in (
        ["cod", "Denumire", "Suma"],
        ["1", "Comun", "10"],
        ["2", "", "20"],
        ["3", "Altul", "30"],
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    made.save(str(path))
    return path


def test_the_largest_table_of_a_document_with_merged_cells(tmp_path: Path, read) -> None:
    good, bad = read(document(tmp_path / "t.docx"))
    assert [list(row.values()) for row in good] == [
        ["1", "Comun", "10"], ["2", "Comun", "20"], ["3", "Altul", "30"],
    ]  # fmt: skip
    assert not bad
    assert open_table(tmp_path / "t.docx", sheet=1).columns == ("Antet",)
    with pytest.raises(FileError, match="there is no table"):
        open_table(tmp_path / "t.docx", sheet=9)


def test_a_document_without_tables_says_so(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "t.docx"))
    with pytest.raises(FileError, match="has no tables"):
        open_table(tmp_path / "t.docx")


def test_a_row_with_bad_characters_keeps_its_cells_for_the_clerk(written, read) -> None:
    content = TABLE.encode() + b"3;Trei\0;Lugoj\n" + "4;Ţară;Arad\n".encode("cp1250")
    good, bad = read(written("t.csv", content))
    assert len(good) == 2
    assert [(row.number, row.error.column) for row in bad] == [(4, "Denumire"), (5, "Denumire")]
    assert bad[0].values == {"cod": "3", "Denumire": "Trei", "Localitate": "Lugoj"}


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (0.1, "0%", "10%"),
        (0.125, "0.00%", "12.5%"),
        (0.07, "0%", "7%"),
        (1200.5, '#,##0.00\\ "lei"', "1200.5 RON"),
        (1200, "#,##0.00\\ [$€-407]", "1200 EUR"),
        (1200, "[$RON] #,##0", "1200 RON"),
        (1200, '"$"#,##0_);("$"#,##0)', "1200"),
        (1200, '#,##0 "de bucăți"', "1200"),
        (5, '0 "%"', "5"),
        (45366, "[$-418]d\\ mmmm\\ yyyy", "2024-03-15"),
    ],
)
def test_a_number_in_excel_is_what_a_person_sees(
    tmp_path: Path, read, value: float, form: str, seen: str
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["cod", "valoare"])
    book.active.append(["1", value])
    book.active["B2"].number_format = form
    book.save(tmp_path / "t.xlsx")
    ((row,), bad) = read(tmp_path / "t.xlsx")
    assert (row["valoare"], bad) == (seen, [])


def test_a_share_and_an_amount_in_ods_are_what_a_person_sees(tmp_path: Path, read) -> None:
    book, table = OpenDocumentSpreadsheet(), Table(name="Foaie1")
    for cells in (
        [("string", {}, "cod"), ("string", {}, "rata"), ("string", {}, "suma")],
        [("string", {}, "1"), ("percentage", {"value": "0.07"}, "7%"),
         ("currency", {"value": "1200", "currency": "RON"}, "1.200 lei")],
    ):  # fmt: skip
        row = TableRow()
        for kind, more, shown in cells:
            cell = TableCell(valuetype=kind, **more)
            cell.addElement(P(text=shown))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "t.ods"))
    assert read(tmp_path / "t.ods")[0] == [{"cod": "1", "rata": "7%", "suma": "1200 RON"}]


def test_escaped_characters_of_excel_are_characters(tmp_path: Path, read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["cod", "nume"])
    book.active.append(["1", "Unu_x000D_\nși_x0020_doi _xD83D_"])
    book.save(tmp_path / "t.xlsx")
    ((row,), _) = read(tmp_path / "t.xlsx")
    assert row["nume"] == "Unu\nși doi _xD83D_"
