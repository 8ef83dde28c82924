"""The shapes as pySHACL runs them: flat, each rule named, with what follows from ids and codes."""

from __future__ import annotations

from functools import cache

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.turtle import one, vocabulary_graph
from ontology.validate import prefixes_of
from ontology.vocab import CRS, expand

ABOUT, TEST = URIRef(CRS + "about"), URIRef(CRS + "test")
CALENDAR = "^[0-9]{4}$|^[0-9]{4}-(0[1-9]|1[0-2])($|-)"
"""rdflib takes any text for an xsd:gYearMonth; this does not."""


def _is_inverse(graph: Graph, shape: Node) -> bool:
    path = graph.value(shape, SH.path)
    return path is not None and graph.value(path, SH.inversePath) is not None


def _named(graph: Graph) -> None:
    """Gives every property shape an IRI, so that a result says which rule it broke."""
    for node in list(graph.subjects(RDF.type, SH.NodeShape)):
        for number, shape in enumerate(sorted(graph.objects(node, SH.property), key=str)):
            if not isinstance(shape, BNode):
                continue
            graph.remove((node, SH.property, shape))
            if _is_inverse(graph, shape):
                continue  # read by the inverse path, never written: nothing to check
            name = one(graph, shape, "field") or f"{one(graph, shape, 'about')}.{number}"
            iri = URIRef(f"{node}.{name}")
            graph.add((node, SH.property, iri))
            for predicate, value in list(graph.predicate_objects(shape)):
                graph.remove((shape, predicate, value))
                graph.add((iri, predicate, value))


def flatten(graph: Graph) -> None:
    """Replaces `sh:node` to a parent by the parent's own property shapes.

    Under `sh:node` a warning of the parent would be told as a violation of the child.
    """
    for node, parent in list(graph.subject_objects(SH.node)):
        graph.remove((node, SH.node, parent))
        for shape in graph.objects(parent, SH.property):
            graph.add((node, SH.property, shape))


@cache
def class_hierarchy() -> Graph:
    """Which class is below which: without it pySHACL skips the rules of a parent class."""
    graph = Graph()
    for child, parent in vocabulary_graph().subject_objects(RDFS.subClassOf):
        graph.add((child, RDFS.subClassOf, parent))
    return graph


def _derive(
    graph: Graph, node: Node, about: str, path: str, test: str, pattern: str, severity: URIRef
) -> None:
    """One more property shape: a pattern that follows from what the ontology says of the field."""
    iri = URIRef(f"{node}.{about}.{test}")
    graph.add((node, SH.property, iri))
    graph.add((iri, SH.path, URIRef(path)))
    graph.add((iri, SH.severity, severity))
    graph.add((iri, SH.pattern, Literal(pattern)))
    graph.add((iri, ABOUT, Literal(about)))
    graph.add((iri, TEST, Literal(test)))


def _add_id_rule(graph: Graph, node: Node, cls: ClassDef) -> None:
    """The id begins as its class says, or as a class below says, which this shape targets too."""
    below = set(class_hierarchy().transitive_subjects(RDFS.subClassOf, URIRef(cls.iri)))
    classes = load_model().classes.values()
    prefixes = sorted({c.id_prefix for c in classes if URIRef(c.iri) in below})
    pattern = f"^({'|'.join(prefixes)})/"
    _derive(graph, node, "id", expand("dcterms:identifier"), "idPrefix", pattern, SH.Violation)


def _add_field_rules(graph: Graph, node: Node, prop: PropertyDef) -> None:
    if prop.code_list:
        members: list[Node] = [
            URIRef(code.iri) for code in load_model().codes[prop.code_list].codes.values()
        ]
        for shape in graph.objects(node, SH.property):
            if one(graph, shape, "field") == prop.name:
                head = Collection(graph, BNode(), members).uri
                graph.add((shape, SH["in"], head))
    if prop.kind.name == "calendar":
        _derive(graph, node, prop.name, prop.path, "datatype", CALENDAR, SH.Violation)
    prefixes = prefixes_of(prop)
    if prefixes:
        pattern = f"/id/({'|'.join(sorted(prefixes))})/"
        _derive(graph, node, prop.name, prop.path, "target", pattern, SH.Warning)


@cache
def checked_shapes() -> Graph:
    """All shapes, once per process."""
    graph = Graph()
    for triple in vocabulary_graph():
        graph.add(triple)
    _named(graph)
    flatten(graph)
    for node in list(graph.subjects(RDF.type, SH.NodeShape)):
        name = one(graph, node, "typeName")
        if not name or name == "Resource":
            continue
        cls = load_model().cls(name)
        if cls.kind:
            _add_id_rule(graph, node, cls)
        for prop in cls.properties.values():
            if not prop.inverse:
                _add_field_rules(graph, node, prop)
    return graph
