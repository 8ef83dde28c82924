"""Our terms as Oxigraph's and back."""

from __future__ import annotations

import pyoxigraph as ox

from graph.store import faults
from graph.store.base import Blank, Iri, Literal, Node, Quad, Term, Triple
from graph.store.terms import LANG_STRING, XSD_STRING

_KEEP = 200_000
"""How many nodes a writer remembers before it forgets them all."""


def node_out(term: Node) -> ox.NamedNode | ox.BlankNode:
    """An IRI or blank node for the engine. Raises InputError for an IRI that is none."""
    try:
        return ox.BlankNode(term[2:]) if isinstance(term, Blank) else ox.NamedNode(term)
    except (ValueError, UnicodeEncodeError) as error:
        raise faults.bad_term(str(term), str(error)) from error


def iri_out(iri: str) -> ox.NamedNode:
    """An IRI for the engine. Raises InputError for an IRI that is none."""
    try:
        return ox.NamedNode(iri)
    except (ValueError, UnicodeEncodeError) as error:
        raise faults.bad_term(iri, str(error)) from error


def term_out(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Any term for the engine. Raises InputError for one that RDF does not allow."""
    if not isinstance(term, Literal):
        return node_out(term)
    try:
        if term.lang is not None:
            return ox.Literal(term.value, language=term.lang)
        if term.datatype == XSD_STRING:
            return ox.Literal(term.value)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    except (ValueError, UnicodeEncodeError) as error:
        raise faults.bad_term(term.value, str(error)) from error


class Writer:
    """Turns statements into the engine's quads of one graph, making each repeated node once."""

    def __init__(self, graph: str) -> None:
        self._graph = iri_out(graph)
        self._nodes: dict[Node, ox.NamedNode | ox.BlankNode] = {}

    def __call__(self, triple: Triple) -> ox.Quad:
        """One statement as a quad."""
        subject, predicate, value = triple
        object_ = term_out(value) if isinstance(value, Literal) else self._node(value)
        return ox.Quad(self._node(subject), self._node(predicate), object_, self._graph)  # type: ignore[arg-type]

    def _node(self, term: Node) -> ox.NamedNode | ox.BlankNode:
        made = self._nodes.get(term)
        if made is None:
            if len(self._nodes) >= _KEEP:
                self._nodes.clear()
            made = self._nodes[term] = node_out(term)
        return made


def triple_out(triple: Triple) -> ox.Triple:
    """A statement for the engine."""
    subject, predicate, value = triple
    return ox.Triple(node_out(subject), iri_out(predicate), term_out(value))


def node_in(term: object) -> Node:
    """An IRI or blank node from the engine."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return Blank("_:" + term.value)
    raise TypeError(f"neither an IRI nor a blank node: {term!r}")


def term_in(term: object) -> Term:
    """A term from the engine, which keeps literals as `Literal` does."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        lang = term.language
        datatype = term.datatype.value if lang is None else LANG_STRING
        return tuple.__new__(Literal, (term.value, datatype, lang))
    return node_in(term)


def triple_in(triple: ox.Triple | ox.Quad) -> Triple:
    """A statement from the engine."""
    return Triple(node_in(triple.subject), Iri(triple.predicate.value), term_in(triple.object))


class QuadReader:
    """Turns the engine's quads into ours, making each predicate and graph once."""

    def __init__(self) -> None:
        self._known: dict[object, Iri] = {}

    def __call__(self, quad: ox.Quad) -> Quad:
        """One statement with its graph; the engine's default graph is the empty IRI."""
        subject, predicate, value, graph = quad
        known = self._known
        return Quad(
            node_in(subject),
            known.get(predicate) or self._learn(predicate),
            term_in(value),
            known.get(graph) or self._learn(graph),
        )

    def _learn(self, term: object) -> Iri:
        made = Iri(term.value) if isinstance(term, ox.NamedNode) else Iri("")
        self._known[term] = made
        return made
