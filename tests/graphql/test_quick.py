"""The short way for plain fields gives what the general executor gives, errors included."""

from __future__ import annotations

from typing import Any

import pytest
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.graphql.quick import QuickExecutor
from api.graphql.run import execute
from api.wiring import Installation

DOCUMENTS = {
    "plain values, two languages": "{ organisations(first: 60) { totalCount edges { cursor node"
    " { id iri kind label english: label(lang: EN) legalForm founded homepage altLabels updated"
    " identifiers { scheme value } location { latitude } topics { id label } } } } }",
    "two levels of links, with fragments and a variable": "query Q($n: Int, $no: Boolean = false)"
    " { organisations(first: 60) { edges { node { ...o } } } }"
    " fragment o on Organisation { projects(first: $n) { ...p lead { id } } partnerIn { ...p } }"
    " fragment p on Project { id label calls { id closes state budget @include(if: $no) } }",
    "computed fields and abstract types": "{ action(code: \"A1.3\") { __typename id label sources { url }"
    " related(first: 3) { name resource { __typename id ... on Organisation { city } } } } }",
    "an error inside a list": "{ organisations(first: 3) { edges { node { id projects(first: 9999)"
    " { id } } } } }",
    "the schema itself": "{ __schema { types { name fields { name type { name kind } } } } }",
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_ways_give_the_same(
    name: str, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = execute(installation, DOCUMENTS[name], {"n": 3})
    with monkeypatch.context() as general:
        general.setattr(
            QuickExecutor, "execute_fields", StrawberryGraphQLCoreExecutionContext.execute_fields
        )
        slow: Any = execute(installation, DOCUMENTS[name], {"n": 3})
    assert quick == slow
    assert ("errors" in quick) == name.startswith("an error")
