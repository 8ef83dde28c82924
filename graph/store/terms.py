"""RDF terms as plain values, and their canonical N-Quads spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ontology.vocab import PREFIXES, XSD

XSD_STRING = XSD + "string"
LANG_STRING = PREFIXES["rdf"] + "langString"


class Iri(str):
    """The IRI of a thing, a property or a graph; compares and sorts as its text."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The IRI as plain text."""
        return str(self)


class Blank(str):
    """A blank node; its text is `_:` and a label that means nothing outside one answer."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The label with its `_:`."""
        return str(self)


class _LiteralFields(NamedTuple):
    value: str
    datatype: str
    lang: str | None


class Literal(_LiteralFields):
    """A value: its lexical form, its datatype's IRI and, for texts, its language.

    A language makes the datatype `rdf:langString`; tags are kept in lower case, as RDF 1.1
    advises, so that equal literals are equal here.
    """

    __slots__ = ()

    def __new__(cls, value: str, datatype: str = XSD_STRING, lang: str | None = None) -> Literal:
        """A literal; plain strings when neither datatype nor language is given."""
        if lang is not None:
            return super().__new__(cls, value, LANG_STRING, lang.lower())
        return super().__new__(cls, value, str(datatype), None)


Node: TypeAlias = Iri | Blank
Term: TypeAlias = Iri | Blank | Literal


class Triple(NamedTuple):
    """One statement."""

    subject: Node
    predicate: Iri
    object: Term


class Quad(NamedTuple):
    """One statement in a named graph."""

    subject: Node
    predicate: Iri
    object: Term
    graph: Iri

    @property
    def triple(self) -> Triple:
        """The statement without its graph."""
        return Triple(self.subject, self.predicate, self.object)


# What canonical N-Triples escapes (RDF 1.2 N-Triples, section 4): named escapes, then \uXXXX for
# the other control characters and the two non-characters of plane 0.
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_NAMED = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}


def _escape(found: re.Match[str]) -> str:
    return _NAMED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def quoted(text: str) -> str:
    """A lexical form between quotes, as canonical N-Triples writes it."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def spell(term: Term) -> str:
    """A term as canonical N-Triples, which is also how SPARQL writes it."""
    if isinstance(term, Iri):
        return f"<{term}>"
    if isinstance(term, Blank):
        return str(term)
    text = quoted(term.value)
    if term.lang is not None:
        return f"{text}@{term.lang}"
    return text if term.datatype == XSD_STRING else f"{text}^^<{term.datatype}>"


def spell_triple(triple: Triple) -> str:
    """A statement as one line of N-Triples, without the line's end."""
    return f"{spell(triple.subject)} {spell(triple.predicate)} {spell(triple.object)} ."


def each_once(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The statements in their order without repetitions: a graph is a set."""
    seen: set[Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def order(quad: Quad) -> tuple[str, str, str, str]:
    """A sort key: IRIs, blank nodes and literals cannot be compared with each other as such."""
    return quad.subject, quad.predicate, spell(quad.object), quad.graph


def spell_quad(quad: Quad) -> str:
    """A statement as one line of N-Quads, without the line's end."""
    return f"{spell(quad.subject)} {spell(quad.predicate)} {spell(quad.object)} <{quad.graph}> ."
