"""The circles of the city: as good as networkx finds them, stable, named after their members."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from graph.network import Link, Node, city, communities, membership, modularity


def as_networkx(whole):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(whole.nodes)))
    graph.add_weighted_edges_from((e.source, e.target, e["weight"]) for e in whole.ties.es)
    return graph


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_everything_is_in_exactly_one_community(timisoara, method):
    found = communities(timisoara, method=method)
    members = [one for circle in found for one in circle.members]
    assert sorted(members) == [node.id for node in timisoara.nodes]
    assert [circle.number for circle in found] == list(range(len(found)))
    sizes = [len(circle.members) for circle in found]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("method", ["leiden", "louvain"])
@pytest.mark.parametrize("name", ["timisoara", "synthetic"])
def test_as_modular_as_networkx_finds_them(request, method, name):
    whole = request.getfixturevalue(name)
    graph = as_networkx(whole)
    theirs = nx.community.louvain_communities(graph, seed=1)
    found = communities(whole, method=method)
    ours = modularity(whole, found)
    groups = [{whole.index[one] for one in circle.members} for circle in found]
    assert ours == pytest.approx(nx.community.modularity(graph, groups))
    assert ours >= nx.community.modularity(graph, theirs) - 0.01


def test_the_same_data_gives_the_same_circles_whatever_was_drawn_before(timisoara):
    first = communities(timisoara)
    random.random()
    assert communities(timisoara) == first


def test_two_cliques_are_two_circles_named_after_their_most_central_and_their_topics():
    def clique(letter: str, topic: str) -> tuple[list[Node], list[Link]]:
        nodes = [
            Node(
                f"org/{letter}{at}",
                "ORGANISATION",
                f"Asociația {letter}{at}",
                f"Association {letter}{at}",
                (topic,),
            )
            for at in range(5)
        ]
        pairs = [(a.id, b.id) for a in nodes for b in nodes if a.id < b.id]
        return nodes, [Link(a, b, "partner") for a, b in pairs]

    (ones, within), (others, among) = clique("a", "topic/youth"), clique("b", "topic/sport")
    labels = [
        Node("topic/youth", "TOPIC", "tineret", "youth"),
        Node("topic/sport", "TOPIC", "sport", "sport"),
    ]
    whole = city([*ones, *others, *labels], [*within, *among, Link("org/a0", "org/b0", "partner")])
    left, right, *alone = communities(whole)
    assert {node.id for node in ones} == set(left.members)
    assert left.members[0] == "org/a0"
    assert left.label.ro == "Asociația a0, Asociația a1 · tineret"
    assert right.label.en == "Association b0, Association b1 · sport"
    assert [len(one.members) for one in alone] == [1, 1]
    assert membership((left, right))["org/b3"] == right.number
