"""The pipeline: no row is lost, nothing changes by halves, every refusal says what, where and what to do."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ontology.errors import FileError, MappingError

Desk = Any
Counts = Callable[[Any], dict[str, int]]

HEAD = "cod,nume,forma,cui,fondata,localitate,teme,membru_in,site\n"
GOOD = "b1,Asociația Bună,association,,2012,Timișoara,youth,,\n"


def adds_up(outcome: Any) -> bool:
    c = outcome.counts
    return bool(c.read == c.accepted + c.rejected + c.merged + c.unchanged)


def test_rows_become_things_with_their_links(desk: Desk, counts: Counts) -> None:
    outcome = desk.run()
    assert counts(outcome)["accepted"] == 3
    assert adds_up(outcome)
    assert desk.ids() == ["org/test-a1", "org/test-a2", "org/test-a3"]
    record = desk.catalogue.records(["org/test-a1"])[0]
    assert record.values["legalForm"] == "association"
    assert record.values["topics"] == ["topic/culture", "topic/youth"]
    assert {"scheme": "ro-cui", "value": "14399840"} in record.values["identifiers"]
    assert list(desk.catalogue.links(["org/test-a1"], "members")["org/test-a1"]) == [
        "membership/org-test-a2--org-test-a1"
    ]


def test_an_unchanged_source_writes_nothing(desk: Desk) -> None:
    desk.run()
    version, snapshot = desk.run().version, desk.installation.data_version()
    again = desk.run()
    assert again.result == "unchanged"
    assert again.counts.unchanged == again.counts.read == 3
    assert (again.version, desk.installation.data_version()) == (version, snapshot)


def test_a_changed_file_replaces_its_version_and_keeps_the_old_one_readable(
    desk: Desk, counts: Counts
) -> None:
    first = desk.run()
    desk.write("a1,Asociația Test Unu,association,,2010,Timișoara,youth,,\n", GOOD)
    second = desk.run()
    assert counts(second) | {"read": 2, "added": 1, "changed": 1} == counts(second)
    assert second.counts.removed >= 2
    assert adds_up(second)
    assert desk.ids() == ["org/test-a1", "org/test-b1"]
    store, base = desk.installation.store, desk.installation.base
    assert store.count(base.source_graph("test-bodies", first.version)) > 0
    assert base.source_graph("test-bodies", first.version) not in store.current()


def test_an_id_once_minted_is_never_reused(desk: Desk) -> None:
    desk.run()
    desk.write(GOOD)
    desk.run()
    assert desk.installation.registry.id_of("test:a1") == "org/test-a1"


def test_a_dry_run_tells_and_writes_nothing(desk: Desk) -> None:
    desk.run()
    before = desk.installation.data_version()
    desk.write(
        "a1,Asociația Test Unu (nume nou),association,14399840,2010,Timișoara,youth;culture,,https://example.org/unu\n",
        GOOD,
    )
    outcome = desk.run(dry_run=True)
    said = {change.id: change for change in outcome.changes}
    assert said["org/test-b1"].what == "added"
    assert said["org/test-a2"].what == "removed"
    fields = {
        field.rsplit("#", 1)[-1]: (old, new) for field, old, new in said["org/test-a1"].fields
    }
    assert fields["prefLabel"] == (("Asociația Test Unu",), ("Asociația Test Unu (nume nou)",))
    assert desk.installation.data_version() == before
    assert desk.ids() == ["org/test-a1", "org/test-a2", "org/test-a3"]
    assert desk.installation.registry.id_of("test:b1") is None


def test_the_changes_of_a_dry_run_can_be_gone_through_again(desk: Desk) -> None:
    """They wait in a file: what is told first, last and twice is the same."""
    desk.write(*(f"r{n},Asociația {n},association,,,Timișoara,youth,,\n" for n in range(30)))
    desk.run()
    desk.write(*(f"r{n},Asociația {n * 3},association,,,Timișoara,youth,,\n" for n in range(2, 33)))
    changes = desk.run(dry_run=True).changes
    told = list(changes)
    assert list(changes) == told
    said = [(one.what, one.id.rsplit("-", 1)[-1]) for one in told]
    assert said[:4] == [("added", "r30"), ("added", "r31"), ("added", "r32"), ("removed", "r0")]
    assert said[4:] == [("removed", "r1"), *(("changed", f"r{n}") for n in _by_id(range(2, 30)))]
    assert all(one.fields for one in told if one.what == "changed")


def _by_id(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=str)


def test_a_dry_run_asks_nobody(desk: Desk) -> None:
    mapping = desk.folder / "source.yml"
    said = mapping.read_text(encoding="utf-8").replace("identity: false", "identity: true")
    mapping.write_text(said, encoding="utf-8")
    desk.write("a1,Asociația Banat Verde,association,,,Timișoara,,,\n")
    desk.run()
    desk.write(
        "a1,Asociația Banat Verde,association,,,Timișoara,,,\n",
        "a2,Asociația Verde de Banat,association,,,Timișoara,,,\n",
    )
    questions = desk.installation.home.decisions / "organisations.csv"
    desk.run(dry_run=True)
    assert not questions.exists()
    desk.run()
    assert "Verde de Banat" in questions.read_text(encoding="utf-8")


SHARED = '''"""A programme that several rows state, and one that follows from all of them."""

from ontology.entity import Entity


def extend(entity, row, context):
    made = Entity.of("Programme", "programme/test-shared")
    made.add("label", f"Program {row['localitate']}", lang="ro")
    yield made


def complete(context):
    made = Entity.of("Programme", "programme/test-whole")
    made.add("label", "Programul tuturor", lang="ro")
    made.add("altLabels", "WORD", lang="ro")
    yield made
'''


def test_a_dry_run_tells_the_fields_that_would_really_change(desk: Desk) -> None:
    """Of what follows from all rows too; of refused rows nothing; of statements about a value nothing."""
    (desk.folder / "source.py").write_text(SHARED.replace("WORD", "Unu"), encoding="utf-8")
    desk.write(
        "a1,Asociația Unu,association,,,Lugoj,,,\n", "a2,Asociația Doi,association,,,Lugoj,,,\n"
    )
    desk.run()
    (desk.folder / "source.py").write_text(SHARED.replace("WORD", "Doi"), encoding="utf-8")
    desk.write("a1,Asociația Unu,association,,,Arad,,,\n", "a2,,association,,,Deva,,,\n")
    said = {change.id: change for change in desk.run(dry_run=True).changes}
    shared, whole = (
        {field.rsplit("#", 1)[-1]: (old, new) for field, old, new in said[id_].fields}
        for id_ in ("programme/test-shared", "programme/test-whole")
    )
    assert shared == {"prefLabel": (("Program Lugoj",), ("Program Arad",))}
    assert whole == {"altLabel": (("Unu",), ("Doi",))}


BAD_ROWS = {
    "a date that no calendar has": ("c1,X,association,,31.02.2024,Timișoara,youth,,\n", "fondata"),
    "an unknown topic": ("c1,X,association,,,Timișoara,colours,,\n", "teme"),
    "an unknown code": ("c1,X,club,,,Timișoara,youth,,\n", "forma"),
    "a wrong check digit": ("c1,X,association,14399841,,Timișoara,youth,,\n", "cui"),
    "a reference to nothing": ("c1,X,association,,,Timișoara,youth,zz9,\n", "membru_in"),
    "a broken address": ("c1,X,association,,,Timișoara,youth,,nu e adresa\n", "site"),
    "no name": ("c1,,association,,,Timișoara,youth,,\n", ""),
    "no id": (",X,association,,,Timișoara,youth,,\n", "cod"),
    "an id that stands twice": ("b1,Altul,association,,,Timișoara,youth,,\n", "cod"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_refused_with_a_reason_and_the_rest_goes_on(desk: Desk, name: str) -> None:
    row, column = BAD_ROWS[name]
    desk.write(GOOD, row)
    outcome = desk.run()
    assert (outcome.counts.accepted, outcome.counts.rejected) == (1, 1)
    assert adds_up(outcome)
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        (refused,) = csv.DictReader(file)
    assert refused["_row"] == "3"
    assert refused["_reason_ro"]
    assert refused["_reason_en"]
    assert refused["_hint_ro"]
    assert refused["_hint_en"]
    if column:
        assert column in refused["_column"]


def test_several_mistakes_of_a_row_are_told_at_once(desk: Desk) -> None:
    desk.write(GOOD, "c1,X,club,,31.02.2024,Timișoara,colours,,\n")
    outcome = desk.run()
    assert outcome.counts.rejected == 1
    assert len(outcome.problems) == 3


def test_a_personal_code_is_refused_and_stored_nowhere(desk: Desk) -> None:
    code = "1800101221144"
    desk.write(GOOD, f"c1,Persoană de test,association,{code},,Timișoara,youth,,\n")
    outcome = desk.run()
    assert outcome.counts.rejected == 1
    home = desk.installation.home.folder
    desk.installation.close()
    found = [
        path for path in home.rglob("*") if path.is_file() and code.encode() in path.read_bytes()
    ]
    assert found == []


def test_corrected_rows_come_in_beside_the_rest(desk: Desk) -> None:
    desk.write(GOOD, "c1,X,association,,31.02.2024,Timișoara,youth,,\n")
    outcome = desk.run()
    text = outcome.rejects.read_text(encoding="utf-8").replace("31.02.2024", "28.02.2024")
    path = desk.installation.home.folder / "corrections" / "test-bodies.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    again = desk.run()
    assert again.counts.rejected == 0
    assert desk.ids() == ["org/test-b1", "org/test-c1"]


@pytest.mark.parametrize("number", ["", "3.0", "²", "2"])
def test_a_correction_of_no_row_is_told_and_counted(desk: Desk, number: str) -> None:
    """Nothing that a clerk handed back is passed over: not what says no row, nor what says another's."""
    desk.write(GOOD)
    path = desk.installation.home.folder / "corrections" / "test-bodies.csv"
    path.parent.mkdir(parents=True)
    rows = ("2," + GOOD, f"{number},c1,Asociația Nouă,association,,,Timișoara,youth,,\n")
    path.write_text("_row," + HEAD + "".join(rows), encoding="utf-8")
    outcome = desk.run()
    assert adds_up(outcome)
    assert (outcome.counts.read, outcome.counts.rejected) == (2, 1)
    assert "which row" in outcome.problems[0].message("en")
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        assert [row["_row"] for row in csv.DictReader(file)] == ["0"]
    assert desk.ids() == ["org/test-b1"]


def test_a_masked_number_that_comes_back_is_no_value(desk: Desk) -> None:
    """A book's number could be a person's code: it is masked in the rejects, and never stored so."""
    desk.write(GOOD, "c1,Editura 978-606-123-456-7,association,,31.02.2024,Timișoara,youth,,\n")
    text = desk.run().rejects.read_text(encoding="utf-8").replace("31.02.2024", "28.02.2024")
    path = desk.installation.home.folder / "corrections" / "test-bodies.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    again = desk.run()
    assert adds_up(again)
    assert again.counts.rejected == 1
    assert "dots" in again.problems[0].message("en")
    assert desk.ids() == ["org/test-b1"]


def test_the_file_of_the_held_version_keeps_its_counts_after_a_stopped_run(desk: Desk) -> None:
    mapping = desk.folder / "source.yml"
    mapping.write_text(
        mapping.read_text(encoding="utf-8") + "minimum: {rows: 3}\n", encoding="utf-8"
    )
    whole = (desk.folder / "table.csv").read_bytes()
    assert desk.run().counts.accepted == 3
    desk.write(GOOD, "c1,X,club,,,Timișoara,youth,,\n")
    assert desk.run().result == "stopped"
    (desk.folder / "table.csv").write_bytes(whole)
    again = desk.run()
    assert (again.result, again.rejects) == ("unchanged", None)
    assert (again.counts.read, again.counts.unchanged, again.counts.rejected) == (3, 3, 0)


def test_a_file_below_the_minimum_changes_nothing(desk: Desk) -> None:
    desk.run()
    mapping = desk.folder / "source.yml"
    mapping.write_text(
        mapping.read_text(encoding="utf-8") + "minimum: {rows: 3}\n", encoding="utf-8"
    )
    desk.write(GOOD)
    outcome = desk.run()
    assert outcome.result == "stopped"
    assert "minimum" in outcome.problems[0].message("en")
    assert desk.ids() == ["org/test-a1", "org/test-a2", "org/test-a3"]


def test_a_missing_column_stops_the_run_before_anything_is_written(desk: Desk) -> None:
    desk.run()
    desk.write("b1,X\n", head="cod,nume\n")
    with pytest.raises(FileError, match="forma"):
        desk.run()
    assert desk.ids() == ["org/test-a1", "org/test-a2", "org/test-a3"]


def test_a_new_column_is_never_silently_dropped(desk: Desk) -> None:
    desk.write("b1,X,association,,,T,youth,,,ceva\n", head=HEAD.strip() + ",noutate\n")
    with pytest.raises(MappingError, match="noutate"):
        desk.run()


def test_an_empty_file_is_told(desk: Desk) -> None:
    (desk.folder / "table.csv").write_bytes(b"")
    with pytest.raises(FileError):
        desk.run()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "utf-16"])
def test_names_keep_their_letters_in_every_encoding(desk: Desk, encoding: str) -> None:
    row = GOOD.replace("ș", "ş").replace("ț", "ţ") if encoding == "cp1250" else GOOD
    desk.write(row, head=HEAD, encoding=encoding)
    desk.run()
    assert desk.catalogue.records(["org/test-b1"])[0].values["label"]["ro"] == "Asociația Bună"


def test_a_half_written_graph_is_swept_at_the_next_start(desk: Desk) -> None:
    from graph.store import Iri, Literal, Triple, Versions

    desk.run()
    store, base = desk.installation.store, desk.installation.base
    half = base.source_graph("test-bodies", "half")
    store.add(
        half, [Triple(Iri("http://example.org/a"), Iri("http://example.org/b"), Literal("c"))]
    )
    assert Versions(store).sweep() == [half]
    assert store.count(half) == 0


def test_what_was_joined_by_name_is_parted_by_a_person_and_joined_again(desk: Desk) -> None:
    """A row that joined a held body on its own goes its own way when somebody says so, and comes back."""
    from ingest.identity.decision_file import decide

    desk.run()
    other = desk.beside("b1,ASOC. TEST UNU,association,,,Timișoara,youth,,\n")
    assert other.run().counts.merged == 1
    registry = desk.installation.registry
    assert registry.id_of("other:b1") == "org/test-a1"
    assert desk.catalogue.resolve(["org/other-b1", "other:b1"]) == ["org/test-a1", "org/test-a1"]
    file = desk.installation.home.decisions / "organisations.csv"
    for right in ("org/other-b1", "other:b1", "name:asoc. test unu"):
        decide(file, "org/test-a1", right, "different", who="Test", when="2026-11-25", why="două")
        other.run()
        assert desk.catalogue.resolve(["other:b1"]) == ["org/other-b1"], right
        decide(file, "org/test-a1", right, "open", who="Test", when="2026-11-26", why="greșeală")
        other.run()
        assert desk.catalogue.resolve(["other:b1"]) == ["org/test-a1"], right


def test_two_names_of_one_body_both_stay(desk: Desk) -> None:
    """What a person decided is applied, both statements stay, and taking the decision back parts them again."""
    from ingest.identity.decision_file import decide

    desk.run()
    file = desk.installation.home.decisions / "organisations.csv"
    decide(
        file,
        "org/test-a1",
        "org/test-a3",
        "same",
        who="Test",
        when="2026-11-25",
        why="rând de test",
    )
    desk.write(
        "a1,Asociația Test Unu,association,,2010,Timișoara,youth,,\n",
        "a3,Grupul Test Trei,informal_group,,,Timișoara,music,,\n",
    )
    outcome = desk.run()
    assert outcome.counts.merged == 1
    assert desk.ids() == ["org/test-a1"]
    record = desk.catalogue.records(["org/test-a1"])[0]
    assert "Grupul Test Trei" in record.values["altLabels"]
    assert desk.catalogue.resolve(["org/test-a3", "test:a3"]) == ["org/test-a1", "org/test-a1"]
    decide(
        file, "org/test-a1", "org/test-a3", "open", who="Test", when="2026-11-26", why="greșeală"
    )
    desk.run()
    assert desk.ids() == ["org/test-a1", "org/test-a3"]
