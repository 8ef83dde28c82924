"""The old Excel workbook (.xls) is read as a new one is: what a person sees; traps are refused in words."""

from __future__ import annotations

import random
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt

from ingest.readers import BadRow, open_table, xls
from ontology.errors import FileError


def styled(form: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=form)


def book(path: Path, *rows: list[object], sheet: str = "Foaie") -> Path:
    made = xlwt.Workbook()
    page = made.add_sheet(sheet)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            cell, style = value if isinstance(value, tuple) else (value, xlwt.Style.default_style)
            if cell is not None:
                page.write(number, column, cell, style)
    made.save(str(path))
    return path


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (14756536, "General", "14756536"),
        (1200.5, "General", "1200.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12.345, "General", "12.3450"),
        (0.07, "0%", "7%"),
        (0.125, "0.00%", "12.5%"),
        (1200.5, '#,##0.00\\ "lei"', "1200.5 RON"),
        (1200, "[$EUR] #,##0", "1200 EUR"),
        (date(2024, 5, 31), "DD.MM.YYYY", "2024-05-31"),
        (datetime(2024, 6, 7, 16, 30), "DD/MM/YYYY HH:MM", "2024-06-07T16:30:00"),
        (time(9, 5), "HH:MM", "09:05:00"),
        (True, "General", "true"),
        ("Asociaţia  X", "General", "Asociația X"),
    ],
)
def test_a_cell_is_read_as_it_looks(tmp_path, read, value, form, seen):
    path = book(tmp_path / "t.xls", ["cod", "valoare"], ["1", (value, styled(form))])
    assert read(path) == ([{"cod": "1", "valoare": seen}], [])


def test_titles_merged_headings_and_merged_words(tmp_path, read):
    made = xlwt.Workbook()
    page = made.add_sheet("Foaie")
    page.write_merge(0, 0, 0, 3, "Proiecte finanțate")
    page.write_merge(2, 3, 0, 0, "Proiect")
    page.write_merge(2, 2, 1, 2, "Perioada")
    page.write_merge(2, 3, 3, 3, "Sumă")
    page.write(3, 1, "de la")
    page.write(3, 2, "până la")
    page.write_merge(4, 5, 0, 0, "Plai")
    for row in (4, 5):
        page.write(row, 1, 2022)
        page.write(row, 2, 2023)
        page.write(row, 3, 100)
    made.save(str(tmp_path / "t.xls"))
    good, bad = read(tmp_path / "t.xls")
    row = {
        "Proiect": "Plai",
        "Perioada / de la": "2022",
        "Perioada / până la": "2023",
        "Sumă": "100",
    }
    assert (good, bad) == ([row, row], [])
    assert [one.number for one in open_table(tmp_path / "t.xls")] == [5, 6]


def test_the_sheet_is_chosen_and_a_hidden_one_stands_back(tmp_path, read):
    made = xlwt.Workbook()
    for name, hidden in (("Ascunsă", True), ("Goală", False), ("Date", False)):
        page = made.add_sheet(name)
        page.visibility = int(hidden)
        if name != "Goală":
            page.write(0, 0, "nume")
            page.write(1, 0, name)
    made.active_sheet = 1
    made.save(str(tmp_path / "t.xls"))
    assert read(tmp_path / "t.xls")[0] == [{"nume": "Date"}]
    assert read(tmp_path / "t.xls", sheet="Ascunsă")[0] == [{"nume": "Ascunsă"}]
    with pytest.raises(FileError, match="The sheets are: Ascunsă, Goală, Date"):
        open_table(tmp_path / "t.xls", sheet="Sindicate")


def test_an_error_or_an_impossible_date_refuses_its_row_and_keeps_its_cells(tmp_path, read):
    path = book(
        tmp_path / "t.xls",
        ["a", "b"],
        [1, (99999999, styled("DD.MM.YYYY"))],
        [2, 5],
    )
    good, (bad,) = read(path)
    assert good == [{"a": "2", "b": "5"}]
    assert (bad.number, bad.error.column, bad.values["a"]) == (2, "b", "1")
    assert "date that does not exist" in bad.error.message()


def test_a_workbook_under_the_name_of_another_format_is_still_read(tmp_path, read):
    path = book(tmp_path / "t.xls", ["a"], ["b"]).rename(tmp_path / "t.xlsx")
    assert read(path)[0] == [{"a": "b"}]


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        ("EncryptedPackage", "protected by a password"),
        ("WordDocument", "old Word document"),
        ("X", "damaged"),
    ],
)
def test_what_comes_in_the_same_container_says_what_it_is(written, stream: str, says: str) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")
    with pytest.raises(FileError, match=says):
        open_table(written("t.xls", head + bytes(600)))


def test_a_file_too_large_to_hold_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xls, "MAX_BYTES", 1_000)
    with pytest.raises(FileError, match="exceeds"):
        open_table(book(tmp_path / "t.xls", ["a"], ["b"]))


def test_a_code_page_that_does_not_exist_is_damage(tmp_path):
    path = book(tmp_path / "t.xls", ["a"], ["b"])
    known = bytes.fromhex("42000200b004")  # the record of the code page: UTF-16
    assert known in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(known, bytes.fromhex("420002000004")))
    with pytest.raises(FileError, match="damaged"):
        open_table(path)


def test_a_damaged_workbook_is_read_or_refused_never_worse(tmp_path):
    """Sixty copies with bytes changed or cut, always the same ones."""
    whole = book(
        tmp_path / "t.xls", ["a", "b"], *([n, f"rândul {n}"] for n in range(200))
    ).read_bytes()
    chance, refused = random.Random(20261126), 0
    for number in range(60):
        damaged = bytearray(whole if number % 4 else whole[: chance.randrange(8, len(whole))])
        for _ in range(chance.choice([1, 10, 50])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "d.xls").write_bytes(bytes(damaged))
        try:
            assert all(
                isinstance(row, BadRow) or row.number > 1 for row in open_table(tmp_path / "d.xls")
            )
        except FileError:
            refused += 1
    assert 0 < refused < 60
