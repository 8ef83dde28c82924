"""Reads the SHACL constraints off the shapes: rules on fields, checks, conditions over a thing."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ontology.errors import VocabularyError
from ontology.model import INFO, VIOLATION, WARNING, Branch, Check, Condition, Rule
from ontology.turtle import maybe_said, one, said
from ontology.vocab import CRS, shorten

_SEVERITY = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_OURS = tuple(URIRef(CRS + name) for name in ("notAfter", "checkDigit", "forbidsScheme"))
_CONSTRAINTS = (
    SH.minCount,
    SH.maxCount,
    SH.datatype,
    SH.nodeKind,
    SH.pattern,
    SH.minInclusive,
    SH.maxInclusive,
    SH.lessThanOrEquals,
    SH.uniqueLang,
    *_OURS,
)
_NEEDS = (SH.minCount, SH.maxCount, SH.hasValue)


def _local(predicate: Node) -> str:
    return str(predicate).rsplit("#", 1)[1]


def _plain(value: Node) -> object:
    """A number as float or int, anything else as text."""
    if not isinstance(value, Literal):
        return str(value)
    python = value.toPython()
    if isinstance(python, bool | int | str):
        return python if isinstance(python, bool | int) else str(python)
    return float(str(value))


def _items(graph: Graph, head: Node) -> tuple[str, ...]:
    return tuple(str(item) for item in Collection(graph, head))


def severity_of(graph: Graph, shape: Node) -> str:
    """The severity of a shape; a violation unless it says otherwise."""
    return _SEVERITY[URIRef(str(graph.value(shape, SH.severity, default=SH.Violation)))]


def property_rules(graph: Graph, shape: Node) -> tuple[Rule, ...]:
    """The constraints of one property shape. Datatypes in an `sh:or` follow from the kind."""
    severity = severity_of(graph, shape)
    message = maybe_said(graph, shape, SH.message)
    found = [
        Rule(_local(predicate), _plain(value), severity, message)
        for predicate in _CONSTRAINTS
        for value in graph.objects(shape, predicate)
    ]
    languages = graph.value(shape, SH.languageIn)
    if languages is not None:
        found.append(Rule("languageIn", _items(graph, languages), severity, message))
    scheme = one(graph, shape, "scheme")
    if scheme:
        pattern = one(graph, shape, "schemePattern")
        found.append(Rule("schemePattern", (scheme, pattern), severity, message))
    return tuple(found)


def extra_shapes(graph: Graph, node: Node) -> Iterator[tuple[str, str, Rule]]:
    """(about, path, rule) of the property shapes that carry no field."""
    for shape in sorted(graph.objects(node, SH.property), key=str):
        about = one(graph, shape, "about")
        if about and not one(graph, shape, "field"):
            for rule in property_rules(graph, shape):
                yield about, str(graph.value(shape, SH.path)), rule


def checks(graph: Graph, node: Node) -> tuple[Check, ...]:
    """The extra shapes of a node shape as checks."""
    found = [Check(about, path, rule) for about, path, rule in extra_shapes(graph, node)]
    return tuple(sorted(found, key=lambda c: (c.about, c.rule.test, str(c.rule.value))))


def _needs(graph: Graph, branch: Node) -> Iterator[tuple[str, str, object]]:
    for shape in graph.objects(branch, SH.property):
        path = str(graph.value(shape, SH.path))
        for predicate in _NEEDS:
            for value in graph.objects(shape, predicate):
                yield path, _local(predicate), _plain(value)
        allowed = graph.value(shape, SH["in"])
        if allowed is not None:
            yield path, "in", _items(graph, allowed)


def _branch(graph: Graph, node: Node) -> Branch:
    inner = graph.value(node, SH["not"])
    of_class = graph.value(node, SH["class"])
    needs = sorted(_needs(graph, node if inner is None else inner), key=str)
    if not needs and of_class is None:
        raise VocabularyError(
            "a branch of sh:or says nothing: give it sh:property (with sh:minCount, sh:maxCount, "
            "sh:hasValue or sh:in), sh:not or sh:class"
        )
    return Branch(tuple(needs), None if of_class is None else str(of_class), inner is not None)


def conditions(graph: Graph) -> dict[str, tuple[Condition, ...]]:
    """By class IRI, the node shapes whose `sh:or` speaks about a whole thing."""
    found: dict[str, list[Condition]] = {}
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        head = graph.value(shape, SH["or"])
        if head is None:
            continue
        what = shorten(str(shape))
        about = one(graph, shape, "about")
        target = graph.value(shape, SH.targetClass)
        if not about or target is None:
            raise VocabularyError(f'{what} has sh:or: add `crs:about "field"` and sh:targetClass')
        made = Condition(
            about,
            severity_of(graph, shape),
            said(graph, shape, SH.message, what),
            tuple(_branch(graph, branch) for branch in Collection(graph, head)),
        )
        found.setdefault(str(target), []).append(made)
    return {iri: tuple(made) for iri, made in sorted(found.items())}
