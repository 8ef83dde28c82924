"""What a CONSTRUCT query gave, as records: every subject of a class of ours, and why others are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ingest.crawl import Crawling, language
from ingest.given import Seen
from ingest.mapping import slug
from ingest.moments import local_day
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import Said
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.vocab import shorten

_LABEL = "label"
_LANGS = frozenset({"ro", "en"})
_NOWHERE = (
    Said("trimite la ceva ce nu există aici", "refers to something not known here"),
    Said("Construiți și lucrul acela.", "Construct that thing as well."),
)
_POINT = re.compile(r"POINT\s*\(\s*(\S+)\s+(\S+?)\s*\)\s*$", re.IGNORECASE)
"""Longitude and latitude, as GeoSPARQL writes them."""


class Constructed:
    """One constructed graph. `seen` keeps the ids of the pages before it apart."""

    def __init__(self, context: Crawling, graph: Graph, seen: Seen) -> None:
        self._context = context
        self._graph = graph
        self._ids = self._minted(seen)

    def subjects(self) -> list[Node]:
        """Every node that should be a thing, in the same order each time; parts of things are none."""
        return sorted(set(self._graph.subjects()) - self._parts(), key=str)

    def record(self, subject: Node, number: int) -> Record:
        """The thing, or why it cannot be one: without a class of ours, or without an address."""
        graph, scheme = self._graph, self._context.source.scheme
        pairs = sorted((str(p), str(o)) for p, o in graph.predicate_objects(subject))
        record = Record(self._context.source.slug, number, _grouped(str(subject), pairs))
        if subject not in self._ids:
            self._refuse(record, subject)
            return record
        cls, id_ = self._ids[subject]
        made = record.entity(cls.name, id_, str(subject))
        if "identifiers" in cls.properties:
            record.put(made, "identifiers", str(subject), scheme=scheme)
        self._fill(record, made, subject)
        return record

    # -- which nodes are things -----------------------------------------------------------------

    def _class_of(self, subject: Node) -> ClassDef | None:
        """The class of ours that a subject has; the most special one, where there are several."""
        model, kinds = load_model(), self._graph.objects(subject, RDF.type)
        found = [cls for kind in kinds if (cls := model.by_iri(str(kind)))]
        return max(found, key=lambda cls: (len(cls.properties), cls.name), default=None)

    def _minted(self, seen: Seen) -> Mapping[Node, tuple[ClassDef, str]]:
        """The class and id of every subject that has an address and one of our classes."""
        scheme = self._context.source.scheme
        found: dict[Node, tuple[ClassDef, str]] = {}
        for subject in sorted(set(self._graph.subjects(RDF.type)), key=str):
            cls = self._class_of(subject)
            if cls is None or not isinstance(subject, URIRef):
                continue
            iri = str(subject)
            wanted = f"{cls.id_prefix}/{scheme}-{slug(_tail(iri.rstrip('/#')))}"
            found[subject] = (cls, seen.mint(self._context, f"{scheme}:{iri}", wanted))
        return found

    def _parts(self) -> set[Node]:
        """The nodes that live inside another thing: a call's conditions, for example."""
        paths = {
            prop.path
            for cls in load_model().classes.values()
            for prop in cls.properties.values()
            if prop.kind.name == "part"
        }
        return {node for path in paths for node in self._graph.objects(None, URIRef(path))}

    def _refuse(self, record: Record, subject: Node) -> None:
        kinds = ", ".join(sorted(map(str, self._graph.objects(subject, RDF.type))))
        if self._class_of(subject) is None:
            record.fail(
                "a",
                Said(
                    f"nicio clasă din vocabular: {kinds or '—'}", f"no known class: {kinds or '—'}"
                ),
                Said("Construiți o clasă din vocabular.", "Construct a class of the vocabulary."),
                kinds,
            )
        else:
            record.fail(
                "subject",
                Said(
                    "lucrul nu are o adresă (nod anonim)",
                    "the thing has no address (a blank node)",
                ),
                Said(
                    "Construiți-l cu un IRI: BIND(IRI(…)).",
                    "Construct it with an IRI: BIND(IRI(…)).",
                ),
                str(subject),
            )

    # -- what is said of them -------------------------------------------------------------------

    def _fill(self, record: Record, made: Entity, subject: Node) -> None:
        """The fields of a thing, or of a part inside it, from what the graph says of its node."""
        graph = self._graph
        paths = {p.path: p for p in made.cls.properties.values() if not p.inverse}
        texts: dict[str, list[Node]] = {}
        parts: dict[PropertyDef, list[Node]] = {}
        for predicate, value in sorted(graph.predicate_objects(subject)):
            prop = paths.get(str(predicate))
            if prop is None and predicate != RDF.type:
                record.fail(
                    shorten(str(predicate)),
                    Said(
                        f"{made.cls.name} nu are acest câmp", f"{made.cls.name} has no such field"
                    ),
                    Said("Construiți numai câmpuri din vocabular.", "Construct only known fields."),
                    str(value),
                )
            elif prop is None or prop.name == "identifiers":
                continue
            elif prop.kind.name == "text":
                texts.setdefault(prop.name, []).append(value)
            elif prop.kind.name == "part":
                parts.setdefault(prop, []).append(value)
            else:
                self._put(record, made, prop, value)
        for prop, nodes in parts.items():
            # the names of blank nodes change from answer to answer, what they say does not
            for node in sorted(nodes, key=lambda one: sorted(graph.predicate_objects(one))):
                self._part(record, made, prop, node)
        for field, values in texts.items():
            self._texts(record, made, field, values)

    def _part(self, record: Record, made: Entity, prop: PropertyDef, node: Node) -> None:
        if (node, None, None) not in self._graph:
            record.fail(prop.name, *_NOWHERE, str(node))
            return
        cls, number = load_model().cls(prop.targets[0]), len(made.values.get(prop.name, ())) + 1
        part = Entity(f"{made.id}/{slug(prop.name)}/{number}", cls, origin=record.place)
        self._fill(record, part, node)
        made.add(prop.name, part)

    def _texts(self, record: Record, made: Entity, field: str, values: list[Node]) -> None:
        """A text by language.

        Names in other languages are other names; where a text stands in no language of ours it is
        taken in the language of the source's texts.
        """
        own = language(self._context)
        known: dict[str, list[str]] = {}
        for value in values:
            told = value.language if isinstance(value, Literal) and value.language else own
            known.setdefault(told.split("-")[0].lower(), []).append(plain(value))
        others = [text for lang, found in known.items() if lang not in _LANGS for text in found]
        if others and not known.keys() & _LANGS:
            known = {own: others[:1]}
            others = others[1:]
        for lang in sorted(known.keys() & _LANGS):
            record.put(made, field, known[lang][0], lang=lang)
            others += known[lang][1:]
        for text in others if field == _LABEL and "altLabels" in made.cls.properties else ():
            record.put(made, "altLabels", text)

    def _put(self, record: Record, made: Entity, prop: PropertyDef, value: Node) -> None:
        kind = prop.kind.name
        if kind == "reference":
            known = self._ids[value][1] if value in self._ids else None
            found = known or self._context.resolve(f"{self._context.source.scheme}:{value}")
            if found is None:
                record.fail(prop.name, *_NOWHERE, str(value))
            else:
                made.add(prop.name, found)
        elif kind == "code":
            record.put(made, prop.name, _tail(str(value)))
        elif kind == "point" and (well_known := _POINT.search(str(value))):
            record.put(made, prop.name, f"{well_known[2]}, {well_known[1]}")
        elif kind == "calendar":
            record.put(made, prop.name, local_day(value))
        else:
            record.put(made, prop.name, value)


def _tail(iri: str) -> str:
    """The end of an address: its fragment, or the last step of its path."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _grouped(subject: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": subject}
    for predicate, value in pairs:
        told.setdefault(shorten(predicate).replace(".", "_"), []).append(value)
    return told
