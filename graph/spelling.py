"""Entities as lines of N-Triples, with the source of each: how a field is spelled is prepared once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graph.entities import DC_IDENTIFIER, DC_SOURCE, STATEMENT, object_speller, source_id
from graph.store.terms import quoted
from ontology.entity import Entity, Value
from ontology.vocab import RDF_TYPE, Base, expand

_TYPE, _IDENTIFIER, _SOURCE = (f" <{iri}> " for iri in (RDF_TYPE, DC_IDENTIFIER, DC_SOURCE))
_SUBJECT, _PREDICATE, _OBJECT = (
    f" <{expand(f'rdf:{part}')}> " for part in ("subject", "predicate", "object")
)
_END = " .\n"


class Stated(NamedTuple):
    """What one entity states: its lines of N-Triples, and eight bytes that change when any of them does."""

    id: str
    lines: str
    print: bytes


class Speller:
    """Called with an entity, gives what it and the parts inside it state."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._fields: dict[tuple[str, str], tuple[str, Callable[[Value], str]]] = {}

    def __call__(self, entity: Entity) -> Stated:
        """The lines of an entity, sorted."""
        lines: list[str] = []
        for one in entity.parts():
            self._write(one, entity.sources, lines)
        lines.sort()
        text = "".join(lines)
        return Stated(entity.id, text, hashlib.blake2b(text.encode(), digest_size=8).digest())

    def _write(self, entity: Entity, pages: Sequence[str], lines: list[str]) -> None:
        """What an entity states, or a part of one: `pages` are those of the whole."""
        name, subject = entity.cls.name, f"<{self._base.ids}{entity.id}>"
        for iri in entity.types():
            lines.append(f"{subject}{_TYPE}<{iri}>{_END}")
        lines.append(f"{subject}{_IDENTIFIER}{quoted(entity.id)}{_END}")
        for url in pages:
            lines.append(f"{subject}{_SOURCE}{self._page(url)}{_END}")
        for field, values in entity.values.items():
            predicate, spell = self._fields.get((name, field)) or self._learn(entity, field)
            start = subject + predicate
            for value in values:
                object_ = spell(value)
                lines.append(f"{start}{object_}{_END}")
                if value.source:
                    lines += self._own_page(subject, predicate.strip(), object_, value.source)

    def _learn(self, entity: Entity, field: str) -> tuple[str, Callable[[Value], str]]:
        """The predicate of a field and what spells its values; prepared once."""
        prop = entity.cls.properties[field]
        made = f" <{prop.path}> ", object_speller(prop, self._base)
        self._fields[entity.cls.name, field] = made
        return made

    def _page(self, url: str) -> str:
        return f"<{self._base.thing(source_id(url))}>"

    def _own_page(self, subject: str, predicate: str, object_: str, url: str) -> Iterator[str]:
        """The page of one value: reified, because SPARQL 1.1 endpoints have no quoted triples."""
        key = f"{subject} {predicate} {object_}"
        node = f"<{self._base.thing('statement/' + hashlib.sha256(key.encode()).hexdigest()[:16])}>"
        yield f"{node}{_TYPE}<{STATEMENT}>{_END}"
        yield f"{node}{_SUBJECT}{subject}{_END}"
        yield f"{node}{_PREDICATE}{predicate}{_END}"
        yield f"{node}{_OBJECT}{object_}{_END}"
        yield f"{node}{_SOURCE}{self._page(url)}{_END}"
