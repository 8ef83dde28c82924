"""The statements of some graphs as an RDF file, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from graph.store.base import Store
from ontology.vocab import PREFIXES

_FORMATS = {"trig": ox.RdfFormat.TRIG, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


def serialise(store: Store, graphs: Sequence[str], form: str) -> Iterator[bytes]:
    """`nq` streams sorted lines; `trig`, `ttl` (graphs united) and `jsonld` are written as a whole."""
    lines = store.dump(graphs)
    if form == "nq":
        for line in lines:
            yield line if line.endswith(b"\n") else line + b"\n"
        return
    quads = (quad for line in lines for quad in ox.parse(line, ox.RdfFormat.N_QUADS))
    if form == "ttl":
        held = sorted({quad.triple for quad in quads}, key=str)
        yield ox.serialize(held, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        return
    yield ox.serialize(quads, format=_FORMATS[form], prefixes=PREFIXES) or b""
