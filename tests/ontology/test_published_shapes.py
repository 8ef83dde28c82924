"""The published document works for whoever has nothing of ours but it and a SHACL engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pyshacl import validate as run_pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from ontology.entity import Entity
from ontology.loading import load_model
from ontology.publish import ns_ttl
from ontology.shacl import ParsedOnce
from ontology.vocab import Base, expand


@pytest.fixture(scope="module")
def published() -> Graph:
    return Graph().parse(data=ns_ttl(), format="turtle")


@pytest.fixture
def city(good: Callable[[str], Entity], to_rdf: Callable[[Iterable[Entity]], Graph]) -> Graph:
    """A tiny invented city in which every reference leads to something of the right class."""
    names = load_model().classes.keys() - {"Resource", "EligibilityRule", "Relevance"}
    things = [good(name) for name in sorted(names)]
    larger, above = good("Place"), good("Topic")
    larger.id, above.id = "place/oras", "topic/alta"
    return to_rdf([*things, larger, above])


def _problems(data: Graph, published: Graph) -> list[tuple[str, str]]:
    copy = ParsedOnce()
    for triple in data:
        copy.add(triple)
    _, results, text = run_pyshacl(copy, shacl_graph=published, ont_graph=published, inplace=True)
    assert isinstance(results, Graph), text
    violations = results.subjects(SH.resultSeverity, SH.Violation)
    return sorted(
        {
            (str(results.value(v, SH.focusNode)), str(results.value(v, SH.resultPath)))
            for v in violations
        }
    )


def test_a_correct_city_has_no_violation(city: Graph, published: Graph) -> None:
    assert _problems(city, published) == []


def test_a_wrong_class_a_wrong_code_and_a_missing_name_are_found(
    city: Graph, published: Graph
) -> None:
    thing = Base().thing
    project = URIRef(thing("project/exemplu"))
    lead, status = expand("cr:leadOrganisation"), expand("cr:projectStatus")
    label = expand("skos:prefLabel")
    city.set((project, URIRef(lead), URIRef(thing("place/exemplu"))))
    city.set((project, URIRef(status), URIRef(expand("cr:platformLive"))))
    city.remove((project, URIRef(label), None))
    assert _problems(city, published) == sorted((str(project), p) for p in (lead, status, label))


def test_the_topic_scheme_obeys_its_own_shape(published: Graph) -> None:
    topics = Graph()
    for topic in published.subjects(RDF.type, URIRef(expand("cr:Topic"))):
        for triple in published.triples((topic, None, None)):
            topics.add(triple)
    assert len(set(topics.subjects())) == 40
    assert _problems(topics, published) == []
