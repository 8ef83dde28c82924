"""The store at a SPARQL 1.1 endpoint: the same `Store` over another engine, shared by processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.store import faults
from graph.store.asking import Asking
from graph.store.base import BATCH, Quad, Triple
from graph.store.nquads import FILE, grouped, sorted_lines, utf8
from graph.store.terms import spell_quad, spell_triple
from graph.store.updates import insertion, replacement, transaction
from graph.store.versions import united_graph

STEP = 1_000
"""Statements in one INSERT DATA: Virtuoso compiles at most 10,000 lines."""


class SparqlStore(Asking):
    """A `Store` behind a SPARQL 1.1 query and update address: what `Asking` reads, and writing."""

    # -- writing ---------------------------------------------------------------------------

    def add(self, graph: str, triples: Iterable[Triple]) -> int:
        """Adds statements to a graph: posted to it where the server can, else by INSERT DATA."""
        source = iter(triples)
        total = 0
        while batch := list(islice(source, BATCH)):
            self.fill(graph, "".join(f"{spell_triple(triple)}\n" for triple in batch))
            total += len(batch)
        return total

    def fill(self, graph: str, ntriples: str) -> None:
        """Adds lines of N-Triples to a graph, in one request or in several small ones."""
        if self._endpoint.post_graph(graph, utf8(ntriples)):
            return
        lines = ntriples.removesuffix("\n").split("\n")
        for start in range(0, len(lines), STEP):
            self._endpoint.update(insertion(graph, lines[start : start + STEP]))

    def replace(self, graph: str, triples: Iterable[Triple]) -> int:
        """Gives a graph a new content in one request."""
        text, count = replacement(graph, triples)
        self._endpoint.update(text)
        return count

    def transact(self, removals: Iterable[Quad], additions: Iterable[Quad]) -> None:
        """Removes and adds a few statements in one request."""
        text = transaction(removals, additions)
        if text:
            self._endpoint.update(text)

    def drop(self, graph: str) -> None:
        """Removes a graph with all its statements."""
        self._endpoint.update(f"DROP SILENT GRAPH <{graph}>")

    def unite(self, graphs: Sequence[str]) -> None:
        """Copies the statements of some graphs into the united graph, in one request on the server."""
        whole = united_graph(self._base)
        copies = [f"ADD SILENT GRAPH <{graph}> TO GRAPH <{whole}>" for graph in graphs]
        self._endpoint.update(" ;\n".join([f"DROP SILENT GRAPH <{whole}>", *copies]))

    def load(self, nquads: Iterable[bytes]) -> int:
        """Adds the statements of N-Quads lines."""
        return sum(self.add(graph, triples) for graph, triples in grouped(nquads))

    # -- care ------------------------------------------------------------------------------

    def dump(self, graphs: Sequence[str] | None = None) -> Iterator[bytes]:
        """Canonical N-Quads, sorted on the disk of this machine."""
        chosen = self.graphs() if graphs is None else graphs
        quads = (quad for graph in chosen for quad in self.match(graph=graph))
        return sorted_lines(f"{spell_quad(quad)}\n".encode() for quad in quads)

    def backup(self, folder: Path) -> None:
        """Writes everything as sorted N-Quads into a new folder."""
        if folder.exists():
            raise faults.exists(str(folder))
        folder.mkdir(parents=True)
        with (folder / FILE).open("wb") as file:
            file.writelines(self.dump())

    def rest(self, *, wholly: bool = False) -> None:
        """Nothing: what was written lies on the server."""

    def close(self) -> None:
        """Closes the connections."""
        self._endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
