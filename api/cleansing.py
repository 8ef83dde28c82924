"""Removes what earlier versions kept of private persons from a home: once, when its store is first opened."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from graph.store import Iri, Literal, Store, Term
from graph.store.terms import Node
from ingest.memory import Memory
from ingest.personal_codes import holds_personal_code
from ingest.rejects import cleanse as mask_rejects

if TYPE_CHECKING:
    from api.home import Home
    from ingest.registry import Registry

_NUMBERS = ("decimal", "integer", "date", "dateTime", "wktLiteral")
"""Datatypes whose digits are no code, however many: an amount, a moment, a point on the map."""


def _words(term: Term) -> str:
    """What a literal says in words, or in digits that somebody chose."""
    return "" if not isinstance(term, Literal) or term.datatype.endswith(_NUMBERS) else term.value


def cleanse(home: Home, store: Store, registry: Registry) -> bool:
    """Personal numeric codes go from the triples (with all that is stated about their thing), from the
    registry, from the files of refused rows and from the answers of servers that were kept.

    The files that people handed over are theirs: a code in one of them is refused when it is read.
    True when triples were removed: a store in a folder is then to be written anew.
    """
    things: set[Node] = set()
    for quad in store.match():
        if holds_personal_code(_words(quad.object)):
            things.add(quad.subject)
        things |= {
            end
            for end in (quad.subject, quad.object)
            if isinstance(end, Iri) and holds_personal_code(end)
        }
    for thing in things:
        about = store.match(s=thing)
        store.transact(list(chain(about, store.match(o=thing))), ())
    registry.cleanse()
    mask_rejects(home.folder / "rejects")
    Memory(home.folder / "fetched").cleanse()
    return bool(things)
