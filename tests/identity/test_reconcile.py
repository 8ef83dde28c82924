"""A table of names comes back whole, in order, with who each name is."""

from __future__ import annotations

import pytest

from ingest.identity import (
    PLAIN,
    Decision,
    Decisions,
    Index,
    Party,
    columns_of,
    reconcile_table,
)
from ingest.identity.decisions import name_key
from ontology.errors import InputError

PERSON = "1800101221144"


def test_every_row_and_column_comes_back_in_order(city_index: Index) -> None:
    rows = [
        {"Nr": "1", "Denumire": "ASOC. LOGS", "Sumă": "100"},
        {"Nr": "2", "Denumire": "Grupul Xilo Zumba", "Sumă": "200"},
        {"Nr": "3", "Denumire": "", "Sumă": "300"},
        {"Nr": "4", "Denumire": "Fundația Smart City", "Sumă": "400"},
        {"Nr": "5", "Denumire": "ASOC. LOGS", "Sumă": "500"},
    ]
    made = list(reconcile_table(rows, "Denumire", city_index))
    assert [list(row) for row in made] == [
        ["Nr", "Denumire", "Sumă", "id", "label", "score", "answer"]
    ] * 5
    assert [{k: row[k] for k in rows[0]} for row in made] == rows
    assert [row["answer"] for row in made] == ["same", "none", "none", "ask", "same"]
    assert [row["id"] for row in made] == [
        "org/logs",
        "",
        "",
        "org/asociatia-smart-city",
        "org/logs",
    ]
    assert made[0]["label"] == "Asociația LOGS – Grup de Inițiative Sociale"
    assert 0.85 <= float(made[0]["score"]) <= 1.0
    assert made[1]["score"] == made[1]["label"] == ""


def test_an_own_column_is_never_overwritten(city_index: Index) -> None:
    (row,) = reconcile_table([{"id": "7", "name": "FITT"}], "name", city_index)
    assert (row["id"], row["resurse_id"], row["answer"]) == ("7", "org/fitt", "same")


def test_usual_headings_help(city_index: Index) -> None:
    header = ["Denumire", "C.U.I.", "Localitatea", "Site web", "Observații"]
    found = columns_of(header, "Denumire")
    assert (found.cui, found.city, found.website) == ("C.U.I.", "Localitatea", "Site web")
    rows = [
        {"Denumire": "Universitatea", "C.U.I.": "RO 4250670", "Localitatea": ""},
        {"Denumire": "Asociația LOGS", "C.U.I.": "123", "Localitatea": "Timișoara"},
        {"Denumire": "Asociația Druckeria", "C.U.I.": "", "Localitatea": "Oradea"},
    ]
    made = list(reconcile_table(rows, "Denumire", city_index))
    assert [(r["id"], r["answer"]) for r in made] == [
        ("org/uvt", "same"),
        ("org/logs", "same"),
        ("org/druckeria", "ask"),
    ]


def test_county_and_mail_help(city_index: Index) -> None:
    header = ["Denumire", "Județ", "E-mail"]
    found = columns_of(header, "Denumire")
    assert (found.county, found.email) == ("Județ", "E-mail")
    rows = [
        {"Denumire": "Consiliul Județean", "Județ": "Timiș", "E-mail": ""},
        {"Denumire": "Consiliul Județean", "Județ": "Arad", "E-mail": ""},
        {"Denumire": "Crucea Roșie", "Județ": "Timiș", "E-mail": ""},
        {"Denumire": "Crucea Roșie", "Județ": "Bihor", "E-mail": "crucearosie@gmail.com"},
        {"Denumire": "Tinerii din Timiș", "Județ": "", "E-mail": "office@fitt.ro"},
    ]
    made = list(reconcile_table(rows, "Denumire", city_index))
    assert [(r["id"], r["answer"]) for r in made[:3]] == [
        ("org/consiliul-judetean-timis", "same"),
        ("", "none"),
        ("org/crucea-rosie-timis", "same"),
    ]
    assert made[3]["answer"] != "same"
    assert made[4]["answer"] != "same"


def test_a_village_that_nobody_listed_is_still_another_place(city_index: Index) -> None:
    rows = [
        {"n": "Școala Gimnazială Nr. 30", "localitate": "Timișoara"},
        {"n": "Școala Gimnazială Nr. 30", "localitate": "comuna Xilova"},
        {"n": "Școala Gimnazială Nr. 30", "localitate": "-"},
    ]
    made = list(reconcile_table(rows, "n", city_index))
    assert [row["answer"] for row in made] == ["same", "ask", "same"]


def test_the_code_of_one_and_the_name_of_another_are_a_question(city_index: Index) -> None:
    rows = [
        {"n": "Universitatea de Vest din Timișoara", "CUI": "4269282"},
        {"n": "Universitatea de Vest din Timișoara", "CUI": "RO4250670"},
        {"n": "Universitatea de Vest din Timișoara", "CUI": "4250671"},
        {"n": "Asociația Simultan", "CUI": "14756536"},
    ]
    made = list(reconcile_table(rows, "n", city_index))
    assert [row["answer"] for row in made] == ["ask", "same", "same", "ask"]
    assert [row["id"] for row in made[1:3]] == ["org/uvt"] * 2


def test_an_unknown_column_is_named(city_index: Index) -> None:
    with pytest.raises(InputError, match="Nume"):
        list(reconcile_table([{"Denumire": "x"}], "Nume", city_index))


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Ion", "cui": PERSON},
        {"name": f"PF Ion {PERSON}", "cui": ""},
        {"name": "Ion", "cui": "1234567890123"},
    ],
)
def test_a_private_person_is_refused_and_the_code_masked(
    row: dict[str, str], city_index: Index
) -> None:
    (made,) = reconcile_table([row], "name", city_index)
    assert made["answer"] == "none"
    assert not any(PERSON in cell or "1234567890123" in cell for cell in made.values())


def test_a_code_in_another_column_is_masked_too(city_index: Index) -> None:
    (made,) = reconcile_table([{"name": "FITT", "note": f"resp. {PERSON}"}], "name", city_index)
    assert PERSON not in made["note"]
    assert made["answer"] == "same"


def test_decisions_come_first(city_index: Index) -> None:
    said = Decisions(
        [Decision("org/fitt", name_key("Tinerii de la FITT"), "same", "Ana", "2026-01-02")]
    )
    (made,) = reconcile_table([{"n": "Tinerii de la FITT"}], "n", city_index, decisions=said)
    assert (made["id"], made["answer"]) == ("org/fitt", "same")


def test_other_kinds_go_by_name_alone() -> None:
    calls = Index(
        [
            Party("call/impuls/2023", ("Impuls în comunitate 2023",), PLAIN),
            Party("call/impuls/2024", ("Impuls în comunitate 2024",), PLAIN),
            Party("place/fabric", ("Fabric", "Fabrikstadt", "Gyárváros"), PLAIN),
        ]
    )
    rows = [
        {"n": n} for n in ("IMPULS IN COMUNITATE 2024", "Impuls în comunitate 2025", "fabrikstadt")
    ]
    made = list(reconcile_table(rows, "n", calls, kind="CALL"))
    assert [(r["id"], r["answer"]) for r in made] == [
        ("call/impuls/2024", "same"),
        ("", "none"),
        ("place/fabric", "same"),
    ]


def test_a_fiscal_code_written_behind_the_name_counts(city_index: Index) -> None:
    rows = [
        {"name": "Fundația Comunitară Timișoara, CUI 36327306"},
        {"name": "O fundație cu alt nume (C.I.F. RO 36327306)"},
        {"name": "Asociația Xilo Zumba, CUI 36327307"},
    ]
    made = list(reconcile_table(rows, "name", city_index))
    assert [row["id"] for row in made] == ["org/fundatia-comunitara-timisoara"] * 2 + [""]
    assert [row["name"] for row in made] == [row["name"] for row in rows]


def test_two_words_the_other_way_round_are_a_question(city_index: Index) -> None:
    (row,) = reconcile_table([{"name": "Asociația Banat Verde"}], "name", city_index)
    assert (row["id"], row["answer"]) == ("org/verde-de-banat", "ask")
