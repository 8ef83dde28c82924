"""Read-only SPARQL for everybody: what runs, what is refused, and that nothing runs for ever."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from graph.store import Iri, Literal, Store, Triple, Version, Versions, open_store
from graph.store.public import Limits, PublicSparql
from graph.store.question import read_question
from ontology.errors import InputError, RefusedError, StoreError
from ontology.vocab import Base

BASE = Base()
NOW, BEFORE = BASE.source_graph("synthetic", "2"), BASE.source_graph("synthetic", "1")
P = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

# The test server looks at its clock in this one, so that it does not count on behind our back.
SLOW_BY_NAME = "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"


def names(number: int, word: str) -> list[Triple]:
    return [
        Triple(Iri(BASE.thing(f"org/o{i}")), P, Literal(f'{word} "{i}", ș', lang="ro"))
        for i in range(number)
    ]


def fill(store: Store) -> None:
    store.add(BEFORE, names(1, "Vechi"))
    store.add(NOW, names(300, "Nou"))
    Versions(store).make_current(Version("synthetic", "2", "Synthetic"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a small synthetic store that nobody writes."""
    home = tmp_path_factory.mktemp("public")
    with open_store(str(home / "store"), base=BASE) as store:
        fill(store)
        store.backup(home / "copy")
    return home / "copy"


@pytest.fixture(scope="module")
def over_folder(folder: Path) -> Iterator[PublicSparql]:
    public = PublicSparql(folder, BASE, Limits(seconds=20, rows=1000))
    yield public
    public.close()


@pytest.fixture(params=["folder", "endpoint"])
def public(request: pytest.FixtureRequest, over_folder: PublicSparql) -> Iterator[PublicSparql]:
    """Public SPARQL over each kind of store, with the same content."""
    if request.param == "folder":
        yield over_folder
        return
    with open_store(request.getfixturevalue("clean_server"), base=BASE) as store:
        fill(store)
        yield PublicSparql(store, BASE, Limits(seconds=20, rows=1000))


class TestAnswers:
    def test_json_by_default(self, public: PublicSparql) -> None:
        answer = public.run("SELECT ?v WHERE { ?s ?p ?v } ORDER BY ?v LIMIT 1")
        assert answer.media_type == "application/sparql-results+json"
        assert json.loads(answer.body) == {
            "head": {"vars": ["v"]},
            "results": {
                "bindings": [{"v": {"type": "literal", "value": 'Nou "0", ș', "xml:lang": "ro"}}]
            },
        }

    def test_csv_xml_and_tsv(self, public: PublicSparql) -> None:
        query = "SELECT ?v WHERE { ?s ?p ?v } ORDER BY ?v LIMIT 1"
        csv_file = public.run(query, ["csv"])
        assert csv_file.media_type.startswith("text/csv")
        assert list(csv.reader(io.StringIO(csv_file.body.decode()))) == [["v"], ['Nou "0", ș']]
        tree = ET.fromstring(public.run(query, ["application/sparql-results+xml"]).body)
        assert [one.text for one in tree.iter() if one.tag.endswith("literal")] == ['Nou "0", ș']
        assert public.run(query, ["tsv"]).body.decode().startswith("?v\n")

    @pytest.mark.parametrize(
        ("name", "part"),
        [
            ("turtle", "skos:prefLabel"),
            ("ntriples", "core#prefLabel>"),
            ("jsonld", "@language"),
            ("application/rdf+xml", "<rdf:RDF"),
        ],
    )
    def test_statements_as_files(self, public: PublicSparql, name: str, part: str) -> None:
        query = "CONSTRUCT WHERE { <https://w3id.org/resurse/id/org/o7> ?p ?o }"
        assert part in public.run(query, [name]).body.decode()
        assert (
            part
            in public.run("DESCRIBE <https://w3id.org/resurse/id/org/o7>", [name]).body.decode()
        )

    def test_the_first_wanted_format_that_fits_wins(self, public: PublicSparql) -> None:
        wanted = ["text/html", "turtle", "text/csv", "json"]
        assert public.run("SELECT * { ?s ?p ?o } LIMIT 1", wanted).media_type.startswith("text/csv")
        assert public.run("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", ["csv"]).media_type.startswith(
            "text/turtle"
        )

    def test_ask(self, public: PublicSparql) -> None:
        assert json.loads(public.run("ASK { ?s ?p ?o }").body)["boolean"] is True
        assert json.loads(public.run("ASK { ?s ?p 'nobody' }").body)["boolean"] is False

    def test_rows_beyond_the_limit_are_cut_and_said_so(self, public: PublicSparql) -> None:
        answer = public.run("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }")
        assert answer.truncated
        assert len(json.loads(answer.body)["results"]["bindings"]) == 1000
        assert not public.run("SELECT * WHERE { ?a ?b ?c }").truncated
        graph = public.run("CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", ["ntriples"])
        assert graph.truncated
        assert graph.body.count(b"\n") <= 1000

    def test_the_current_graphs_answer_and_old_ones_by_name(self, public: PublicSparql) -> None:
        def values(query: str) -> int:
            return len(json.loads(public.run(query).body)["results"]["bindings"])

        assert values("SELECT * WHERE { ?s ?p ?o }") == 300
        assert values(f"SELECT * WHERE {{ GRAPH <{BEFORE}> {{ ?s ?p ?o }} }}") == 1
        assert values(f"SELECT * FROM <{BEFORE}> WHERE {{ ?s ?p ?o }}") == 1
        assert values(f"SELECT * FROM <{BEFORE}> FROM <{NOW}> WHERE {{ ?s ?p ?o }}") == 301


class TestRefused:
    @pytest.mark.parametrize(
        "query",
        [
            "INSERT DATA { <http://a> <http://b> 1 }",
            "# SELECT\nDELETE WHERE { ?s ?p ?o }",
            "PREFIX x: <http://SELECT/> CLEAR ALL",
            "LOAD <http://127.0.0.1/>",
            "drop all",
        ],
    )
    def test_updates(self, public: PublicSparql, query: str) -> None:
        with pytest.raises(RefusedError, match="read-only"):
            public.run(query)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * WHERE { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * WHERE { # '\nSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * WHERE { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            'SELECT * WHERE { FILTER("\\"" = "")SERVICE?x{ ?s ?p ?o } }',
            "SELECT * WHERE { ?a ?b ?c FILTER(?a<?b)SERVICE ?x{ ?s ?p ?o } }",
        ],
    )
    def test_service_would_open_the_network(self, public: PublicSparql, query: str) -> None:
        with pytest.raises(RefusedError, match="SERVICE"):
            public.run(query)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?service WHERE { ?service ?p 'SERVICE <http://x> {' } LIMIT 1",
            "PREFIX service: <http://example.org/SERVICE#> SELECT * { ?s service:SERVICE ?o }",
            "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        ],
    )
    def test_the_word_elsewhere_does_no_harm(self, public: PublicSparql, query: str) -> None:
        public.run(query)

    @pytest.mark.parametrize(
        "graph", ["<http://example.org/g>", "<file:///etc/passwd>", "NAMED <http://x>", "ex:g", ""]
    )
    def test_from_names_graphs_of_this_store_only(self, public: PublicSparql, graph: str) -> None:
        with pytest.raises(InputError, match="FROM"):
            public.run(
                f"PREFIX ex: <http://example.org/> SELECT * FROM {graph} WHERE {{ ?s ?p ?o }}"
            )

    @pytest.mark.parametrize("query", ["", "   ", "hello", "<html>", "SELECT", "SELECT * WHERE {"])
    def test_what_is_no_query(self, public: PublicSparql, query: str) -> None:
        with pytest.raises(InputError):
            public.run(query)

    def test_a_text_without_end(self, public: PublicSparql) -> None:
        with pytest.raises(RefusedError, match="characters"):
            public.run("SELECT * WHERE { ?s ?p ?o }" + " " * 20_000)


class TestTime:
    def test_a_slow_query_is_an_error_never_an_empty_answer(self, folder: Path) -> None:
        public = PublicSparql(folder, BASE, Limits(seconds=0.5))
        with pytest.raises(RefusedError, match=r"longer than 0\.5 seconds"):
            public.run(SLOW)  # which nobody has seen end
        assert b"Nou" in public.run("SELECT ?o { ?s ?p ?o } LIMIT 1").body
        public.close()

    def test_behind_an_endpoint_too(self, endpoint_store: Store) -> None:
        fill(endpoint_store)
        endpoint_store.add(NOW, names(20_000, "Nou"))
        public = PublicSparql(endpoint_store, BASE, Limits(seconds=0.5))
        with pytest.raises(RefusedError, match="longer than"):
            public.run(SLOW_BY_NAME)

    def test_the_server_giving_up_in_mid_answer_is_an_error(self, endpoint_store: Store) -> None:
        fill(endpoint_store)
        endpoint_store.add(NOW, names(20_000, "Nou"))
        with pytest.raises(RefusedError, match="longer than"):
            endpoint_store.select(
                SLOW_BY_NAME,
                timeout=30,
            )

    def test_one_query_too_many_waits_then_is_refused(self, folder: Path) -> None:
        public = PublicSparql(folder, BASE, Limits(seconds=1.0, together=1))
        errors: list[str] = []

        def ask() -> None:
            try:
                public.run(SLOW)
            except RefusedError as error:
                errors.append(error.message("en"))

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        public.close()
        assert len(errors) == 2

    def test_a_query_that_takes_all_memory_ends_alone(self, folder: Path) -> None:
        public = PublicSparql(folder, BASE, Limits(seconds=60, memory=1 << 30))
        query = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
        with pytest.raises(RefusedError, match="memory"):
            public.run(query)
        assert public.run("ASK { ?s ?p ?o }").body
        public.close()


class TestFolders:
    def test_switching_to_a_newer_copy(self, folder: Path, tmp_path: Path) -> None:
        with open_store(str(tmp_path / "store"), base=BASE) as store:
            store.add(NOW, names(1, "Altul"))
            Versions(store).make_current(Version("synthetic", "2", "Synthetic"))
            store.backup(tmp_path / "copy")
        public = PublicSparql(folder, BASE)
        query = "SELECT ?o { ?s ?p ?o } LIMIT 1"
        assert b"Nou" in public.run(query).body
        public.switch(tmp_path / "copy")
        assert b"Altul" in public.run(query).body
        public.close()

    def test_a_folder_that_is_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError):
            PublicSparql(tmp_path / "nothing", BASE).run("ASK { ?s ?p ?o }")


def test_the_form_and_the_graphs_of_a_question() -> None:
    question = read_question(f"BASE <http://x/> PREFIX a: <b> select * from <{NOW}> {{}}", BASE)
    assert (question.form, question.graphs) == ("SELECT", (NOW,))
    assert read_question("DESCRIBE <x>", BASE).gives_graph
