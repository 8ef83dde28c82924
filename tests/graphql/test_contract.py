"""GraphQL as the contract names it: types, lists, paging, languages, limits with stable codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from api.graphql.run import execute
from api.graphql.schema import schema
from api.wiring import Installation

Ask = Callable[..., dict[str, Any]]


def test_the_committed_schema_is_fresh() -> None:
    committed = Path(__file__).parents[2] / "api" / "graphql" / "schema.graphql"
    assert committed.read_text(encoding="utf-8") == schema.as_str() + "\n"


def test_only_id_iri_and_kind_are_sure(graphql: Ask) -> None:
    fields = graphql('{ __type(name: "Organisation") { fields { name type { kind } } } }')[
        "__type"
    ]["fields"]
    assert {f["name"] for f in fields if f["type"]["kind"] == "NON_NULL"} == {"id", "iri", "kind"}


def test_a_thing_answers_to_every_id(graphql: Ask) -> None:
    found = graphql(
        """{ a: resource(id: "org/fitt") { id iri kind } b: resource(id: "timisoara:org-fitt") { id }
             c: resource(id: "org/nope") { id } many: resources(ids: ["org/fitt", "org/nope"]) { id } }"""
    )
    assert found["a"] == {
        "id": "org/fitt",
        "iri": "https://w3id.org/resurse/id/org/fitt",
        "kind": "ORGANISATION",
    }
    assert found["b"] == {"id": "org/fitt"}
    assert found["c"] is None
    assert found["many"] == [{"id": "org/fitt"}, None]


def test_labels_speak_both_languages(graphql: Ask) -> None:
    found = graphql(
        '{ topics(filter: {text: "tineret"}) { edges { node { ro: label en: label(lang: EN) } } } }'
    )
    assert {"ro": "Tineret", "en": "Youth"} in [e["node"] for e in found["topics"]["edges"]]


def test_paging_meets_every_thing_once(graphql: Ask) -> None:
    seen: list[str] = []
    after = None
    query = """query($after: String) { organisations(first: 60, after: $after, sort: YEAR_DESC) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    while True:
        page = graphql(query, after=after)["organisations"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == page["totalCount"]


def test_filters_narrow_through_the_topic_hierarchy(graphql: Ask) -> None:
    found = graphql(
        """{ wide: calls(first: 200, filter: {topics: ["culture"]}) { totalCount }
             narrow: calls(first: 200, filter: {topics: ["music"]}) { totalCount edges { node { topics { id } } } }
             none: calls(filter: {open: true}) { totalCount } }"""
    )
    assert found["wide"]["totalCount"] > found["narrow"]["totalCount"] > 0
    assert all(
        "topic/music" in [t["id"] for t in e["node"]["topics"]] for e in found["narrow"]["edges"]
    )


def test_the_plan_is_whole(graphql: Ask) -> None:
    plan = graphql(
        """{ plan { id city start end directions vision commitments { code label start end objectives
              actors { name participant { id } genericGroup role status } relevance { level text refersTo { id } }
              targets { text comparator value lower upper unit counted ratePeriod targetKind reports { date } progress }
              actions { code label targets { id } actors { name } } } preparedBy { id } legalActs { id } events { date attendance } } }"""
    )["plan"]
    commitments = plan["commitments"]
    assert [c["code"] for c in commitments] == ["A1", "A2", "A3", "A4"]
    assert [len(c["actions"]) for c in commitments] == [7, 5, 5, 7]
    assert [len(c["targets"]) for c in commitments] == [7, 7, 5, 7]
    targets = [t for c in commitments for t in c["targets"]]
    numbered = [t for t in targets if t["value"] is not None or t["lower"] is not None]
    assert len(numbered) == 16
    three_percent = next(t for t in numbered if t["unit"] == "percent" and t["value"] == 3)
    assert three_percent["comparator"] == "atLeast"
    assert sum(len(c["actors"]) for c in commitments) == 39
    assert sum(len(c["relevance"]) for c in commitments) == 25
    assert (commitments[0]["start"], commitments[0]["end"]) == ("2022-04-01", "2023-12-31")
    assert sorted(e["attendance"] for e in plan["events"]) == [15, 25]


def test_a_list_of_texts_is_told_in_one_language(graphql: Ask) -> None:
    plan = graphql(
        """{ plan { ro: directions en: directions(lang: EN) priorities
              commitments { objectives(lang: EN) } } }"""
    )["plan"]
    assert len(plan["ro"]) == len(plan["en"]) == 4
    assert "Parteneriat cu societatea civilă" in plan["ro"]
    assert "Partnership with civil society" in plan["en"]
    assert not set(plan["ro"]) & set(plan["en"])
    assert len(plan["priorities"]) == 2
    assert [len(c["objectives"]) for c in plan["commitments"]] == [1, 1, 2, 1]


def test_lists_of_texts_keep_the_order_of_the_source(graphql: Ask) -> None:
    folder = Path(__file__).parents[2] / "ingest" / "sources" / "timisoara-plan"
    stated = yaml.safe_load((folder / "plan.yml").read_text(encoding="utf-8"))
    found = graphql(
        "{ plan { directions en: directions(lang: EN) priorities commitments { objectives } } }"
    )["plan"]
    assert found["directions"] == stated["plan"]["directions"]
    assert found["en"] == stated["plan"]["directions_en"]
    assert found["priorities"] == stated["plan"]["priorities"]
    assert found["directions"] != sorted(found["directions"])
    for one, held in zip(found["commitments"], stated["commitments"], strict=True):
        assert (one["objectives"] or []) == held["objectives"]


def test_a_title_comes_without_its_code(graphql: Ask) -> None:
    found = graphql(
        '{ action(code: "A1.6") { code label commitment { code } } commitment(code: "A3") { label } }'
    )
    assert found["action"]["code"] == "A1.6"
    assert not found["action"]["label"].startswith("A")
    assert found["action"]["commitment"]["code"] == "A1"


def test_unknown_codes_are_null(graphql: Ask) -> None:
    assert graphql('{ action(code: "A9.9") { id } commitment(code: "A9") { id } }') == {
        "action": None,
        "commitment": None,
    }


@pytest.mark.parametrize("first", [1, 5, 50])
def test_the_number_of_reads_does_not_grow_with_the_page(
    installation: Installation, first: int
) -> None:
    query = f"""{{ organisations(first: {first}) {{ edges {{ node {{ label projects {{ label calls {{ label programme {{ label }} }} }}
        sources {{ url }} memberships {{ body {{ label }} }} }} }} }} }}"""
    fresh = Installation(installation.settings)  # nothing in memory yet
    catalogue = fresh.snapshot.catalogue
    before = catalogue.calls
    assert "errors" not in execute(fresh, query)
    assert catalogue.calls - before <= 20
    fresh.close()


LIMITS = {
    "depth": (
        "{ organisations { edges { node "
        + "{ projects { lead " * 12
        + "{ id }"
        + " } }" * 12
        + " } } }",
        "QUERY_TOO_DEEP",
    ),
    "page": ("{ organisations(first: 501) { totalCount } }", "PAGE_TOO_LARGE"),
    "roots": (
        "{" + " ".join(f"a{i}: statistics {{ total }}" for i in range(200)) + "}",
        "TOO_MANY_ROOT_FIELDS",
    ),
    "length": ("{ statistics { total } }" + " " * 250_000, "QUERY_TOO_LONG"),
    "cursor": ('{ organisations(after: "x") { totalCount } }', "BAD_INPUT"),
    "topic": ('{ organisations(filter: {topics: ["nothing"]}) { totalCount } }', "NOT_FOUND"),
    "field": ("{ nothing }", "BAD_QUERY"),
    "syntax": ("{ statistics {", "BAD_QUERY"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_refused_query_says_why_with_a_stable_code(client: TestClient, name: str) -> None:
    query, code = LIMITS[name]
    answer = client.post("/graphql", json={"query": query}).json()
    assert answer["errors"][0]["extensions"]["code"] == code
    assert answer["errors"][0]["message"]


def test_inside_the_limits_a_hundred_root_fields_answer(client: TestClient) -> None:
    query = "{" + " ".join(f'a{i}: resource(id: "org/fitt") {{ id }}' for i in range(100)) + "}"
    answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer
    assert len(answer["data"]) == 100


def test_introspection_as_graphiql_asks_it(client: TestClient) -> None:
    from graphql import get_introspection_query

    answer = client.post(
        "/graphql", json={"query": get_introspection_query(descriptions=True)}
    ).json()
    assert "errors" not in answer


@pytest.mark.parametrize("variables", ["[1]", "5", '"id"', "true"])
def test_variables_are_an_object_by_get_as_by_post(client: TestClient, variables: str) -> None:
    document = "query($id: ID!) { resource(id: $id) { id } }"
    by_get = client.get("/graphql", params={"query": document, "variables": variables})
    by_post = client.post(
        "/graphql", content=f'{{"query": "{document}", "variables": {variables}}}'.encode()
    )
    assert by_get.status_code == by_post.status_code == 400
    assert by_get.json() == by_post.json()


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/graphql+json"])
def test_json_is_read_as_json_whatever_its_name(client: TestClient, kind: str) -> None:
    asked = b'{"query": "{ statistics { total } }"}'
    answer = client.post("/graphql", headers={"content-type": kind}, content=asked)
    assert answer.json()["data"]["statistics"]["total"] > 1000


def test_a_document_alone_is_read_as_one(client: TestClient) -> None:
    kind = {"content-type": "Application/GraphQL; charset=utf-8"}
    answer = client.post("/graphql", headers=kind, content=b"{ statistics { total } }")
    assert answer.json()["data"]["statistics"]["total"] > 1000


def test_a_filter_without_end_is_told(client: TestClient) -> None:
    document = "query($t: String) { organisations(filter: { text: $t }) { totalCount } }"
    asked = {"query": document, "variables": {"t": "cuvânt " * 1_500}}
    (error,) = client.post("/graphql", json=asked).json()["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["path"] == ["organisations"]


def test_none_are_given_where_none_are_asked_for(graphql: Ask) -> None:
    assert graphql("{ centrality(first: 0) { value } }")["centrality"] == []


@pytest.mark.parametrize(
    "root",
    [
        'plan(id: "org/fitt") { id }',
        'action(code: "A1.3", plan: "org/fitt") { id }',
        'gaps(plan: "org/fitt") { severity }',
    ],
)
def test_what_is_no_plan_is_not_told_as_one(client: TestClient, root: str) -> None:
    (error,) = client.post("/graphql", json={"query": f"{{ {root} }}"}).json()["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert "plan/pla-2022-2023" in error["message"]


@pytest.mark.parametrize("diversity", [-5, 1.5, 99])
def test_diversity_lies_between_none_and_all(client: TestClient, diversity: float) -> None:
    root = f'match(want: [ORGANISATION], text: "dans", diversity: {diversity}) {{ note }}'
    (error,) = client.post("/graphql", json={"query": f"{{ {root} }}"}).json()["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["message"].startswith("diversity")


def test_a_broken_request_is_told(client: TestClient) -> None:
    assert client.post("/graphql", content=b"{").status_code == 400
    assert client.post("/graphql", json={"nothing": 1}).status_code == 400
    assert (
        client.get("/graphql", params={"query": "{ statistics { total } }"}).json()["data"][
            "statistics"
        ]["total"]
        > 1000
    )


def test_search_similar_network_and_path_answer(graphql: Ask) -> None:
    found = graphql(
        """{ search(text: "dans", first: 3) { totalCount understood { id } facets { name values { value label count } }
               edges { score node { id kind label } highlight why cursor } pageInfo { hasNextPage endCursor } }
             resource(id: "org/fitt") { related(first: 5) { name direction resource { id } } similar(first: 3) { score resource { id } } }
             network(around: ["org/fitt"], depth: 1) { truncated nodes { resource { id } x y degree betweenness pagerank community }
               edges { source target relation text(lang: EN) } }
             path(from: "org/fitt", to: "org/plai") { steps { subject { id } property object { id } source { url } } } }"""
    )
    assert found["search"]["edges"][0]["node"]["kind"] == "ORGANISATION"
    assert {f["name"] for f in found["search"]["facets"]} >= {"kind", "topics", "legalForm", "year"}
    assert found["resource"]["similar"]
    ids = {n["resource"]["id"] for n in found["network"]["nodes"]}
    assert "org/fitt" in ids
    assert all({e["source"], e["target"]} <= ids for e in found["network"]["edges"])
    assert found["path"][0]["steps"]


def test_a_facet_of_a_search_counts_what_choosing_it_gives(graphql: Ask) -> None:
    asked = """query ($kinds: [Kind!], $topics: [ID!], $year: Int) {
        search(text: "festival de muzică", kinds: $kinds,
               filter: {topics: $topics, yearFrom: $year, yearTo: $year}) {
          totalCount facets { name values { value count } } } }"""
    whole = graphql(asked)["search"]
    counts = {
        one["name"]: {v["value"]: v["count"] for v in one["values"]} for one in whole["facets"]
    }
    assert sum(counts["kind"].values()) == whole["totalCount"] > 0
    for kind, count in counts["kind"].items():
        assert graphql(asked, kinds=[kind])["search"]["totalCount"] == count
    for topic, count in list(counts["topics"].items())[:6]:
        assert graphql(asked, topics=[topic])["search"]["totalCount"] == count
    for year, count in list(counts["year"].items())[:6]:
        assert graphql(asked, year=int(year))["search"]["totalCount"] == count


@pytest.mark.parametrize("kind", ["ORGANISATION", "PROGRAMME", "COUNCIL"])
def test_every_statement_behind_a_reason_is_said_of_a_resource(graphql: Ask, kind: str) -> None:
    """What a membership, an involvement or a rule of a call states is said of what holds it."""
    found = graphql(
        """query ($want: [Kind!]!) { match(code: "A1.1", want: $want, first: 8) { matches { reasons {
             kind evidence { subject { id label } property value object { id } source { url } } } } } }""",
        want=[kind],
    )
    reasons = [one for match in found["match"]["matches"] for one in match["reasons"]]
    statements = [statement for one in reasons for statement in one["evidence"]]
    assert all(one["subject"] is not None for one in statements)
    assert all(one["value"] is not None or one["object"] is not None for one in statements)
    if kind == "ORGANISATION":
        named = [s for r in reasons if r["kind"] == "named_in_plan" for s in r["evidence"]]
        assert {one["subject"]["id"] for one in named} == {"plan/pla-2022-2023/A1"}


def test_match_explain_and_eligibility_answer(graphql: Ask) -> None:
    found = graphql(
        """{ match(code: "A1.6", want: [ORGANISATION, PROGRAMME, COUNCIL], first: 5) { subject { id }
               matches { node { id } score eligible reasons { kind weight value contribution text evidence { property source { url } } } } }
             explain(code: "A1.6", candidate: "org/banat-it") { score reasons { kind } }
             eligibility(organisation: "org/fitt", call: "timisoara:fund-impuls-in-comunitate-2023") { answer rules { rule answer text missing } }
             gaps { action { code } missing severity } }"""
    )
    assert found["match"]["subject"]["id"] == "plan/pla-2022-2023/A1/action/6"
    for match in found["match"]["matches"]:
        assert match["score"] == pytest.approx(
            sum(r["contribution"] for r in match["reasons"]), abs=0.01
        )
        assert any(r["evidence"] for r in match["reasons"])
    rules = found["eligibility"]["rules"]
    assert [r["rule"] for r in rules] == [
        "legal_form",
        "territory",
        "dates",
        "partners",
        "amount",
        "cofinancing",
        "topic",
    ]
    assert found["eligibility"]["answer"] == "NO"
    assert {r["rule"]: r["answer"] for r in rules}["legal_form"] == "YES"
    assert len(found["gaps"]) > 0


def test_the_language_of_a_search_is_that_of_its_texts(
    graphql: Callable[..., dict[str, Any]],
) -> None:
    """`lang` of the search speaks for what does not name a language of its own."""
    asked = """query ($lang: Lang) { search(text: "festival de film", lang: $lang, first: 1) {
        edges { why own: why(lang: RO) highlight }
        facets { name values { value label } } } }"""
    ro, en = (graphql(asked, lang=lang)["search"] for lang in ("RO", "EN"))
    assert any(said.startswith("Close in meaning") for said in en["edges"][0]["why"])
    assert ro["edges"][0]["why"] == ro["edges"][0]["own"] == en["edges"][0]["own"]
    assert ro["edges"][0]["highlight"] != en["edges"][0]["highlight"]
    kinds = [{v["label"] for v in one["facets"][0]["values"]} for one in (ro, en)]
    assert "organizații" in kinds[0]
    assert "organisations" in kinds[1]
