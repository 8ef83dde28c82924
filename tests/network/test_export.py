"""GEXF and GraphML: open elsewhere with everything that was known, and hold nothing dangerous."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from graph.network import Link, Node, city, gexf, graphml, layout, survey, to_networkx

NASTY = "</node><script>alert(\"x\")</script> & „ghilimele” 'apostrof' " + "ș" * 300
GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(scope="module")
def small():
    nodes = [
        Node("org/a", "ORGANISATION", NASTY, NASTY, ("topic/youth", "topic/sport"), (2010, None)),
        Node("project/p", "PROJECT", "Proiect\x00\x0b\ufffe", "Project", (), (2023, 2023)),
    ]
    links = [
        Link("org/a", "project/p", "leads", 1.0, 2023, 2023, ("source/one", "source/two")),
        Link("org/a", "project/p", "partner", 1.0, 2022, None),
    ]
    return city(nodes, links)


def test_graphml_gives_networkx_every_attribute_back(small):
    found = nx.read_graphml(io.BytesIO(graphml(small, survey(small), layout(small))))
    sent = to_networkx(small, survey(small), layout(small))
    assert dict(found.nodes(data=True)) == dict(sent.nodes(data=True))
    assert found.nodes["org/a"]["label"] == NASTY
    assert found.nodes["org/a"]["topics"] == "topic/youth;topic/sport"
    edges = {data["relation"]: data for _, _, data in found.edges(data=True)}
    assert edges["leads"]["sources"] == "source/one;source/two"
    assert edges["leads"]["year_from"] == 2023
    assert edges["leads"]["text_en"].endswith(" leads project Project")


def test_gexf_gives_networkx_every_attribute_back_and_both_links(small):
    found = nx.read_gexf(io.BytesIO(gexf(small, survey(small), layout(small))))
    assert found.is_multigraph()
    assert found.nodes["org/a"]["label"] == NASTY
    assert found.nodes["org/a"]["degree"] == 1
    assert found.nodes["org/a"]["community"] == 0
    edges = {data["relation"]: data for _, _, data in found.edges(data=True)}
    assert (edges["leads"]["start"], edges["leads"]["end"]) == ("2023-01-01", "2023-12-31")
    assert edges["partner"]["start"] == "2022-01-01"
    assert "end" not in edges["partner"]


def test_gexf_is_dynamic_dated_coloured_and_placed_as_gephi_reads_it(small):
    tree = ET.fromstring(gexf(small, survey(small), layout(small)))
    graph = tree.find(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert graph.get("defaultedgetype") == "directed"
    nodes = graph.findall(f"{GEXF}nodes/{GEXF}node")
    assert all(node.find("{http://www.gexf.net/1.2draft/viz}color") is not None for node in nodes)
    assert all(
        node.find("{http://www.gexf.net/1.2draft/viz}position") is not None for node in nodes
    )
    titles = {one.get("title") for one in graph.iter(f"{GEXF}attribute")}
    assert {"kind", "iri", "topics", "betweenness", "relation", "text_ro", "sources"} <= titles
    assert "networkx_key" not in titles


def test_the_files_hold_no_clock_and_are_the_same_each_time(timisoara):
    found = survey(timisoara)
    assert gexf(timisoara, found) == gexf(timisoara, found)
    assert graphml(timisoara, found) == graphml(timisoara, found)
    assert b"lastmodifieddate" not in gexf(timisoara)


def test_the_whole_city_opens_complete_in_both_formats(timisoara):
    found = survey(timisoara)
    for written in (
        nx.read_gexf(io.BytesIO(gexf(timisoara, found))),
        nx.read_graphml(io.BytesIO(graphml(timisoara, found))),
    ):
        assert written.number_of_nodes() == len(timisoara.nodes)
        assert written.number_of_edges() == len(timisoara.links)
        hall = written.nodes["org/primaria-municipiului-timisoara"]
        assert hall["label_ro"] == "Primăria Municipiului Timișoara"
        assert hall["iri"].endswith("/id/org/primaria-municipiului-timisoara")


def test_the_base_of_the_iris_is_a_parameter(small):
    assert (
        to_networkx(small, base="https://example.org/").nodes["org/a"]["iri"]
        == "https://example.org/id/org/a"
    )
