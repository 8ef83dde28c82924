"""Kohesio's export and the national register of associations: tables with traps of their own."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from ingest.connectors import kohesio, ngo_register
from ontology.errors import FileError


@pytest.fixture
def export(request):
    return (request.path.parent / "examples/kohesio.csv").read_bytes()


def test_an_operation_becomes_a_project_and_a_grant(site, reply, export, harvest):
    site.on("/ro.csv", reply(export, 200, {"content-type": "text/csv"}))
    got = harvest(kohesio.crawl, url=f"{site.url}/ro.csv")
    project = got["project/kohesio-q900001"]
    assert project.first("label", "ro") == "Școală verde (probă)"
    assert project.first("label", "en") == "Green school (test)"
    assert (project.first("start"), project.first("end")) == ("2019-09-04", "2022-12-31")
    assert project.first("lead") == "org/scoala-de-proba"
    assert got.value("grant/kohesio-q900001", "amount") == Decimal("1020000.4")
    assert got.value("programme/2014ro16rfop002", "level") == "EU"


def test_the_place_may_be_the_seat_so_it_is_told_and_not_stated(export, harvest):
    got = harvest(kohesio.crawl, files={"ro.csv": export}, path="ro.csv")
    project = got["project/kohesio-q900001"]
    assert "place" not in project.values
    assert "poate fi sediul beneficiarului" in project.first("description", "ro")


def test_other_regions_are_left_out_and_impossible_dates_refused(export, harvest):
    got = harvest(kohesio.crawl, files={"ro.csv": export}, path="ro.csv")
    assert got.ids("project/") == ["project/kohesio-q900001", "project/kohesio-q900004"]
    (refused,) = got.rejects
    assert (refused.row, refused.errors[0].column) == (4, "start")


def test_anonymous_beneficiaries_stay_unnamed(export, harvest):
    got = harvest(kohesio.crawl, files={"ro.csv": export}, path="ro.csv")
    assert got.ids("org/") == ["org/scoala-de-proba"]
    assert got.value("project/kohesio-q900004", "lead") is None


def test_another_table_is_no_kohesio_export(harvest):
    with pytest.raises(FileError, match="NUTS3_Code"):
        harvest(kohesio.crawl, files={"x.csv": b"a,b\n1,2\n"}, path="x.csv")


HEADER = [
    "Denumire",
    "Număr de înregistrare în Registrul Naţional",
    "Starea actuală",
    "Judeţ",
    "Localitate",
    "Adresa",
    "Lista de asociaţi/fondatori",
    "Scopul iniţial",
]


def register(*rows: list[object], header: list[str] = HEADER) -> bytes:
    """A synthetic workbook in the form of the register: a title row, then the columns."""
    book = openpyxl.Workbook()
    book.active.append(["REGISTRUL NAȚIONAL (date sintetice)"])
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_bodies_of_the_county_come_without_their_founders(site, reply, harvest):
    book = register(
        [
            "ASOCIAŢIA DE PROBĂ",
            "1/A/2020",
            "Inregistrata",
            "TIMIŞ",
            "Timişoara",
            "Str. 1",
            "Ion Probă",
            "Cultură",
        ],
        ["ASOCIAȚIA ALTUNDEVA", "2/A/2020", "Inregistrata", "ARAD", "Arad", "", "", ""],
        ["ASOCIAȚIA RADIATĂ", "3/A/2020", "Radiata", "TIMIS", "Timișoara", "", "", ""],
    )
    site.on("/a.xlsx", reply(book))
    got = harvest(ngo_register.crawl, url=f"{site.url}/a.xlsx")
    assert got.ids() == ["org/asociatia-de-proba-1-a-2020"]
    body = got["org/asociatia-de-proba-1-a-2020"]
    assert (body.first("label"), body.first("city")) == ("ASOCIAȚIA DE PROBĂ", "Timișoara")
    assert body.first("legalForm") == "association"
    assert "Ion Probă" not in repr(got)


def test_a_personal_code_refuses_the_row_and_is_not_repeated(harvest):
    book = register(
        ["ASOCIAŢIA A", "1/A/2020", "", "Timiș", "", "CNP 1960529460012", "", ""],
        ["ASOCIAŢIA B", "2/A/2020", "", "Timiș", "", "", "", ""],
    )
    got = harvest(ngo_register.crawl, files={"r.xlsx": book}, path="r.xlsx", form="foundation")
    assert [e.first("legalForm") for e in got.entities] == ["foundation"]
    (refused,) = got.rejects
    assert "1960529460012" not in refused.errors[0].message()


def test_two_bodies_of_one_name_stay_two(harvest):
    book = register(
        ["ASOCIAŢIA A", "1/A/2020", "", "Timiș", "", "", "", ""],
        ["ASOCIAŢIA A", "2/A/2021", "", "Timiș", "", "", "", ""],
    )
    got = harvest(ngo_register.crawl, files={"r.xlsx": book}, path="r.xlsx")
    assert len(got.ids("org/")) == 2


def test_a_workbook_with_other_columns_says_what_is_needed(harvest):
    book = register(["x", "y"], header=["Nume", "Cod"])
    with pytest.raises(FileError, match="Needed: Denumire"):
        harvest(ngo_register.crawl, files={"r.xlsx": book}, path="r.xlsx")
