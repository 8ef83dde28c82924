"""Which version of each source is current: kept in the meta graph, changed in one transaction.

`dcat:hasCurrentVersion` points from a source to the one graph that counts today; `records.py`
says what is known of each version. A graph that no record mentions was left half-written.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from graph.store import records
from graph.store.records import Version
from graph.store.terms import Iri, Node, Quad, Term
from ontology.vocab import Base, expand

if TYPE_CHECKING:
    from graph.store.base import Store

__all__ = ["Version", "Versions", "current_graphs"]


class Matching(Protocol):
    """The little of a store that the current graphs are found with."""

    @property
    def base(self) -> Base:
        """The base whose graphs it holds."""

    def match(
        self,
        s: Node | None = None,
        p: Iri | None = None,
        o: Term | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Statements with these terms."""


CURRENT = Iri(expand("dcat:hasCurrentVersion"))


def united_graph(base: Base) -> str:
    """The graph that holds every current statement once, in a copy made by `united.py`."""
    return base.graphs + "current"


def current_graphs(store: Matching) -> tuple[str, ...]:
    """The IRIs of the graphs that are the truth of today, sorted."""
    return tuple(sorted({str(q.object) for q in store.match(p=CURRENT, graph=store.base.meta)}))


class Versions:
    """Reads and writes the records of all versions in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._base = store.base

    def current(self, source: str) -> Version | None:
        """The version of a source that counts today; None when the source is not held."""
        graph = next((str(quad.object) for quad in self._pointer(source)), None)
        return None if graph is None else records.read(self._about(graph))

    def list(self, source: str | None = None) -> builtins.list[Version]:
        """All versions held, of one source or of all: by source, oldest first."""
        found = [records.read(self._about(graph)) for graph in self._recorded()]
        chosen = [one for one in found if one and (source is None or one.source == source)]
        return sorted(chosen, key=lambda one: (one.source, one.generated or "", one.version))

    def make_current(self, version: Version) -> Version:
        """Records a version whose graph is full and points its source at it: one transaction.

        Gives the version with its number of statements and the graph it came after.
        """
        graph = version.graph(self._base)
        held = self.current(version.source)
        previous = None
        if held is not None:
            before = held.graph(self._base)
            previous = held.previous if before == graph else before
        made = replace(version, statements=self._store.count(graph), previous=previous)
        pointer = Quad(
            records.series(version.source, self._base), CURRENT, Iri(graph), Iri(self._base.meta)
        )
        old = {*self._about(graph), *self._pointer(version.source)}
        new = {*records.write(made, self._base), pointer}
        self._store.transact(old - new, new - old)
        return made

    def retire(self, source: str) -> None:
        """Makes a source count no more; its versions stay readable by name."""
        self._store.transact(self._pointer(source), ())

    def forget(self, version: Version) -> None:
        """Removes a version: what is known of it and its statements, and its being current."""
        graph = version.graph(self._base)
        pointer = [quad for quad in self._pointer(version.source) if quad.object == graph]
        self._store.transact([*self._about(graph), *pointer], ())
        self._store.drop(graph)

    def sweep(self) -> builtins.list[str]:
        """Removes the graphs that a run left half-written, and names them.

        Only for the process that owns the store, before it writes: a graph that another process
        is filling just now looks the same.
        """
        known = set(self._recorded())
        prefix = self._base.graphs + "source/"
        left = [g for g in self._store.graphs() if g.startswith(prefix) and g not in known]
        for graph in left:
            self._store.drop(graph)
        return left

    def _pointer(self, source: str) -> builtins.list[Quad]:
        series = records.series(source, self._base)
        return list(self._store.match(s=series, p=CURRENT, graph=self._base.meta))

    def _recorded(self) -> builtins.list[str]:
        found = self._store.match(p=records.VERSION_OF, graph=self._base.meta)
        return sorted({str(quad.subject) for quad in found})

    def _about(self, graph: str) -> builtins.list[Quad]:
        meta = self._base.meta
        return [
            quad
            for subject in records.subjects(graph)
            for quad in self._store.match(s=subject, graph=meta)
            if quad.predicate != CURRENT
        ]
