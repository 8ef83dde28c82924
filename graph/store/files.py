"""The statements of some graphs as an RDF file, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from tempfile import TemporaryFile

import pyoxigraph as ox

from graph.store.base import Store
from graph.store.nquads import parsed
from ontology.vocab import PREFIXES

_FORMATS = {"trig": ox.RdfFormat.TRIG, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
_PIECE = 1 << 16


def serialise(store: Store, graphs: Sequence[str], form: str) -> Iterator[bytes]:
    """The graphs as `nq`, `trig`, `jsonld`, or as `ttl`, which unites them, in pieces.

    Every format is made by way of a file on disk, so that its size does not count in memory.
    """
    if form == "nq":
        yield from store.dump(graphs)
        return
    statements = _united(store, graphs) if form == "ttl" else _by_graph(store, graphs)
    with TemporaryFile() as file:
        ox.serialize(statements, file, format=_FORMATS[form], prefixes=PREFIXES)
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")


def _by_graph(store: Store, graphs: Iterable[str]) -> Iterator[ox.Quad]:
    for graph in sorted(set(graphs)):
        yield from parsed(store.dump([graph]))


def _united(store: Store, graphs: Sequence[str]) -> Iterator[ox.Triple]:
    """A statement that several graphs make follows itself in a sorted dump; it is given once."""
    for triple, _ in groupby(parsed(store.dump(graphs)), key=lambda quad: quad.triple):
        yield triple
