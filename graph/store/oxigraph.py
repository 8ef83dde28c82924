"""The embedded store: Oxigraph in a folder on disk, owned by one process."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from graph.store import faults
from graph.store.base import Iri, Node, Quad, Rows, Term, Triple
from graph.store.convert import QuadReader, iri_out, node_out, term_in, term_out, triple_in
from graph.store.folder import Folder
from graph.store.nquads import sorted_lines, with_graph
from graph.store.terms import each_once, order
from graph.store.versions import current_graphs, united_graph
from graph.store.walk import walk

ANY_GRAPH = re.compile(r"GRAPH\s*[?$]", re.IGNORECASE)
"""A query that looks into graphs without naming them."""

_T = TypeVar("_T")


class OxigraphStore(Folder):
    """A `Store` on the disk of this machine.

    Every read sees the state of one moment, also while another thread writes. `read_only` opens a
    folder that nobody writes any more, such as a backup; any number of processes may do so.
    """

    # -- reading ---------------------------------------------------------------------------

    def graphs(self) -> list[str]:
        """The IRIs of all graphs of this base that hold a statement, sorted."""
        with self._faults():
            names = list(self._store.named_graphs())
            filled = (graph.value for graph in names if self._filled(graph))
            united = united_graph(self._base)
            return sorted(g for g in filled if g.startswith(self._base.iri) and g != united)

    def _filled(self, graph: ox.NamedNode | ox.BlankNode) -> bool:
        return next(self._store.quads_for_pattern(None, None, None, graph), None) is not None

    def current(self) -> tuple[str, ...]:
        """The IRIs of the current graphs, sorted; the united graph of a copy that has one."""
        united = united_graph(self._base)
        if self._read_only and self._filled(iri_out(united)):
            return (united,)
        return current_graphs(self)

    def count(self, graph: str | None = None) -> int:
        """How many statements a graph holds; of all graphs, but the united one, when None."""
        if graph is None:
            united = united_graph(self._base)
            twice = self.count(united) if self._filled(iri_out(united)) else 0
            return len(self._store) - twice
        rows = self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", graphs=[graph])
        (number,) = rows.column("n")
        return int(number.value) if number is not None else 0

    def select(
        self,
        query: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The solutions of a SELECT query.

        The engine cannot be stopped inside one step (a sort, a sum): the time is looked at
        between rows. Queries of strangers go through `public.py`.
        """
        found = self._query(query, graphs)
        if not isinstance(found, ox.QuerySolutions):
            raise faults.wrong_form("SELECT")
        names = [variable.value for variable in found.variables]
        width = range(len(names))
        rows, more = self._take(found, timeout, limit)
        return Rows(
            tuple(names),
            tuple(
                tuple(None if (term := row[i]) is None else term_in(term) for i in width)
                for row in rows
            ),
            more,
        )

    def ask(
        self, query: str, *, graphs: Sequence[str] | None = None, timeout: float | None = None
    ) -> bool:
        """The answer of an ASK query."""
        found = self._query(query, graphs)
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
        found = self._query(query, graphs)
        if not isinstance(found, ox.QueryTriples):
            raise faults.wrong_form("CONSTRUCT")
        made = each_once(map(triple_in, found))
        return self._take(made, timeout, limit)[0]

    def _query(
        self, query: str, graphs: Sequence[str] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        chosen = self.current() if graphs is None else graphs
        try:
            with self._faults():
                return self._store.query(
                    query,
                    default_graph=[iri_out(g) for g in chosen],
                    named_graphs=self._named(query),
                )
        except (SyntaxError, UnicodeEncodeError) as error:
            raise faults.bad_query(str(error)) from error

    def _named(self, query: str) -> list[ox.NamedNode | ox.BlankNode] | None:
        """The graphs that `GRAPH ?g` goes through: in a copy, all but the one that unites them."""
        if not self._read_only or not ANY_GRAPH.search(query):
            return None
        return [iri_out(graph) for graph in self.graphs()]

    def _take(
        self, answers: Iterator[_T], timeout: float | None, limit: int | None
    ) -> tuple[list[_T], bool]:
        """The first `limit` answers, and whether there are more."""
        end = None if timeout is None else time.monotonic() + timeout
        taken: list[_T] = []
        with self._faults():
            for answer in answers:
                if end is not None and timeout is not None and time.monotonic() > end:
                    raise faults.too_slow(timeout)
                if len(taken) == limit:
                    return taken, True
                taken.append(answer)
        return taken, False

    def match(
        self,
        s: Node | None = None,
        p: Iri | None = None,
        o: Term | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The statements with this subject, predicate and object; those of the united graph by name only."""
        found = self._matched(s, p, o, graph)
        if graph is None and self._read_only:
            united = united_graph(self._base)
            found = (quad for quad in found if quad.graph != united)
        return found

    def _matched(
        self, s: Node | None, p: Iri | None, o: Term | None, graph: str | None
    ) -> Iterator[Quad]:
        with self._faults():
            yield from map(
                QuadReader(),
                self._store.quads_for_pattern(
                    None if s is None else node_out(s),
                    None if p is None else iri_out(p),
                    None if o is None else term_out(o),
                    None if graph is None else iri_out(graph),
                ),
            )

    def describe(
        self, iris: Sequence[str], *, graphs: Sequence[str] | None = None
    ) -> dict[str, list[Quad]]:
        """The statements about each thing."""
        chosen = frozenset(self.current() if graphs is None else graphs)
        return {
            iri: sorted(
                (q for q in self._matched(Iri(iri), None, None, None) if q.graph in chosen),
                key=order,
            )
            for iri in iris
        }

    def neighbours(
        self,
        iris: Sequence[str],
        depth: int = 1,
        *,
        graphs: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Quad]:
        """The links between things met within `depth` steps, nearest first."""
        chosen = frozenset(self.current() if graphs is None else graphs)

        read = QuadReader()

        def around(edge: list[str]) -> Iterator[Quad]:
            for iri in edge:
                yield from (quad for quad in map(read, self._links(iri)) if quad.graph in chosen)

        return walk(around, self._base, iris, depth, limit)

    def _links(self, iri: str) -> Iterator[ox.Quad]:
        """The statements to and from a thing, without its texts and numbers."""
        node = iri_out(iri)
        with self._faults():
            for quad in self._store.quads_for_pattern(node, None, None, None):
                if isinstance(quad.object, ox.NamedNode):
                    yield quad
            yield from self._store.quads_for_pattern(None, None, node, None)

    # -- care ------------------------------------------------------------------------------

    def dump(self, graphs: Sequence[str] | None = None) -> Iterator[bytes]:
        """Canonical N-Quads, sorted; written by the engine and sorted on disk."""
        return sorted_lines(self._lines(self.graphs() if graphs is None else graphs))

    def _lines(self, graphs: Iterable[str]) -> Iterator[bytes]:
        for graph in graphs:
            with self._dumped(graph) as file:
                for line in file:
                    yield with_graph(line, graph)

    def backup(self, folder: Path) -> None:
        """Writes a consistent copy; on the same disk it costs almost nothing (hard links)."""
        if folder.exists():
            raise faults.exists(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with self._change():
            self._store.backup(str(folder))
