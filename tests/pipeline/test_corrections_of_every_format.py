"""A refused row of any format comes back corrected from the CSV of rejects, and stands in its place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from ingest.pipeline.corrections import Corrections
from ingest.readers import BadRow

Desk = Any
HEAD = ["cod", "nume", "fondata"]
ROWS = [["a1", "Unu", "2010"], ["a2", "Doi", "31.02.2010"], ["a3", "Trei", "2012"]]

SOURCE = """slug: test-bodies
title: {ro: Corpuri de test, en: Test bodies}
publisher: Test
licence: CC0-1.0
scheme: test
identity: false
read: {path: NAME}
class: Organisation
id: {column: cod, prefix: org/test-}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  fondata: {field: founded}
"""


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, *ROWS])


def _tsv(path: Path) -> None:
    path.write_text("\n".join("\t".join(row) for row in [HEAD, *ROWS]), encoding="utf-16")


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [["Lista corpurilor"], HEAD, *ROWS]:
        book.active.append(row)
    book.save(path)


def _formula(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [HEAD, ROWS[0], ["a2", "Doi", "=2000+10"], ROWS[2]]:
        book.active.append(row)
    book.save(path)


def _xls(path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Foaie")
    for number, row in enumerate([["Lista corpurilor"], HEAD, *ROWS]):
        for column, text in enumerate(row):
            page.write(number, column, text)
    book.save(str(path))


def _ods(path: Path) -> None:
    book, table = OpenDocumentSpreadsheet(), Table(name="Foaie")
    for cells in [["Lista corpurilor"], HEAD, *ROWS]:
        row = TableRow()
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_error(path: Path) -> None:
    """A formula shows an error; the rest of its row stands."""
    book, table = OpenDocumentSpreadsheet(), Table(name="Foaie")
    for cells in [HEAD, ROWS[0], ["a2", "Doi", "#REF!"], ROWS[2]]:
        row = TableRow()
        for text in cells:
            cell = TableCell(valuetype="error" if text == "#REF!" else "string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def _docx(path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=0, cols=3)
    for row in [HEAD, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(str(path))


def _records() -> list[dict[str, str]]:
    return [dict(zip(HEAD, row, strict=True)) for row in ROWS]


def _json(path: Path) -> None:
    path.write_text(json.dumps({"date": _records()}), encoding="utf-8")


def _jsonl(path: Path) -> None:
    path.write_text("\n".join(map(json.dumps, _records())), encoding="utf-8")


def _xml(path: Path) -> None:
    rows = ("".join(f"<{k}>{v}</{k}>" for k, v in one.items()) for one in _records())
    path.write_text(f"<l>{''.join(f'<r>{row}</r>' for row in rows)}</l>", encoding="utf-8")


def _html(path: Path) -> None:
    rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in [HEAD, *ROWS])
    path.write_text(
        f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>", encoding="utf-8"
    )


FORMATS: dict[str, Callable[[Path], None]] = {
    "t.csv": _csv, "t.tsv": _tsv, "t.xlsx": _xlsx, "formula.xlsx": _formula, "t.xls": _xls, "t.ods": _ods,
    "error.ods": _ods_error, "t.docx": _docx,
    "t.json": _json, "t.jsonl": _jsonl, "t.xml": _xml, "t.html": _html,
}  # fmt: skip


def _hand_back(desk: Desk, rejects: Path) -> None:
    """The one refused row with its year put right."""
    folder = desk.installation.home.folder / "corrections"
    folder.mkdir(exist_ok=True)
    text = rejects.read_text(encoding="utf-8")
    (folder / "test-bodies.csv").write_text(
        text.replace("31.02.2010", "28.02.2010"), encoding="utf-8"
    )


def test_a_correction_finds_its_row_where_another_edition_has_it(desk: Desk) -> None:
    (desk.folder / "source.yml").write_text(SOURCE.replace("NAME", "t.csv"), encoding="utf-8")
    (desk.folder / "source.py").unlink()
    table = desk.folder / "t.csv"
    table.write_text("cod;nume;fondata\na1;Unu;2010\na2;Doi;31.02.2010\n", encoding="utf-8")
    _hand_back(desk, desk.run().rejects)
    table.write_text(
        "cod;nume;fondata\na0;Nou;2009\na1;Unu;2010\na2;Doi;31.02.2010\n", encoding="utf-8"
    )
    outcome = desk.run()
    assert (outcome.counts.read, outcome.counts.rejected) == (3, 0)
    assert desk.ids() == ["org/test-a0", "org/test-a1", "org/test-a2"]
    assert desk.catalogue.records(["org/test-a2"])[0].values["founded"] == "2010-02-28"


def test_a_correction_of_a_row_that_is_no_more_takes_the_place_of_no_other(desk: Desk) -> None:
    """The third row of the next edition is another body: it is read as it stands."""
    (desk.folder / "source.yml").write_text(SOURCE.replace("NAME", "t.csv"), encoding="utf-8")
    (desk.folder / "source.py").unlink()
    table = desk.folder / "t.csv"
    table.write_text("cod;nume;fondata\na1;Unu;2010\na2;Doi;31.02.2010\n", encoding="utf-8")
    _hand_back(desk, desk.run().rejects)
    assert desk.run().counts.rejected == 0
    table.write_text("cod;nume;fondata\na1;Unu;2010\na7;Șapte;2017\n", encoding="utf-8")
    outcome = desk.run()
    assert (outcome.counts.read, outcome.counts.rejected) == (2, 0)
    assert desk.ids() == ["org/test-a1", "org/test-a7"]
    assert "no longer has: 1" in outcome.problems[0].message("en")


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_comes_back_corrected(desk: Desk, name: str) -> None:
    (desk.folder / "source.yml").write_text(SOURCE.replace("NAME", name), encoding="utf-8")
    (desk.folder / "source.py").unlink()
    FORMATS[name](desk.folder / name)
    first = desk.run()
    assert (first.counts.accepted, first.counts.rejected) == (2, 1)
    with first.rejects.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["cod"], row["nume"], row["_column"]) == ("a2", "Doi", "fondata")
    row["fondata"] = "28.02.2010"
    folder = desk.installation.home.folder / "corrections"
    folder.mkdir()
    with (folder / "test-bodies.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row, delimiter=";")  # as Excel saves it here
        writer.writeheader()
        writer.writerow(row)
    second = desk.run()
    assert (second.counts.read, second.counts.rejected) == (3, 0)
    assert second.rejects is None
    held = desk.catalogue.records(["org/test-a2"])[0].values
    assert held["founded"] == "2010-02-28"
    assert desk.run().result == "unchanged"


def test_a_row_number_of_absurd_length_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("_row,cod\n" + "9" * 5_000 + ",x\n", encoding="utf-8")
    (refused,) = Corrections(file).left()
    assert isinstance(refused, BadRow)
    assert "does not say which row" in refused.error.message("en")


def test_equal_rows_are_corrected_one_after_the_other(desk: Desk) -> None:
    """Rows refused alike have one mark: each correction stands in for one of them, in their order."""
    (desk.folder / "source.yml").write_text(SOURCE.replace("NAME", "t.csv"), encoding="utf-8")
    (desk.folder / "source.py").unlink()
    row = "a2;Doi;31.02.2010\n"
    (desk.folder / "t.csv").write_text("cod;nume;fondata\n" + row * 2, encoding="utf-8")
    refused = desk.run().rejects.read_text(encoding="utf-8").replace("31.02.2010", "28.02.2010")
    head, first, second = refused.splitlines()
    folder = desk.installation.home.folder / "corrections"
    folder.mkdir()
    told = [head, first.replace("a2", "a8"), second.replace("a2", "a9")]
    (folder / "test-bodies.csv").write_text("\n".join([*told, first]) + "\n", encoding="utf-8")
    outcome = desk.run()
    assert desk.ids() == ["org/test-a8", "org/test-a9"]
    assert (outcome.counts.read, outcome.counts.rejected) == (3, 1)  # the last says a row again
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        (stray,) = csv.DictReader(file)
    assert stray["_column"] == "_row"
