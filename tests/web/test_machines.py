"""Addresses for machines: content negotiation, linked data, read-only SPARQL, exports, health, safety."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from fastapi.testclient import TestClient

from api.settings import Settings
from api.web.app import create_app
from api.wiring import Installation


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/ro/r/org/fitt"),
        ("text/turtle", "/id/org/fitt.ttl"),
        ("application/ld+json", "/id/org/fitt.jsonld"),
        ("text/turtle;q=0.5, application/ld+json", "/id/org/fitt.ttl"),
        ("*/*", "/ro/r/org/fitt"),
    ],
)
def test_an_id_leads_to_what_the_client_wants(client: TestClient, accept: str, target: str) -> None:
    answer = client.get("/id/org/fitt", headers={"Accept": accept})
    assert answer.status_code == 303
    assert "Accept" in answer.headers["vary"]
    if "q=0.5" not in accept:
        assert answer.headers["location"] == target


def test_other_ids_lead_to_the_canonical_one(client: TestClient) -> None:
    answer = client.get("/id/timisoara:fund-impuls-in-comunitate-2023")
    assert (answer.status_code, answer.headers["location"]) == (
        301,
        "/id/call/impuls-in-comunitate-2023",
    )


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_a_thing_as_linked_data_says_its_name(client: TestClient, form: str, parser: str) -> None:
    answer = client.get(f"/id/call/impuls-in-comunitate-2023.{form}")
    graph = rdflib.Graph().parse(data=answer.text, format=parser)
    subject = rdflib.URIRef("https://w3id.org/resurse/id/call/impuls-in-comunitate-2023")
    names = {str(o) for o in graph.objects(subject, rdflib.SKOS.prefLabel)}
    assert "Impuls în comunitate 2023" in names
    assert list(graph.objects(subject, rdflib.DCTERMS.source))


def test_the_ontology_is_one_document(client: TestClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/ns").text, format="turtle")
    assert len(graph) > 1000


def test_an_unknown_id_is_404_with_suggestions(client: TestClient) -> None:
    answer = client.get("/id/org/fundatia-comunitara-timis")
    assert answer.status_code == 404
    assert "org/fundatia-comunitara-timisoara" in answer.json()["en"]


SPARQL = "SELECT ?s { ?s <http://purl.org/dc/terms/identifier> 'org/fitt' }"


def test_an_id_like_none_on_the_map_is_404_without_empty_suggestions(client: TestClient) -> None:
    answer = client.get("/id/zzzz")
    assert answer.status_code == 404
    assert answer.json()["en"] == "'zzzz' does not exist. Check the address."


def test_sparql_answers_by_get_and_post(client: TestClient) -> None:
    iri = "https://w3id.org/resurse/id/org/fitt"
    assert (
        client.get("/sparql", params={"query": SPARQL}).json()["results"]["bindings"][0]["s"][
            "value"
        ]
        == iri
    )
    assert (
        client.post("/sparql", data={"query": SPARQL}).json()["results"]["bindings"][0]["s"][
            "value"
        ]
        == iri
    )
    raw = client.post(
        "/sparql",
        content=SPARQL,
        headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )
    assert iri in raw.text


@pytest.mark.parametrize(
    "query",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
        "nothing",
        "",
    ],
)
def test_sparql_refuses_everything_but_reading(client: TestClient, query: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code in (400, 503)
    assert answer.json()["en"]


def test_an_export_of_one_kind(client: TestClient) -> None:
    answer = client.get("/export/councils.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["kind"] for row in rows} == {"COUNCIL"}
    assert all(row["sources"] for row in rows)
    assert client.get("/export/nothing.csv").status_code == 404
    assert client.get("/export/city.exe").status_code == 404


def test_a_filtered_network_downloads_as_gexf(client: TestClient) -> None:
    import networkx

    answer = client.get("/export/network.gexf", params={"around": "org/fitt", "depth": "1"})
    graph = networkx.read_gexf(io.BytesIO(answer.content))
    assert "org/fitt" in graph
    assert len(graph) < 200


def test_every_answer_carries_the_safety_headers(client: TestClient) -> None:
    for path in ("/ro", "/graphql?query=%7Bstatistics%7Btotal%7D%7D", "/ro/nothing", "/sparql"):
        headers = client.get(path).headers
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/ro/about").headers["etag"]
    assert client.get("/ro/about", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/en/about", headers={"If-None-Match": tag}).status_code == 200


def test_large_requests_are_refused(client: TestClient) -> None:
    assert client.get("/ro/search?q=" + "a" * 20_000).status_code == 414
    assert client.post("/graphql", content=b"x" * (1 << 21)).status_code == 413
    for path in ("/graphql", "/sparql"):
        untold = iter([b"x" * 600_000] * 3)  # no content-length
        answer = client.post(path, content=untold)
        assert answer.status_code == 413
        assert "1 MB" in answer.text


def test_a_long_answer_comes_compressed_to_who_can_read_it(client: TestClient) -> None:
    query = {"query": "{ organisations(first: 50) { edges { node { id label } } } }"}
    zipped = client.post("/graphql", json=query, headers={"Accept-Encoding": "gzip"})
    plain = client.post("/graphql", json=query, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert zipped.headers["x-content-type-options"] == "nosniff"


def test_one_client_may_not_ask_without_end(city_home: object, installation: Installation) -> None:
    limited = Installation(Settings(home=installation.settings.home, rate=3))
    with TestClient(create_app(limited)) as asking:
        codes = [asking.get("/ro/about").status_code for _ in range(5)]
        last = asking.get("/ro/about")
    limited.close()
    assert codes[:3] == [200, 200, 200]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
