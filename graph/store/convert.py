"""Our terms as Oxigraph's and back."""

from __future__ import annotations

import pyoxigraph as ox

from graph.store import faults
from graph.store.base import Blank, Iri, Literal, Node, Quad, Term, Triple
from graph.store.terms import XSD_STRING

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
    """A term from the engine."""
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, term.datatype.value)
    return node_in(term)


def triple_in(triple: ox.Triple | ox.Quad) -> Triple:
    """A statement from the engine."""
    return Triple(node_in(triple.subject), Iri(triple.predicate.value), term_in(triple.object))


def quad_in(quad: ox.Quad) -> Quad:
    """A statement with its graph from the engine; the default graph is the empty IRI."""
    graph = quad.graph_name
    name = Iri(graph.value) if isinstance(graph, ox.NamedNode) else Iri("")
    return Quad(node_in(quad.subject), Iri(quad.predicate.value), term_in(quad.object), name)
