"""The network by GraphQL: what is shared, what changed, what joins and what hangs by a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.wiring import Installation
from graph.network import SHARINGS

Ask = Callable[..., dict[str, Any]]

LINK = "source target relation weight yearFrom yearTo text(lang: EN)"


def test_a_link_of_the_picture_carries_its_years(graphql: Ask, installation: Installation) -> None:
    found = graphql(f'{{ network(around: ["org/fitt"]) {{ edges {{ {LINK} }} }} }}')["network"]
    held = {(li.source, li.target, li.relation): li for li in installation.snapshot.network.links}
    dated = 0
    for edge in found["edges"]:
        link = held[edge["source"], edge["target"], edge["relation"]]
        assert (edge["yearFrom"], edge["yearTo"]) == (link.year_from, link.year_to)
        dated += link.dated
    assert dated


@pytest.mark.parametrize("sharing", [name.upper() for name in SHARINGS])
def test_a_projection_ties_organisations_by_what_they_share(graphql: Ask, sharing: str) -> None:
    found = graphql(
        f"{{ projection(sharing: {sharing}) {{ truncated nodes {{ resource {{ id kind }} degree }}"
        f" edges {{ {LINK} }} }} }}"
    )["projection"]
    # Of no bundled project two bodies are told by their ids: that projection is empty.
    assert bool(found["edges"]) == (sharing != "PROJECTS")
    ids = {node["resource"]["id"] for node in found["nodes"]}
    assert {node["resource"]["kind"] for node in found["nodes"]} <= {"ORGANISATION"}
    assert all({edge["source"], edge["target"]} <= ids for edge in found["edges"])
    assert {edge["relation"] for edge in found["edges"]} <= {f"shared-{sharing.lower()}"}
    assert all(node["degree"] > 0 for node in found["nodes"])
    assert not found["truncated"]


def test_a_projection_says_when_it_is_cut(graphql: Ask) -> None:
    query = "{ projection(sharing: COUNCILS, limit: %d) { truncated nodes { resource { id } } } }"
    cut, whole = graphql(query % 3)["projection"], graphql(query % 5000)["projection"]
    assert cut["truncated"]
    assert len(cut["nodes"]) == 3
    assert not whole["truncated"]
    assert len(whole["nodes"]) > 3


def test_who_shares_nothing_stands_alone_and_not_in_the_middle_of_the_city(graphql: Ask) -> None:
    found = graphql(
        '{ projection(sharing: COUNCILS, around: ["org/plai"]) { nodes { degree } edges { text } } }'
    )
    assert found["projection"] == {"nodes": [], "edges": []}


def test_a_change_tells_what_came_and_what_went(graphql: Ask) -> None:
    query = f"""query($a: Int!, $b: Int!, $n: Int!) {{ change(before: $a, after: $b, first: $n) {{
        newThings {{ id }} goneThings {{ id }} newLinks {{ {LINK} }} goneLinks {{ {LINK} }}
        newThingCount goneThingCount newLinkCount goneLinkCount keptLinkCount truncated }} }}"""
    there = graphql(query, a=2022, b=2023, n=500)["change"]
    back = graphql(query, a=2023, b=2022, n=500)["change"]
    assert there["newLinks"] == back["goneLinks"]
    assert there["goneThings"] == back["newThings"]
    assert there["keptLinkCount"] == back["keptLinkCount"] > 0
    assert not there["truncated"]
    assert len(there["newLinks"]) == there["newLinkCount"] > 1
    for link in there["newLinks"]:
        assert link["yearFrom"] == 2023 or link["yearTo"] is None or link["yearTo"] >= 2023
    short = graphql(query, a=2022, b=2023, n=1)["change"]
    assert short["truncated"]
    assert len(short["newLinks"]) == 1
    assert short["newLinkCount"] == there["newLinkCount"]


def test_a_bridge_is_the_only_tie_between_its_ends(graphql: Ask) -> None:
    found = graphql(
        f"{{ bridges(first: 500) {{ total truncated bridges {{ one {{ id }} other {{ id }} cut"
        f" links {{ {LINK} }} }} }} }}"
    )["bridges"]
    assert len(found["bridges"]) == found["total"]
    assert not found["truncated"]
    cuts = [one["cut"] for one in found["bridges"]]
    assert cuts == sorted(cuts, reverse=True)
    for one in found["bridges"]:
        ends = {one["one"]["id"], one["other"]["id"]}
        assert one["links"]
        assert all({link["source"], link["target"]} == ends for link in one["links"])
    short = graphql("{ bridges(first: 2) { total truncated bridges { cut } } }")["bridges"]
    assert short["truncated"]
    assert short["total"] == found["total"]


def test_a_broker_names_the_circles_it_joins(graphql: Ask) -> None:
    found = graphql(
        "{ brokers(first: 5) { total truncated brokers { resource { id } betweenness communities {"
        " number size label(lang: EN) members(first: 2) { id } } } } }"
    )["brokers"]
    values = [one["betweenness"] for one in found["brokers"]]
    assert values == sorted(values, reverse=True)
    assert found["truncated"] == (found["total"] > 5)
    for one in found["brokers"]:
        assert len(one["communities"]) >= 2
        assert all(1 <= len(c["members"]) <= min(2, c["size"]) for c in one["communities"])
        assert all(c["label"] for c in one["communities"])
