"""Questions that count: what two sources state counts once, in a folder's copy and at an endpoint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import Iri, Literal, Store, Triple, Version, Versions, open_store
from graph.store.answers import answer
from graph.store.question import read_question
from graph.store.united import unite, united_graph
from ontology.vocab import Base

BASE = Base()
P = Iri("http://example.org/p")
THING = Iri(BASE.thing("org/a"))
OLD = Version("one", "0", "one")

QUERIES = {
    "a count": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "a sum by group": "SELECT ?p (COUNT(?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
    "rows": "SELECT ?s ?o WHERE { ?s <http://example.org/p> ?o } ORDER BY ?o",
    "rows in each graph": "SELECT ?g ?o WHERE { GRAPH ?g { ?s <http://example.org/p> ?o } }"
    " ORDER BY ?g ?o",
    "a version by name": f"SELECT ?o WHERE {{ GRAPH <{OLD.graph(BASE)}> {{ ?s ?p ?o }} }}",
    "a version as the only graph": f"SELECT (COUNT(*) AS ?n) FROM <{OLD.graph(BASE)}>"
    " WHERE { ?s ?p ?o }",
    "yes or no": "ASK { ?s ?p 'old' }",
    "statements": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


@pytest.fixture
def reader(store: Store, tmp_path: Path, clean_server: str) -> Callable[[], Store]:
    """Opens a store for who only reads, over what both sources state."""
    versions = Versions(store)
    versions.make_current(filled(store, OLD, "old"))
    for source in ("one", "two"):
        version = filled(store, Version(source, "1", source), "both", f"only {source}")
        versions.make_current(version)

    def opened() -> Store:
        if not hasattr(store, "folder"):
            store.unite(store.current())
            return open_store(clean_server, base=BASE, read_only=True)
        store.backup(tmp_path / "copy")
        unite(tmp_path / "copy", BASE, store.current())
        return open_store(str(tmp_path / "copy"), base=BASE, read_only=True)

    return opened


def filled(store: Store, version: Version, *texts: str) -> Version:
    store.add(version.graph(BASE), [Triple(THING, P, Literal(text)) for text in texts])
    return version


def test_what_is_united_is_met_once_unless_it_is_named(reader: Callable[[], Store]) -> None:
    with reader() as store:
        met = list(store.match(s=THING))
        assert len(met) == len(set(met)) == 5
        assert store.count() == sum(map(store.count, store.graphs()))
        assert united_graph(BASE) not in {quad.graph for quad in met}
        assert len(list(store.match(graph=united_graph(BASE)))) == 3
        assert len(store.describe([THING])[THING]) == 3


ANSWERS = {
    "a count": "n\r\n3\r\n",
    "a sum by group": "p,n\r\nhttp://example.org/p,3\r\n",
    "rows": f"s,o\r\n{THING},both\r\n{THING},only one\r\n{THING},only two\r\n",
    "rows in each graph": "g,o\r\n"
    + "".join(
        f"{BASE.source_graph(source, version)},{text}\r\n"
        for source, version, text in (
            ("one", "0", "old"),
            ("one", "1", "both"),
            ("one", "1", "only one"),
            ("two", "1", "both"),
            ("two", "1", "only two"),
        )
    ),
    "a version by name": "o\r\nold\r\n",
    "a version as the only graph": "n\r\n1\r\n",
    "yes or no": "false",
    "statements": "".join(
        f'<{THING}> <{P}> "{text}" .\n' for text in ("both", "only one", "only two")
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_both_kinds_of_store_answer_strangers_the_same(
    reader: Callable[[], Store], name: str
) -> None:
    with reader() as opened:
        found = answer(opened, read_question(QUERIES[name], BASE), ("csv", "ntriples"))
    body = found.body.decode()
    if name == "statements":
        body = "".join(sorted(body.splitlines(keepends=True)))
    assert body == ANSWERS[name]


def test_the_united_graph_is_no_version_and_is_not_exported(
    store: Store, reader: Callable[[], Store]
) -> None:
    with reader() as opened:
        assert opened.current() == (united_graph(BASE),)
        assert united_graph(BASE) not in opened.graphs()
        assert list(opened.dump([BASE.meta])) == list(store.dump([BASE.meta]))
    assert len(store.current()) == 2
    assert united_graph(BASE) not in store.graphs()
    assert not any(united_graph(BASE).encode() in line for line in store.dump())


def test_uniting_again_forgets_what_no_longer_counts(
    endpoint_store: Store, clean_server: str
) -> None:
    versions = Versions(endpoint_store)
    for number in ("1", "2"):
        versions.make_current(filled(endpoint_store, Version("one", number, "one"), number))
        endpoint_store.unite(endpoint_store.current())
    with open_store(clean_server, base=BASE, read_only=True) as opened:
        assert opened.select(QUERIES["rows"]).column("o") == [Literal("2")]
    held = sorted(str(quad.object.value) for quad in endpoint_store.match(p=P))  # type: ignore[union-attr]
    assert held == ["1", "2"]


def test_an_endpoint_that_was_never_united_answers_from_the_current_graphs(
    endpoint_store: Store, clean_server: str
) -> None:
    version = filled(endpoint_store, Version("one", "1", "one"), "x")
    Versions(endpoint_store).make_current(version)
    with open_store(clean_server, base=BASE, read_only=True) as opened:
        assert opened.current() == (version.graph(BASE),)
