"""SPARQL: a real engine answers the CONSTRUCT; what it builds becomes entities of our classes."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import rdflib

from ingest.connectors.sparql import crawl
from ontology.errors import FileError, MappingError, SourceError
from ontology.loading import load_model

DATA = """
@prefix ex: <http://example.org/> .
ex:a a ex:Ngo ; ex:name "Asociaţia A (probă)"@ro , "Association A (test)"@en , "Verein A"@de ;
    ex:site <https://a.example.org> ; ex:year 2004 .
ex:b a ex:Ngo ; ex:name "Fundația B (probă)"@ro ; ex:year 1999 .
ex:c a ex:Ngo ; ex:name "Club C (probă)" .
ex:p a ex:Work ; ex:name "Proiect P (probă)"@ro ; ex:by ex:a .
"""
QUERY = """
PREFIX ex: <http://example.org/> PREFIX cr: <https://w3id.org/resurse/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
CONSTRUCT { ?s a ?class ; skos:prefLabel ?name ; foaf:homepage ?site ; %s ?by }
WHERE { VALUES (?kind ?class) { (ex:Ngo %s) (ex:Work %s) }
  ?s a ?kind ; ex:name ?name . OPTIONAL { ?s ex:site ?site } OPTIONAL { ?s ex:by ?by } }
ORDER BY ?s ?name
"""


@pytest.fixture
def query():
    model = load_model()
    organisation, project = model.cls("Organisation"), model.cls("Project")
    lead = project.property("lead").path
    return QUERY % (f"<{lead}>", f"<{organisation.iri}>", f"<{project.iri}>")


@pytest.fixture
def endpoint(site, reply):
    graph = rdflib.Graph().parse(data=DATA, format="turtle")

    def answer(request):
        text = parse_qs(urlsplit(request.path).query)["query"][0]
        made = graph.query(text).graph.serialize(format="turtle").encode()
        return reply(made, 200, {"content-type": "text/turtle"})

    site.on("/sparql", answer)
    site.endpoint = f"{site.url}/sparql"
    return site


def test_subjects_become_entities(endpoint, query, harvest):
    got = harvest(crawl, url=endpoint.endpoint, query=query)
    assert got.ids("org/") == ["org/proba-a", "org/proba-b", "org/proba-c"]
    assert got.value("org/proba-a", "label", "ro") == "Asociația A (probă)"
    assert got.value("org/proba-a", "label", "en") == "Association A (test)"
    assert got.value("org/proba-a", "homepage") == "https://a.example.org"
    assert got.value("org/proba-c", "label", "ro") == "Club C (probă)"
    assert got.value("project/proba-p", "lead") == "org/proba-a"
    assert got.value("org/proba-a", "identifiers") == "http://example.org/a"
    assert endpoint.requests[0].headers["accept"].startswith("application/n-triples")


def test_pages_by_limit_and_offset(endpoint, query, harvest):
    got = harvest(
        crawl,
        {"proba:http://example.org/a": "org/a"},
        url=endpoint.endpoint,
        query=query,
        page_size=3,
    )
    assert {"org/a", "org/proba-b", "org/proba-c"} <= set(got.ids("org/"))
    assert len(endpoint.requests) == 3


def test_the_query_may_lie_beside_the_source(endpoint, query, harvest):
    got = harvest(crawl, files={"q.rq": query.encode()}, url=endpoint.endpoint, query_file="q.rq")
    assert len(got.ids("org/")) == 3
    with pytest.raises(FileError, match="no such file"):
        harvest(crawl, url=endpoint.endpoint, query_file="nu.rq")


def test_only_a_construct_is_sent(endpoint, harvest):
    with pytest.raises(MappingError, match="not a CONSTRUCT"):
        harvest(crawl, url=endpoint.endpoint, query="DELETE WHERE { ?s ?p ?o }")
    assert endpoint.requests == []


def test_a_field_we_do_not_have_refuses_the_subject(site, reply, harvest):
    kind = load_model().cls("Council").iri
    made = f"""<http://example.org/a> a <{kind}> ;
        <http://www.w3.org/2004/02/skos/core#prefLabel> "X"@ro ; <http://example.org/odd> "y" ."""
    site.on("/sparql", reply(made.encode(), 200, {"content-type": "text/turtle"}))
    got = harvest(crawl, url=f"{site.url}/sparql", query="CONSTRUCT …")
    assert not got.entities
    assert "no such field" in got.rejects[0].errors[0].message()


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<html>busy</html>", "text/html", "web page"),
        (b"<http://a> <http://b", "text/turtle", "cut short"),
        (b"<rdf/>", "application/rdf+xml", "RDF/XML"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><r/>", "application/rdf+xml", "RDF/XML"),
        (b'{"@context": "http://far.example.org/c"}', "application/ld+json", "@context"),
        (b'{"@context": [{"@import": "http://far.example.org/c"}]}', "application/ld+json", "@con"),
        (
            b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}',
            "application/json",
            "content-type",
        ),
        (b"a,b", "text/csv", "content-type text/csv"),
    ],
)
def test_answers_that_are_no_graph(site, reply, harvest, body, kind, said):
    site.on("/sparql", reply(body, 200, {"content-type": kind}))
    with pytest.raises(SourceError, match=said):
        harvest(crawl, url=f"{site.url}/sparql", query="CONSTRUCT …")
