"""Values to RDF and back: the one place that knows how a value looks in RDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

from graph.store.terms import quoted
from ontology.entity import Entity, Value
from ontology.kinds import literal_type, well_known_text
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.vocab import PREFIXES, Base, expand

DC_IDENTIFIER = expand("dcterms:identifier")
DC_SOURCE = expand("dcterms:source")
PLACE = expand("schema:position")
"""Of a value in a list of texts: its place there, since RDF itself keeps no order."""

STATEMENT = expand("rdf:Statement")
WKT = PREFIXES["geo"] + "wktLiteral"


@lru_cache(maxsize=10_000)
def source_id(url: str) -> str:
    """The id of the page at `url`: its host and eight hex digits of its SHA-256."""
    host = url.split("://", 1)[-1].split("/", 1)[0].split(":")[0].removeprefix("www.").lower()
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in host).strip("-") or "document"
    return f"source/{slug}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _lexical(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def object_speller(prop: PropertyDef, base: Base) -> Callable[[Value], str]:
    """What writes the values of a field as objects of N-Triples."""
    kind = prop.kind.name
    if kind == "reference":
        return lambda value: f"<{base.ids}{value.value}>"
    if kind == "part":
        return lambda value: f"<{base.ids}{_id_of_part(value)}>"
    if kind == "code":
        assert prop.code_list is not None
        codes = {c.value: f"<{c.iri}>" for c in load_model().codes[prop.code_list].codes.values()}
        return lambda value: codes[str(value.value)]
    if kind == "url":
        return lambda value: f"<{value.value}>"
    if kind == "text":
        return lambda value: f"{quoted(str(value.value))}@{(value.lang or 'ro').lower()}"
    if kind in ("string", "currency"):
        return lambda value: quoted(str(value.value))
    if kind == "identifier":
        return lambda value: f"{quoted(str(value.value))}^^<{base.scheme(value.scheme or 'id')}>"
    if kind == "point":
        return lambda value: f"{quoted(_wkt(value))}^^<{WKT}>"
    return lambda value: f"{quoted(_lexical(value.value))}^^<{literal_type(kind, value.value)}>"


def _id_of_part(value: Value) -> str:
    assert isinstance(value.value, Entity)
    return value.value.id


def _wkt(value: Value) -> str:
    assert isinstance(value.value, tuple)
    return well_known_text(value.value)


def source_entity(
    url: str,
    *,
    title: str | None,
    publisher: str | None,
    licence: str | None,
    retrieved: str | None,
) -> Entity:
    """The page at `url` as a thing of class Source: its publisher is the site it stands on."""
    entity = Entity.of("Source", source_id(url))
    host = url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
    if "://" in url:
        entity.add("url", url)
        publisher = host
    entity.add("title", title or host)
    for name, value in (("publisher", publisher), ("licence", licence), ("retrieved", retrieved)):
        if value:
            entity.add(name, value)
    return entity


class Reader:
    """Turns the RDF terms of one subject back into plain field values."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.model = load_model()
        self.by_type: dict[str, ClassDef] = {c.iri: c for c in self.model.classes.values()}
        self.codes = {
            code.iri: code.value for lst in self.model.codes.values() for code in lst.codes.values()
        }
        self.paths: dict[str, dict[str, PropertyDef]] = {
            c.name: {p.path: p for p in c.properties.values() if not p.inverse}
            for c in self.model.classes.values()
        }

    def class_of(self, types: Iterable[str]) -> ClassDef | None:
        """The class of a thing by its rdf:types; the most special one when several fit."""
        found = [self.by_type[t] for t in types if t in self.by_type]
        return max(found, key=self._depth, default=None)

    def _depth(self, cls: ClassDef) -> int:
        return 0 if cls.parent is None else 1 + self._depth(self.model.classes[cls.parent])

    def plain(self, prop: PropertyDef, term: str, datatype: str | None) -> object:
        """The plain value of a term: ids for things, notations for codes, floats for decimals."""
        kind = prop.kind.name
        if kind in ("reference", "part"):
            return self.base.id_of(term) or term
        if kind == "code":
            return self.codes.get(term, term)
        if kind in ("decimal", "percent"):
            return float(term)
        if kind == "integer":
            return int(term)
        if kind == "boolean":
            return term in ("true", "1")
        if kind == "point":
            lon, lat = term.removeprefix("POINT(").removesuffix(")").split()
            return [float(lat), float(lon)]
        if kind == "identifier":
            scheme = self.base.scheme_of(datatype or "") or "id"
            return {"scheme": scheme, "value": term}
        return term
