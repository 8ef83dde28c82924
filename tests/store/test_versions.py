"""Which version of a source is current, and what is known of each: on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import OWL, RDFS, URIRef
from rdflib.collection import Collection

from graph.store import Iri, Literal, Quad, Store, Triple, Version, Versions
from ontology.turtle import vocabulary_graph
from ontology.vocab import CR, RDF_TYPE, Base, expand

BASE = Base()
P = Iri("http://example.org/p")

FIRST = Version(
    source="synthetic",
    version="1",
    title="Registru sintetic",
    publisher="Primăria sintetică",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    landing_page="https://example.org/registru",
    retrieved="2026-01-02",
    generated="2026-01-02T03:04:05Z",
    tool="resurse 0.1.0",
    priority=3,
    entities=1,
)
SECOND = replace(FIRST, version="2", generated="2026-02-02T03:04:05Z")


def fill(store: Store, version: Version, text: str = "x") -> None:
    triple = Triple(Iri(BASE.thing("org/a")), P, Literal(text))
    store.add(version.graph(BASE), [triple])


def test_a_version_is_kept_with_its_provenance(store: Store) -> None:
    fill(store, FIRST)
    versions = Versions(store)
    assert versions.current("synthetic") is None
    made = versions.make_current(FIRST)
    assert made == replace(FIRST, statements=1)
    assert versions.current("synthetic") == made
    assert versions.list() == [made]


def test_the_provenance_is_readable_with_public_vocabularies(store: Store) -> None:
    fill(store, FIRST)
    Versions(store).make_current(FIRST)
    query = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?licence ?source ?when ?tool WHERE { GRAPH ?meta {
            ?series dcat:hasCurrentVersion ?graph .
            ?graph dcterms:license ?licence ; dcterms:source ?source ; prov:generatedAtTime ?when ;
                prov:wasGeneratedBy/prov:wasAssociatedWith/rdfs:label ?tool } }"""
    (row,) = store.select(query).dicts()
    assert row["licence"] == Iri(str(FIRST.licence))
    assert row["source"] == Iri(str(FIRST.landing_page))
    assert row["tool"] == Literal("resurse 0.1.0")


@pytest.mark.parametrize("licence", ["CC0-1.0", "CC-BY-SA-4.0", "https://example.org/l", "a mea"])
def test_a_licence_comes_back_as_the_source_wrote_it(store: Store, licence: str) -> None:
    fill(store, FIRST)
    made = Versions(store).make_current(replace(FIRST, licence=licence))
    assert made.licence == licence
    assert Versions(store).current("synthetic") == made


def test_a_licence_of_the_spdx_list_and_a_publisher_are_things(store: Store) -> None:
    fill(store, FIRST)
    Versions(store).make_current(replace(FIRST, licence="CC0-1.0"))
    graph = Iri(FIRST.graph(BASE))
    (licence,) = store.match(s=graph, p=Iri(expand("dcterms:license")))
    assert licence.object == Iri("http://spdx.org/licenses/CC0-1.0")
    (publisher,) = store.match(s=graph, p=Iri(expand("dcterms:publisher")))
    assert isinstance(publisher.object, Iri)
    (name,) = store.match(s=publisher.object, p=Iri(expand("foaf:name")))
    assert name.object == Literal(str(FIRST.publisher))


def test_our_own_terms_are_said_only_of_what_their_domain_admits(store: Store) -> None:
    """By RDFS a term gives its domain to whatever it is said of: a graph is no web page."""
    fill(store, FIRST)
    Versions(store).make_current(FIRST)
    words = vocabulary_graph()
    own = [quad for quad in store.match(graph=BASE.meta) if quad.predicate.startswith(CR)]
    assert {quad.predicate.removeprefix(CR) for quad in own} == {"retrieved", "sourcePriority"}
    for quad in own:
        domain = words.value(URIRef(quad.predicate), RDFS.domain)
        assert domain is not None, quad.predicate
        assert words.value(URIRef(quad.predicate), RDFS.range) is not None, quad.predicate
        union = words.value(domain, OWL.unionOf)
        admitted = {str(one) for one in Collection(words, union)} if union else {str(domain)}
        types = {str(one.object) for one in store.match(s=quad.subject, p=Iri(RDF_TYPE))}
        assert types & admitted, (quad.predicate, types)


def test_the_newer_version_takes_over_and_names_the_older(store: Store) -> None:
    versions = Versions(store)
    for version in (FIRST, SECOND):
        fill(store, version, version.version)
        versions.make_current(version)
    assert store.current() == (SECOND.graph(BASE),)
    current = versions.current("synthetic")
    assert current is not None
    assert current.previous == FIRST.graph(BASE)
    assert [one.version for one in versions.list("synthetic")] == ["1", "2"]
    assert store.count(FIRST.graph(BASE)) == 1
    revision = Quad(
        Iri(SECOND.graph(BASE)),
        Iri(expand("prov:wasRevisionOf")),
        Iri(FIRST.graph(BASE)),
        Iri(BASE.meta),
    )
    assert list(store.match(*revision)) == [revision]


def test_making_the_same_version_current_again_changes_nothing_else(store: Store) -> None:
    versions = Versions(store)
    for version in (FIRST, SECOND, SECOND):
        fill(store, version)
        versions.make_current(version)
    before = list(store.dump([BASE.meta]))
    versions.make_current(SECOND)
    assert list(store.dump([BASE.meta])) == before


def test_a_record_is_replaced_not_mixed(store: Store) -> None:
    fill(store, FIRST)
    versions = Versions(store)
    versions.make_current(FIRST)
    bare = Version("synthetic", "1", "Alt titlu")
    assert versions.make_current(bare) == replace(bare, statements=1)
    assert versions.current("synthetic") == replace(bare, statements=1)


def test_the_curated_and_the_inferred_graph_are_current_under_their_own_names(store: Store) -> None:
    versions = Versions(store)
    for name in ("curated", "inferred"):
        version = Version(name, "1", name)
        fill(store, version)
        versions.make_current(version)
    assert store.current() == (BASE.curated, BASE.inferred)
    assert versions.current("curated") is not None


def test_a_retired_source_counts_no_more_but_stays_readable(store: Store) -> None:
    fill(store, FIRST)
    versions = Versions(store)
    versions.make_current(FIRST)
    versions.retire("synthetic")
    versions.retire("synthetic")
    assert store.current() == ()
    assert store.count(FIRST.graph(BASE)) == 1
    assert [one.version for one in versions.list()] == ["1"]


def test_a_forgotten_version_leaves_nothing(store: Store) -> None:
    fill(store, FIRST)
    versions = Versions(store)
    versions.forget(versions.make_current(FIRST))
    assert store.graphs() == []
    assert store.current() == ()


def test_half_written_graphs_are_swept_and_others_stay(store: Store) -> None:
    versions = Versions(store)
    fill(store, FIRST)
    versions.make_current(FIRST)
    fill(store, SECOND)  # the run ended here
    for graph in (BASE.curated, BASE.inferred):
        store.add(graph, [Triple(Iri(BASE.thing("org/a")), P, Literal("x"))])
    assert versions.sweep() == [SECOND.graph(BASE)]
    assert store.graphs() == sorted([BASE.curated, BASE.inferred, BASE.meta, FIRST.graph(BASE)])
    assert versions.sweep() == []


def test_making_current_is_all_or_nothing(store: Store) -> None:
    """A record the graph cannot hold leaves the old version current."""
    versions = Versions(store)
    fill(store, FIRST)
    versions.make_current(FIRST)
    before = list(store.dump())
    with pytest.raises(Exception, match="Unicode"):
        versions.make_current(replace(SECOND, title="half \ud83d"))
    assert list(store.dump()) == before


@pytest.mark.parametrize("address", ["see the town hall", "http://example.org/a b", ""])
def test_an_address_that_is_none_is_kept_as_text(store: Store, address: str) -> None:
    fill(store, FIRST)
    made = Versions(store).make_current(replace(FIRST, landing_page=address, licence=address))
    assert made.landing_page == address
    current = Versions(store).current("synthetic")
    assert current is not None
    assert current.landing_page == address
