"""The bundled city: every fact of the tables and of the plan is on the map, with its source."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from api.wiring import Installation

DATA = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_bundled_row_is_rejected(installation: Installation) -> None:
    reports = {r.slug: r for r in installation.source_reports() if r.version is not None}
    assert {r.slug: r.rejected for r in reports.values() if r.rejected} == {}
    assert reports["timisoara-organisations"].read == 347
    assert reports["timisoara-funders"].merged >= 90


def test_the_counts_are_those_of_the_tables(installation: Installation) -> None:
    counts = installation.snapshot.catalogue.counts()
    funds, acts, bodies = table("funds.csv"), table("legal_acts.csv"), table("bodies.csv")
    strategies = [
        row for row in acts if row["kind"] == "strategy" and row["id"] != "pla-ogp-2022-2023"
    ]
    assert counts["CALL"] == len(funds) == 141
    assert counts["PROGRAMME"] == len({row["programme"] for row in funds}) == 68
    assert counts["LEGAL_ACT"] == sum(row["kind"] != "strategy" for row in acts)
    assert counts["STRATEGY"] == len(strategies)
    assert counts["COUNCIL"] + counts["WORKING_GROUP"] == len(bodies) == 52
    assert counts["PROJECT"] == 162
    assert counts["PLATFORM"] == 17
    assert counts["PLACE"] == 32
    assert counts["TOPIC"] == 40
    plan = (
        counts["PLAN"],
        counts["COMMITMENT"],
        counts["ACTION"],
        counts["TARGET"],
        counts["EVENT"],
    )
    assert plan == (1, 4, 24, 26, 2)


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("organisations.csv", {"org-": "org/"}),
        ("funders_and_beneficiaries.csv", {"org-": "org/"}),
        ("funds.csv", {"fund-": "call/"}),
        ("projects.csv", {"proj-": "project/"}),
        ("platforms.csv", {"platform-": "platform/"}),
        ("neighbourhoods.csv", {"nb-": "place/"}),
        ("bodies.csv", {"council-": "council/", "committee-": "council/", "group-": "group/"}),
    ],
)
def test_every_row_answers_to_its_own_id_and_to_the_slug(
    installation: Installation, file: str, rule: dict[str, str]
) -> None:
    catalogue = installation.snapshot.catalogue
    rows = table(file)
    found = catalogue.resolve([f"timisoara:{row['id']}" for row in rows])
    retired = installation.registry.retired()
    councils = ("consultative_council", "committee")
    for row, answer in zip(rows, found, strict=True):
        start = next(prefix for prefix in rule if row["id"].startswith(prefix))
        folder = rule[start]
        if file == "bodies.csv":  # there the row's kind decides, not the letters of its id
            folder = "council/" if row["kind"] in councils else "group/"
        slug = folder + row["id"].removeprefix(start)
        assert answer == retired.get(slug, slug)


def test_a_body_in_two_lists_is_one_node_with_both_sources(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    pages = {
        ref.url
        for ref in catalogue.sources(["org/fundatia-comunitara-timisoara"])[
            "org/fundatia-comunitara-timisoara"
        ]
    }
    rows = [
        row
        for name in ("organisations.csv", "funders_and_beneficiaries.csv")
        for row in table(name)
    ]
    stated = {row["source_url"] for row in rows if row["id"] == "org-fundatia-comunitara-timisoara"}
    assert len(stated) == 2
    assert stated <= pages


def test_a_body_under_two_ids_is_one_node_that_keeps_both(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    for old, new in installation.registry.retired().items():
        assert catalogue.resolve([old]) == [new]
        record = catalogue.records([new])[0]
        assert record is not None
        keys = {i["value"] for i in record.values["identifiers"]}
        assert f"org-{old.removeprefix('org/')}" in keys
        assert f"org-{new.removeprefix('org/')}" in keys


def test_every_thing_has_a_source(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    ids = [record.id for record in catalogue.scan()]
    without = [id_ for id_, refs in catalogue.sources(ids).items() if not refs]
    assert without == []


def test_every_part_of_a_thing_has_a_source(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    for part in ("EligibilityRule", "Involvement", "Membership", "Relevance"):
        ids = [record.id for record in catalogue.scan_type(part)]
        assert ids, part
        assert [id_ for id_, refs in catalogue.sources(ids).items() if not refs] == [], part


def test_single_cells_keep_the_page_they_were_read_from(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    founded = next(
        s for s in catalogue.statements("org/fundatia-comunitara-timisoara") if s.field == "founded"
    )
    page = catalogue.source(list(founded.sources))[0]
    assert page is not None
    assert page.url == "http://timisoara.stiintescu.ro/2018/04/02/ghidul-aplicantului/"


def test_a_grant_exists_only_where_the_row_states_an_award(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    money = {row["id"]: row["amount_status"] for row in table("project_money.csv")}
    states = Counter()
    for project in catalogue.scan(("PROJECT",)):
        row = next(i["value"] for i in project.values["identifiers"] if i["scheme"] == "timisoara")
        grants = catalogue.links([project.id], "grants")[project.id]
        if money.get(row) == "awarded" and project.refs("lead"):
            assert len(grants) == 1, row
        else:
            assert not grants, row
        states[project.values.get("amountStatus")] += 1
    assert states["requested"] == 3


def test_the_plans_things_are_the_same_nodes_as_the_rows(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    pairs = {
        "actors": {
            "org-fundatia-comunitara-timisoara",
            "org-aid-ong",
            "org-fitt",
            "org-institutul-intercultural-timisoara",
            "council-tineret",
            "council-cartier",
            "council-minoritati",
            "org-asociatia-smart-city",
        },
        "legal acts": {
            "hcl-321-2021",
            "hcl-489-2021",
            "lege-52-2003",
            "proiect-lege-date-deschise-2022",
            "directiva-ue-2019-1024",
        },
    }
    participants = {p for r in catalogue.scan_type("Involvement") for p in r.refs("participant")}
    known = {row: catalogue.resolve([f"timisoara:{row}"])[0] for row in pairs["actors"]}
    assert {row for row, id_ in known.items() if id_ not in participants} == set()
    plan = catalogue.records(["plan/pla-2022-2023"])[0]
    assert plan is not None
    referred = {
        t
        for c in catalogue.scan(("COMMITMENT",))
        for part in c.values["relevance"]
        for t in part.get("refersTo", ())
    }
    acts = {f"act/{row}" for row in pairs["legal acts"]}
    assert acts <= referred | set(plan.refs("legalActs"))
    assert catalogue.resolve(["timisoara:pla-ogp-2022-2023"]) == ["plan/pla-2022-2023"]
    assert "group/ogp-initiativa-locala" in plan.refs("preparedBy")


def test_generic_actors_are_no_organisations(installation: Installation) -> None:
    catalogue = installation.snapshot.catalogue
    generic = [r for r in catalogue.scan_type("Involvement") if r.values.get("genericGroup")]
    assert generic
    for one in generic:
        kinds = {r.kind for r in catalogue.records(list(one.refs("participant"))) if r is not None}
        assert "ORGANISATION" not in kinds
