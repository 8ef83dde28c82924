"""The fast library measures what networkx measures, number by number."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.network import (
    Link,
    Node,
    betweenness,
    bridges,
    brokers,
    central,
    city,
    cores,
    degree,
    pagerank,
    proximity,
    survey,
)
from graph.network.measures import pivots
from ontology.errors import UnknownWordError


@pytest.fixture(params=["timisoara", "synthetic"])
def whole(request):
    return request.getfixturevalue(request.param)


def as_networkx(whole):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(whole.nodes)))
    graph.add_weighted_edges_from((e.source, e.target, e["weight"]) for e in whole.ties.es)
    return graph


def by_position(whole, values):
    return [values[node.id] for node in whole.nodes]


def test_the_ties_are_the_links_without_topics_one_edge_per_pair(whole):
    pairs = {
        frozenset((li.source, li.target))
        for li in whole.links
        if li.source != li.target
        and not {"TOPIC", "PLACE"} & {whole.node(li.source).kind, whole.node(li.target).kind}
    }
    assert whole.ties.ecount() == len(pairs)


def test_degree(whole):
    graph = as_networkx(whole)
    for at, node in enumerate(whole.nodes):
        if node.kind != "TOPIC":
            assert degree(whole)[node.id] == graph.degree(at)


def test_the_degree_of_a_topic_is_how_many_name_it(timisoara):
    named = {li.source for li in timisoara.links if li.target == "topic/youth"}
    assert degree(timisoara)["topic/youth"] == len(named)


def test_exact_betweenness(whole):
    expected = nx.betweenness_centrality(as_networkx(whole))
    found = by_position(whole, betweenness(whole))
    assert found == pytest.approx(list(expected.values()), abs=1e-9)


def test_sampled_betweenness_from_the_same_start_nodes(synthetic):
    graph = as_networkx(synthetic)
    starts = pivots(len(graph), 50)
    partial = nx.betweenness_centrality_subset(graph, starts, list(graph))
    count = len(graph)
    scale = count / len(starts) / ((count - 1) * (count - 2) / 2)
    expected = [value * scale for value in partial.values()]
    found = by_position(synthetic, betweenness(synthetic, exact_up_to=0, k=50))
    assert found == pytest.approx(expected, abs=1e-9)


def test_a_sample_of_all_is_exact(synthetic):
    exact = betweenness(synthetic)
    sampled = betweenness(synthetic, exact_up_to=0, k=len(synthetic.nodes))
    assert sampled == pytest.approx(exact, abs=1e-12)


def test_pagerank(whole):
    expected = nx.pagerank(as_networkx(whole), alpha=0.85, tol=1e-12, max_iter=1000)
    found = by_position(whole, pagerank(whole))
    assert found == pytest.approx(list(expected.values()), abs=1e-7)


def test_directed_pagerank(whole):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(whole.nodes)))
    graph.add_weighted_edges_from((e.source, e.target, e["weight"]) for e in whole.directed_ties.es)
    expected = nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000)
    found = by_position(whole, pagerank(whole, directed=True))
    assert found == pytest.approx(list(expected.values()), abs=1e-7)


def test_proximity_is_personalised_pagerank(whole):
    seeds = [n.id for n in whole.nodes if n.kind == "ORGANISATION" and degree(whole)[n.id] > 2][:3]
    personal = {whole.index[one]: 1.0 for one in seeds}
    expected = nx.pagerank(
        as_networkx(whole), alpha=0.85, personalization=personal, tol=1e-12, max_iter=1000
    )
    found = proximity(whole, seeds)
    for at, node in enumerate(whole.nodes):
        assert found.get(node.id, 0.0) == pytest.approx(expected[at], abs=1e-7)
    assert sum(found.values()) == pytest.approx(1.0)


def test_proximity_prefers_the_near_and_knows_nothing_of_what_no_chain_reaches():
    nodes = [Node(f"org/{name}", "ORGANISATION", name, name) for name in "abcxy"]
    links = [
        Link("org/a", "org/b", "partner"),
        Link("org/b", "org/c", "partner"),
        Link("org/x", "org/y", "partner"),
    ]
    found = proximity(city(nodes, links), ["org/a", "org/unheard-of"])
    assert found["org/b"] > found["org/c"] > 0
    assert "org/x" not in found
    assert proximity(city(nodes, links), ["org/unheard-of"]) == {}
    assert proximity(city(nodes, []), ["org/a"]) == {}


def test_heavier_seeds_pull_harder():
    nodes = [Node(f"org/{name}", "ORGANISATION", name, name) for name in "abpq"]
    links = [Link("org/a", "org/p", "partner"), Link("org/b", "org/q", "partner")]
    found = proximity(city(nodes, links), {"org/a": 3.0, "org/b": 1.0})
    assert found["org/p"] == pytest.approx(3 * found["org/q"])


def test_cores(whole):
    expected = nx.core_number(as_networkx(whole))
    assert by_position(whole, cores(whole)) == list(expected.values())


def test_bridges_and_what_each_would_cut_off(whole):
    graph = as_networkx(whole)
    expected = {}
    for one, other in nx.bridges(graph):
        cut = graph.copy()
        cut.remove_edge(one, other)
        sides = (nx.node_connected_component(cut, one), nx.node_connected_component(cut, other))
        expected[frozenset((whole.nodes[one].id, whole.nodes[other].id))] = min(map(len, sides))
    found = {frozenset((b.one, b.other)): b.cut for b in bridges(whole, least=1)}
    assert found == expected


def test_brokers_touch_two_circles_or_more(timisoara):
    found = survey(timisoara)
    ranked = brokers(timisoara, found.betweenness, found.community)
    assert ranked[0].id == "org/primaria-municipiului-timisoara"
    assert all(len(broker.communities) > 1 for broker in ranked)


def test_the_most_central_of_some_kinds(timisoara):
    found = survey(timisoara)
    ranked = central(timisoara, found, "degree", ["COUNCIL"], first=5)
    assert [node.kind for node, _ in ranked] == ["COUNCIL"] * 5
    values = [value for _, value in ranked]
    assert values == sorted(values, reverse=True)
    with pytest.raises(UnknownWordError, match="closeness"):
        central(timisoara, found, "closeness")


def test_an_empty_city_and_a_single_thing():
    for nodes in ([], [Node("org/a", "ORGANISATION", "a", "a")]):
        found = survey(city(nodes, []))
        assert len(found.communities) == len(nodes)
        assert set(found.pagerank) == {node.id for node in nodes}
