"""Another town's plan of the same template: nothing is known beforehand of any one town."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.plan import PlanDocument, plan_entities, plan_id_of, read_plan
from ontology.validate import check


@pytest.fixture(params=["txt", "html", "docx", "pdf"])
def town(request, town_paper, papers, tmp_path: Path) -> PlanDocument:
    """The plan of Valea Nucului, read from each format."""
    path = tmp_path / f"plan.{request.param}"
    if request.param == "docx":
        papers.as_docx(town_paper, path)
    elif request.param == "pdf":
        path.write_bytes(papers.as_pdf(town_paper))
    else:
        write = papers.as_html if request.param == "html" else papers.published
        path.write_text(write(town_paper), encoding="utf-8")
    return read_plan(path)


def test_its_head(town: PlanDocument) -> None:
    assert town.plan.city == "Valea Nucului"
    assert (town.plan.start, town.plan.end) == ("2024-01-01", "2026-12-31")
    assert town.plan.directions == ("Date la vedere", "Bani hotărâți împreună", "Tineri la masă")
    assert town.plan.priorities == ("Oameni pregătiți", "Unelte simple")
    assert plan_id_of(town) == "plan/pla-valea-nucului-2024-2026"


def test_who_prepared_it_and_when_it_was_debated(town: PlanDocument) -> None:
    (group,) = town.groups
    assert group.legal_act == "HCL nr. 77/2023"
    assert [one.name for one in group.members] == [
        "Primăria Municipiului Valea Nucului", "Asociația Nucii Verzi", "Fundația Orașul Viu",
    ]  # fmt: skip
    assert [(one.type, one.date, one.attendance) for one in town.events] == [
        ("consultation", "2024-03-14", 42), ("public_debate", "2024-04-03", 118),
    ]  # fmt: skip


def test_named_and_generic_actors(town: PlanDocument) -> None:
    named = [a.name for c in town.commitments for a in c.actors if not (a.generic or a.category)]
    assert named == [
        "Asociația Nucii Verzi", "Colegiul Național „Ion Creangă”", "Consiliul Elevilor Valea Nucului",
        "Fundația Orașul Viu", "Consilii Consultative al Tinerilor", "Consilii Consultative ale Vârstnicilor",
        "Salvați Nucii Valea Nucului",
    ]  # fmt: skip
    generic = [a.generic for c in town.commitments for a in c.actors if a.generic]
    assert generic == [
        "universități", "experți", "cetățeni", "școli", "licee", "grupuri informale", "instituții publice",
        "mediul academic", "mediul de afaceri",
    ]  # fmt: skip


def test_its_targets(town: PlanDocument) -> None:
    found = [
        (t.comparator, t.value, t.lower, t.upper, t.unit, t.rate)
        for one in town.commitments
        for t in one.targets
    ]
    assert found == [
        ("atLeast", 3, None, None, "dataset", "P1Y"),
        ("exactly", 12, None, None, "person", None),
        ("approximately", 5, None, None, "percent", None),
        (None, None, None, None, None, None),
        ("between", None, 4, 6, "event", "P6M"),
        ("atMost", 2, None, None, "working-group", None),
        (None, None, None, None, None, None),
        ("exactly", 10, None, None, "dataset", None),
        ("between", None, 2, 3, "partnership", None),
        ("atLeast", 20, None, None, "person", None),
    ]


def test_what_it_names(town: PlanDocument) -> None:
    assert [(one.type, one.number, one.date) for one in town.legal_acts] == [
        ("hcl", "77", "2023"), ("law", "544/2001", "2001"), ("oug", "57/2019", "2019"),
        ("hcl", "15", "2024-01-30"), ("directive", "2019/1024", "2019"),
    ]  # fmt: skip
    assert [(one.name, one.status) for one in town.strategies] == [
        ("Strategia de dezvoltare durabilă 2021-2027", "existing"),
        ("Strategia pentru tineret", "promised"),
    ]
    assert [one.name for one in town.programmes] == [
        "PNRR", "Programul Orizont Europa",
        "Apelurile deschise pentru tineret, finanțate prin Fondul Local Nuca", "Erasmus+", "POR",
    ]  # fmt: skip
    assert [one.name for one in town.platforms] == [
        "Portal cu datele bugetului (date.valeanucului.ro)",
        "Aplicație mobilă pentru sesizări",
    ]


def test_its_entities_pass_the_shapes_and_collide_with_no_other_town(
    town: PlanDocument, bundled: PlanDocument
) -> None:
    made = list(plan_entities(town, plan_id=plan_id_of(town), resolver=lambda _: None))
    assert list(check(made, origin="plan.yml")) == []
    own = replace(bundled, strategies=tuple(replace(one, id=None) for one in bundled.strategies))
    other = list(plan_entities(own, plan_id=plan_id_of(own), resolver=lambda _: None))
    shared = {one.id for one in made} & {one.id for one in other}
    assert all(id_.startswith("actor-group/") for id_ in shared)


def test_a_name_that_is_known_is_the_known_thing(town: PlanDocument) -> None:
    known = {"Asociația Nucii Verzi": "org/nucii-verzi", "POR": "programme/por"}
    made = list(plan_entities(town, plan_id=plan_id_of(town), resolver=known.get))
    assert not [one for one in made if one.id.startswith("programme/por")]
    involved = [one for one in made if one.first("name") == "Asociația Nucii Verzi"]
    assert "org/nucii-verzi" in {one.first("participant") for one in involved}
    unknown = next(one for one in made if one.first("name") == "Fundația Orașul Viu")
    assert unknown.first("participant") is None or unknown.cls.name == "Membership"
