"""How two things hang together: short chains of true statements, not detours over a hub."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from graph.network import City, Link, Node, city, paths
from ontology.errors import InputError, NotFoundError


def random_city(count: int, links: int, seed: int) -> City:
    chance = random.Random(seed)
    nodes = [Node(f"org/{at:02}", "ORGANISATION", f"O{at}", f"O{at}") for at in range(count)]
    pairs = [chance.sample(nodes, 2) for _ in range(links)]
    return city(nodes, [Link(a.id, b.id, "partner") for a, b in pairs])


def org(name: str, *topics: str) -> Node:
    return Node(f"org/{name}", "ORGANISATION", name, name, topics)


def test_a_chain_is_made_of_statements_that_join_end_to_end(timisoara):
    (best, *_) = paths(timisoara, "org/oar-timis", "org/centrul-de-proiecte-timisoara")
    assert best.nodes == (
        "org/oar-timis",
        "project/beta-2022",
        "call/repere-in-cultura-2022",
        "org/centrul-de-proiecte-timisoara",
    )
    assert [step.link.relation for step in best.steps] == ["leads", "under-call", "funds-call"]
    assert [step.forward for step in best.steps] == [True, True, False]
    said = best.steps[0].text(timisoara, "en")
    assert " leads project Beta 2022" in said


@pytest.mark.parametrize("seed", range(12))
def test_the_best_chain_is_as_short_as_networkx_finds(synthetic, seed):
    graph = nx.Graph([(li.source, li.target) for li in synthetic.links])
    one, other = sorted(graph)[seed], sorted(graph)[-1 - seed]
    found = paths(synthetic, one, other, max_length=12, first=5)
    assert len(found[0].steps) == nx.shortest_path_length(graph, one, other)
    lengths = [len(path.steps) for path in found]
    assert lengths == sorted(lengths)
    assert len({path.nodes for path in found}) == len(found)
    shortest = list(nx.all_shortest_paths(graph, one, other))
    expected = min(5, len(shortest))
    assert lengths[:expected] == [len(found[0].steps)] * expected


@pytest.mark.parametrize("seed", range(6))
def test_no_chain_is_missed_and_none_comes_before_a_shorter_one(seed):
    whole = random_city(40, 70, seed)
    graph = nx.Graph([(li.source, li.target) for li in whole.links])
    one, other = sorted(graph)[3], sorted(graph)[-4]
    every = sorted(len(chain) - 1 for chain in nx.all_simple_paths(graph, one, other, cutoff=6))
    found = paths(whole, one, other, max_length=6, first=10)
    assert [len(path.steps) for path in found] == every[:10]


def test_a_topic_that_everyone_shares_is_no_way_to_anyone():
    many = [org(f"o{at}", "topic/culture") for at in range(20)]
    nodes = [*many, Node("topic/culture", "TOPIC", "cultură", "culture")]
    links = [Link(one.id, "topic/culture", "about") for one in many]
    assert paths(city(nodes, links), "org/o1", "org/o2") == []


def test_a_topic_that_few_share_is_worth_saying():
    many = [org(f"o{at}", "topic/bees") for at in range(3)]
    nodes = [*many, Node("topic/bees", "TOPIC", "albine", "bees")]
    links = [Link(one.id, "topic/bees", "about") for one in many]
    (path,) = paths(city(nodes, links), "org/o1", "org/o2")
    assert path.nodes == ("org/o1", "topic/bees", "org/o2")


def test_a_wide_topic_may_still_be_an_end_of_the_chain(timisoara):
    (best, *_) = paths(timisoara, "org/fitt", "topic/youth")
    assert best.nodes == ("org/fitt", "topic/youth")


def test_of_equally_short_chains_the_one_through_the_lesser_known_comes_first():
    hall = Node("org/a-hall", "ORGANISATION", "Primăria", "City hall")
    club = Node("org/z-club", "ORGANISATION", "Clubul", "The club")
    rest = [org(f"o{at}") for at in range(30)]
    links = [Link(one.id, hall.id, "member") for one in rest]
    links += [Link("org/o1", club.id, "member"), Link("org/o2", club.id, "member")]
    found = paths(city([hall, club, *rest], links), "org/o1", "org/o2", first=2)
    assert [path.nodes[1] for path in found] == ["org/z-club", "org/a-hall"]


def test_a_chain_longer_than_allowed_is_not_shown():
    nodes = [org(str(at)) for at in range(6)]
    links = [Link(f"org/{at}", f"org/{at + 1}", "partner") for at in range(5)]
    line = city(nodes, links)
    assert paths(line, "org/0", "org/5", max_length=4) == []
    assert len(paths(line, "org/0", "org/5", max_length=5)) == 1


def test_of_several_statements_between_two_the_strongest_and_newest_speaks():
    nodes = [org("a"), org("b")]
    links = [
        Link("org/a", "org/b", "concerns", 0.5, 2024, 2024),
        Link("org/a", "org/b", "member", 1.0, 2019, 2019),
        Link("org/a", "org/b", "member", 1.0, 2022, 2022),
    ]
    (path,) = paths(city(nodes, links), "org/b", "org/a")
    assert (path.steps[0].link.relation, path.steps[0].link.year_from) == ("member", 2022)
    assert not path.steps[0].forward


def test_a_chain_that_reads_the_same_as_a_better_one_is_told_once():
    nodes = [
        org("a"),
        org("b"),
        Node("project/p", "PROJECT", "Festivalul", "The festival"),
        Node("grant/p", "GRANT", "Festivalul", "The festival"),
        Node("project/q", "PROJECT", "Alt proiect", "Another project"),
    ]
    links = [Link("org/a", one, "leads") for one in ("project/p", "grant/p", "project/q")]
    links += [Link("org/b", one, "partner") for one in ("project/p", "grant/p", "project/q")]
    found = paths(city(nodes, links), "org/a", "org/b")
    assert len(found) == 2
    assert {path.nodes[1] for path in found} in (
        {"project/p", "project/q"},
        {"grant/p", "project/q"},
    )


def test_things_without_a_chain_and_a_thing_with_itself_give_no_path():
    apart = city([org("a"), org("b")], [])
    assert paths(apart, "org/a", "org/b") == []
    assert paths(apart, "org/a", "org/a") == []


def test_unknown_ids_and_senseless_lengths_are_refused(timisoara):
    with pytest.raises(NotFoundError, match="org/nobody"):
        paths(timisoara, "org/fitt", "org/nobody")
    for wrong in ({"max_length": 0}, {"max_length": 13}, {"first": 0}):
        with pytest.raises(InputError):
            paths(timisoara, "org/fitt", "org/plai", **wrong)
