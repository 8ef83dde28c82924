"""A planned document gives what the general executor gives, errors included."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from graphql.execution.values import VariableValues
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql import plan
from api.graphql.run import DOCUMENTS, execute, general, reading
from api.wiring import Installation
from tests.graphql.documents import documents

DOCS = {
    "plain values, two languages": "{ organisations(first: 60) { totalCount edges { cursor node"
    " { id iri kind label english: label(lang: EN) legalForm founded homepage altLabels updated"
    " identifiers { scheme value } location { latitude } topics { id label } } } } }",
    "two levels of links, with fragments and a variable": "query Q($n: Int, $no: Boolean = false)"
    " { organisations(first: 60) { edges { node { ...o } } } }"
    " fragment o on Organisation { projects(first: $n) { ...p lead { id } } partnerIn { ...p } }"
    " fragment p on Project { id label calls { id closes state budget @include(if: $no) } }",
    "computed fields and abstract types": "{ action(code: \"A1.3\") { __typename id label sources { url }"
    " related(first: 3) { name resource { __typename id ... on Organisation { city } } } } }",
    "a field asked twice is asked once for both": "{ organisations(first: 3) { edges { node { id } }"
    " edges { node { label projects { id } projects { label } } } } }",
    "an error inside a list": "{ organisations(first: 3) { edges { node { id projects(first: 9999)"
    " { id } } } } }",
    "an error beside an answer": '{ a: statistics { total } b: network(around: ["org/nobody"]) { truncated } }',
    "the schema itself": "{ __schema { types { name fields { name type { name kind } } } } }",
}  # fmt: skip


def both(installation: Installation, document: str, **variables: Any) -> dict[str, Any]:
    """The answer, when both ways give the same."""
    planned = execute(installation, document, variables)
    assert planned == general(document, variables, None, reading(installation))
    return planned


@pytest.mark.parametrize("name", DOCS)
def test_both_ways_give_the_same(name: str, installation: Installation) -> None:
    answer = both(installation, DOCS[name], n=3)
    assert ("errors" in answer) == name.startswith("an error")


@settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(document=documents(), yes=st.booleans(), no=st.booleans(), n=st.sampled_from([0, 1, 3]))
def test_any_selection_gives_the_same_on_both_ways(
    installation: Installation, document: str, yes: bool, no: bool, n: int
) -> None:
    read = DOCUMENTS.read(document)
    assert not read.errors, read.errors
    given = {"n": n, "yes": yes, "no": no, "lang": "RO"}
    answer = both(installation, document, **given)
    if "errors" not in answer:
        operation = read.operation(None)
        assert operation is not None
        values = DOCUMENTS.variables(operation, given)
        assert not isinstance(values, list)
        data = DOCUMENTS.run(read, operation, values, reading(installation))
        assert data == answer["data"]


def test_one_plan_serves_every_value_of_a_variable(installation: Installation) -> None:
    document = (
        "query($id: ID!, $all: Boolean!) { resource(id: $id) { id label @include(if: $all) } }"
    )
    for id_ in ("org/fitt", "org/plai"):
        for everything in (True, False):
            found = both(installation, document, id=id_, all=everything)["data"]["resource"]
            assert found["id"] == id_
            assert ("label" in found) == everything


def test_a_plan_does_not_hold_on_to_the_variables_it_was_made_with(
    installation: Installation,
) -> None:
    long = "x" * 100_000
    document = (
        "query($id: ID!, $yes: Boolean!) { resource(id: $id) { id label @include(if: $yes) } }"
    )
    for yes in (True, False):
        execute(installation, document, {"id": long + str(yes), "yes": yes})
    held = [one for one in gc.get_objects() if isinstance(one, VariableValues)]
    assert not any(str(one.coerced.get("id")).startswith(long) for one in held)


def test_a_missing_or_wrong_variable_is_told(installation: Installation) -> None:
    document = "query($id: ID!) { resource(id: $id) { id } }"
    wrongs: tuple[dict[str, Any], ...] = ({}, {"id": {"no": 1}})
    for wrong in wrongs:
        answer = execute(installation, document, wrong)
        assert answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == "BAD_QUERY"
        assert "id" in answer["errors"][0]["message"]


def test_fragments_that_multiply_cost_nothing_where_there_is_no_data(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = 8
    chain = " ".join(
        f"fragment f{n} on Organisation {{"
        + "".join(f" a{k}: projects(first: 0) {{ lead {{ ...f{n + 1} }} }}" for k in range(9))
        + " }"
        for n in range(levels)
    )
    document = f'{{ resource(id: "org/fitt") {{ ...f0 }} }} {chain} fragment f{levels} on Organisation {{ id }}'
    planned: list[str] = []
    really = plan.collect_subfields

    def collect(*given: Any) -> Any:
        planned.append(str(given[-2]))
        return really(*given)

    monkeypatch.setattr(plan, "collect_subfields", collect)
    answer = execute(installation, document)
    assert planned == ["Organisation"]  # of 43 million selections
    assert answer["data"]["resource"] == {f"a{k}": [] for k in range(9)}


def test_the_operation_is_named_where_there_are_several(installation: Installation) -> None:
    document = "query A { statistics { total } } query B { statistics { version } }"
    assert execute(installation, document, None, "A")["data"]["statistics"]["total"] > 1000
    for name in (None, "C"):
        assert (
            execute(installation, document, None, name)["errors"][0]["extensions"]["code"]
            == "BAD_QUERY"
        )
