"""What cannot be read for certain is said, with its spot; what is no plan is refused."""

from __future__ import annotations

import pytest

from ontology.errors import FileError

SHORT = """A1: Titlu de probă
Descriere: Ceva de umplutură.
Obiectiv general: Mai bine
Context și problema vizată: Mai greu decât trebuie.
Posibili actori implicați: Asociația Exemplu, școli
Relevanță locală: Strategia de Exemplu
Rezultate țintite:
- Formarea a 10 funcționari
Calendar estimativ: mai 2024 - iunie 2025
Acțiuni:
A 1.1. Prima acțiune
A 1.2. A doua acțiune
"""


def said(doc) -> str:
    return "\n".join(f"{one.where}: {one.message}" for one in doc.warnings)


def test_a_plan_that_is_whole_gives_no_warning_about_its_commitments(read) -> None:
    assert "A1" not in said(read(SHORT))


def test_what_is_no_plan_is_refused_with_what_to_do(read) -> None:
    with pytest.raises(FileError) as caught:
        read("O hotărâre oarecare, despre altceva.")
    assert "A1: …" in caught.value.message("ro")
    assert "Rezultate țintite" in caught.value.message("en")


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04cut", b"%PDF-1.4 cut"]
)
def test_damaged_and_foreign_files_are_refused(data: bytes, read) -> None:
    with pytest.raises(FileError):
        read(data)


def test_a_missing_file_is_refused(tmp_path) -> None:
    from ingest.plan import read_plan

    with pytest.raises(FileError):
        read_plan(tmp_path / "nimic.txt")


@pytest.mark.parametrize(
    ("cut", "missing"),
    [
        ("Acțiuni:", "Acțiuni"),
        ("Calendar estimativ:", "Calendar estimativ"),
        ("Rezultate", "Rezultate țintite"),
    ],
)
def test_a_file_cut_in_the_middle_says_what_is_missing(cut: str, missing: str, read) -> None:
    doc = read(SHORT[: SHORT.index(cut)])
    assert doc.commitments[0].title == "Titlu de probă"
    assert f"A1, {missing} (caracterul 0): lipsește sau este gol." in said(doc)


def test_a_left_out_code_is_noticed(read) -> None:
    doc = read(SHORT + SHORT.replace("A1", "A3").replace("A 1.", "A 3.").replace("A 3.2", "A 3.3"))
    assert "A2: codul lipsește" in said(doc)
    assert "A3.2: codul lipsește" in said(doc)


def test_a_commitment_that_is_there_twice_is_kept_once(read) -> None:
    doc = read(SHORT + SHORT)
    assert [one.code for one in doc.commitments] == ["A1"]
    assert "angajamentul apare de două ori" in said(doc)


def test_a_commitment_added_or_removed_changes_no_other(read) -> None:
    more = read(SHORT + SHORT.replace("A1", "A2").replace("A 1.", "A 2."))
    assert [one.code for one in more.commitments] == ["A1", "A2"]
    assert more.commitments[0].targets == read(SHORT).commitments[0].targets


def test_a_calendar_without_dates_is_no_period(read) -> None:
    doc = read(SHORT.replace("mai 2024 - iunie 2025", "cât mai curând"))
    assert (doc.commitments[0].start, doc.commitments[0].end) == (None, None)
    assert "„cât mai curând”: perioada nu are nicio dată" in said(doc)


def test_actions_without_codes_are_kept(read) -> None:
    doc = read(SHORT.replace("A 1.1. ", "- ").replace("A 1.2. ", "- "))
    assert [(a.code, a.title) for a in doc.commitments[0].actions] == [
        ("A1.1", "Prima acțiune"), ("A1.2", "A doua acțiune"),
    ]  # fmt: skip
    assert "acțiunea nu are cod" in said(doc)


def test_a_section_with_a_heading_and_no_body(read) -> None:
    doc = read(SHORT + "\n4. Plan de implementare\n")
    assert "are titlu, dar nu are conținut" in said(doc)
    assert doc.commitments[0].actions[-1].title == "A doua acțiune"


def test_a_section_that_is_not_read_is_said(read) -> None:
    doc = read(SHORT + "\n4. Plan de implementare\n\nUn tabel cu luni și răspunderi.\n")
    assert "conținutul ei nu se citește (31 de caractere)" in said(doc)


def test_text_without_a_heading_is_kept_and_said(read) -> None:
    doc = read(SHORT.replace("Descriere: Ceva", "\nUn rând rătăcit.\n\nDescriere: Ceva"))
    assert "Un rând rătăcit." in (doc.commitments[0].description or "")
    assert "nu stă sub niciun titlu" in said(doc)


def test_warnings_are_in_both_languages(read) -> None:
    doc = read(SHORT + "\n4. Plan de implementare\n")
    assert all(one.message and one.message_en for one in doc.warnings)


def test_a_document_that_stops_early_says_where(bundled_paper, papers, read) -> None:
    text = papers.published(bundled_paper)
    stop = text.index("Context și problema", text.index("A3: "))
    doc = read(text[: stop + 60])
    last = [one for one in doc.warnings if one.where.startswith("sfârșitul documentului")]
    assert len(last) == 1
    assert text[: stop + 60][-20:] in last[0].message
    assert [one.code for one in doc.commitments] == ["A1", "A2", "A3"]


def test_a_bracket_of_councils_cut_open_keeps_its_councils(read) -> None:
    doc = read(
        SHORT.replace(
            "Asociația Exemplu, școli",
            "Asociația Exemplu, Consilii Consultative (al Tinerilor, de Cartier, ale Mi",
        )
    )
    names = [one.name for one in doc.commitments[0].actors]
    assert "Consilii Consultative de Cartier" in names
    assert "de Cartier" not in names
    assert "paranteză fără pereche" in said(doc)


def test_fewer_commitments_than_the_text_speaks_of(read) -> None:
    doc = read("Prin cele trei angajamente incluse aici ne schimbăm.\n\n" + SHORT)
    assert "textul vorbește de 3 angajamente, iar documentul are 1" in said(doc)


def test_lines_in_another_encoding_are_read_and_said(read) -> None:
    data = SHORT.encode() + "\n- Încă ceva şi altceva".encode("cp1250")
    doc = read(data)
    assert "altă codare" in said(doc)
    assert doc.commitments[0].code == "A1"


def test_a_spot_is_said_in_english_too(read) -> None:
    doc = read(SHORT.replace("mai 2024 - iunie 2025", "cândva"))
    spots = [w.where_en or "" for w in doc.warnings]
    assert any(one.startswith("A1, Estimated calendar (character ") for one in spots)
    assert not any("caracterul" in one or "Calendar estimativ" in one for one in spots)
