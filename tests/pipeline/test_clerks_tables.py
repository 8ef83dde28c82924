"""What clerks write in the cells of a table: amounts with currencies, periods, ranges, fiscal codes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.declaration import load_source
from ingest.ranges import ends
from ontology.days import clean_calendar
from ontology.errors import MappingError, RowError
from ontology.money import money

Desk = Any

HEAD = "cod|nume|suma|moneda|perioada\n"
SOURCE = """slug: test-projects
title: {ro: Proiecte de test, en: Test projects}
publisher: Test
licence: CC0-1.0
scheme: test
identity: false
read: {path: table.csv}
class: Project
id: {column: cod, prefix: project/test-}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  suma: {field: amount}
  moneda: {field: currency}
  perioada: {field: start, to: end}
"""
CALLS = """slug: test-calls
title: {ro: Apeluri de test, en: Test calls}
publisher: Test
licence: CC0-1.0
scheme: test
identity: false
read: {path: table.csv}
class: Call
id: {column: cod, prefix: call/test/}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  grant: {field: minGrant, to: maxGrant}
"""
PROGRAMME = """from ontology.entity import Entity


def extend(entity, row, context):
    made = Entity.of("Programme", "programme/test")
    made.add("label", "Program de test", lang="ro")
    entity.add("programme", made.id)
    yield made
"""


@pytest.fixture
def projects(desk: Desk) -> Desk:
    (desk.folder / "source.yml").write_text(SOURCE, encoding="utf-8")
    (desk.folder / "source.py").unlink()
    return desk


def refused(outcome: Any) -> list[dict[str, str]]:
    if outcome.rejects is None:
        return []
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def project(desk: Desk, *row: str) -> dict[str, Any]:
    desk.write("|".join(("p1", "Proiect", *row)) + "\n", head=HEAD)
    outcome = desk.run()
    assert refused(outcome) == []
    return desk.catalogue.records(["project/test-p1"])[0].values


def test_an_amount_brings_its_currency(projects: Desk) -> None:
    held = project(projects, "1.234,56 lei", "", "")
    assert (float(held["amount"]), held["currency"]) == (1234.56, "RON")


def test_a_currency_column_in_the_same_words_is_no_second_one(projects: Desk) -> None:
    held = project(projects, "2,5 mil. lei", "Lei", "")
    assert (float(held["amount"]), held["currency"]) == (2_500_000, "RON")


def test_two_currencies_in_one_row_are_refused_with_both(projects: Desk) -> None:
    projects.write("p1|Proiect|100 €|RON|\n", "p2|Altul|100|RON|\n", head=HEAD)
    outcome = projects.run()
    (row,) = refused(outcome)
    assert (row["_row"], row["_column"], row["_value"]) == ("2", "moneda", "RON")
    assert "'RON', and another column 'EUR'" in row["_reason_en"]
    assert outcome.counts.accepted == 1


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("01.03.2024 - 31.12.2024", "2024-03-01", "2024-12-31"),
        ("1-15 martie 2024", "2024-03-01", "2024-03-15"),
        ("15.02 - 17.03.2024", "2024-02-15", "2024-03-17"),
        ("martie – mai 2024", "2024-03", "2024-05"),
        ("2022-2023", "2022", "2023"),
        ("de la 1 martie 2024 până la 15 mai 2025", "2024-03-01", "2025-05-15"),
        ("2024", "2024", "2024"),
        ("din martie 2024", "2024-03", None),
        ("până la 31.12.2024", None, "2024-12-31"),
    ],
)
def test_a_period_fills_its_two_fields(
    projects: Desk, written: str, start: str | None, end: str | None
) -> None:
    held = project(projects, "", "", written)
    assert (held.get("start"), held.get("end")) == (start, end)


@pytest.mark.parametrize(
    "written", ["31.12.2024 - 01.03.2024", "vara 2024", "01.03 - 31.02.2024", "2023-2022"]
)
def test_a_period_that_is_none_is_refused(projects: Desk, written: str) -> None:
    projects.write(f"p1|Proiect|||{written}\n", head=HEAD)
    (row,) = refused(projects.run())
    assert (row["_column"], row["_value"]) == ("perioada", written)
    assert row["_hint_ro"]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("03/15/2024", "2024-03-15", "2024-03-15"),
        ("3-4-2024", "2024-03-04", "2024-03-04"),
        ("03/04/2024 - 05/06/2024", "2024-03-04", "2024-05-06"),
        ("02/15 - 03/17/2024", "2024-02-15", "2024-03-17"),
        ("2024-03-04", "2024-03-04", "2024-03-04"),
        ("2024/03/04", "2024-03-04", "2024-03-04"),
        ("4 martie 2024", "2024-03-04", "2024-03-04"),
        ("March 4, 2024", "2024-03-04", "2024-03-04"),
        ("4.III.2024", "2024-03-04", "2024-03-04"),
        ("03.2024", "2024-03", "2024-03"),
    ],
)
def test_a_source_says_that_its_dates_have_the_month_first(
    projects: Desk, written: str, start: str, end: str
) -> None:
    declared = projects.folder / "source.yml"
    declared.write_text(SOURCE + "dates: month-first\n", encoding="utf-8")
    held = project(projects, "", "", written)
    assert (held["start"], held["end"]) == (start, end)


def test_a_date_that_shows_the_other_order_tells_of_the_key(projects: Desk) -> None:
    projects.write("p1|Proiect|||03/15/2024\n", "p2|Altul|||15/02 - 17/03/2024\n", head=HEAD)
    (row,) = refused(projects.run())
    assert "dates: month-first" in row["_hint_ro"]
    declared = projects.folder / "source.yml"
    declared.write_text(SOURCE + "dates: month-first\n", encoding="utf-8")
    (row,) = refused(projects.run())
    assert (row["_row"], "2024-05-31" in row["_hint_ro"]) == ("3", True)
    declared.write_text(SOURCE + "dates: american\n", encoding="utf-8")
    with pytest.raises(MappingError, match="month-first"):
        load_source(projects.folder)


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("50.000-100.000 RON", 50_000, 100_000),
        ("2-3 milioane lei", 2_000_000, 3_000_000),
        ("între 5.000 și 10.000 lei", 5_000, 10_000),
        ("5.000 € – 10.000 €", 5_000, 10_000),
        ("1 - 100 000 RON", 1, 100_000),
        ("max. 10.000 lei", None, 10_000),
        ("minim 10.000 lei", 10_000, None),
        ("10.000 lei", 10_000, 10_000),
        ("5 lei - 5", 5, 5),
    ],
)
def test_a_range_of_amounts_fills_its_two_fields(
    desk: Desk, written: str, least: int | None, most: int | None
) -> None:
    (desk.folder / "source.yml").write_text(CALLS, encoding="utf-8")
    (desk.folder / "source.py").write_text(PROGRAMME, encoding="utf-8")
    desk.write(f"c1|Apel|{written}\n", head="cod|nume|grant\n")
    assert refused(desk.run()) == []
    held = desk.catalogue.records(["call/test/c1"])[0].values
    assert (held.get("minGrant"), held.get("maxGrant")) == (least, most)
    assert held["currency"] in ("RON", "EUR")


@pytest.mark.parametrize(
    "written", ["500 - 1 milion lei", "5.000 lei - 10.000 €", "100.000-50.000 lei", "1-2-3 lei"]
)
def test_a_range_that_could_be_two_things_is_refused(desk: Desk, written: str) -> None:
    (desk.folder / "source.yml").write_text(CALLS, encoding="utf-8")
    (desk.folder / "source.py").write_text(PROGRAMME, encoding="utf-8")
    desk.write(f"c1|Apel|{written}\n", head="cod|nume|grant\n")
    (row,) = refused(desk.run())
    assert (row["_column"], row["_value"]) == ("grant", written)


def test_the_two_ends_are_fields_of_one_kind(tmp_path: Path) -> None:
    (tmp_path / "source.yml").write_text(SOURCE.replace("to: end", "to: amount"), encoding="utf-8")
    with pytest.raises(MappingError, match="to: does not go with field:"):
        load_source(tmp_path)


@pytest.mark.parametrize(
    "written", ["RO 14 399 840", "ro14399840", "CUI: 14399840", "CIF RO14399840", "14399840.0"]
)
def test_a_fiscal_code_is_read_however_a_form_writes_it(desk: Desk, written: str) -> None:
    desk.write(f"a1,Asociația Unu,association,{written},,,,,\n")
    assert refused(desk.run()) == []
    held = desk.catalogue.records(["org/test-a1"])[0].values["identifiers"]
    assert {"scheme": "ro-cui", "value": "14399840"} in held


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("RO49AAAA1B31007593840000", "is a bank account (IBAN)"),
        ("14399841", "its check digit does not fit"),
    ],
)
def test_a_code_that_is_no_fiscal_code_says_what_it_is(desk: Desk, written: str, says: str) -> None:
    desk.write(f"a1,Asociația Unu,association,{written},,,,,\n")
    (row,) = refused(desk.run())
    assert row["_column"] == "cui"
    assert says in row["_reason_en"]


def test_a_rule_of_the_ontology_names_the_column_that_a_clerk_knows(desk: Desk) -> None:
    desk.write("a1,,association,,,,,,\n")
    (row,) = refused(desk.run())
    assert row["_column"] == "nume"


def test_a_private_person_is_refused_and_the_code_is_nowhere_in_clear(
    desk: Desk, counts: Callable[[Any], dict[str, int]]
) -> None:
    code = "1800101221144"
    desk.write(f"a1,Persoana {code},association,{code},,,,,\n", "a2,Asociația,association,,,,,,\n")
    outcome = desk.run()
    assert counts(outcome)["rejected"] == 1
    assert code not in outcome.rejects.read_text(encoding="utf-8")
    assert code not in repr(outcome.as_json())


def test_a_number_that_a_workbook_keeps_has_decimals_and_a_text_has_thousands(
    projects: Desk,
) -> None:
    """12,345 in a cell of numbers is twelve; `12.345` that somebody typed as a text is twelve thousand."""
    book = openpyxl.Workbook()
    for row in (HEAD.strip().split("|"), ["p1", "Unu", 12.345], ["p2", "Doi", "12.345"]):
        book.active.append(row)
    book.save(projects.folder / "table.xlsx")
    declared = (projects.folder / "source.yml").read_text(encoding="utf-8")
    (projects.folder / "source.yml").write_text(
        declared.replace("table.csv", "table.xlsx"), encoding="utf-8"
    )
    assert refused(projects.run()) == []
    held = projects.catalogue.records(["project/test-p1", "project/test-p2"])
    assert [float(one.values["amount"]) for one in held] == [12.345, 12_345]


@pytest.mark.parametrize("text", ["1-" * 50_000 + "1", "1 la " * 20_000, "1. " * 30_000 + "- 1.1"])
def test_a_cell_full_of_dashes_is_refused_at_once(text: str) -> None:
    """It took minutes: every way to cut it was tried on the whole of it."""
    tried: list[str] = []

    def clean(one: str) -> Any:
        tried.append(one)
        return clean_calendar(one)

    with pytest.raises(RowError):
        ends(text, clean, dates=True)
    assert len(tried) == 1


@pytest.mark.parametrize("written", ["5-10.000 lei", "50-100.000 EUR", "1-1.500"])
def test_thousands_that_only_the_second_end_says_are_asked_not_guessed(written: str) -> None:
    with pytest.raises(RowError, match="can be read in two ways: thousands at one end or both"):
        ends(written, money, dates=False)
    low, high = ends("100-5.000 lei", money, dates=False)
    assert (int(low[0]), int(high[0])) == (100, 5_000)
