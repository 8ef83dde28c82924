"""One thing as Turtle or JSON-LD, and which of them a client wants."""

from __future__ import annotations

import re
from itertools import chain

import rdflib
from rdflib.namespace import XSD

from api.wiring import Installation
from graph.store import Blank, Iri, Literal
from graph.store.base import Term
from ontology.vocab import PREFIXES

_MEDIA = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/ld+json": "jsonld",
    "text/html": "html",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/sparql-results+xml": "xml",
    "application/xhtml+xml": "html",
    "application/xml": "xml",
}


def wanted(accept: str) -> list[str]:
    """Format names by an Accept header, best first."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        media, *rest = part.split(";")
        quality = next(
            (
                float(m.group(1))
                for r in rest
                if (m := re.fullmatch(r"\s*q=([01](?:\.\d+)?)\s*", r))
            ),
            1.0,
        )
        name = _MEDIA.get(media.strip().lower())
        if name is not None and quality > 0:
            found.append((-quality, place, name))
    return list(dict.fromkeys(name for _, _, name in sorted(found)))


def to_rdflib(term: Term) -> rdflib.term.Node:
    """A term as rdflib knows it."""
    if isinstance(term, Iri):
        return rdflib.URIRef(term)
    if isinstance(term, Blank):
        return rdflib.BNode(str(term)[2:])
    assert isinstance(term, Literal)
    if term.lang:
        return rdflib.Literal(term.value, lang=term.lang)
    kind = None if term.datatype == str(XSD.string) else rdflib.URIRef(term.datatype)
    return rdflib.Literal(term.value, datatype=kind, normalize=False)


def describe(installation: Installation, id_: str, form: str) -> tuple[bytes, str]:
    """The statements about one thing, with its parts and sources, in `ttl` or `jsonld`; body and media type."""
    from ontology.generate import jsonld_context

    catalogue = installation.snapshot.catalogue
    record = catalogue.records([id_])[0]
    assert record is not None
    parts = [
        one["id"]
        for value in record.values.values()
        if isinstance(value, list)
        for one in value
        if isinstance(one, dict) and "id" in one
    ]
    pages = [ref.id for ref in catalogue.sources([id_])[id_]]
    base = installation.base
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    with installation.reading() as store:
        found = store.describe([base.thing(one) for one in (id_, *parts, *pages)])
    for quad in chain.from_iterable(found.values()):
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    if form == "ttl":
        return graph.serialize(format="turtle").encode(), "text/turtle; charset=utf-8"
    body = graph.serialize(format="json-ld", context=jsonld_context()["@context"], indent=1)
    return body.encode(), "application/ld+json"
