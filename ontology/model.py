"""Reads the Turtle files once, checks them hard, and gives the classes, properties and codes.

A class file holds a node shape whose annotations (`crs:`) say what the class is called, how its
ids begin and how it is shown, and one property shape per field. See docs/add-a-class.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from ontology.errors import Said, UnknownWordError
from ontology.kinds import KINDS, ValueKind
from ontology.vocab import CR, CRS, expand, shorten

HERE = Path(__file__).parent

VIOLATION, WARNING, INFO = "violation", "warning", "info"
_SEVERITY = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}


class VocabularyError(Exception):
    """A Turtle file of ours is wrong: says which shape, and what to add."""


@dataclass(frozen=True)
class Rule:
    """One constraint on a field: `test` is the SHACL name (`minCount`, `pattern`, `lessThanOrEquals` …)."""

    test: str
    value: object
    severity: str
    message: Said | None = None


@dataclass(frozen=True)
class PropertyDef:
    """One field of a class.

    `name` is what GraphQL, JSON and source.yml call it; `path` the property's IRI. With `inverse`
    the values are the things that point here by `path`: such a field is read, never written.
    """

    name: str
    path: str
    inverse: bool
    kind: ValueKind
    label: Said
    definition: Said
    targets: tuple[str, ...]
    code_list: str | None
    min_count: int
    max_count: int | None
    rules: tuple[Rule, ...]
    order: float
    hidden: bool

    @property
    def many(self) -> bool:
        """True when the field is a list."""
        return self.max_count != 1


@dataclass(frozen=True)
class ClassDef:
    """One class: a resource when `kind` is set, else a part that lives inside a resource."""

    name: str
    kind: str | None
    iri: str
    parent: str | None
    label: Said
    plural: Said
    definition: Said
    id_prefix: str
    colour: str
    dark_colour: str
    icon: str
    node_shape: str
    order: float
    title_field: str
    properties: Mapping[str, PropertyDef] = field(repr=False)

    def property(self, name: str) -> PropertyDef:
        """The field called `name`; UnknownWordError when the class has none."""
        try:
            return self.properties[name]
        except KeyError:
            known = ", ".join(sorted(self.properties))
            raise UnknownWordError(
                Said(f"{self.name} nu are câmpul „{name}”", f"{self.name} has no field '{name}'"),
                Said(f"Câmpurile sunt: {known}.", f"Its fields are: {known}."),
            ) from None


@dataclass(frozen=True)
class Code:
    """One member of a code list; `implies` is a class every thing with this code also has."""

    value: str
    iri: str
    label: Said
    definition: Said
    implies: str | None
    is_function: bool
    order: float


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes (a SKOS concept scheme)."""

    name: str
    iri: str
    label: Said
    codes: Mapping[str, Code]

    def __getitem__(self, value: str) -> Code:
        try:
            return self.codes[value]
        except KeyError:
            known = ", ".join(self.codes)
            raise UnknownWordError(
                Said(f"„{value}” nu este în lista „{self.label.ro}”", f"'{value}' is not in the list '{self.label.en}'"),
                Said(f"Valorile sunt: {known}.", f"The values are: {known}."),
            ) from None


@dataclass(frozen=True)
class Topic:
    """One topic of the scheme, with its other names and its links outward."""

    slug: str
    label: Said
    alt: Mapping[str, tuple[str, ...]]
    definition: Said
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    sdg: tuple[int, ...]
    eurovoc: tuple[str, ...]
    cofog: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the topic as a resource."""
        return f"topic/{self.slug}"


@dataclass(frozen=True)
class Model:
    """The whole vocabulary."""

    classes: Mapping[str, ClassDef]
    codes: Mapping[str, CodeList]
    topics: Mapping[str, Topic]
    graph: Graph = field(repr=False, compare=False)

    def cls(self, name: str) -> ClassDef:
        """The class called `name` (as GraphQL spells it)."""
        try:
            return self.classes[name]
        except KeyError:
            known = ", ".join(sorted(self.classes))
            raise UnknownWordError(
                Said(f"Clasa „{name}” nu există", f"There is no class '{name}'"),
                Said(f"Clasele sunt: {known}.", f"The classes are: {known}."),
            ) from None

    @property
    def kinds(self) -> Mapping[str, ClassDef]:
        """The resource classes by their GraphQL kind, in display order."""
        found = [c for c in self.classes.values() if c.kind]
        return {c.kind: c for c in sorted(found, key=lambda c: c.order) if c.kind}

    def by_iri(self, iri: str) -> ClassDef | None:
        """The class whose instances have rdf:type `iri`, if we know it."""
        return next((c for c in self.classes.values() if c.iri == iri), None)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Broader topics of a topic, nearest first, without itself."""
        found: list[str] = []
        queue = list(self.topics[slug].broader) if slug in self.topics else []
        while queue:
            one = queue.pop(0)
            if one not in found:
                found.append(one)
                queue.extend(self.topics[one].broader)
        return tuple(found)


def _said(graph: Graph, node: Node, predicate: URIRef, what: str) -> Said:
    texts = {o.language: str(o) for o in graph.objects(node, predicate) if isinstance(o, Literal)}
    if "ro" not in texts or "en" not in texts:
        name = shorten(predicate)
        raise VocabularyError(f"{what} needs {name} in both languages: add `{name} \"…\"@ro , \"…\"@en`")
    return Said(texts["ro"], texts["en"])


def _one(graph: Graph, node: Node, name: str, default: str = "") -> str:
    value = graph.value(node, URIRef(CRS + name))
    return default if value is None else str(value)


_CONSTRAINTS = (
    SH.minCount, SH.maxCount, SH.pattern, SH.datatype, SH.minInclusive, SH.maxInclusive,
    SH.lessThanOrEquals, SH.uniqueLang, SH.nodeKind, SH.hasValue, SH.maxLength,
    URIRef(CRS + "notAfter"),
)


def _rules(graph: Graph, shape: Node) -> Iterator[Rule]:
    severity = _SEVERITY[graph.value(shape, SH.severity, default=SH.Violation)]
    texts = {o.language: str(o) for o in graph.objects(shape, SH.message) if isinstance(o, Literal)}
    message = Said(texts["ro"], texts["en"]) if {"ro", "en"} <= texts.keys() else None
    for predicate in _CONSTRAINTS:
        for value in graph.objects(shape, predicate):
            plain = value.toPython() if isinstance(value, Literal) else str(value)
            yield Rule(str(predicate).rsplit("#", 1)[1], plain, severity, message)


def _targets(graph: Graph, shape: Node, by_iri: Mapping[str, str], what: str) -> tuple[str, ...]:
    found = [str(o) for o in graph.objects(shape, URIRef(CRS + "target"))]
    for name in found:
        if name not in by_iri.values():
            raise VocabularyError(f"{what} points at the class '{name}', which no file defines")
    return tuple(sorted(found))


def _property(graph: Graph, shape: Node, owner: str, names: Mapping[str, str]) -> PropertyDef:
    name = _one(graph, shape, "field")
    what = f"{owner}.{name}"
    path = graph.value(shape, SH.path)
    inverse_of = graph.value(path, SH.inversePath) if path is not None else None
    kind = _one(graph, shape, "valueKind")
    if kind not in KINDS:
        raise VocabularyError(f"{what} has crs:valueKind '{kind}'; it must be one of {', '.join(KINDS)}")
    code_list = _one(graph, shape, "codeList") or None
    if kind == "code" and code_list is None:
        raise VocabularyError(f"{what} is a code: add `crs:codeList \"…\"`")
    targets = _targets(graph, shape, names, what)
    if kind in ("reference", "part") and not targets:
        raise VocabularyError(f"{what} is a {kind}: add `crs:target \"ClassName\"`")
    rules = tuple(_rules(graph, shape))
    low = next((r.value for r in rules if r.test == "minCount" and r.severity == VIOLATION), 0)
    high = next((r.value for r in rules if r.test == "maxCount"), None)
    if any(r.test == "uniqueLang" for r in rules):
        high = 1  # one text, said once in each language
    return PropertyDef(
        name=name,
        path=str(inverse_of or path),
        inverse=inverse_of is not None,
        kind=KINDS[kind],
        label=_said(graph, shape, SH.name, what),
        definition=_said(graph, shape, SH.description, what),
        targets=targets,
        code_list=code_list,
        min_count=int(str(low)),
        max_count=None if high is None else int(str(high)),
        rules=rules,
        order=float(str(graph.value(shape, SH.order, default=Literal(99)))),
        hidden=_one(graph, shape, "hidden") == "true",
    )


def _class_files() -> list[Path]:
    return sorted((HERE / "classes").glob("*.ttl")) + sorted((HERE / "codes").glob("*.ttl"))


def read_graph() -> Graph:
    """All our Turtle files as one graph."""
    graph = Graph()
    for path in _class_files():
        graph.parse(path, format="turtle")
    return graph


def _classes(graph: Graph) -> dict[str, ClassDef]:
    shapes = {str(n): _one(graph, n, "typeName") for n in graph.subjects(RDF.type, SH.NodeShape)}
    names = {iri: name for iri, name in shapes.items() if name}
    done: dict[str, ClassDef] = {}

    def build(iri: str) -> ClassDef:
        name = names[iri]
        if name in done:
            return done[name]
        node = URIRef(iri)
        parent_iri = next((str(o) for o in graph.objects(node, SH.node) if str(o) in names), None)
        parent = build(parent_iri) if parent_iri else None
        fields = dict(parent.properties) if parent else {}
        for shape in graph.objects(node, SH.property):
            own = _one(graph, shape, "field")
            if not own:
                continue
            made = _property(graph, shape, name, names)
            extra = tuple(
                rule
                for other in graph.objects(node, SH.property)
                if not _one(graph, other, "field") and _one(graph, other, "about") == own
                for rule in _rules(graph, other)
            )
            fields[own] = PropertyDef(**{**made.__dict__, "rules": made.rules + extra}) if extra else made
        ordered = dict(sorted(fields.items(), key=lambda pair: (pair[1].order, pair[0])))
        target = graph.value(node, SH.targetClass)
        if target is None:
            raise VocabularyError(f"{name} needs sh:targetClass")
        done[name] = ClassDef(
            name=name,
            kind=_one(graph, node, "kind") or None,
            iri=str(target),
            parent=parent.name if parent else None,
            label=_said(graph, node, RDFS.label, name),
            plural=_said(graph, node, URIRef(CRS + "plural"), name),
            definition=_said(graph, node, SKOS.definition, name),
            id_prefix=_one(graph, node, "idPrefix"),
            colour=_one(graph, node, "colour", "#5b6470"),
            dark_colour=_one(graph, node, "darkColour", "#a7b0bc"),
            icon=_one(graph, node, "icon", "dot"),
            node_shape=_one(graph, node, "nodeShape", "dot"),
            order=float(_one(graph, node, "order", "99")),
            title_field=_one(graph, node, "titleField", "label"),
            properties=MappingProxyType(ordered),
        )
        return done[name]

    for iri in names:
        build(iri)
    return dict(sorted(done.items(), key=lambda pair: (pair[1].order, pair[0])))


def _codes(graph: Graph) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        name = _one(graph, scheme, "listName")
        if not name:
            continue
        members = []
        for concept in graph.subjects(SKOS.inScheme, scheme):
            value = graph.value(concept, SKOS.notation)
            if value is None:
                raise VocabularyError(f"{shorten(str(concept))} needs skos:notation: the code people write")
            what = f"{name}/{value}"
            members.append(
                Code(
                    value=str(value),
                    iri=str(concept),
                    label=_said(graph, concept, SKOS.prefLabel, what),
                    definition=_said(graph, concept, SKOS.definition, what),
                    implies=_one(graph, concept, "implies") or None,
                    is_function=_one(graph, concept, "isFunction") == "true",
                    order=float(_one(graph, concept, "order", "99")),
                )
            )
        members.sort(key=lambda code: (code.order, code.value))
        lists[name] = CodeList(
            name, str(scheme), _said(graph, scheme, SKOS.prefLabel, name),
            MappingProxyType({code.value: code for code in members}),
        )
    return lists


def _topics(graph: Graph) -> dict[str, Topic]:
    scheme = URIRef(expand("cr:TopicScheme"))
    found: dict[str, Topic] = {}

    def slugs(node: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(o).rsplit("/", 1)[-1] for o in graph.objects(node, predicate)))

    cofog = URIRef(CR + "cofog")
    for concept in graph.subjects(SKOS.inScheme, scheme):
        notations = [o for o in graph.objects(concept, SKOS.notation) if isinstance(o, Literal)]
        slug = next(str(o) for o in notations if o.datatype != cofog)
        alts = [o for o in graph.objects(concept, SKOS.altLabel) if isinstance(o, Literal)]
        found[slug] = Topic(
            slug=slug,
            label=_said(graph, concept, SKOS.prefLabel, slug),
            alt={lang: tuple(sorted(str(o) for o in alts if o.language == lang)) for lang in ("ro", "en")},
            definition=_said(graph, concept, SKOS.definition, slug),
            broader=slugs(concept, SKOS.broader),
            narrower=tuple(sorted(str(s).rsplit("/", 1)[-1] for s in graph.subjects(SKOS.broader, concept))),
            sdg=tuple(sorted(int(s) for s in slugs(concept, URIRef(CR + "contributesToGoal")))),
            eurovoc=slugs(concept, SKOS.closeMatch) + slugs(concept, SKOS.relatedMatch),
            cofog=tuple(sorted(str(o) for o in notations if o.datatype == cofog)),
        )
    return dict(sorted(found.items()))


@cache
def load_model() -> Model:
    """The vocabulary, read once per process. Raises VocabularyError naming the term and what to add."""
    graph = read_graph()
    classes = _classes(graph)
    codes = _codes(graph)
    for cls in classes.values():
        for prop in cls.properties.values():
            if prop.code_list and prop.code_list not in codes:
                raise VocabularyError(f"{cls.name}.{prop.name} names the code list '{prop.code_list}', which no file defines")
    return Model(MappingProxyType(classes), MappingProxyType(codes), MappingProxyType(_topics(graph)), graph)


