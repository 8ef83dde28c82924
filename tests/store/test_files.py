"""Graphs as RDF files: complete, in every format, the same bytes for the same data."""

from __future__ import annotations

import pytest
import rdflib

from graph.store import Iri, Literal, Store, Triple
from graph.store.files import serialise
from ontology.vocab import Base

BASE = Base()
ONE, TWO = BASE.source_graph("synthetic", "1"), BASE.source_graph("synthetic", "2")
NAME = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
SHARED = Triple(Iri(BASE.thing("org/a")), NAME, Literal("Asociația", lang="ro"))
OTHER = Triple(Iri(BASE.thing("org/b")), NAME, Literal("b"))


@pytest.fixture
def filled(store: Store) -> Store:
    """One statement that both graphs make, and one of the second."""
    store.add(TWO, [OTHER, SHARED])
    store.add(ONE, [SHARED])
    return store


@pytest.mark.parametrize(
    ("form", "name"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]
)
def test_datasets_keep_their_graphs(filled: Store, form: str, name: str) -> None:
    body = b"".join(serialise(filled, [TWO, ONE], form))
    dataset = rdflib.Dataset()
    dataset.parse(data=body, format=name)
    assert {(str(s), str(g)) for s, _, _, g in dataset.quads()} == {
        (SHARED.subject, ONE),
        (SHARED.subject, TWO),
        (OTHER.subject, TWO),
    }
    assert body == b"".join(serialise(filled, [ONE, TWO], form))


def test_turtle_unites_them(filled: Store) -> None:
    body = b"".join(serialise(filled, [TWO, ONE], "ttl"))
    assert len(rdflib.Graph().parse(data=body, format="turtle")) == 2
    assert body.count("Asociația".encode()) == 1
    assert b"@prefix skos:" in body


@pytest.mark.parametrize("form", ["nq", "trig", "ttl", "jsonld"])
def test_no_graphs_make_a_file_without_statements(filled: Store, form: str) -> None:
    body = b"".join(serialise(filled, [], form))
    assert b"Asocia" not in body
