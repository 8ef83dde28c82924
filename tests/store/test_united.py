"""The copy for SPARQL: every current statement once, the graphs of the sources by name."""

from __future__ import annotations

from pathlib import Path

from graph.store import Iri, Literal, Store, Triple, Version, Versions, open_store
from graph.store.united import unite, united_graph
from ontology.vocab import Base

BASE = Base()
P = Iri("http://example.org/p")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_what_two_sources_say_counts_once_in_the_copy(folder_store: Store, tmp_path: Path) -> None:
    said = Triple(Iri(BASE.thing("org/a")), P, Literal("both"))
    versions = Versions(folder_store)
    for source in ("one", "two"):
        version = Version(source, "1", source)
        old = Version(source, "0", source)
        folder_store.add(old.graph(BASE), [Triple(Iri(BASE.thing("org/a")), P, Literal("old"))])
        folder_store.add(version.graph(BASE), [said])
        versions.make_current(old)
        versions.make_current(version)
    folder_store.backup(tmp_path / "copy")
    unite(tmp_path / "copy", BASE, folder_store.current())
    with open_store(str(tmp_path / "copy"), base=BASE, read_only=True) as copy:
        assert copy.current() == (united_graph(BASE),)
        assert copy.select(COUNT).column("n")[0] == Literal(
            "1", "http://www.w3.org/2001/XMLSchema#integer"
        )
        assert copy.count(BASE.source_graph("one", "0")) == 1
        assert list(copy.dump([BASE.meta])) == list(folder_store.dump([BASE.meta]))
    assert len(folder_store.current()) == 2
