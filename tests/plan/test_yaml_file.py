"""plan.yml: written for a clerk, read back whole, and every mistake in it named with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ingest.plan import PlanDocument, load_plan_yaml
from ingest.plan.yaml_file import read_plan_yaml
from ontology.errors import FileError

CONTRACT = {
    "": "plan commitments legal_acts strategies programmes platforms events warnings",
    "plan": "title city start end vision directions priorities preparedBy",
    "commitments": "code title start end description objectives problem actors targets actions relevance",
    "actors": "name generic category evidence",
    "targets": "text comparator value lower upper unit rate evidence",
    "actions": "code title evidence",
    "relevance": "level text evidence",
    "warnings": "where message",
}


def test_every_key_of_the_contract_is_always_there(read) -> None:
    made = read("A1: Un titlu și nimic altceva\n").to_json_dict()
    assert set(CONTRACT[""].split()) <= made.keys()
    assert set(CONTRACT["plan"].split()) <= made["plan"].keys()
    commitment = made["commitments"][0]
    assert set(CONTRACT["commitments"].split()) <= commitment.keys()
    assert commitment["start"] is None
    assert commitment["actors"] == commitment["targets"] == commitment["actions"] == []
    assert set(CONTRACT["warnings"].split()) <= made["warnings"][0].keys()


def test_every_item_has_its_keys_and_its_evidence(bundled_paper, papers, read) -> None:
    made = read(papers.published(bundled_paper)).to_json_dict()
    for commitment in made["commitments"]:
        assert commitment["evidence"]
        for part in ("actors", "targets", "actions", "relevance"):
            for item in commitment[part]:
                assert set(CONTRACT[part].split()) <= item.keys()
                assert item["evidence"]
    for part in ("legal_acts", "strategies", "programmes", "platforms", "events"):
        assert all(item["evidence"] for item in made[part])


def test_what_is_written_reads_back_the_same(bundled_paper, papers, read, tmp_path: Path) -> None:
    doc = read(papers.published(bundled_paper))
    path = tmp_path / "out.yml"
    path.write_text(doc.to_yaml(), encoding="utf-8")
    assert load_plan_yaml(path) == doc


def test_the_bundled_plan_reads_back_the_same(bundled: PlanDocument) -> None:
    assert read_plan_yaml(bundled.to_yaml(), "plan.yml") == bundled


def test_the_yaml_is_the_json(bundled: PlanDocument) -> None:
    assert yaml.safe_load(bundled.to_yaml()) == bundled.to_json_dict()


GOOD = """\
plan: {title: Plan de probă, city: Exemplu}
commitments:
  - code: A1
    title: Un titlu
    start: 2024-05-01
    targets:
      - text: Formarea a 10 funcționari
        comparator: atLeast
        value: 10
        unit: person
"""


def test_a_plan_written_by_hand_needs_no_more_than_this() -> None:
    doc = read_plan_yaml(GOOD, "plan.yml")
    assert doc.commitments[0].start == "2024-05-01"
    assert doc.commitments[0].targets[0].value == 10
    assert doc.commitments[0].actions == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "hint"),
    [
        ("comparator: atLeast", "comparator: atleast", "targets[1].comparator", "atLeast, atMost"),
        ("value: 10", "value: zece", "line 9, commitments[1].targets[1].value", "12.5"),
        ("value: 10", "value: null", "targets[1]", "value"),
        ("comparator: atLeast", "comparator: null", "targets[1]", "comparator"),
        ("comparator: atLeast", "comparator: between", "targets[1]", "lower"),
        ("unit: person", "unit: persons", "targets[1].unit", "person"),
        ("value: 10", "value: -3", "targets[1]", "zero"),
        ("2024-05-01", "2024-05-41", "commitments[1].start", "2022-04-01"),
        ("2024-05-01", "2024-05-01\n    end: 2023-01-01", "commitments[1].end", "dates"),
        ("code: A1", "code: X1", "commitments[1].code", "A1, A2"),
        ("    title: Un titlu\n", "", "commitments[1].title", "Fill"),
        ("title: Un titlu", "titlu: Un titlu", "line 4", "Perhaps 'title'"),
        ("title: Un titlu", "title: Un titlu\n    title: Altul", "line 5", "Keep one"),
        ("targets:\n", "targets: multe\n    x:\n", "commitments[1].targets", "[]"),
        ("commitments:", "commitments: []\nold:", "old", "keys are"),
        ("title: Un titlu", "title: [Un, titlu]", "commitments[1].title", "text"),
        ("title: Un titlu", "title: &a Un titlu\n    problem: *a", "line 5", "without & and *"),
        ("plan: {title", "plan: {title: {", "plan.yml", "indentation"),
        (
            "title: Un titlu",
            "title: Un titlu\n    topics: [cosmos]",
            "commitments[1].topics",
            "resurse ref",
        ),
    ],
)
def test_every_mistake_is_named(old: str, new: str, where: str, hint: str) -> None:
    assert old in GOOD
    with pytest.raises(FileError) as caught:
        read_plan_yaml(GOOD.replace(old, new, 1), "plan.yml")
    assert where in caught.value.where
    assert hint in caught.value.message("en")
    assert caught.value.message("ro") != caught.value.message("en")


def test_two_commitments_with_one_code_are_refused(bundled: PlanDocument) -> None:
    twice = replace(bundled, commitments=bundled.commitments * 2)
    with pytest.raises(FileError, match="A1 is there twice"):
        read_plan_yaml(twice.to_yaml(), "plan.yml")


@pytest.mark.parametrize("words", ["", "- a\n", "doar text", "{", "a: " * 5, "\x00", "[" * 5000])
def test_what_is_no_plan_yml_is_refused(words: str) -> None:
    with pytest.raises(FileError):
        read_plan_yaml(words, "plan.yml")
