"""The vocabulary for others: one Turtle document, and the context of our JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rdflib import Graph, URIRef
from rdflib.namespace import SH

from ontology.loading import load_model
from ontology.model import Model, PropertyDef
from ontology.turtle import HERE, turtle_files
from ontology.vocab import CRS, PREFIXES, expand, shorten

_PREFIX_LINE = re.compile(r"^@prefix ([\w-]*): <([^>]+)> \.$", re.MULTILINE)
_TYPES = {
    "string": None,
    "currency": None,
    "text": None,
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "percent": "xsd:decimal",
    "boolean": "xsd:boolean",
    "duration": "xsd:duration",
    "point": "geo:wktLiteral",
    "url": "@id",
    "reference": "@id",
    "part": "@id",
    "code": "@id",
}
"""The JSON-LD `@type` of each kind; dates and identifiers state theirs value by value."""


def _bodies() -> Iterator[tuple[dict[str, str], str]]:
    """Each Turtle file as its prefixes and the rest; the ontology's header comes first."""
    for path in sorted(turtle_files(), key=lambda p: p.name != "_ontology.ttl"):
        text = path.read_text(encoding="utf-8")
        yield dict(_PREFIX_LINE.findall(text)), _PREFIX_LINE.sub("", text).strip()


def _inherited() -> str:
    """The property shapes of Resource, as one list.

    Published shapes name them instead of `sh:node`, under which a mere note about a resource
    would be told as a violation.
    """
    graph = Graph().parse(HERE / "classes" / "_resource.ttl", format="turtle")
    found = graph.objects(URIRef(CRS + "Resource"), SH.property)
    return " , ".join(sorted(shorten(str(shape)) for shape in found))


def _derived(model: Model) -> Iterator[str]:
    """What code lists and targets say, in plain SHACL for tools that do not know ours."""
    for cls in model.classes.values():
        inherited = list(model.classes[cls.parent].properties.values()) if cls.parent else []
        for prop in cls.properties.values():
            if prop.inverse or prop in inherited:
                continue
            path = shorten(prop.path)
            if prop.code_list:
                members = " ".join(
                    shorten(code.iri) for code in model.codes[prop.code_list].codes.values()
                )
                yield f"crs:{cls.name} sh:property [ sh:path {path} ; sh:in ( {members} ) ] .\n"
            elif prop.targets and "Resource" not in prop.targets:
                classes = [shorten(model.classes[name].iri) for name in prop.targets]
                one = f"sh:class {classes[0]}"
                many = "sh:or ( " + " ".join(f"[ sh:class {c} ]" for c in classes) + " )"
                said = one if len(classes) == 1 else many
                yield f"crs:{cls.name} sh:property [ sh:path {path} ; {said} ] .\n"


@cache
def ns_ttl() -> str:
    """The published ontology as one Turtle document: terms, code lists, topics and shapes."""
    model = load_model()
    prefixes = dict(PREFIXES)
    texts = []
    inherited = _inherited()
    for own, body in _bodies():
        prefixes.update(own)
        texts.append(body.replace("sh:node crs:Resource ;", f"sh:property {inherited} ;"))
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    derived = "# What the code lists and the classes of references say.\n\n" + "".join(
        _derived(model)
    )
    return head + "\n" + "\n\n".join([*texts, derived])


def _term(prop: PropertyDef) -> dict[str, str]:
    key = "@reverse" if prop.inverse else "@id"
    term = {key: prop.path}
    kind = "@id" if prop.inverse else _TYPES.get(prop.kind.name)
    if kind:
        term["@type"] = expand(kind) if ":" in kind else kind
    elif prop.kind.name == "text":
        term["@container"] = "@language" if not prop.many else "@set"
    return term


def jsonld_context() -> dict[str, object]:
    """`{"@context": …}` for JSON-LD 1.1: the field names of GraphQL as terms, without any import.

    A name that several classes use for different properties (`status`) is defined inside the
    class, so that it means what its thing means by it.
    """
    model = load_model()
    terms: dict[str, set[str]] = {}
    for cls in model.classes.values():
        for prop in cls.properties.values():
            terms.setdefault(prop.name, set()).add(str(_term(prop)))
    context: dict[str, object] = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type"}
    for cls in model.classes.values():
        inside = {p.name: _term(p) for p in cls.properties.values() if len(terms[p.name]) > 1}
        context[cls.name] = {"@id": cls.iri, "@context": inside} if inside else {"@id": cls.iri}
        for prop in cls.properties.values():
            if len(terms[prop.name]) == 1:
                context[prop.name] = _term(prop)
    return {"@context": context}
