"""Reads the Turtle files, checks them hard, and makes the model of them.

A class file holds a node shape whose annotations (`crs:`) say what the class is called, how its
ids begin and how it is shown, and one property shape per field. See docs/add-a-class.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from ontology.concepts import read_codes, read_topics
from ontology.errors import VocabularyError
from ontology.kinds import KINDS
from ontology.model import VIOLATION, Check, ClassDef, Model, PropertyDef, Rule
from ontology.names import ClassName
from ontology.rules import checks, conditions, property_rules
from ontology.turtle import HERE, one, read_graph, said
from ontology.vocab import CRS

PLAIN_COLOUR, PLAIN_DARK = "#5b6470", "#a7b0bc"
"""The grey of a class that names no colour."""


def _targets(graph: Graph, shape: Node, names: Mapping[str, str], what: str) -> tuple[str, ...]:
    found = sorted(str(o) for o in graph.objects(shape, URIRef(CRS + "target")))
    for name in found:
        if name not in names.values():
            raise VocabularyError(f"{what} points at the class '{name}', which no file defines")
    return tuple(found)


def _counts(rules: tuple[Rule, ...]) -> tuple[int, int | None]:
    """How many values at least and at most; only a violation is a bound."""
    low, high = 0, None
    for rule in rules:
        if rule.severity == VIOLATION and rule.test == "minCount":
            low = int(str(rule.value))
        elif rule.severity == VIOLATION and rule.test == "maxCount":
            high = int(str(rule.value))
        elif rule.test == "uniqueLang":
            high = 1  # one text, said once in each language
    return low, high


def _property(graph: Graph, shape: Node, owner: str, names: Mapping[str, str]) -> PropertyDef:
    name = one(graph, shape, "field")
    what = f"{owner}.{name}"
    path = graph.value(shape, SH.path)
    if path is None:
        raise VocabularyError(f"{what} needs sh:path: the property that holds its values")
    inverse_of = graph.value(path, SH.inversePath)
    kind = one(graph, shape, "valueKind")
    if kind not in KINDS:
        raise VocabularyError(
            f"{what} has crs:valueKind '{kind}'; it must be one of {', '.join(KINDS)}"
        )
    code_list = one(graph, shape, "codeList") or None
    if kind == "code" and code_list is None:
        raise VocabularyError(f'{what} is a code: add `crs:codeList "…"`')
    targets = _targets(graph, shape, names, what)
    if kind in ("reference", "part") and not targets:
        raise VocabularyError(f'{what} is a {kind}: add `crs:target "ClassName"`')
    rules = property_rules(graph, shape)
    low, high = _counts(rules)
    return PropertyDef(
        name=name,
        path=str(inverse_of or path),
        inverse=inverse_of is not None,
        kind=KINDS[kind],
        label=said(graph, shape, SH.name, what),
        definition=said(graph, shape, SH.description, what),
        targets=targets,
        code_list=code_list,
        min_count=low,
        max_count=high,
        rules=rules,
        order=float(str(graph.value(shape, SH.order, default=Literal(99)))),
        hidden=one(graph, shape, "hidden") == "true",
        classifies=one(graph, shape, "classifies") == "true",
    )


class _Classes:
    """Builds the classes, parents first, each once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        shapes = {str(n): one(graph, n, "typeName") for n in graph.subjects(RDF.type, SH.NodeShape)}
        self.names = {iri: name for iri, name in sorted(shapes.items()) if name}
        self.done: dict[str, ClassDef] = {}
        self.checks: dict[str, tuple[Check, ...]] = {}

    def all(self) -> dict[str, ClassDef]:
        for iri in self.names:
            self._build(iri)
        for node in self.graph.subjects(RDF.type, SH.NodeShape):
            target = self.graph.value(node, SH.targetClass)
            if str(node) not in self.names and target is not None:
                self._add_checks(str(target), checks(self.graph, node))
        return dict(sorted(self.done.items(), key=lambda pair: (pair[1].order, pair[0])))

    def _add_checks(self, target: str, found: tuple[Check, ...]) -> None:
        if found:
            self.checks[target] = self.checks.get(target, ()) + found

    def _parent(self, node: Node) -> ClassDef | None:
        named = (str(o) for o in self.graph.objects(node, SH.node) if str(o) in self.names)
        iri = next(named, None)
        return self._build(iri) if iri else None

    def _fields(self, node: Node, name: str, parent: ClassDef | None) -> dict[str, PropertyDef]:
        fields = dict(parent.properties) if parent else {}
        for shape in self.graph.objects(node, SH.property):
            if one(self.graph, shape, "field"):
                made = _property(self.graph, shape, name, self.names)
                fields[made.name] = made
        return fields

    def _build(self, iri: str) -> ClassDef:
        name = self.names[iri]
        if name in self.done:
            return self.done[name]
        node = URIRef(iri)
        target = self.graph.value(node, SH.targetClass)
        if target is None:
            raise VocabularyError(f"{name} needs sh:targetClass: the class its instances have")
        parent = self._parent(node)
        fields = self._fields(node, name, parent)
        loose = list(self.checks.get(parent.iri, ())) if parent else []
        for check in checks(self.graph, node):
            field = fields.get(check.about)
            if field is not None and field.path == check.path:
                fields[check.about] = replace(field, rules=(*field.rules, check.rule))
            else:
                loose.append(check)
        self._add_checks(str(target), tuple(loose))
        self.done[name] = self._class(node, name, str(target), parent, fields)
        return self.done[name]

    def _class(
        self,
        node: Node,
        name: str,
        target: str,
        parent: ClassDef | None,
        fields: dict[str, PropertyDef],
    ) -> ClassDef:
        graph = self.graph
        return ClassDef(
            name=cast(ClassName, name),  # a new class is not in names.py before `make gen`
            kind=one(graph, node, "kind") or None,
            iri=target,
            parent=parent.name if parent else None,
            label=said(graph, node, RDFS.label, name),
            plural=said(graph, node, URIRef(CRS + "plural"), name),
            definition=said(graph, node, SKOS.definition, name),
            id_prefix=one(graph, node, "idPrefix"),
            colour=one(graph, node, "colour", PLAIN_COLOUR),
            dark_colour=one(graph, node, "darkColour", PLAIN_DARK),
            icon=one(graph, node, "icon", "dot"),
            node_shape=one(graph, node, "nodeShape", "dot"),
            order=float(one(graph, node, "order", "99")),
            properties=MappingProxyType(
                dict(sorted(fields.items(), key=lambda pair: (pair[1].order, pair[0])))
            ),
        )


def read_model(folder: Path = HERE) -> Model:
    """The vocabulary as the Turtle files have it. VocabularyError says what to add."""
    graph = read_graph(folder)
    classes = _Classes(graph)
    by_name = classes.all()
    codes = read_codes(graph)
    for cls in by_name.values():
        for prop in cls.properties.values():
            if prop.code_list and prop.code_list not in codes:
                raise VocabularyError(
                    f"{cls.name}.{prop.name} names the code list '{prop.code_list}', "
                    "which no file defines"
                )
    return Model(
        classes=MappingProxyType(by_name),
        codes=MappingProxyType(codes),
        topics=MappingProxyType(read_topics(graph)),
        checks=MappingProxyType(dict(sorted(classes.checks.items()))),
        conditions=MappingProxyType(conditions(graph)),
    )
