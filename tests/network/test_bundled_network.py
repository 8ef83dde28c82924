"""The network of the bundled city, read from the real catalogue."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.network import City, cite, neighbourhood, paths, project, survey
from viz.network import network_page

HALL = "org/primaria-municipiului-timisoara"


@pytest.fixture(scope="module")
def catalogue(installation):
    return installation.snapshot.catalogue


@pytest.fixture(scope="module")
def whole(installation) -> City:
    return installation.snapshot.network


def test_every_resource_is_a_node_once(whole, catalogue):
    assert [node.id for node in whole.nodes] == sorted(one.id for one in catalogue.scan())


def test_the_facts_of_the_city_are_links(whole):
    found = {(li.source, li.relation, li.target) for li in whole.links}
    assert {
        ("org/aid-ong", "member", "group/ogp-initiativa-locala"),
        ("council/cartier", "belongs-to", HALL),
        ("call/impuls-in-comunitate-2023", "edition-of", "programme/impuls-in-comunitate"),
        ("org/oar-timis", "leads", "project/beta-2022"),
        (HALL, "runs", "platform/decidem"),
        ("plan/pla-2022-2023/A1/action/6", "action-of", "plan/pla-2022-2023/A1"),
        ("org/fitt", "involved-possible-actor", "plan/pla-2022-2023/A1"),
    } <= found


def test_every_kind_of_link_of_the_city_occurs(whole):
    counts = Counter(link.relation for link in whole.links)
    for name in (
        "member",
        "leads",
        "under-call",
        "funds-call",
        "manages",
        "concerns",
        "relevant-to",
    ):
        assert counts[name] > 20, name


def test_every_link_has_a_source(whole, catalogue):
    unsourced = [link for link in cite(catalogue, whole.links) if not link.sources]
    assert unsourced == []


def test_the_city_hall_is_where_the_circles_meet(installation):
    ranked = sorted(installation.snapshot.survey.betweenness.items(), key=lambda one: -one[1])
    assert HALL in [one for one, _ in ranked[:5]]


def test_paths_of_the_real_city_join_end_to_end_without_topics(whole):
    found = paths(whole, "org/fundatia-calina", "org/plai")
    assert found
    for path in found:
        assert (path.nodes[0], path.nodes[-1]) == ("org/fundatia-calina", "org/plai")
        assert not any(one.startswith("topic/") for one in path.nodes)
        for (one, other), step in zip(
            zip(path.nodes, path.nodes[1:], strict=False), path.steps, strict=True
        ):
            assert {step.link.source, step.link.target} == {one, other}


def test_read_again_it_is_the_same_city_and_the_same_page(whole, catalogue):
    again = project(catalogue)
    assert again == whole
    pages = []
    for city in (whole, again):
        part = neighbourhood(city, [HALL], 1)
        pages.append(network_page(part.nodes, part.links, measures=survey(city), around=[HALL]))
    assert pages[0] == pages[1]
