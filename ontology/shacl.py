"""The same rules over RDF, by pySHACL and the published shapes: for files that we did not make."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pyshacl import validate as run_pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from ontology.findings import Finding, Report, shown, tell
from ontology.model import (
    INFO,
    SEVERITIES,
    VIOLATION,
    WARNING,
    ClassDef,
    PropertyDef,
    Rule,
    load_model,
)
from ontology.rdf_file import read_rdf
from ontology.turtle import maybe_said, one
from ontology.validate import prefixes_of
from ontology.vocab import CRS, Base, expand

_SEVERITY = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_IDENTIFIER = URIRef(expand("dcterms:identifier"))
_PREFIX, _TARGET = "idPrefix", "target"
_TEST = URIRef(CRS + "test")


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


def _add_id_rule(graph: Graph, node: Node, cls: ClassDef) -> None:
    """The id begins as its class says, or as a class below says, which this shape targets too."""
    below = set(class_hierarchy().transitive_subjects(RDFS.subClassOf, URIRef(cls.iri)))
    classes = load_model().classes.values()
    prefixes = sorted({c.id_prefix for c in classes if URIRef(c.iri) in below})
    iri = URIRef(f"{node}.{_PREFIX}")
    graph.add((node, SH.property, iri))
    graph.add((iri, SH.path, _IDENTIFIER))
    graph.add((iri, SH.pattern, Literal(f"^({'|'.join(prefixes)})/")))
    graph.add((iri, _TEST, Literal(_PREFIX)))


def _add_field_rules(graph: Graph, node: Node, prop: PropertyDef) -> None:
    if prop.code_list:
        members: list[Node] = [
            URIRef(code.iri) for code in load_model().codes[prop.code_list].codes.values()
        ]
        for shape in graph.objects(node, SH.property):
            if one(graph, shape, "field") == prop.name:
                head = Collection(graph, BNode(), members).uri
                graph.add((shape, SH["in"], head))
    prefixes = prefixes_of(prop)
    if prefixes:
        iri = URIRef(f"{node}.{prop.name}.{_TARGET}")
        graph.add((node, SH.property, iri))
        graph.add((iri, SH.path, URIRef(prop.path)))
        graph.add((iri, SH.severity, SH.Warning))
        graph.add((iri, SH.pattern, Literal(f"/id/({'|'.join(sorted(prefixes))})/")))
        graph.add((iri, _TEST, Literal(_TARGET)))
        graph.add((iri, URIRef(CRS + "about"), Literal(prop.name)))


@cache
def checked_shapes() -> Graph:
    """The shapes as pySHACL runs them: flat, named, with what follows from ids and codes."""
    graph = Graph()
    for triple in load_model().graph:
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


@cache
def class_hierarchy() -> Graph:
    """Which class is below which: without it pySHACL skips the rules of a parent class."""
    graph = Graph()
    for child, parent in load_model().graph.subject_objects(RDFS.subClassOf):
        graph.add((child, RDFS.subClassOf, parent))
    return graph


def _test_of(shapes: Graph, shape: Node, component: Node) -> str:
    named = graph_value(shapes, shape, _TEST)
    if named:
        return named
    local = str(component).rsplit("#", 1)[1].removesuffix("ConstraintComponent")
    local = local.removesuffix("Component")
    name = local[:1].lower() + local[1:]
    if name == "or" and one(shapes, shape, "field"):
        return "datatype"  # a date is one of several datatypes
    return name


def graph_value(graph: Graph, node: Node, predicate: URIRef) -> str:
    """The value of a predicate as text; empty when there is none."""
    value = graph.value(node, predicate)
    return "" if value is None else str(value)


def _class_of(data: Graph, node: Node) -> ClassDef:
    model = load_model()
    found = [model.by_iri(str(iri)) for iri in data.objects(node, RDF.type)]
    known = sorted((c for c in found if c is not None), key=lambda c: c.order)
    return known[0] if known else model.cls("Resource")


def _value_shown(value: Node | None, base: Base) -> str:
    if value is None:
        return ""
    text = str(value)
    codes = (c for lst in load_model().codes.values() for c in lst.codes.values())
    code = next((c.value for c in codes if c.iri == text), None)
    return shown(code or base.id_of(text) or text)


def _rule(prop: PropertyDef | None, cls: ClassDef, test: str, severity: str) -> Rule:
    """The rule of the field that a result is about; a general one for what follows from kinds."""
    rules = prop.rules if prop else ()
    same = (rule for rule in rules if rule.test == test and rule.severity == severity)
    value = cls.id_prefix + "/" if test == _PREFIX else ""
    return next(same, Rule(test, value, severity))


def _findings(results: Graph, data: Graph, base: Base) -> Iterator[Finding]:
    shapes = checked_shapes()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        shape = results.value(result, SH.sourceShape)
        component = results.value(result, SH.sourceConstraintComponent)
        if focus is None or shape is None or component is None:
            continue  # a detail inside another result
        test = _test_of(shapes, shape, component)
        severity = _SEVERITY[URIRef(str(results.value(result, SH.resultSeverity)))]
        cls = _class_of(data, focus)
        name = one(shapes, shape, "field") or one(shapes, shape, "about") or "id"
        prop = cls.properties.get(name)
        message = maybe_said(shapes, shape, SH.message)
        rule = _rule(prop, cls, test, severity)
        if message is not None:
            rule = Rule(test, rule.value, severity, message)
        value = _value_shown(results.value(result, SH.value), base)
        what, fix = tell(load_model(), cls, prop, rule, value)
        subject = base.id_of(str(focus)) or str(focus)
        yield Finding(subject, cls.name, name, value, test, severity, what, fix)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Query:
    return prepareQuery(text)


class _Remembering(Graph):
    """A graph that parses each query once.

    pySHACL asks the same SPARQL text for every value that a SPARQL-based constraint looks at, and
    parsing it is 99 % of the work: 1,691 things took 450 s without this.
    """

    def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
        """As Graph.query; a text is parsed the first time only."""
        known = isinstance(query_object, str) and not options.get("initNs")
        return super().query(_parsed(query_object) if known else query_object, *args, **options)


def check_graph(data: Graph, base: Base | None = None) -> Report:
    """What pySHACL finds in the graph, in the same sentences as the gate's."""
    copy = _Remembering()
    for triple in data:
        copy.add(triple)
    _, results, _ = run_pyshacl(
        copy,
        shacl_graph=checked_shapes(),
        ont_graph=class_hierarchy(),
        inference="none",
        inplace=True,  # the copy above is ours to add the hierarchy to
    )
    assert isinstance(results, Graph)
    found = set(_findings(results, data, base or Base()))
    return Report(
        tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.subject, f.field)))
    )


def check_file(path: Path, base: Base | None = None) -> Report:
    """The report on an RDF file. Raises FileError when it cannot be read."""
    return check_graph(read_rdf(path), base)
