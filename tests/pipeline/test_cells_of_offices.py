"""Cells as clerks fill them, through a mapping: read as what they say, left empty, or refused with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.declaration import load_source
from ingest.mapping import Mapper, RowProblems
from ontology.entity import Entity
from ontology.errors import RowError

SOURCE = """slug: test
title: {ro: Test, en: Test}
publisher: Test
licence: CC0-1.0
class: CLASS
id: {column: cod, prefix: PREFIX}
columns:
  cod: {use: true}
  valoare: FIELD
"""
FIELDS = {
    "nume": ("Organisation", "org/t-", "{field: label, lang: ro}"),
    "alte": ("Organisation", "org/t-", '{field: altLabels, split: ";"}'),
    "oraș": ("Organisation", "org/t-", "{field: city}"),
    "formă": ("Organisation", "org/t-", "{field: legalForm}"),
    "teme": ("Organisation", "org/t-", '{field: topics, split: ","}'),
    "site": ("Organisation", "org/t-", "{field: homepage}"),
    "cui": ("Organisation", "org/t-", "{field: identifiers, scheme: ro-cui}"),
    "fondată": ("Organisation", "org/t-", "{field: founded}"),
    "descriere": ("Organisation", "org/t-", "{field: description, lang: ro}"),
    "suma": ("Project", "project/t-", "{field: amount}"),
    "început": ("Project", "project/t-", "{field: start}"),
    "procent": ("Call", "call/t/", "{field: coFinancingPercent}"),
}


def entity(tmp_path: Path, field: str, cell: str, cod: str = "a1") -> Entity:
    cls, prefix, told = FIELDS[field]
    text = SOURCE.replace("CLASS", cls).replace("PREFIX", prefix).replace("FIELD", told)
    (tmp_path / "source.yml").write_text(text, encoding="utf-8")
    mapper = Mapper(load_source(tmp_path), lambda _key: None)
    values = {"cod": cod, "valoare": cell}
    _, id_ = mapper.key_of(values, "t, row 2")
    return mapper.entity(id_, values, "t, row 2", {})


def said(made: Entity, field: str) -> list[str]:
    name = FIELDS[field][2].split("field: ")[1].split(",")[0].rstrip("}")
    own = [v for v in made.values.get(name, ()) if field != "cui" or v.scheme == "ro-cui"]
    return [str(value.value) for value in own]


READ: list[tuple[str, str, list[str]]] = [
    # what says nothing
    *[("oraș", cell, []) for cell in ("-", "–", "—", "--", "---", "...", "…", "n/a", "N/A", "N.A.", "nu este cazul", "Nu e cazul", "nu se aplică", "null", "None", "NaN", "-.-", "/", "_")],
    ("suma", "-", []), ("suma", " - ", []), ("început", "—", []), ("teme", "-", []), ("formă", "n/a", []),
    # texts
    ("nume", "Asociația\nUnu", ["Asociația Unu"]),
    ("nume", "Asociația \n Unu", ["Asociația Unu"]),
    ("oraș", "Lugoj\n", ["Lugoj"]),
    ("descriere", "Unu\nDoi", ["Unu\nDoi"]),
    ("nume", "n/a Studio", ["n/a Studio"]),
    ("nume", "Total Art", ["Total Art"]),
    ("nume", "Idem Club", ["Idem Club"]),
    ("alte", "Unu; Doi;;Trei", ["Unu", "Doi", "Trei"]),
    ("alte", "Unu\nDoi", ["Unu", "Doi"]),
    ("alte", "Unu\nlung; Doi", ["Unu lung", "Doi"]),
    # words of lists
    ("teme", "Educație", ["topic/education"]),
    ("teme", "educatie, literature", ["topic/education", "topic/literature"]),
    ("teme", "EDUCATION", ["topic/education"]),
    ("formă", "Asociație", ["association"]),
    ("formă", "fundatie", ["foundation"]),
    ("formă", "association", ["association"]),
    # addresses
    ("site", "www.exemplu.ro", ["https://www.exemplu.ro"]),
    ("site", "https://exemplu.ro/ceva", ["https://exemplu.ro/ceva"]),
    # dates of many kinds
    ("început", "1.3.2024", ["2024-03-01"]),
    ("început", "01-03-2024", ["2024-03-01"]),
    ("început", "2024.03.01", ["2024-03-01"]),
    ("început", "20240301", ["2024-03-01"]),
    ("început", "1 mar. 2024", ["2024-03-01"]),
    ("început", "vineri, 1 martie 2024", ["2024-03-01"]),
    ("început", "1 MARTIE 2024", ["2024-03-01"]),
    ("început", "01/III/2024", ["2024-03-01"]),
    ("început", "March 1st, 2024", ["2024-03-01"]),
    ("început", "2024-03-01 00:00:00", ["2024-03-01"]),
    ("fondată", "anul 2010", ["2010"]),
    ("fondată", "05.2010", ["2010-05"]),
    ("început", "01.03.2024.", ["2024-03-01"]),
    ("început", "1 martie 2024 ", ["2024-03-01"]),
    # amounts
    ("suma", "1 234,5 lei", ["1234.5"]),
    ("suma", "1.234 lei", ["1234"]),
    ("suma", "€ 1.234,00", ["1234.00"]),
    ("suma", "RON 5.000", ["5000"]),
    ("suma", "5 mii lei", ["5000"]),
    ("suma", "0", ["0"]),
    ("procent", "10", ["10"]), ("procent", "10%", ["10"]), ("procent", "10 %", ["10"]), ("procent", "2,5%", ["2.5"]),
    # codes
    ("cui", "RO 14399840", ["14399840"]), ("cui", "0014399840", ["14399840"]),
]  # fmt: skip

REFUSED: list[tuple[str, str, str]] = [
    *[("nume", cell, "row above") for cell in ("idem", "Idem", "IDEM.", "-//-", "- // -", "-\"-", "\"", "„", "''", "id.", "aceeași", "ditto")],
    ("suma", "idem", "row above"),
    *[("nume", cell, "total") for cell in ("TOTAL", "Total:", "Total general", "TOTAL GENERAL", "Subtotal", "Totaluri", "TOTAL LEI", "Total (lei)")],
    ("suma", "12.00O", "number"), ("suma", "10*", "number"), ("suma", "cca. 10", "number"), ("suma", "1.2.3", "number"), ("suma", "1234,-", "number"), ("suma", "1'234.50", "number"), ("suma", "10 sau 20", "number"),
    ("început", "31.02.2024", "calendar"), ("început", "03/15/2024", "month"), ("început", "1.3.24", "two digits"), ("început", "45352", "Excel"), ("început", "primăvara 2024", "date"), ("început", "00.00.0000", "calendar"), ("început", "trim. II 2024", "part of the year"),
    ("teme", "ceva", "topic"), ("formă", "ceva", "not in the list"), ("site", "nu are", "web address"),
    ("cui", "14399841", "check digit"), ("cui", "1800101221144", "personal"), ("nume", "Ion 1800101221144", "personal"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "cell", "values"), READ)
def test_a_cell_says_this(tmp_path: Path, field: str, cell: str, values: list[str]) -> None:
    assert said(entity(tmp_path, field, cell.strip()), field) == values


@pytest.mark.parametrize(("field", "cell", "why"), REFUSED)
def test_a_cell_that_says_nothing_of_its_own_is_refused(
    tmp_path: Path, field: str, cell: str, why: str
) -> None:
    with pytest.raises((RowProblems, RowError)) as caught:
        entity(tmp_path, field, cell)
    errors = caught.value.errors if isinstance(caught.value, RowProblems) else (caught.value,)
    assert why in errors[0].message("en")
    assert all(error.fix.ro and error.column for error in errors)


@pytest.mark.parametrize("cod", ["TOTAL", "Total general", "idem", "-//-"])
def test_a_row_whose_key_is_no_key_is_refused(tmp_path: Path, cod: str) -> None:
    with pytest.raises(RowError):
        entity(tmp_path, "nume", "Ceva", cod)
