"""Entities as lines of N-Triples, with the source of each: how a field is spelled is prepared once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graph.entities import DC_IDENTIFIER, DC_SOURCE, PLACE, STATEMENT, object_speller, source_id
from graph.store.terms import Literal, quoted, spell
from ontology.entity import Entity, Value
from ontology.vocab import RDF_TYPE, XSD, Base, expand

_TYPE, _IDENTIFIER, _SOURCE = (f" <{iri}> " for iri in (RDF_TYPE, DC_IDENTIFIER, DC_SOURCE))
_SUBJECT, _PREDICATE, _OBJECT = (
    f" <{expand(f'rdf:{part}')}> " for part in ("subject", "predicate", "object")
)
_PLACE = f" <{PLACE}> "
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
        self._fields: dict[tuple[str, str], tuple[str, Callable[[Value], str], bool]] = {}

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
            predicate, spelled, listed = self._fields.get((name, field)) or self._learn(
                entity, field
            )
            start = subject + predicate
            for place, value in enumerate(values, start=1):
                object_ = spelled(value)
                lines.append(f"{start}{object_}{_END}")
                if value.source or listed:
                    at = place if listed else None
                    lines += self._own(subject, predicate.strip(), object_, value.source, at)

    def _learn(self, entity: Entity, field: str) -> tuple[str, Callable[[Value], str], bool]:
        """The predicate of a field, what spells its values, and whether they are a list of texts, whose order says something; prepared once."""
        prop = entity.cls.properties[field]
        listed = prop.many and prop.kind.name == "text"
        made = f" <{prop.path}> ", object_speller(prop, self._base), listed
        self._fields[entity.cls.name, field] = made
        return made

    def _page(self, url: str) -> str:
        return f"<{self._base.thing(source_id(url))}>"

    def _own(
        self, subject: str, predicate: str, object_: str, url: str | None, place: int | None
    ) -> Iterator[str]:
        """The page and the place of one value: reified, because SPARQL 1.1 endpoints have no quoted triples."""
        key = f"{subject} {predicate} {object_}"
        node = f"<{self._base.thing('statement/' + hashlib.sha256(key.encode()).hexdigest()[:16])}>"
        yield f"{node}{_TYPE}<{STATEMENT}>{_END}"
        yield f"{node}{_SUBJECT}{subject}{_END}"
        yield f"{node}{_PREDICATE}{predicate}{_END}"
        yield f"{node}{_OBJECT}{object_}{_END}"
        if url:
            yield f"{node}{_SOURCE}{self._page(url)}{_END}"
        if place is not None:
            yield f"{node}{_PLACE}{spell(Literal(str(place), XSD + 'integer'))}{_END}"
