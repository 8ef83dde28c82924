"""The same rules over RDF, by pySHACL and the published shapes: for files that we did not make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyshacl import validate as run_pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from ontology.errors import Said
from ontology.findings import Finding, Report, shown
from ontology.loading import load_model
from ontology.model import INFO, SEVERITIES, VIOLATION, WARNING, ClassDef, PropertyDef, Rule
from ontology.rdf_file import read_rdf
from ontology.shapes import TEST, checked_shapes, class_hierarchy
from ontology.telling import tell
from ontology.turtle import maybe_said, one
from ontology.vocab import CRS, Base

_NOTHING = (
    Said(
        "nimic din fișier nu este de o clasă a noastră", "nothing in the file is of a class of ours"
    ),
    Said("`resurse ref` arată clasele.", "`resurse ref` shows the classes."),
)
_SEVERITY = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}


def _test_of(shapes: Graph, shape: Node, component: Node) -> str:
    named = shapes.value(shape, TEST)
    if named is not None:
        return str(named)
    local = str(component).rsplit("#", 1)[1].removesuffix("ConstraintComponent")
    local = local.removesuffix("Component")
    name = local[:1].lower() + local[1:]
    if name == "or" and one(shapes, shape, "field"):
        return "datatype"  # a date is one of several datatypes
    return name


def _known(types: Iterable[Node]) -> ClassDef | None:
    found = (load_model().by_iri(str(iri)) for iri in types)
    return min((cls for cls in found if cls is not None), key=lambda cls: cls.order, default=None)


def _class_of(data: Graph, node: Node) -> ClassDef:
    """The class of a thing, or the nearest above that we know; Resource for any other."""
    types = list(data.objects(node, RDF.type))
    above = (up for iri in types for up in class_hierarchy().objects(iri, RDFS.subClassOf))
    return _known(types) or _known(above) or load_model().cls("Resource")


def _value_shown(value: Node | None, base: Base) -> str:
    if value is None:
        return ""
    text = str(value)
    codes = (c for lst in load_model().codes.values() for c in lst.codes.values())
    code = next((c.value for c in codes if c.iri == text), None)
    return shown(code or base.id_of(text) or text)


def _field(cls: ClassDef, name: str, shape: Node) -> tuple[str, PropertyDef | None]:
    """The field that a shape is about, as the class of the thing calls it.

    A council is an organisation for ORG, so that the shape of organisations looks at it too and
    speaks of `founded` where a council says `established`.
    """
    if name in cls.properties:
        return name, cls.properties[name]
    owner = load_model().classes.get(str(shape).removeprefix(CRS).split(".")[0])
    prop = owner.properties.get(name) if owner else None
    same = (own for own in cls.properties.values() if prop and own.path == prop.path)
    found = next(same, prop)
    return (found.name if found else name), found


def _rule(prop: PropertyDef | None, cls: ClassDef, test: str, severity: str) -> Rule:
    """The rule of the field that a result is about; a general one for what follows from kinds."""
    rules = prop.rules if prop else ()
    same = (rule for rule in rules if rule.test == test and rule.severity == severity)
    value = cls.id_prefix + "/" if test == "idPrefix" else ""
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
        named = one(shapes, shape, "field") or one(shapes, shape, "about")
        name, prop = _field(cls, named, shape)
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


class ParsedOnce(Graph):
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
    copy = ParsedOnce()
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
    """The report on an RDF file; it warns when nothing in it is of a class that we know.

    Raises FileError when the file cannot be read.
    """
    data = read_rdf(path)
    if _known(data.objects(None, RDF.type)) is None:
        return Report((Finding(path.name, "", "", "", "type", WARNING, *_NOTHING),))
    return check_graph(data, base)
