"""What a program that reads pictures, or a lost font, did to a plan: taken for what it must be, and told."""

from __future__ import annotations

import pytest

from ingest.plan.measures import measure
from ingest.plan.periods import read_period
from ingest.plan.text import fold


def noted(words: str):
    found = measure(fold(words), words)
    return found.measure, dict(found.notes)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("Formarea a ce1 puțin 50 de voluntari", "atLeast"),
        ("Formarea a cei puțln 50 de voluntari", "atLeast"),
        ("Formarea a cel pu in 50 de voluntari", "atLeast"),
        ("Formarea a cel pu ț in 50 de voluntari", "atLeast"),
        ("Formarea a cle putin 50 de voluntari", "atLeast"),
        ("Formarea a rninimum 50 de voluntari", "atLeast"),
        ("Formarea a maxirn 50 de voluntari", "atMost"),
        ("Formarea a cel mutl 50 de voluntari", "atMost"),
        ("Formarea a aproxirnativ 50 de voluntari", "approximately"),
    ],
)
def test_a_damaged_comparison_is_taken_by_its_sense_and_told(words: str, comparator: str) -> None:
    found, notes = noted(words)
    assert (found.comparator, found.value, found.unit) == (comparator, 50, "person")
    assert "misread" in notes


@pytest.mark.parametrize(
    "words",
    ["Instruirea a 50 de voluntari", "Pregătirea în mai 50 de școli", "Plantarea pe malul 3 a 50 de tei",
     "Invitarea celor 50 de vecini", "Strângerea a mii de semnături"],
)  # fmt: skip
def test_a_word_that_is_no_comparison_stays_what_it_is(words: str) -> None:
    assert "misread" not in noted(words)[1]


@pytest.mark.parametrize("words", ["Sprijinirea a cele multe 5 școli", "Cei mulți 5 voluntari"])
def test_words_near_a_comparison_are_no_comparison(words: str) -> None:
    assert noted(words)[0].comparator != "atMost"


def test_a_noun_without_its_letter_is_still_counted_as_people() -> None:
    assert noted("Formarea a cel puțin 50 de func ionari")[0].unit == "person"


@pytest.mark.parametrize(
    "words",
    ["Plantarea a cel puțin 2 x 25 de tei", "Instruirea a 25+25 de elevi", "Instruirea a 50 ± 5 elevi",
     "Atragerea a 30‰ din populație", "Atragerea a 3 la mie din populație", "Instruirea a 5 0 de elevi",
     "Strângerea a 50 .000 de semnături", "Instruirea a 1,200 de elevi", "Instruirea a cel puțin cinczi de elevi"],
)  # fmt: skip
def test_what_would_have_to_be_worked_out_is_no_value_but_a_note(words: str) -> None:
    found, notes = noted(words)
    assert (found.value, found.lower, found.upper) == (None, None, None)
    assert "unread" in notes


def test_a_number_spelt_otherwise_in_brackets_is_told() -> None:
    found, notes = noted("Instruirea a cel puțin 50 (patruzeci) de elevi")
    assert (found.value, notes) == (50, {"differs": "patruzeci"})


def test_a_comparison_far_from_its_number_is_told() -> None:
    found, notes = noted("Studierea a cel puțin unele din 3 modele")
    assert (found.comparator, found.value) == ("exactly", 3)
    assert "apart" in notes


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("apri1ie 2024 - decernbrie 2025", "2024-04-01", "2025-12-31"),
        ("lulie 2024", "2024-07-01", "2024-07-31"),
    ],
)
def test_a_damaged_month_is_taken_by_its_letters_and_told(words: str, start: str, end: str) -> None:
    found = read_period(fold(words))
    assert (found.start, found.end, found.problem) == (start, end, "misread")


PLAN = """\
A1: Umbră pe străzi
Descriere:
Vara nu se poate sta pe stradă.
Posibili actori implicați:
Asociația Umbra, școli
Rezultate țintite:
{targets}
Calendar estimativ: mai 2025 - iunie 2026
Acțiuni:
A 1.1. Plan de plantare
A 1.2. Bănci la umbră

A2: Apă pe străzi
Rezultate țintite:
- Repararea a 3 cișmele
Acțiuni:
A 2.1. Cișmele noi
"""
TREES = [f"Plantarea a {n} de tei" for n in range(21, 27)]


@pytest.mark.parametrize("sign", ["¢", "«", "©", "🔹", "e"])
def test_a_bullet_read_as_another_sign_still_parts_a_list(sign: str, read) -> None:
    doc = read(PLAN.format(targets=" ".join(f"{sign} {tree}" for tree in TREES)))
    assert [t.value for t in doc.commitments[0].targets] == [21, 22, 23, 24, 25, 26]
    assert [t.text for t in doc.commitments[0].targets] == TREES


@pytest.mark.parametrize(
    ("read_as", "meant"), [("A1:", "Al:"), ("A1:", "A l:"), ("A 1.", "A I."), ("A 1.1.", "A 1.l.")]
)
def test_a_code_with_a_letter_for_its_digit(read_as: str, meant: str, read) -> None:
    doc = read(PLAN.format(targets="- Plantarea a 20 de tei").replace(read_as, meant))
    assert [one.code for one in doc.commitments] == ["A1", "A2"]
    assert [one.code for one in doc.commitments[0].actions] == ["A1.1", "A1.2"]


@pytest.mark.parametrize("mark", ["¸", ","])
def test_letters_whose_mark_stands_beside_them(mark: str, read) -> None:
    text = PLAN.format(targets="\n".join(f"- {tree} și cireși în piață" for tree in TREES))
    doc = read(text.replace("ș", f"s{mark}").replace("ț", f"t{mark}"))
    assert [t.text for t in doc.commitments[0].targets] == [
        f"{one} și cireși în piață" for one in TREES
    ]
    assert [a.name for a in doc.commitments[0].actors] == ["Asociația Umbra", "școli"]


@pytest.mark.parametrize("note", ["50<sup>1</sup>", "50¹", "50 <!-- -->"])
def test_the_mark_of_a_note_is_no_digit(note: str, read) -> None:
    (target,) = read(PLAN.format(targets=f"- Plantarea a {note} de tei")).commitments[0].targets
    assert target.value == 50


@pytest.mark.parametrize(
    "page", ["\n\n{}\n\n", "\n\n-- {} of 4 --\n\n", "\n\nPagina {} din 4\n\n\f", "\n\f{}\n\n"]
)
def test_a_page_turned_inside_a_tagged_paragraph_does_not_end_it(page: str, read) -> None:
    long = "<p>Rezultate țintite:</p> <ul> → Plantarea a cel puțin 20 de tei → Instruirea a 5 grădinari</ul>"
    text = PLAN.format(targets="").replace("Rezultate țintite:\n\n", f"<p>x</p>\t{long}\n")
    for number, words in enumerate(("a cel puțin", "de tei", "a 5"), 1):
        text = text.replace(words, page.format(number) + words, 1)
    doc = read(text)
    assert [t.text for t in doc.commitments[0].targets] == [
        "Plantarea a cel puțin 20 de tei",
        "Instruirea a 5 grădinari",
    ]
