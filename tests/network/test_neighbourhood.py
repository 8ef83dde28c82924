"""What a picture shows: depth, kinds, topics, years and a limit that is honest."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.network import Link, Node, city, neighbourhood
from ontology.errors import InputError, NotFoundError

HALL = "org/primaria-municipiului-timisoara"


def ids(part):
    return {node.id for node in part.nodes}


def undirected(whole):
    graph = nx.Graph()
    graph.add_nodes_from(n.id for n in whole.nodes if n.kind not in ("TOPIC", "PLACE"))
    graph.add_edges_from(
        (li.source, li.target) for li in whole.links if li.source in graph and li.target in graph
    )
    return graph


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_depth_counts_links_as_networkx_does(timisoara, depth):
    expected = nx.ego_graph(undirected(timisoara), "org/fitt", radius=depth)
    assert ids(neighbourhood(timisoara, ["org/fitt"], depth, limit=10_000)) == set(expected)


def test_every_link_between_the_shown_things_is_shown(timisoara):
    part = neighbourhood(timisoara, ["org/fitt"], 2)
    shown = ids(part)
    assert set(part.links) == {
        li for li in timisoara.links if li.source in shown and li.target in shown
    }


def test_truncated_is_true_exactly_when_something_was_left_out(timisoara):
    whole = neighbourhood(timisoara, [HALL], 1, limit=10_000)
    exactly = neighbourhood(timisoara, [HALL], 1, limit=whole.total)
    one_less = neighbourhood(timisoara, [HALL], 1, limit=whole.total - 1)
    assert not whole.truncated
    assert not exactly.truncated
    assert one_less.truncated
    assert (len(one_less.nodes), one_less.total) == (whole.total - 1, whole.total)


def test_what_the_limit_keeps_stays_connected_to_the_start(timisoara):
    part = neighbourhood(timisoara, [HALL], 3, limit=60)
    graph = nx.Graph([(li.source, li.target) for li in part.links])
    assert len(part.nodes) == 60
    assert nx.node_connected_component(graph, HALL) == ids(part)


def test_without_a_start_the_best_connected_come_first(timisoara):
    part = neighbourhood(timisoara, limit=25)
    degree = undirected(timisoara).degree()
    least = min(degree[node.id] for node in part.nodes)
    missed = max(count for node, count in degree if node not in ids(part))
    assert least >= missed
    assert part.truncated


def test_the_whole_city_holds_everything_but_topics_and_places(timisoara):
    part = neighbourhood(timisoara, limit=10_000)
    assert ids(part) == {n.id for n in timisoara.nodes if n.kind not in ("TOPIC", "PLACE")}
    assert not part.truncated


def test_topics_are_entered_when_asked_for_and_shown_when_started_from(timisoara):
    assert "topic/youth" not in ids(neighbourhood(timisoara, ["org/fitt"], 1))
    with_topics = neighbourhood(timisoara, ["org/fitt"], 1, kinds=["ORGANISATION", "TOPIC"])
    assert "topic/youth" in ids(with_topics)
    from_topic = neighbourhood(timisoara, ["topic/youth"], 1)
    assert {"topic/youth", "org/fitt"} <= ids(from_topic)


def test_kinds_say_what_is_entered_and_the_start_always_shows(timisoara):
    part = neighbourhood(timisoara, [HALL], 2, kinds=["COUNCIL"])
    assert {node.kind for node in part.nodes if node.id != HALL} == {"COUNCIL"}
    assert HALL in ids(part)


def test_a_topic_covers_its_narrower_topics():
    nodes = [
        Node("topic/culture", "TOPIC", "cultură", "culture"),
        Node("topic/music", "TOPIC", "muzică", "music"),
        Node("org/choir", "ORGANISATION", "Corul", "The choir", ("topic/music",)),
        Node("org/club", "ORGANISATION", "Clubul", "The club", ("topic/sport",)),
    ]
    links = [Link("topic/music", "topic/culture", "narrower-than")]
    assert ids(neighbourhood(city(nodes, links), topics=["topic/culture"])) == {"org/choir"}


def test_years_hide_what_was_not_yet_or_no_longer_there(timisoara):
    part = neighbourhood(timisoara, limit=10_000, year_from=2022, year_to=2022)
    assert "project/beta-2022" in ids(part)
    assert all(li.year_from is None or li.year_from <= 2022 for li in part.links)
    assert all(li.year_to is None or li.year_to >= 2022 for li in part.links)


def test_several_starts_and_the_same_start_twice(timisoara):
    once = neighbourhood(timisoara, ["org/fitt", "org/plai"], 1)
    twice = neighbourhood(timisoara, ["org/fitt", "org/plai", "org/fitt"], 1)
    assert once == twice
    assert {"org/fitt", "org/plai"} <= ids(once)


def test_an_unknown_start_is_named_in_the_error(timisoara):
    with pytest.raises(NotFoundError, match="org/nobody"):
        neighbourhood(timisoara, ["org/nobody"])


@pytest.mark.parametrize(
    "wrong", [{"depth": -1}, {"limit": 0}, {"year_from": 2024, "year_to": 2020}]
)
def test_a_senseless_question_is_refused(timisoara, wrong):
    with pytest.raises(InputError):
        neighbourhood(timisoara, ["org/fitt"], **wrong)
