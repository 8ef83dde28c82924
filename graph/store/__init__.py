"""The triple store: the one room that knows which engine keeps the facts."""

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
