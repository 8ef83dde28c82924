"""Over any answer: a connector gives entities and rejects, or says what is wrong."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.connectors import ckan, commongrants, funding_tenders, hsds, threesixtygiving
from ontology.errors import SourceError

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | LETTERS
ANY = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3),
    max_leaves=6,
)
CONNECTORS = {
    "360giving.json": (threesixtygiving.crawl, "/x", "/x"),
    "commongrants-2.json": (commongrants.crawl, "", commongrants.ROUTE),
    "ckan.json": (ckan.crawl, "", ckan.ROUTE),
    "funding-tenders.json": (funding_tenders.crawl, "/x", "/x"),
    "hsds-organizations.json": (hsds.crawl, "", "/organizations"),
}


def places(node: object, trail: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place inside an answer."""
    found = [trail] if trail else []
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in pairs:
        found.extend(places(child, (*trail, key)))
    return found


def planted(answer: object, trail: tuple[str | int, ...], value: object) -> object:
    """The answer with another value at one place."""
    made = copy.deepcopy(answer)
    node = made
    for step in trail[:-1]:
        node = node[step]  # type: ignore[index]
    node[trail[-1]] = value  # type: ignore[index]
    return made


@pytest.mark.parametrize("name", CONNECTORS)
@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_value_anywhere_is_taken_or_refused(name, data, site, reply, example, harvest):
    crawl, root, path = CONNECTORS[name]
    answer = example(name)
    trail = data.draw(st.sampled_from(places(answer)))
    changed = planted(answer, trail, data.draw(ANY))
    site.on("/services", reply({"contents": [], "total_pages": 1}))
    site.on(path, reply(json.dumps(changed).encode()))
    try:
        got = harvest(crawl, url=site.url + root, programme="P", pages=1)
    except SourceError as error:
        assert error.fix.ro  # noqa: PT017 - told in words
        return
    for refused in got.rejects:
        assert refused.errors
