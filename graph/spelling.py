"""Entities as lines of N-Triples, with the source of each: what repeats is spelled once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from graph.entities import DC_IDENTIFIER, DC_SOURCE, STATEMENT, source_id, term_of
from graph.store.terms import Literal, Term, spell
from ontology.entity import Entity, Value
from ontology.model import PropertyDef, load_model
from ontology.vocab import RDF_TYPE, Base, expand

_TYPE, _IDENTIFIER, _SOURCE = (f" <{iri}> " for iri in (RDF_TYPE, DC_IDENTIFIER, DC_SOURCE))
_SUBJECT, _PREDICATE, _OBJECT = (
    f" <{expand(f'rdf:{part}')}> " for part in ("subject", "predicate", "object")
)
_END = " .\n"

_REPEATING = frozenset({"text", "string", "date", "calendar", "url", "code", "reference", "identifier"})  # fmt: skip
"""Kinds whose values are remembered by what they equal; 1, 1.0 and True are equal and look different."""
_KEPT = 2_000
"""How many values of each field are remembered."""


class Stated(NamedTuple):
    """What one entity states: its lines of N-Triples, and eight bytes that change when any of them does."""

    id: str
    lines: str
    print: bytes


class Speller:
    """Called with an entity, gives what it and the parts inside it state."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._fields: dict[tuple[str, str], Callable[[Value], str]] = {}

    def __call__(self, entity: Entity) -> Stated:
        """The lines of an entity, sorted."""
        lines = [line for one in entity.parts() for line in self._lines(one, entity.sources)]
        lines.sort()
        text = "".join(lines)
        return Stated(entity.id, text, hashlib.blake2b(text.encode(), digest_size=8).digest())

    def _lines(self, entity: Entity, pages: Sequence[str]) -> Iterator[str]:
        """What an entity states, or a part of one: `pages` are those of the whole."""
        name, subject = entity.cls.name, f"<{self._base.thing(entity.id)}>"
        for iri in entity.types():
            yield f"{subject}{_TYPE}<{iri}>{_END}"
        yield f"{subject}{_IDENTIFIER}{spell(Literal(entity.id))}{_END}"
        for url in pages:
            yield f"{subject}{_SOURCE}{self._page(url)}{_END}"
        for field, values in entity.values.items():
            tail_of = self._fields.get((name, field)) or self._learn(
                entity.cls.properties[field], name
            )
            for value in values:
                yield subject + tail_of(value)
                if value.source:
                    yield from self._own_page(entity.cls.properties[field], subject, value)

    def _learn(self, prop: PropertyDef, class_name: str) -> Callable[[Value], str]:
        tail_of: Callable[[Value], str] = partial(self._tail, prop)
        if prop.kind.name in _REPEATING:
            tail_of = lru_cache(maxsize=_KEPT)(tail_of)
        self._fields[class_name, prop.name] = tail_of
        return tail_of

    def _tail(self, prop: PropertyDef, value: Value) -> str:
        """Predicate, object and the end of the line."""
        return f" <{prop.path}> {spell(self._term(prop, value))}{_END}"

    def _term(self, prop: PropertyDef, value: Value) -> Term:
        return term_of(prop, value, self._base, load_model())

    def _page(self, url: str) -> str:
        return f"<{self._base.thing(source_id(url))}>"

    def _own_page(self, prop: PropertyDef, subject: str, value: Value) -> Iterator[str]:
        """The page of this one value: reified, because SPARQL 1.1 endpoints have no quoted triples."""
        term = self._term(prop, value)
        key = f"{subject[1:-1]} {prop.path} {term}"
        node = f"<{self._base.thing('statement/' + hashlib.sha256(key.encode()).hexdigest()[:16])}>"
        yield f"{node}{_TYPE}<{STATEMENT}>{_END}"
        yield f"{node}{_SUBJECT}{subject}{_END}"
        yield f"{node}{_PREDICATE}<{prop.path}>{_END}"
        yield f"{node}{_OBJECT}{spell(term)}{_END}"
        yield f"{node}{_SOURCE}{self._page(value.source or '')}{_END}"
