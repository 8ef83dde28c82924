"""Kohesio's export and the register of associations as their editions vary (all synthetic)."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from ingest.connectors import kohesio, ngo_register

PROJECT = "project/kohesio-q900001"


@pytest.fixture
def export(request, harvest):
    """Crawls rows like the first one of the example, each with some other values."""
    lines = (request.path.parent / "examples/kohesio.csv").read_text(encoding="utf-8").splitlines()
    header, first = list(csv.reader(lines[:2]))

    def run(*rows, rename=str):
        columns = list(dict.fromkeys([*header, *(name for row in rows for name in row)]))
        out = io.StringIO()
        writer = csv.DictWriter(out, columns)
        writer.writerow({name: rename(name) for name in columns})
        writer.writerows({**dict(zip(header, first, strict=True)), **row} for row in rows)
        return harvest(kohesio.crawl, files={"k.csv": out.getvalue().encode()}, path="k.csv")

    return run


def test_columns_in_small_letters_are_the_same_columns(export):
    assert export({}, rename=str.lower)[PROJECT].first("label", "ro") == "Școală verde (probă)"


@pytest.mark.parametrize("codes", ["RO421;RO424", "RO421|RO424", "ro424 ", "RO421, RO424"])
def test_an_operation_in_several_regions_is_in_each(export, codes):
    assert export({"NUTS3_Code": codes}).ids("project/") == [PROJECT]


def test_an_operation_on_two_rows_has_one_leader_and_a_partner(export):
    second = {
        "Beneficiary_Name": "Al Doilea de Probă",
        "Beneficiary_Unique_Identifier": "x/Q900102",
    }
    got = export({}, second)
    led, helped = (one for one in got.entities if one.id == PROJECT)
    assert (led.first("lead"), led.first("partners")) == ("org/scoala-de-proba", None)
    assert (helped.first("lead"), helped.first("partners")) == (None, "org/al-doilea-de-proba")
    assert len(got.ids("grant/")) == 1, "the sum is that of the operation"


def test_codes_field_and_rate_are_kept(export):
    got = export(
        {"Beneficiary_Local_Identifier": "RO14399840", "Category_Label": "Educație (probă)"}
    )
    project = got[PROJECT]
    assert project.first("lead") == "org/ro-cui-14399840"
    assert "SYNTHETIC-1" in [one.value for one in project.values["identifiers"]]
    told = project.first("description", "ro")
    assert "Domeniu: Educație (probă)." in told
    assert "Cofinanțare din fonduri europene: 85 %." in told


def test_numbers_of_another_register_are_no_fiscal_codes(export):
    """One of ten has the right check digit by chance, as the first one here."""
    rows = [
        {"Beneficiary_Local_Identifier": str(n), "Beneficiary_Unique_Identifier": f"x/Q{n}"}
        for n in range(14399840, 14399870)
    ]
    assert not [one for one in export(*rows).ids("org/") if "cui" in one]


HEADER = ["Denumire", "Număr de înregistrare", "Stare", "Judeţ", "Localitate"]
BODY = ["ASOCIAŢIA DE PROBĂ", "1/A/2020", "Inregistrata", "TIMIŞ", "Timişoara"]
ID = "org/asociatia-de-proba-1-a-2020"


@pytest.fixture
def register(harvest):
    """Crawls a workbook of sheets: name, rows, and merged areas."""

    def run(*sheets, **options):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows, *merged in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for area in merged:
                sheet.merge_cells(area)
        out = io.BytesIO()
        book.save(out)
        return harvest(
            ngo_register.crawl, files={"r.xlsx": out.getvalue()}, path="r.xlsx", **options
        )

    return run


def test_every_sheet_is_read(register):
    other = ["ASOCIAŢIA X", "9/A/2020", "", "Arad", "Arad"]
    got = register(("Notă", [["Vezi foile"]]), ("A-M", [HEADER, other]), ("N-Z", [HEADER, BODY]))
    assert got.ids("org/") == [ID]


def test_sheets_without_a_county_column_are_named_by_county(register):
    header, body = [[*row[:3], row[4]] for row in (HEADER, BODY)]
    other = ["ASOCIAŢIA X", "9/A/2020", "", "Arad"]
    got = register(("ARAD", [header, other]), ("Județul Timiș", [header, body]))
    assert got.ids("org/") == [ID]


def test_a_heading_over_two_rows_is_known_by_its_last_one(register):
    top = ["Denumire", "Număr de înregistrare", "Stare", "Sediul", None]
    below = [None, None, None, "Judeţ", "Localitate"]
    got = register(("F", [top, below, BODY], "D1:E1"))
    assert got.value(ID, "city") == "Timișoara"


@pytest.mark.parametrize("name", ["Jud. Timiș", "JUDEȚUL TIMIȘ", " timis ", "TM"])
def test_a_county_is_known_however_it_is_written(register, name):
    assert register(("F", [HEADER, [*BODY[:3], name, BODY[4]]])).ids("org/") == [ID]


def test_a_state_that_is_not_plainly_registered_is_told(register):
    got = register(("F", [HEADER, [*BODY[:2], "În lichidare", *BODY[3:]]]))
    assert got.value(ID, "description") == "Stare în registru: În lichidare."
    assert register(("F", [HEADER, BODY])).value(ID, "description") is None


def test_the_fiscal_code_and_the_day_of_registration_are_read(register):
    got = register(
        ("F", [[*HEADER, "Cod fiscal", "Data înscrierii"], [*BODY, "RO 12345674", "12.03.2020"]])
    )
    made = got[ID]
    assert made.first("founded") == "2020-03-12"
    assert ("ro-cui", "12345674") in [(v.scheme, v.value) for v in made.values["identifiers"]]


def test_a_table_from_the_network_waits_in_the_folder_for_large_work(
    site, reply, harvest, tmp_path
):
    """Bodies are read from the home, which a later start empties, and nothing of them stays."""
    seen = []

    def crawl(context):
        context.fetch.seen.within = tmp_path / "work"
        context.fetch.seen.within.mkdir()
        for made in ngo_register.crawl(context):
            seen.extend(path.name for path in context.fetch.seen.within.rglob("*.xlsx"))
            yield made
        seen.append([path.name for path in context.fetch.seen.within.rglob("*.xlsx")])

    book = openpyxl.Workbook()
    for row in (HEADER, BODY):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    site.on("/r.xlsx", reply(out.getvalue()))
    assert harvest(crawl, url=f"{site.url}/r.xlsx").ids("org/") == [ID]
    assert seen == ["register.xlsx", []]


@pytest.mark.parametrize("code", ["-", "nu are", "0", ""])
def test_a_body_without_a_fiscal_code_is_not_refused(register, code):
    got = register(("F", [[*HEADER, "CUI"], [*BODY, code]]))
    assert got.ids("org/") == [ID]
    assert not got.rejects


def test_a_sheet_under_other_headings_is_told(register):
    strange = [["Nume", "Cod", "Oraș"], ["Federația de Probă", "1", "Timișoara"]]
    got = register(("F", [HEADER, BODY]), ("Federații", strange))
    assert got.ids("org/") == [ID]
    assert "sheets.Federații" in got.unread
