"""Headings, codes and list marks as clerks and scanners write them: read by their sense, and told."""

from __future__ import annotations

import pytest

PLAN = """\
A1: Piața fără mașini

{description}
Piața este plină de mașini parcate.

{objective}
Mai mult loc pentru oameni

Posibili actori implicați:

{actors}

Rezultate țintite:

- Plantarea a 20 de copaci

{calendar}

{actions}
{first}Plan de circulație
{second}Bănci noi
"""
USUAL = {
    "description": "Descriere:",
    "objective": "Obiectiv general:",
    "actors": "Asociația Pietonilor, școli",
    "calendar": "Calendar estimativ: mai 2025 - iunie 2026",
    "actions": "Acțiuni:",
    "first": "A 1.1. ",
    "second": "A 1.2. ",
}


def plan(**other: str) -> str:
    return PLAN.format(**{**USUAL, **other})


def whole(doc) -> None:
    (one,) = doc.commitments
    assert one.description == "Piața este plină de mașini parcate."
    assert one.objectives == ("Mai mult loc pentru oameni",)
    assert [actor.name for actor in one.actors] == ["Asociația Pietonilor", "școli"]
    assert (one.start, one.end) == ("2025-05-01", "2026-06-30")
    assert [(a.code, a.title) for a in one.actions] == [
        ("A1.1", "Plan de circulație"),
        ("A1.2", "Bănci noi"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Scurtă descriere:", "Descriere succintă:", "Descrire:", "Descr1ere:", "[Descriere]",
     "D e s c r i e r e :", "***Descriere:***", "Descriere::", "a) Descriere:", "Prezentare generală:"],
)  # fmt: skip
def test_a_description_is_known_by_its_sense(heading, read) -> None:
    whole(read(plan(description=heading)))


@pytest.mark.parametrize("heading", ["Obiectiv principal:", "Scop:", "Obiectiv genral:"])
def test_an_objective_is_known_by_its_sense(heading, read) -> None:
    whole(read(plan(objective=heading)))


@pytest.mark.parametrize("heading", ["Durata:", "Calenda r estimativ:", "Interval de timp:"])
def test_a_calendar_is_known_by_its_sense(heading, read) -> None:
    whole(read(plan(calendar=f"{heading} mai 2025 - iunie 2026")))


def test_headings_in_english_or_in_both_languages(read) -> None:
    whole(read(plan(description="Description:", objective="General objective:",
                    calendar="Estimated timeline: mai 2025 - iunie 2026", actions="Actions:")))  # fmt: skip
    whole(read(plan(description="Descriere / Description:", objective="Obiectiv general (General objective):",
                    calendar="Calendar estimativ / Timeline: mai 2025 - iunie 2026")))  # fmt: skip


@pytest.mark.parametrize("heading", ["Măsuri:", "Pași:", "Acti uni:", "Acțiuni.....:"])
def test_actions_are_known_by_their_sense(heading, read) -> None:
    whole(read(plan(actions=heading)))


def test_a_heading_taken_by_its_sense_is_told_with_its_words(read) -> None:
    doc = read(plan(description="Scurtă descriere:"))
    told = [w for w in doc.warnings if "Scurtă descriere" in w.message]
    assert len(told) == 1
    assert "Descriere" in told[0].where
    assert "not worded as in the template" in (told[0].message_en or "")


def test_a_statement_with_a_colon_is_no_heading_of_a_field_that_is_there(read) -> None:
    doc = read(plan().replace("- Plantarea", "Durata: doi ani\n- Plantarea"))
    (one,) = doc.commitments
    assert (one.start, one.end) == ("2025-05-01", "2026-06-30")


@pytest.mark.parametrize(
    ("first", "second"),
    [("A 1.1.: ", "A 1.2.: "), ("A1·1 ", "A1·2 "), ("Acțiunea 1: ", "Acțiunea 2: "),
     ("[ ] A 1.1. ", "[ ] A 1.2. "), ("Acțiunea 1-1: ", "Acțiunea 1-2: "), ("A 1\\.1\\. ", "A 1\\.2\\. ")],
)  # fmt: skip
def test_codes_of_actions(first, second, read) -> None:
    whole(read(plan(first=first, second=second)))


@pytest.mark.parametrize(
    "code",
    ["A-1:", "Angajamentul 1 (A1):", "Commitment 1:", "A nr. 1:", "Angajament - 1:", "Angajamentul unu:"],
)  # fmt: skip
def test_codes_of_commitments(code, read) -> None:
    doc = read(plan().replace("A1:", code))
    assert [(c.code, c.title) for c in doc.commitments] == [("A1", "Piața fără mașini")]


def test_a_digit_read_as_a_letter_in_a_code(read) -> None:
    text = plan().replace("A1:", "Al:").replace("A 1.", "A l.")
    doc = read(text + "\n" + plan().replace("A1:", "A2:").replace("A 1.", "A 2."))
    assert [c.code for c in doc.commitments] == ["A1", "A2"]
    assert [a.code for a in doc.commitments[0].actions] == ["A1.1", "A1.2"]


@pytest.mark.parametrize(
    "actors",
    ["o Asociația Pietonilor\no școli", "☐ Asociația Pietonilor\n☐ școli", "-\tAsociația Pietonilor\n-\tșcoli",
     "a. Asociația Pietonilor\nb. școli", "I. Asociația Pietonilor\nII. școli", "1.- Asociația Pietonilor\n2.- școli",
     "Asociația Pietonilor // școli", "atât Asociația Pietonilor, cât și școli",
     "Asociația Pietonilor în parteneriat cu școli"],
)  # fmt: skip
def test_lists_of_actors(actors, read) -> None:
    whole(read(plan(actors=actors)))


def test_two_actions_under_one_code_are_both_kept_and_told(read) -> None:
    doc = read(plan(second="A 1.1. "))
    (one,) = doc.commitments
    assert [(a.code, a.title) for a in one.actions] == [
        ("A1.1", "Plan de circulație"),
        ("A1.2", "Bănci noi"),
    ]
    assert any("Bănci noi" in w.message and "A1.1" in w.where for w in doc.warnings)


@pytest.mark.parametrize(
    "disguise",
    [
        lambda t: t.replace("a", "а"),  # Cyrillic
        lambda t: t.replace("Descriere", "\x1b[1mDescriere\x1b[0m"),
        lambda t: t.replace("Descriere", "".join(f"{c}\b{c}" for c in "Descriere")),
        lambda t: t.replace("Descriere", "𝐃𝐞𝐬𝐜𝐫𝐢𝐞𝐫𝐞"),
        lambda t: "".join(c if ord(c) < 128 else f"\\u{ord(c):04x}" for c in t),
        lambda t: "".join(
            c if ord(c) < 128 else "".join(f"={b:02X}" for b in c.encode()) for c in t
        ),
    ],
    ids=["Cyrillic", "terminal", "struck twice", "mathematics", "JSON", "e-mail"],
)
def test_letters_in_disguise(disguise, read) -> None:
    whole(read(disguise(plan())))


def test_a_text_without_capitals_whose_cell_was_cut_goes_on(read) -> None:
    cut = plan(description="Descriere:").replace(
        "Piața este plină de mașini parcate.", "Piața este plină de mașini și de"
    )
    at = cut.index("Posibili")
    doc = read((cut[:at] + "resturi.\n\n" + cut[at:] + "lung " * 60).lower())
    assert doc.commitments[0].description == "Piața este plină de mașini și de resturi."


def test_a_number_at_the_end_of_a_line_belongs_to_the_item_below(read) -> None:
    long = "Strategia pentru o piață în care pietonii au loc și pot sta pe bănci, 2."
    doc = read(
        f"A1: Piața\n\nRelevanță locală: 1. {long}\nStrategia pentru copaci Relevanță națională:\n1. PNRR\n\n"
        "Rezultate țintite:\n\n- Plantarea a 20 de copaci în piață și pe străzile care pornesc din ea\n"
    )
    local = [r.text for r in doc.commitments[0].relevance if r.level == "local"]
    assert local[1] == "Strategia pentru copaci"
