"""XLSX and ODS: what a person sees in the cell is what is read; traps are refused in words."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from ingest.readers import open_table
from ingest.readers.number_formats import CUSTOM, looks_of
from ontology.errors import FileError
from tests.readers.office_tables import excel, shared_workbook


def workbook(path: Path, *rows: list[object], merge: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merge:
        book.active.merge_cells(area)
    book.save(path)
    return path


def with_member(source: Path, target: Path, member: str, change) -> Path:
    """The archive again, one member changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return target


def test_cells_are_read_as_they_look(tmp_path, read):
    path = workbook(
        tmp_path / "t.xlsx",
        ["cui", "sumă", "rata", "de la", "moment", "oră", "da", "nume", "mare"],
        [
            14756536,
            1200.5,
            3.0,
            date(2024, 5, 31),
            datetime(2024, 6, 7, 16, 30),
            time(9, 5),
            True,
            "Asociaţia X",
            12345678901234,
        ],
        [14756537, 0.1 + 0.2, 1e-7, datetime(2024, 1, 1), None, None, False, None, 1e15],
    )
    (first, second), bad = read(path)
    assert list(first.values()) == [
        "14756536",
        "1200.5",
        "3",
        "2024-05-31",
        "2024-06-07T16:30:00",
        "09:05:00",
        "true",
        "Asociația X",
        "12345678901234",
    ]
    assert second["sumă"] == "0.3"
    assert second["rata"] == "0.0000001"
    assert second["mare"] == "1000000000000000"
    assert not bad


def test_titles_and_merged_headings(tmp_path, read):
    path = workbook(
        tmp_path / "t.xlsx",
        ["Proiecte finanțate", None, None, None],
        [None],
        ["Proiect", "Perioada", None, "Sumă"],
        [None, "de la", "până la", None],
        ["Plai", date(2022, 1, 1), date(2022, 12, 31), 498000],
        merge=("A1:D1", "A3:A4", "B3:C3", "D3:D4"),
    )
    (row,), bad = read(path)
    assert row == {
        "Proiect": "Plai",
        "Perioada / de la": "2022-01-01",
        "Perioada / până la": "2022-12-31",
        "Sumă": "498000",
    }
    assert not bad
    assert next(iter(open_table(path))).number == 5


def test_merged_words_cover_their_rows_but_a_merged_amount_is_one_amount(tmp_path, read):
    path = workbook(
        tmp_path / "t.xlsx",
        ["Organizație", "Proiect", "Sumă"],
        ["Asociația A", "P1", 1000],
        [None, "P2", None],
        ["Asociația B", "P3", 500],
        merge=("A2:A3", "C2:C3"),
    )
    good, _ = read(path)
    assert [(r["Organizație"], r["Proiect"], r["Sumă"]) for r in good] == [
        ("Asociația A", "P1", "1000"),
        ("Asociația A", "P2", ""),
        ("Asociația B", "P3", "500"),
    ]


def test_blank_rows_count_but_are_not_rows(tmp_path):
    path = workbook(tmp_path / "t.xlsx", ["a", "b"], [1, 2], [None], [3, 4])
    assert [row.number for row in open_table(path)] == [2, 4]


def test_a_formula_without_a_saved_result_refuses_its_row(tmp_path, read):
    path = workbook(tmp_path / "t.xlsx", ["a", "b"], [1, "=1+1"], [3, 4])
    good, bad = read(path)
    assert good == [{"a": "3", "b": "4"}]
    assert bad[0].number == 2
    assert bad[0].error.value == "=1+1"
    assert "salvați-l" in bad[0].error.message("ro")


def test_a_formula_is_read_by_its_saved_result(tmp_path, read):
    plain = workbook(tmp_path / "a.xlsx", ["a", "b"], [1, "=1+1"])
    path = with_member(
        plain,
        tmp_path / "t.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v/>", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"),
    )
    good, bad = read(path)
    assert good == [{"a": "1", "b": "2"}]
    assert not bad


def test_an_error_in_a_cell_refuses_its_row(tmp_path, read):
    good, bad = read(workbook(tmp_path / "t.xlsx", ["a", "b"], [1, "#REF!"], [3, 4]))
    assert [row["a"] for row in good] == ["3"]
    assert "#REF!" in bad[0].error.message()


def test_the_sheet_is_chosen_by_name_or_number(tmp_path, read):
    book = openpyxl.Workbook()
    book.active.append([])
    for name in ("Asociații", "Fundații"):
        book.create_sheet(name).append(["nume"])
        book[name].append([name + " 1"])
    book.save(tmp_path / "t.xlsx")
    path = tmp_path / "t.xlsx"
    assert read(path)[0] == [{"nume": "Asociații 1"}]
    assert read(path, sheet="Fundații")[0] == [{"nume": "Fundații 1"}]
    assert read(path, sheet=3)[0] == [{"nume": "Fundații 1"}]
    with pytest.raises(FileError, match="The sheets are: Sheet, Asociații, Fundații"):
        open_table(path, sheet="Sindicate")


def spreadsheet(path: Path, *rows: list[TableCell]) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Foaie")
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def cell(text: str = "", **attributes: object) -> TableCell:
    made = TableCell(**attributes)
    if text:
        made.addElement(P(text=text))
    return made


def test_ods_values(tmp_path, read):
    path = spreadsheet(
        tmp_path / "t.ods",
        [cell(t) for t in ("nume", "sumă", "data", "rata", "da")],
        [
            cell("Asociaţia X"),
            cell("1.200,50 lei", valuetype="currency", value="1200.50"),
            cell("31.05.24", valuetype="date", datevalue="2024-05-31"),
            cell("3%", valuetype="percentage", value="0.03"),
            cell("ADEVĂRAT", valuetype="boolean", booleanvalue="true"),
        ],
    )
    (row,), bad = read(path)
    assert list(row.values()) == ["Asociația X", "1200.5", "2024-05-31", "3%", "true"]
    assert not bad


def test_ods_repeated_cells_and_rows_are_bounded(tmp_path, read):
    path = spreadsheet(
        tmp_path / "t.ods",
        [cell("a"), cell("b"), cell(numbercolumnsrepeated="16382")],
        [cell("x", numbercolumnsrepeated="2"), cell(numbercolumnsrepeated="16382")],
        [cell("gol", numbercolumnsrepeated="2")],
        [cell(numbercolumnsrepeated="16384")],
    )
    good, bad = read(path)
    assert good == [{"a": "x", "b": "x"}, {"a": "gol", "b": "gol"}]
    assert not bad

    filled = TableRow(numberrowsrepeated="1048000")
    document = OpenDocumentSpreadsheet()
    table = Table(name="Foaie")
    head = TableRow()
    head.addElement(cell("a"))
    filled.addElement(cell("x"))
    table.addElement(head)
    table.addElement(filled)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "umplut.ods"))
    good, bad = read(tmp_path / "umplut.ods")
    assert not good
    assert "repeats 1048000 times" in bad[0].error.message()


def test_ods_merged_headings(tmp_path, read):
    path = spreadsheet(
        tmp_path / "t.ods",
        [
            cell("Proiect", numberrowsspanned="2"),
            cell("Perioada", numbercolumnsspanned="2"),
            CoveredTableCell(),
        ],
        [CoveredTableCell(), cell("de la"), cell("până la")],
        [cell("Plai"), cell("2022"), cell("2023")],
    )
    assert read(path)[0] == [
        {"Proiect": "Plai", "Perioada / de la": "2022", "Perioada / până la": "2023"}
    ]


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
def test_a_bomb_is_refused_by_its_sizes(tmp_path, name):
    member = "xl/worksheets/sheet1.xml" if name == "t.xlsx" else "content.xml"
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(member, b" " * (32 << 20))
    with pytest.raises(FileError, match="bomb"):
        open_table(tmp_path / name)


def test_entities_in_a_workbook_are_refused(tmp_path):
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">]>'
    plain = workbook(tmp_path / "a.xlsx", ["a"], ["b"])
    for member in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        path = with_member(plain, tmp_path / "t.xlsx", member, lambda xml: laughs + xml)
        with pytest.raises(FileError):
            list(open_table(path))
    document = spreadsheet(tmp_path / "a.ods", [cell("a")], [cell("b")])
    path = with_member(
        document,
        tmp_path / "t.ods",
        "content.xml",
        lambda xml: laughs + xml[xml.index(b"<office:document") :],
    )
    with pytest.raises(FileError, match="entities"):
        open_table(path)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_a_clear_refusal(tmp_path, keep):
    path = workbook(tmp_path / "t.xlsx", ["a", "b"], *([i, "x" * 50] for i in range(500)))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(FileError, match="damaged"):
        list(open_table(path))


def test_what_is_not_a_workbook_says_so(written):
    with pytest.raises(FileError, match="holds a web page"):
        open_table(written("t.xlsx", "<html>404</html>"))
    with pytest.raises(FileError, match="damaged"):
        open_table(written("t.xlsx", "a;b"))
    with pytest.raises(FileError, match="PDF"):
        open_table(written("t.csv", "%PDF-1.7 …"))


def test_a_workbook_under_a_wrong_name_is_still_read(tmp_path, read):
    path = workbook(tmp_path / "t.xlsx", ["a"], ["b"]).rename(tmp_path / "t.csv")
    assert read(path)[0] == [{"a": "b"}]


def test_shared_and_rich_texts_and_date_styles(written, read):
    made = excel(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="1"><v>45443</v></c></row>',
        "<si><t>nume</t></si><si><t>data</t></si><si><r><t>Aso</t></r><r><t>ciația</t></r></si>",
    )
    path = written("t.xlsx", made)
    good, bad = read(path)
    assert good == [{"nume": "Asociația", "data": "2024-05-31"}]
    assert not bad
    assert next(iter(open_table(path))).number == 3


def test_cells_without_a_place_follow_each_other(written, read):
    made = excel(
        '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'
        "<row><c><v>1</v></c><c/></row><row><c/><c><v>2</v></c></row>",
    )
    path = written("t.xlsx", made)
    assert read(path)[0] == [{"a": "1", "b": ""}, {"a": "", "b": "2"}]


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="999999999"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZ2"><v>1</v></c></row>',
        '<row r="x"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_cells_that_contradict_the_format_are_a_clear_refusal(written, row):
    head = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
    with pytest.raises(FileError, match="damaged"):
        list(open_table(written("t.xlsx", excel(head + row))))


def test_an_impossible_date_refuses_its_row(written, read):
    made = excel(
        '<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
        '<row r="2"><c r="A2" s="1"><v>99999999999</v></c></row>'
        '<row r="3"><c r="A3"><v>7</v></c></row>',
    )
    path = written("t.xlsx", made)
    good, bad = read(path)
    assert good == [{"a": "7"}]
    assert "date that does not exist" in bad[0].error.message()


def test_merged_areas_are_looked_for_once(tmp_path):
    """A comment full of their beginnings took minutes: each was followed to the comment's end."""
    whole, trap = tmp_path / "t.xlsx", tmp_path / "trap.xlsx"
    made = openpyxl.Workbook()
    made.active.append(["cod"])
    made.active.append(["1"])
    made.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(trap, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                comment = b"<!--" + b"<mergeCell " * 80_000 + b"-->"
                body = body.replace(b"</worksheet>", comment + b"</worksheet>")
            new.writestr(name, body)
    assert [row.values for row in open_table(trap)] == [{"cod": "1"}]


def test_a_format_longer_than_excel_writes_says_nothing():
    formats = {
        1: (CUSTOM, "[$" * 200_000),
        2: (CUSTOM, "[$EUR] 0"),
        3: (CUSTOM, '"' * 200_001 + "d"),
    }
    looks = looks_of(formats, datetime(1899, 12, 30))
    assert not looks.dates
    assert (looks.number("5", 1), looks.number("5", 2)) == ("5", "5 EUR")


def _repacked(old: Path, new: Path, **changed: bytes) -> Path:
    """The archive with members whose names end so put in place of its own."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            end = name.rsplit("/", 1)[-1].removesuffix(".xml")
            target.writestr(name, changed.get(end, source.read(name)))
    return new


def test_shared_texts_in_several_fonts_and_with_escaped_letters(written):
    texts = [
        "<t>cod</t>",
        "<t>nume</t>",
        "<r><t>Aso</t></r><r><rPr><b/></rPr><t>ciația</t></r><rPh><t>nu</t></rPh>",
        "<t>_x005F_x000D_ rămâne</t>",
        "",
    ]
    path = written("t.xlsx", shared_workbook(texts, [(0, 1), (2, 3), (1, 4)]))
    assert [row.values for row in open_table(path)] == [
        {"cod": "Asociația", "nume": "_x000D_ rămâne"},
        {"cod": "nume", "nume": ""},
    ]
    for lost in (5, -1):
        path = written("u.xlsx", shared_workbook(texts, [(0, 1), (2, lost)]))
        with pytest.raises(FileError, match="damaged"):
            list(open_table(path))


def test_absurd_formats_of_many_styles_cost_no_time(tmp_path):
    """The library looked at each style's format in time that grew with the square of its length."""
    made = openpyxl.Workbook()
    made.active.append(["cod"])
    made.active.append([7])
    made.save(tmp_path / "t.xlsx")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    form = "[$" * 40_000
    styles = (
        f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="200" formatCode="{form}"/></numFmts>'
        "<cellXfs>" + '<xf numFmtId="200"/>' * 60_000 + "</cellXfs></styleSheet>"
    )
    path = _repacked(tmp_path / "t.xlsx", tmp_path / "u.xlsx", styles=styles.encode())
    assert [row.values for row in open_table(path)] == [{"cod": "7"}]
