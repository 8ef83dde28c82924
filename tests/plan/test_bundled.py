"""The bundled plan: complete, correct, and about the same things as the city's tables."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest.mapping import slug
from ingest.plan import PlanDocument, plan_entities, plan_id_of
from ontology.validate import check

TABLES = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"


def _all(plan: PlanDocument, part: str) -> list:
    return [one for commitment in plan.commitments for one in getattr(commitment, part)]


def test_it_holds_what_the_plan_holds(bundled: PlanDocument) -> None:
    assert [one.code for one in bundled.commitments] == ["A1", "A2", "A3", "A4"]
    assert [len(one.actions) for one in bundled.commitments] == [7, 5, 5, 7]
    targets = _all(bundled, "targets")
    assert len(targets) == 26
    assert sum(one.comparator is not None for one in targets) == 16
    assert len(_all(bundled, "relevance")) == 25
    assert len(bundled.programmes) == 9
    assert len(bundled.legal_acts) == 5
    assert len(bundled.strategies) == 3
    assert len(bundled.platforms) == 4
    assert len(bundled.plan.directions) == 4
    assert len(bundled.plan.priorities) == 2
    assert bundled.plan.vision
    assert all(one.objectives for one in bundled.commitments)


def test_its_actors_are_named_generic_or_open(bundled: PlanDocument) -> None:
    actors = _all(bundled, "actors")
    assert len(actors) == 39
    assert len({one.name for one in actors if not (one.generic or one.category)}) == 11
    assert len({one.generic for one in actors if one.generic}) == 11
    assert {one.category for one in actors if one.category} == {"consilii consultative"}


def test_its_debates_and_periods(bundled: PlanDocument) -> None:
    debates = [(one.date, one.attendance) for one in bundled.events]
    assert debates == [("2021-11-05", 25), ("2021-11-26", 15)]
    periods = [(one.start, one.end) for one in bundled.commitments]
    assert periods == [
        ("2022-04-01", "2023-12-31"), ("2022-04-01", "2022-12-31"),
        ("2022-05-01", "2023-09-30"), ("2022-04-01", "2023-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "order", "expected"),
    [
        ("A1", 2, ("atLeast", 50, None, None, "person", None)),
        ("A1", 3, ("exactly", 3, None, None, "working-group", None)),
        ("A1", 4, ("atLeast", 3, None, None, "percent", None)),
        ("A1", 7, ("atLeast", 5, None, None, "project", "P1Y")),
        ("A2", 4, ("atMost", 4, None, None, "organisation", None)),
        ("A2", 7, ("approximately", 1, None, None, "percent", None)),
        ("A3", 3, ("exactly", 10, None, None, "dataset", None)),
        ("A1", 1, (None, None, None, None, None, None)),
    ],
)
def test_its_numbers(bundled: PlanDocument, code: str, order: int, expected: tuple) -> None:
    commitment = next(one for one in bundled.commitments if one.code == code)
    target = commitment.targets[order - 1]
    found = (target.comparator, target.value, target.lower, target.upper, target.unit, target.rate)
    assert found == expected


def test_a_number_in_a_title_is_a_threshold_of_its_own(bundled: PlanDocument) -> None:
    threshold = bundled.commitments[2].title_threshold
    assert threshold is not None
    assert (threshold.comparator, threshold.value, threshold.unit) == ("atLeast", 10, "dataset")


def test_it_warns_of_the_section_without_a_body(bundled: PlanDocument) -> None:
    assert "secțiunea 4" in bundled.warnings[0].where


def test_its_evidence_is_a_checksum_and_positions(bundled: PlanDocument) -> None:
    assert len(bundled.document.sha256) == 64
    parts = ("actors", "targets", "actions", "relevance")
    things = [one for part in parts for one in _all(bundled, part)]
    things += [*bundled.legal_acts, *bundled.strategies, *bundled.programmes]
    things += [*bundled.platforms, *bundled.events, *bundled.commitments]
    for one in things:
        assert one.evidence is not None, one
        assert one.evidence.text is None, "the document's words are not ours to repeat"
        assert all(0 <= a < b <= bundled.document.characters for a, b in one.evidence.spans)
        assert one.evidence.spans


def _known_ids() -> set[str]:
    """The ids that the rows of the tables get."""
    known: set[str] = set()
    for name in ("organisations.csv", "funders_and_beneficiaries.csv"):
        known |= {"org/" + row["id"].removeprefix("org-") for row in _rows(name)}
    for row in _rows("bodies.csv"):
        council = row["kind"] in ("consultative_council", "committee")
        bare = row["id"].removeprefix("council-").removeprefix("committee-").removeprefix("group-")
        known.add(("council/" if council else "group/") + bare)
    for row in _rows("legal_acts.csv"):
        known.add(("strategy/" if row["kind"] == "strategy" else "act/") + row["id"])
    known |= {"platform/" + row["id"].removeprefix("platform-") for row in _rows("platforms.csv")}
    known |= {"programme/" + slug(row["programme"]) for row in _rows("funds.csv")}
    return known


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_it_names_are_the_nodes_of_the_tables(bundled: PlanDocument) -> None:
    named = [*bundled.legal_acts, *bundled.strategies, *bundled.programmes, *bundled.platforms]
    ids = [one.id for one in [*named, *bundled.groups, *_all(bundled, "actors")] if one.id]
    ids += [member.id for group in bundled.groups for member in group.members if member.id]
    ids += [id_ for item in _all(bundled, "relevance") for id_ in item.refers_to]
    assert set(ids) <= _known_ids()
    pairs = {
        "Fundația Comunitară Timișoara": "org/fundatia-comunitara-timisoara",
        "Consilii Consultative al Tinerilor": "council/tineret",
        "HCL nr. 321 din 07.09.2021": "act/hcl-321-2021",
        "Strategia de Smart City": "strategy/strategia-smart-city-2022",
        "platformă proprie (decidem.primariatm.ro)": "platform/decidem",
        "Planul Național de Redresare și Reziliență (PNRR)": "programme/pnrr",
        "grup de inițiativă local": "group/ogp-initiativa-locala",
    }
    everything = [*named, *bundled.groups, *_all(bundled, "actors")]
    assert pairs.items() <= {one.name: one.id for one in everything}.items()


def test_every_named_actor_is_known(bundled: PlanDocument) -> None:
    named = [one for one in _all(bundled, "actors") if not (one.generic or one.category)]
    assert all(one.id for one in named)


def test_its_entities_pass_the_shapes(bundled: PlanDocument) -> None:
    made = list(plan_entities(bundled, plan_id=plan_id_of(bundled), resolver=lambda _: None))
    assert list(check(made, origin="plan.yml")) == []
    assert Counter(one.cls.name for one in made) == {
        "Plan": 1, "Commitment": 4, "Action": 24, "Target": 26, "Involvement": 39, "ActorGroup": 11, "Event": 2,
    }  # fmt: skip
    ids = {one.id for one in made}
    assert {"plan/pla-2022-2023", "plan/pla-2022-2023/A1", "plan/pla-2022-2023/A1/action/6"} <= ids
    assert "plan/pla-2022-2023/A1/target/4" in ids
    assert len(ids) == len(made)


def test_titles_and_targets_are_in_both_languages(bundled: PlanDocument) -> None:
    assert all(one.title_en for one in (*bundled.commitments, *_all(bundled, "actions")))
    assert all(one.text_en for one in _all(bundled, "targets"))
