"""A copy of the store in which the current graphs are one: for questions that count.

With several default graphs Oxigraph and Virtuoso give a statement that two of them hold twice, so
that a sum or a count would be wrong. In the copy that a snapshot keeps for SPARQL, all current
statements stand once in one graph; the graphs of the sources stay beside it, readable by name. At
an endpoint there is no copy: the one graph stands beside the others on the server (`Store.unite`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.store.oxigraph import OxigraphStore
from graph.store.versions import united_graph
from ontology.vocab import Base

__all__ = ["unite", "united_graph"]


def unite(folder: Path, base: Base, graphs: Sequence[str]) -> None:
    """Makes the copy in `folder` answer from one graph whenever it is opened read-only."""
    with OxigraphStore(folder, base) as store:
        store.unite(graphs)
