"""What people decide stands above every feature, is kept for ever, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.identity import (
    Decision,
    Decisions,
    Index,
    Party,
    append,
    decide,
    read_decisions,
    resolve,
)
from ingest.identity.decision_file import DecisionFile, read_answers
from ingest.identity.decisions import name_key
from ontology.errors import FileError, InputError, RowError
from tests.identity.conftest import CITY

CULT = Party("org/cult", ("Cultul ortodox",))
SEAT = Party("org/seat", ("Arhiepiscopia Timișoarei",))


def _said(answer: str, when: str = "2026-01-02") -> Decision:
    return Decision("org/seat", "org/cult", answer, "Ana", when, "aceeași adresă")


def test_same_joins_what_no_feature_would() -> None:
    index = Index([SEAT])
    assert resolve(CULT, index).answer == "none"
    answer = resolve(CULT, index, Decisions([_said("same")]))
    assert (answer.answer, answer.id, answer.score) == ("same", "org/seat", 1.0)
    assert answer.features[0].text("ro") == "hotărât de Ana, 2026-01-02: aceeași adresă"


def test_different_keeps_apart_what_has_one_name() -> None:
    twin = Party("org/twin", ("Arhiepiscopia Timișoarei",))
    apart = Decisions([Decision("org/seat", "org/twin", "different", "Ana", "2026-01-02")])
    assert resolve(twin, Index([SEAT])).answer == "same"
    assert resolve(twin, Index([SEAT]), apart).answer == "none"


def test_the_last_answer_holds_and_open_takes_it_back() -> None:
    index = Index([SEAT])
    rows = [_said("same"), _said("open", "2026-01-03")]
    assert resolve(CULT, index, Decisions(rows)).answer == "none"
    again = Decisions([*rows, _said("same", "2026-01-04")])
    assert resolve(CULT, index, again).answer == "same"


def test_a_question_asked_again_does_not_undo_an_answer() -> None:
    assert Decisions([_said("same"), _said("")]).between("org/cult", "org/seat") is not None


def test_what_is_the_same_as_a_same_one_is_the_same() -> None:
    chain = Decisions(
        [
            Decision("a", "b", "same", "Ana", "2026-01-02"),
            Decision("c", "b", "same", "Ana", "2026-01-02"),
        ]
    )
    assert set(chain.about("a")) == {"b", "c"}
    assert resolve(Party("a", ()), Index([Party("c", ("X",))]), chain).id == "c"


def test_a_name_without_an_id_can_be_decided() -> None:
    index = Index([SEAT])
    row = Decision("org/seat", name_key("Episcopia  ORTODOXĂ"), "same", "Ana", "2026-01-02")
    incoming = Party("row:7", ("episcopia ortodoxă",))
    assert resolve(incoming, index, Decisions([row])).id == "org/seat"


def test_the_file_only_grows(tmp_path: Path) -> None:
    file = tmp_path / "home" / "organisations.csv"
    assert append(file, [_said("")]) == 1
    assert append(file, [_said("")]) == 0
    before = file.read_text("utf-8")
    decide(file, "org/seat", "org/cult", "same", who="Ana", when="2026-01-02", why="adresa")
    decide(file, "org/seat", "org/cult", "open", who="Dan", when="2026-01-05", why="greșeală")
    assert file.read_text("utf-8").startswith(before)
    held = read_decisions(file)
    assert [row.answer for row in held.rows] == ["", "same", "open"]
    assert held.between("org/seat", "org/cult") is None
    assert [q.right for q in held.questions()] == ["org/cult"]


def test_a_person_may_edit_the_file_in_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    append(file, [_said("")])
    edited = file.read_text("utf-8").replace("org/cult,,Ana", "org/cult,same,Ana").rstrip("\n")
    file.write_text("\ufeff" + edited, "utf-8")
    append(file, [Decision("x", "y", "different", "Ana", "2026-01-02")])
    held = read_decisions(file)
    assert [row.answer for row in held.rows] == ["same", "different"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("a,b,maybe,Ana,2026-01-02,", "answer"),
        ("a,a,same,Ana,2026-01-02,", "left"),
        ("a,,same,Ana,2026-01-02,", "left"),
        ("a,b,same,,2026-01-02,", "when"),
        ("a,b,same,Ana,02.13.2026,", "when"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, column: str) -> None:
    file = tmp_path / "d.csv"
    file.write_text(f"left,right,answer,who,when,why\n{line}\n", "utf-8")
    with pytest.raises(RowError) as caught:
        read_decisions(file)
    assert caught.value.column == column
    assert "d.csv, line 2" in caught.value.message("ro")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(FileError, match="left, right"):
        read_decisions(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="UTF-8"):
        read_decisions(file)


def test_a_question_is_asked_once_in_a_run_also_when_people_edit_the_file_meanwhile(
    tmp_path: Path,
) -> None:
    path = tmp_path / "d.csv"
    file = DecisionFile(path)
    some = [Decision(f"org/{n}", "org/cult", "") for n in range(2_500)]
    assert (file.append(some), file.append(some)) == (2_500, 0)
    text = path.read_text("utf-8")
    path.write_text(text.replace("org/7,org/cult,,", "org/7,org/cult,same,"), "utf-8")
    with pytest.raises(RowError, match="who decided"):
        file.append(some)
    path.write_text("".join(text.splitlines(keepends=True)[:2]).rstrip("\n"), "utf-8")
    assert file.append(some[:2]) == 1
    assert len(read_decisions(path).rows) == 2
    path.unlink()
    assert file.append(some[:2]) == 2
    file.close()


def test_questions_that_wait_are_no_answers(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    append(file, [Decision("org/a", "org/b", ""), _said("same"), _said("", "2026-01-03")])
    assert [row.answer for row in read_answers(file).rows] == ["same"]
    assert read_answers(file).kept() == read_decisions(file).kept() == {"org/cult": "org/seat"}


def test_a_missing_file_has_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.csv").rows == ()


def test_a_personal_code_is_never_written(tmp_path: Path) -> None:
    row = Decision("org/x", "name:ion 1800101221144", "", right_label="Ion")
    with pytest.raises(InputError):
        append(tmp_path / "d.csv", [row])
    assert not (tmp_path / "d.csv").exists()


def test_the_bundled_decisions_are_about_bodies_of_the_city(city_parties: list[Party]) -> None:
    held = read_decisions(CITY / "same.csv")
    known = {party.id for party in city_parties}
    assert held.contradictions() == []
    assert all(row.left in known and row.right in known and row.why for row in held.rows)
    assert {row.right for row in held.rows if row.answer == "same"} == {
        "org/cultul-ortodox-roman-timisoara",
        "org/cultul-romano-catolic-timisoara",
        "org/cultul-mozaic-timisoara",
    }


def test_the_bundled_decisions_answer_every_question_of_the_city(
    city_parties: list[Party], city_index: Index
) -> None:
    held = read_decisions(CITY / "same.csv")
    for party in city_parties:
        assert resolve(party, city_index, held).answer != "ask", party.label
