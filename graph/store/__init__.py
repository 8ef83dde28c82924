"""The triple store: the one room that knows which engine keeps the facts.

Its files, by what they are for:

    base terms                      what every store can do, and in which words
    oxigraph folder owner convert   the embedded engine, and whose its folder is
    remote sparql asking streams wire
                                    any SPARQL 1.1 endpoint
    versions records updates        which version of a source is current
    filling nquads files backup     statements in and out, of any size
    walk                            neighbourhoods, round by round
    public question answers refusals worker frames united
                                    SPARQL for everybody: bounded, in processes over a copy
    faults                          what can go wrong, in sentences
"""

from __future__ import annotations

from pathlib import Path

from graph.store.backup import restore
from graph.store.base import Blank, Iri, Literal, Quad, Row, Rows, Store, Term, Triple
from graph.store.oxigraph import OxigraphStore
from graph.store.versions import Version, Versions
from ontology.vocab import Base

__all__ = [
    "Blank",
    "Iri",
    "Literal",
    "Quad",
    "Row",
    "Rows",
    "Store",
    "Term",
    "Triple",
    "Version",
    "Versions",
    "open_store",
    "restore",
]


def open_store(
    where: str,
    *,
    base: Base,
    update_url: str | None = None,
    user: str | None = None,
    password: str | None = None,
    read_only: bool = False,
) -> Store:
    """The store at `where`: a folder of this machine, or `http(s)://…` of a SPARQL endpoint.

    `read_only` opens a folder that no process writes, such as a backup, and reads what is current
    as one graph, where `unite` made one. Raises StoreLockedError when another process holds the folder.
    """
    if where.startswith(("http://", "https://")):
        # Loaded only here: an HTTP client costs every command a tenth of a second.
        from graph.store.remote import SparqlStore
        from graph.store.sparql import Endpoint

        endpoint = Endpoint(where, update_url=update_url, user=user, password=password)
        return SparqlStore(endpoint, base, read_only=read_only)
    return OxigraphStore(Path(where), base, read_only=read_only)
