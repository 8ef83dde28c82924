"""How the headings, lists and pages of other towns are written, and that nothing of them is lost."""

from __future__ import annotations

import pytest

PLAN = """\
{code}: Titlu bun

Descriere:

Ceva pe larg despre cum merge treaba.

{objectives}

Oameni mai bine informați

Posibili actori implicați:

{actors}

Rezultate țintite:

- Instruirea a 5 elevi

Calendar estimativ: mai 2024 - iunie 2025

Acțiuni:

A1.1. Hartă a orașului

A1.2. Ghid"""


def plan(
    code: str = "A1", objectives: str = "Obiectiv general:", actors: str = "Asociația Alfa"
) -> str:
    return PLAN.format(code=code, objectives=objectives, actors=actors)


@pytest.mark.parametrize(
    "heading",
    ["Obiectivele generale:", "Obiectivul general:", "Obiectivele specifice:", "Obiectivele:"],
)
def test_a_heading_with_its_article(heading: str, read) -> None:
    assert read(plan(objectives=heading)).commitments[0].objectives == (
        "Oameni mai bine informați",
    )


def test_a_code_in_small_letters(read) -> None:
    doc = read(plan(code="a1"))
    assert [one.title for one in doc.commitments] == ["Titlu bun"]


def test_actors_parted_by_dashes(read) -> None:
    actors = "Primăria Dealu Mare – Asociația Alfa – universități – Fundația Beta"
    assert [one.name for one in read(plan(actors=actors)).commitments[0].actors] == [
        "Primăria Dealu Mare",
        "Asociația Alfa",
        "universități",
        "Fundația Beta",
    ]


@pytest.mark.parametrize(
    "name", ["Asociația Alfa – Capitală Culturală", "Asociația Alfa – Capitală Culturală – Filiala Deal"]
)  # fmt: skip
def test_the_dash_of_a_name_parts_nothing(name: str, read) -> None:
    assert [one.name for one in read(plan(actors=name)).commitments[0].actors] == [name]


@pytest.mark.parametrize("foot", ["{}", "– {} –", "Pagina {} din XII"])
def test_page_numbers_roman_first_then_arabic(foot: str, read) -> None:
    numbers = ["i", "ii", "iii", "iv", "v", *map(str, range(1, 20))]
    paragraphs = plan().split("\n\n")
    pages = [
        f"{one}\n\n{foot.format(number)}" for one, number in zip(paragraphs, numbers, strict=False)
    ]
    doc = read("\n\n".join(pages))
    one = doc.commitments[0]
    assert one.title == "Titlu bun"
    assert one.objectives == ("Oameni mai bine informați",)
    assert [target.text for target in one.targets] == ["Instruirea a 5 elevi"]
    assert [action.title for action in one.actions] == ["Hartă a orașului", "Ghid"]
    assert doc.rest == ()


def test_a_number_at_the_end_of_what_was_not_read_is_said(read) -> None:
    doc = read(plan().replace("Calendar", "Buget: 250.000\n\nCalendar"))
    assert any("„Buget: 250.000”: nu s-a citit" in one.message for one in doc.warnings)
