"""A clerk's table comes back whole: blank and ragged rows, no header, headings written by heart."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.identity.reconcile import column_named
from ingest.identity.sheet import read_sheet
from ontology.errors import InputError


def _written(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_blank_rows_keep_their_place(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "Nr;Nume\n1;FITT\n\n;\n2;UVT\n\n"))
    assert [row["Nume"] for row in sheet.rows] == ["FITT", "", "", "UVT"]
    book = Workbook()
    for line in (["Lista 2024"], [], ["Nr", "Nume"], [1, "FITT"], [], [2, "UVT"]):
        assert book.active is not None
        book.active.append(line)
    book.save(tmp_path / "list.xlsx")
    assert [row["Nume"] for row in read_sheet(tmp_path / "list.xlsx").rows] == ["FITT", "", "UVT"]


def test_ragged_rows_keep_their_cells(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "a,Nume,b\nx,FITT\ny,UVT,1,rest\nz,LOGS,2\n"))
    assert sheet.columns == ("a", "Nume", "b", "unnamed_1")
    assert [tuple(row.values()) for row in sheet.rows] == [
        ("x", "FITT", "", ""),
        ("y", "UVT", "1", "rest"),
        ("z", "LOGS", "2", ""),
    ]
    assert sheet.problems == ()


def test_a_row_that_cannot_be_read_is_told_and_keeps_its_place(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "Nume,b\nFI\0TT,1\nUVT,2\n"))
    assert [row["Nume"] for row in sheet.rows] == ["FITT", "UVT"]
    (told,) = sheet.problems
    assert "list.csv, rândul 2" in told.message("ro")


def test_without_a_header_the_first_row_is_data(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "1,FITT,1\n2,UVT,3\n"), header=False)
    assert sheet.columns == ("1", "2", "3")
    assert [tuple(row.values()) for row in sheet.rows] == [("1", "FITT", "1"), ("2", "UVT", "3")]
    one = read_sheet(_written(tmp_path, "FITT\nUVT\n", "one.csv"), header=False)
    assert [row["1"] for row in one.rows] == ["FITT", "UVT"]


def test_cells_and_headings_come_back_as_they_were_written(tmp_path: Path) -> None:
    text = 'Nr;Denumire organizaţie\n1; Fundaţia  Comunitară Timişoara \n2;"Asociaţia\nLOGS"\n\n3;UVT\n'
    for encoding in ("utf-8", "utf-8-sig", "cp1250"):
        sheet = read_sheet(_written(tmp_path, text, encoding=encoding))
        assert sheet.columns == ("Nr", "Denumire organizaţie"), encoding
        assert [row["Denumire organizaţie"] for row in sheet.rows] == [
            " Fundaţia  Comunitară Timişoara ",
            "Asociaţia\nLOGS",
            "",
            "UVT",
        ], encoding
        assert column_named(sheet.columns, "Denumire organizație", "x") == "Denumire organizaţie"


def test_two_columns_of_one_name_both_stay(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "Nume,Nume\nFITT,alt\n"))
    assert [tuple(row.values()) for row in sheet.rows] == [("FITT", "alt")]


@pytest.mark.parametrize(
    "given", ["Denumire organizație", "denumire organizatie", "DENUMIRE ORGANIZAŢIE", "2"]
)
def test_a_heading_is_found_by_its_letters_or_its_number(given: str) -> None:
    assert column_named(("Nr.", "Denumire organizație"), given, "x.csv") == "Denumire organizație"


def test_a_heading_that_is_a_number_comes_before_the_count() -> None:
    assert column_named(("2", "1"), "1", "x.csv") == "1"


def test_an_unknown_heading_is_answered_with_the_likeliest_first() -> None:
    with pytest.raises(InputError) as caught:
        column_named(("Nr.", "Observații", "Denumire organizație"), "Denumirea", "x.csv")
    assert "sunt: Denumire organizație, " in caught.value.message("ro")
    assert "--no-header" in caught.value.message("en")


def test_a_sheet_is_read_anew_each_time_and_says_how_long_it_is(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "Nume;b\nFITT;1\n\nUVT;2;3\n"))
    assert list(sheet.rows) == list(sheet.rows)
    assert len(sheet.rows) == len(list(sheet.rows)) == 3
    bare = read_sheet(_written(tmp_path, "FITT;1\nUVT;2\n", "bare.csv"), header=False)
    assert len(bare.rows) == len(list(bare.rows)) == 2


def test_of_many_unreadable_rows_the_first_are_told_and_all_are_counted(tmp_path: Path) -> None:
    sheet = read_sheet(_written(tmp_path, "Nume,b\n" + "FI\0TT,1\n" * 300))
    assert sheet.unread == len(list(sheet.rows)) == 300
    assert len(sheet.problems) == 100
    assert "rândul 2" in sheet.problems[0].message("ro")
