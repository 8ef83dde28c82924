"""What every store does, whichever engine keeps the triples: each test runs on both."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import (
    Blank,
    Iri,
    Literal,
    Quad,
    Store,
    Triple,
    Version,
    Versions,
    open_store,
    restore,
)
from graph.store.filling import Filling
from graph.store.terms import spell_triple
from ontology.errors import InputError, StoreError
from ontology.vocab import RDF_TYPE, XSD, Base

BASE = Base()
GRAPH = BASE.source_graph("synthetic", "1")
OTHER = BASE.source_graph("synthetic", "2")
P = Iri("http://example.org/p")
Q = Iri("http://example.org/q")


def thing(name: str) -> Iri:
    return Iri(BASE.thing(f"org/{name}"))


def named(number: int) -> list[Triple]:
    return [Triple(thing(f"o{i}"), P, Literal(f"Asociația {i}", lang="ro")) for i in range(number)]


AWKWARD = [
    Triple(thing("a"), P, Literal("")),
    Triple(thing("a"), P, Literal('două "linii"\r\n\tși \\ o bară')),
    Triple(thing("a"), P, Literal("\u0001\u007f\u2028𝔸 \ufffe")),
    Triple(thing("a"), P, Literal("text", lang="RO")),
    Triple(thing("a"), P, Literal("text")),
    Triple(thing("a"), P, Literal("12.3", XSD + "decimal")),
    Triple(thing("a"), P, Literal("true", XSD + "boolean")),
    Triple(thing("a"), P, Literal("POINT(21.2 45.7)", "http://example.org/point")),
    Triple(thing("a"), P, Iri("http://example.org/ș?q=1#f")),
]


class TestWriting:
    def test_what_is_added_is_read_back_as_it_was(self, store: Store) -> None:
        assert store.add(GRAPH, iter(AWKWARD)) == len(AWKWARD)
        assert {quad.triple for quad in store.match(graph=GRAPH)} == set(AWKWARD)

    def test_adding_twice_keeps_one(self, store: Store) -> None:
        store.add(GRAPH, named(3))
        store.add(GRAPH, named(3))
        assert store.count(GRAPH) == 3

    def test_adding_nothing_makes_no_graph(self, store: Store) -> None:
        assert store.add(GRAPH, []) == 0
        assert store.graphs() == []

    def test_large_additions_go_in_batches(self, store: Store) -> None:
        assert store.add(GRAPH, named(5_000)) == 5_000
        assert store.count(GRAPH) == store.count() == 5_000

    def test_filling_adds_lines_in_batches(self, store: Store) -> None:
        with Filling(store, GRAPH, size=200) as filling:
            for triple in AWKWARD:
                filling.add(spell_triple(triple) + "\n")
            filling.flush()
            assert store.count(GRAPH) == len(AWKWARD)
            filling.add("".join(spell_triple(triple) + "\n" for triple in named(2_500)))
        assert store.count(GRAPH) == 2_500 + len(AWKWARD)
        assert set(AWKWARD) <= {quad.triple for quad in store.match(graph=GRAPH)}

    def test_a_filling_that_fails_writes_no_rest(self, store: Store) -> None:
        def fail() -> None:
            with Filling(store, GRAPH) as filling:
                filling.add(spell_triple(AWKWARD[0]) + "\n")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert store.count(GRAPH) == 0

    def test_lines_that_are_no_rdf_are_told_when_they_are_written(self, store: Store) -> None:
        for bad in ("<no iri> <a> <b> .\n", '<http://a> <http://b> "half \ud83d" .\n'):
            with pytest.raises(InputError), Filling(store, GRAPH) as filling:
                filling.add(bad)

    def test_a_blank_node_stays_one_node(self, store: Store) -> None:
        node = Blank("_:n1")
        store.add(GRAPH, [Triple(thing("a"), P, node), Triple(node, Q, Literal("x"))])
        (outer,) = store.match(p=P)
        (inner,) = store.match(p=Q)
        assert outer.object == inner.subject
        assert isinstance(inner.subject, Blank)

    def test_drop_removes_one_graph_only(self, store: Store) -> None:
        store.add(GRAPH, named(2))
        store.add(OTHER, named(3))
        store.drop(GRAPH)
        assert store.graphs() == [OTHER]
        store.drop(GRAPH)

    def test_replace_leaves_exactly_the_new_statements(self, store: Store) -> None:
        store.add(GRAPH, named(5))
        assert store.replace(GRAPH, AWKWARD[:2]) == 2
        assert {quad.triple for quad in store.match(graph=GRAPH)} == set(AWKWARD[:2])
        assert store.replace(GRAPH, []) == 0
        assert store.graphs() == []

    def test_transact_removes_and_adds_together(self, store: Store) -> None:
        old, new = (Quad(thing("a"), P, Literal(text), Iri(GRAPH)) for text in ("old", "new"))
        store.transact([], [old])
        store.transact([old], [new])
        assert list(store.match()) == [new]
        store.transact([], [])
        assert list(store.match()) == [new]

    @pytest.mark.parametrize(
        "bad", ["http://example.org/a b", 'http://example.org/"', "no-scheme<"]
    )
    def test_a_transaction_with_a_bad_statement_changes_nothing(
        self, store: Store, bad: str
    ) -> None:
        old = Quad(thing("a"), P, Literal("old"), Iri(GRAPH))
        store.transact([], [old])
        with pytest.raises(InputError):
            store.transact([old], [Quad(thing("a"), P, Iri(bad), Iri(GRAPH))])
        assert list(store.match()) == [old]

    def test_text_that_is_no_unicode_is_refused_with_a_sentence(self, store: Store) -> None:
        with pytest.raises(InputError) as caught:
            store.add(GRAPH, [Triple(thing("a"), P, Literal("half \ud83d"))])
        assert "Unicode" in caught.value.message("en")
        assert store.count() == 0


class TestReading:
    @pytest.fixture(autouse=True)
    def _filled(self, store: Store) -> None:
        store.add(GRAPH, [Triple(thing("a"), P, Literal("now")), Triple(thing("a"), Q, thing("b"))])
        store.add(OTHER, [Triple(thing("a"), P, Literal("before"))])
        Versions(store).make_current(Version("synthetic", "1", "Synthetic", tool="test 1"))

    def test_queries_see_the_current_graphs_only(self, store: Store) -> None:
        rows = store.select("SELECT ?v WHERE { ?s <http://example.org/p> ?v }")
        assert rows.variables == ("v",)
        assert rows.dicts() == [{"v": Literal("now")}]

    def test_queries_see_the_graphs_the_caller_names(self, store: Store) -> None:
        query = "SELECT ?v WHERE { ?s <http://example.org/p> ?v } ORDER BY ?v"
        rows = store.select(query, graphs=[GRAPH, OTHER])
        assert rows.column("v") == [Literal("before"), Literal("now")]
        assert len(store.select(query, graphs=[])) == 0

    def test_old_graphs_and_the_meta_graph_stay_readable_by_name(self, store: Store) -> None:
        rows = store.select(f"SELECT ?v WHERE {{ GRAPH <{OTHER}> {{ ?s <{P}> ?v }} }}")
        assert list(rows) == [(Literal("before"),)]
        every = store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert {GRAPH, BASE.meta} <= set(every.column("g"))

    def test_ask_and_construct(self, store: Store) -> None:
        assert store.ask("ASK { ?s <http://example.org/p> 'now' }") is True
        assert store.ask("ASK { ?s <http://example.org/p> 'before' }") is False
        made = store.construct(
            "CONSTRUCT { ?o <http://example.org/q> ?s } WHERE { ?s ?p ?o . FILTER(isIRI(?o)) }"
        )
        assert made == [Triple(thing("b"), Q, thing("a"))]

    def test_a_graph_made_of_two_holds_each_statement_once(self, store: Store) -> None:
        store.add(OTHER, [Triple(thing("a"), Q, thing("b"))])
        query = f"CONSTRUCT WHERE {{ ?s <{Q}> ?o }}"
        made = store.construct(query, graphs=[GRAPH, OTHER], limit=5)
        assert made == [Triple(thing("a"), Q, thing("b"))]

    def test_a_limit_says_that_there_is_more(self, store: Store) -> None:
        query = "SELECT ?o WHERE { ?s ?p ?o }"
        assert store.select(query, limit=1).truncated is True
        assert store.select(query, limit=2).truncated is False
        assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }", limit=1)) == 1

    def test_unbound_variables_are_none(self, store: Store) -> None:
        (row,) = store.select("SELECT ?x ?y WHERE { BIND(1 AS ?x) }")
        assert row == (Literal("1", XSD + "integer"), None)

    @pytest.mark.parametrize(
        "query", ["SELECT ?s WHERE { ?s ?p }", "hello", "", "SELECT ?s WHERE { ?s a \ud83d }"]
    )
    def test_a_query_that_is_none_is_bad_input(self, store: Store, query: str) -> None:
        with pytest.raises(InputError, match="SPARQL"):
            store.select(query)

    def test_a_query_of_another_form_is_bad_input(self, store: Store) -> None:
        with pytest.raises(InputError, match="SELECT"):
            store.select("ASK { ?s ?p ?o }")
        with pytest.raises(InputError, match="ASK"):
            store.ask("SELECT * { ?s ?p ?o }")

    def test_match_takes_any_terms(self, store: Store) -> None:
        assert {quad.graph for quad in store.match(s=thing("a"), p=P)} == {GRAPH, OTHER}
        assert [quad.subject for quad in store.match(o=thing("b"))] == [thing("a")]
        assert [quad.graph for quad in store.match(o=Literal("before"))] == [OTHER]
        whole = Quad(thing("a"), P, Literal("now"), Iri(GRAPH))
        assert list(store.match(*whole)) == [whole]
        assert list(store.match(thing("a"), P, Literal("now"), OTHER)) == []

    def test_describe_gives_each_thing_its_current_statements(self, store: Store) -> None:
        found = store.describe([thing("a"), thing("nobody")])
        assert [quad.object for quad in found[thing("a")]] == [Literal("now"), thing("b")]
        assert found[thing("nobody")] == []
        both = store.describe([thing("a")], graphs=[GRAPH, OTHER])
        assert len(both[thing("a")]) == 3

    def test_describe_takes_many_things(self, store: Store) -> None:
        store.add(GRAPH, named(450))
        found = store.describe([thing(f"o{i}") for i in range(450)])
        assert all(len(quads) == 1 for quads in found.values())


class TestNeighbours:
    @pytest.fixture(autouse=True)
    def _chain(self, store: Store) -> None:
        links = [Triple(thing(x), P, thing(y)) for x, y in ("ab", "bc", "cd", "xb")]
        noise = [
            Triple(thing("a"), Iri(RDF_TYPE), Iri("http://www.w3.org/ns/org#Organization")),
            Triple(thing("a"), Q, Iri("https://w3id.org/resurse/ns#association")),
            Triple(thing("z"), Q, Iri("https://w3id.org/resurse/ns#association")),
            Triple(thing("a"), Q, Literal("text")),
        ]
        store.add(GRAPH, [*links, *noise])
        store.add(OTHER, [Triple(thing("a"), P, thing("old"))])

    def steps(self, store: Store, start: str, depth: int, **more: int) -> list[str]:
        quads = store.neighbours([thing(start)], depth, graphs=[GRAPH], **more)
        return [quad.subject[-1] + str(quad.object)[-1] for quad in quads]

    def test_each_round_goes_one_step_further_in_both_directions(self, store: Store) -> None:
        assert self.steps(store, "a", 1) == ["ab"]
        assert self.steps(store, "a", 2) == ["ab", "bc", "xb"]
        assert self.steps(store, "a", 9) == ["ab", "bc", "xb", "cd"]
        assert self.steps(store, "d", 1) == ["cd"]
        assert self.steps(store, "nobody", 3) == []

    def test_a_limit_starts_no_further_round(self, store: Store) -> None:
        assert self.steps(store, "a", 9, limit=2) == ["ab", "bc", "xb"]


class TestExport:
    def test_a_dump_is_sorted_and_loads_into_the_same_dump(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.add(OTHER, named(20))
        store.add(GRAPH, AWKWARD)
        lines = list(store.dump())
        assert lines == sorted(set(lines))
        assert len(lines) == 20 + len(AWKWARD)
        with open_store(str(tmp_path / "copy"), base=BASE) as copy:
            assert copy.load(lines) == len(lines)
            assert list(copy.dump()) == lines

    def test_a_dump_of_some_graphs(self, store: Store) -> None:
        store.add(GRAPH, named(2))
        store.add(OTHER, named(3))
        assert len(list(store.dump([OTHER]))) == 3
        assert list(store.dump([])) == []

    def test_loading_lines_that_are_no_nquads_is_bad_input(self, store: Store) -> None:
        for bad in (b"not a statement\n", b"<http://a> <http://b> <http://c> .\n", b"\xff\n"):
            with pytest.raises(InputError, match="N-Quads"):
                store.load([bad])
        assert store.count() == 0

    def test_a_backup_restores_to_the_same_dump(self, store: Store, tmp_path: Path) -> None:
        store.add(GRAPH, AWKWARD)
        store.backup(tmp_path / "backup")
        with pytest.raises(StoreError, match="exists already"):
            store.backup(tmp_path / "backup")
        with open_store(str(tmp_path / "back"), base=BASE) as back:
            restore(tmp_path / "backup", back)
            assert list(back.dump()) == list(store.dump())
