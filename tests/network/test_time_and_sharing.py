"""The network through the years, and organisations linked by what they share."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.network import SHARINGS, Link, Node, change, city, projection, relations, years
from ontology.errors import UnknownWordError


def node(name: str, kind: str = "ORGANISATION", span=(None, None)) -> Node:
    return Node(name, kind, name, name, (), span)


def test_change_lists_what_came_and_what_went_and_leaves_the_undated_alone():
    nodes = [
        node("org/a"),
        node("org/b"),
        node("org/c"),
        node("project/p", "PROJECT", (2023, 2023)),
    ]
    stays = Link("org/a", "org/b", "member", 1.0, 2020, None)
    ends = Link("org/b", "org/c", "member", 1.0, 2020, 2022)
    comes = Link("org/a", "project/p", "leads", 1.0, 2023, 2023)
    undated = Link("org/a", "org/c", "partner")
    found = change(city(nodes, [stays, ends, comes, undated]), 2022, 2023)
    assert found.links_new == (comes,)
    assert found.links_gone == (ends,)
    assert (found.links_kept, found.undated) == (1, 1)
    assert found.things_new == ("project/p",)
    assert found.things_gone == ("org/c",)


def test_change_of_the_real_city_adds_up(timisoara):
    found = change(timisoara, 2022, 2023)
    back = change(timisoara, 2023, 2022)
    assert found.links_new == back.links_gone
    assert found.things_gone == back.things_new
    assert "project/beta-2022" in found.things_gone


def test_years_run_without_a_gap():
    whole = city(
        [node("org/a", span=(2019, None)), node("org/b")],
        [Link("org/a", "org/b", "member", 1.0, 2022, None)],
    )
    assert years(whole) == (2019, 2020, 2021, 2022)
    assert years(city([node("org/a")], [])) == ()


def test_the_city_of_a_year_holds_nothing_that_began_later(timisoara):
    then = timisoara.during(2021, 2021)
    assert all((n.years[0] or 0) <= 2021 for n in then.nodes)
    assert all((li.year_from or 0) <= 2021 for li in then.links)
    without = timisoara.during(2021, 2021, undated=False)
    assert 0 < len(without.links) < len(then.links)


def test_shared_projects_weigh_as_newman_has_it():
    nodes = [node(f"org/{name}") for name in "abc"] + [
        node("project/small", "PROJECT"),
        node("project/big", "PROJECT"),
    ]
    links = [
        Link("org/a", "project/small", "leads"),
        Link("org/b", "project/small", "partner"),
        *(Link(f"org/{name}", "project/big", "partner") for name in "abc"),
    ]
    found = projection(city(nodes, links), "projects")
    weights = {(li.source, li.target): li.weight for li in found.links}
    assert weights == {("org/a", "org/b"): 1.5, ("org/a", "org/c"): 0.5, ("org/b", "org/c"): 0.5}


def test_councils_are_shared_as_networkx_projects_them(timisoara):
    bodies = {n.id for n in timisoara.nodes if n.kind in ("COUNCIL", "WORKING_GROUP")}
    orgs = {n.id for n in timisoara.nodes if n.kind == "ORGANISATION"}
    graph = nx.Graph(
        (li.source, li.target)
        for li in timisoara.links
        if li.relation == "member" and li.source in orgs and li.target in bodies
    )
    members = orgs & set(graph)
    expected = nx.bipartite.collaboration_weighted_projected_graph(graph, members)
    found = projection(timisoara, "councils")
    assert {(li.source, li.target): pytest.approx(li.weight) for li in found.links} == {
        tuple(sorted((one, other))): weight for one, other, weight in expected.edges(data="weight")
    }


def test_a_funder_joins_those_it_paid(timisoara):
    nodes = [node(f"org/{name}") for name in "abf"] + [node("call/c", "CALL")]
    nodes += [node("project/p", "PROJECT"), node("project/q", "PROJECT")]
    links = [
        Link("org/f", "call/c", "funds-call"),
        Link("project/p", "call/c", "under-call"),
        Link("project/q", "call/c", "under-call"),
        Link("org/a", "project/p", "leads"),
        Link("org/b", "project/q", "leads"),
    ]
    found = projection(city(nodes, links), "funders")
    assert [(li.source, li.target) for li in found.links] == [("org/a", "org/b")]
    assert projection(timisoara, "funders").links


def test_every_projection_reads_as_a_sentence():
    for name in SHARINGS:
        assert f"shared-{name}" in relations()


def test_an_unknown_projection_lists_the_known(timisoara):
    with pytest.raises(UnknownWordError, match="councils"):
        projection(timisoara, "friends")
