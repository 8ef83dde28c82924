"""Reading a store at a SPARQL 1.1 endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import pyoxigraph as ox

from graph.store import faults
from graph.store.base import Iri, Node, Quad, Row, Rows, Term, Triple
from graph.store.records import VERSION_OF
from graph.store.sparql import JSON_RESULTS, N_TRIPLES, Endpoint
from graph.store.terms import each_once, order, spell
from graph.store.versions import current_graphs, united_graph
from graph.store.walk import walk
from graph.store.wire import parsed_results, solutions, statements
from ontology.vocab import Base

ASKED = 200
"""Things asked about in one VALUES block."""

_NAMED = re.compile(r"GRAPH\s*(?:<([^>]*)>)?", re.IGNORECASE)


class Asking:
    """The reading half of a `Store` behind a SPARQL 1.1 query and update address.

    Each read is one query and sees what the server's own isolation gives. Updates are sent as one
    request, which Oxigraph and Virtuoso run as one transaction. Servers keep values, not
    spellings: from Virtuoso a whole decimal comes back as an integer. `read_only` reads what is
    current as one graph, once `unite` has made it.
    """

    def __init__(self, endpoint: Endpoint, base: Base, *, read_only: bool = False) -> None:
        self._endpoint = endpoint
        self._base = base
        self._read_only = read_only

    @property
    def base(self) -> Base:
        """The base whose graphs this store holds; others on the server are left alone."""
        return self._base

    # -- reading ---------------------------------------------------------------------------

    def graphs(self) -> list[str]:
        """The IRIs of all graphs of this base that hold a statement, sorted."""
        rows = self._rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(str(g) for (g,) in rows if self._ours(str(g)))

    def _ours(self, graph: str) -> bool:
        """Whether a graph is of this base and holds what no other does."""
        return graph.startswith(self._base.iri) and graph != united_graph(self._base)

    def current(self) -> tuple[str, ...]:
        """The IRIs of the current graphs, sorted; the united graph for who only reads, if there is one."""
        united = united_graph(self._base)
        if self._read_only and self.ask(f"ASK {{ GRAPH <{united}> {{ ?s ?p ?o }} }}", graphs=()):
            return (united,)
        return current_graphs(self)

    def count(self, graph: str | None = None) -> int:
        """How many statements a graph holds; of all graphs of this base when None."""
        if graph is None:
            return sum(self.count(one) for one in self.graphs())
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        ((number,),) = self._rows(text)
        return int(number.value) if number is not None else 0

    def select(
        self,
        query: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The solutions of a SELECT query; an answer that the server cut short is an error.

        With a `limit` the rest of a longer answer is not read.
        """
        default, named = self._dataset(query, graphs)
        with self._endpoint.query(
            query, JSON_RESULTS, default=default, named=named, timeout=timeout
        ) as answer:
            variables, rows = solutions(answer)
            taken = list(rows if limit is None else islice(rows, limit + 1))
            more = limit is not None and len(taken) > limit
            if answer.cap is not None and not more:
                raise faults.cut_short(self._endpoint.where, answer.cap)
            return Rows(variables, tuple(taken[:limit]), more)

    def ask(
        self, query: str, *, graphs: Sequence[str] | None = None, timeout: float | None = None
    ) -> bool:
        """The answer of an ASK query."""
        default, named = self._dataset(query, graphs)
        with self._endpoint.query(
            query, JSON_RESULTS, default=default, named=named, timeout=timeout
        ) as answer:
            found = parsed_results(answer)
            if not isinstance(found, ox.QueryBoolean):
                raise faults.wrong_form("ASK")
            return bool(found)

    def construct(
        self,
        query: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Triple]:
        """The statements of a CONSTRUCT or DESCRIBE query."""
        default, named = self._dataset(query, graphs)
        accept = f"{N_TRIPLES}, text/turtle;q=0.5"
        with self._endpoint.query(
            query, accept, default=default, named=named, timeout=timeout
        ) as answer:
            if answer.media_type == JSON_RESULTS:
                parsed_results(answer)
                raise faults.wrong_form("CONSTRUCT")
            triples = list(islice(each_once(statements(answer)), limit))
            if answer.cap is not None and (limit is None or len(triples) < limit):
                raise faults.cut_short(self._endpoint.where, answer.cap)
            return triples

    def match(
        self,
        s: Node | None = None,
        p: Iri | None = None,
        o: Term | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The statements with these terms, in any graph of this base unless one is named."""
        given: tuple[Term | None, ...] = (s, p, o, None if graph is None else Iri(graph))
        names = [f"?{name}" for name, term in zip("spog", given, strict=True) if term is None]
        subject, predicate, value, where = (
            f"?{name}" if term is None else spell(term)
            for name, term in zip("spog", given, strict=True)
        )
        pattern = f"GRAPH {where} {{ {subject} {predicate} {value} }}"
        if not names:
            if self.ask(f"ASK {{ {pattern} }}", graphs=()):
                yield Quad(*given)  # type: ignore[arg-type]
            return
        for row in self._pages(" ".join(names), pattern):
            found = iter(row)
            quad = Quad(*(term if term is not None else next(found) for term in given))  # type: ignore[arg-type]
            if quad.graph == graph or self._ours(quad.graph):
                yield quad

    def describe(
        self, iris: Sequence[str], *, graphs: Sequence[str] | None = None
    ) -> dict[str, list[Quad]]:
        """The statements about each thing, asked for `ASKED` things at a time."""
        found: dict[str, list[Quad]] = {iri: [] for iri in iris}
        chosen = self.current() if graphs is None else tuple(graphs)
        for quad in self._values(sorted(found), "?s", chosen):
            found[quad.subject].append(quad)
        return {iri: sorted(quads, key=order) for iri, quads in found.items()}

    def neighbours(
        self,
        iris: Sequence[str],
        depth: int = 1,
        *,
        graphs: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Quad]:
        """The links between things met within `depth` steps: two questions a round."""
        chosen = self.current() if graphs is None else tuple(graphs)

        def around(edge: list[str]) -> Iterator[Quad]:
            yield from self._values(edge, "?s", chosen, "FILTER(isIRI(?o))")
            yield from self._values(edge, "?o", chosen)

        return walk(around, self._base, iris, depth, limit)

    def _values(
        self, iris: Sequence[str], variable: str, graphs: Sequence[str], extra: str = ""
    ) -> Iterator[Quad]:
        if not graphs:
            return
        for start in range(0, len(iris), ASKED):
            block = " ".join(spell(Iri(iri)) for iri in iris[start : start + ASKED])
            pattern = f"VALUES {variable} {{ {block} }} GRAPH ?g {{ ?s ?p ?o }} {extra}"
            for row in self._pages("?s ?p ?o ?g", pattern, graphs):
                yield Quad(*row)  # type: ignore[arg-type]

    def _pages(self, names: str, pattern: str, graphs: Sequence[str] = ()) -> Iterator[Row]:
        """All rows of a pattern, also from a server that cuts its answers."""
        text = f"SELECT {names} WHERE {{ {pattern} }}"
        with self._endpoint.query(text, JSON_RESULTS, named=graphs) as answer:
            cap = answer.cap
            if cap is None:
                yield from solutions(answer)[1]
                return
        # Only an inner ORDER BY may sort more rows than a cut answer holds (Virtuoso's SR353).
        inner = f"SELECT {names} WHERE {{ {pattern} }} ORDER BY {names}"
        for offset in range(0, 1 << 40, cap):
            page = f"SELECT {names} WHERE {{ {{ {inner} }} }} LIMIT {cap} OFFSET {offset}"
            rows = self._rows(page, graphs)
            yield from rows
            if len(rows) < cap:
                return

    def _rows(self, text: str, graphs: Sequence[str] = ()) -> list[Row]:
        with self._endpoint.query(text, JSON_RESULTS, named=graphs) as answer:
            return list(solutions(answer)[1])

    def _dataset(
        self, query: str, graphs: Sequence[str] | None
    ) -> tuple[Sequence[str], Sequence[str]]:
        """The default graphs, and the named ones if the query reads any by name.

        A protocol request that names default graphs hides all named graphs it does not name too.
        """
        default = self.current() if graphs is None else tuple(graphs)
        mentioned = {match[1] or "" for match in _NAMED.finditer(query)}
        named = {name for name in mentioned if name}
        if "" in mentioned:
            recorded = self.match(p=VERSION_OF, graph=self._base.meta)
            named |= {str(quad.subject) for quad in recorded}
            named |= {self._base.meta, self._base.curated, self._base.inferred}
        return default or (self._base.graphs + "none",), sorted(named)
