"""Any SPARQL endpoint by a CONSTRUCT query whose result is in the words of our ontology.

Options: `url` (the endpoint), `query` (the text) or `query_file` (beside source.yml), `page_size`
(LIMIT and OFFSET are added when given; the query then needs an ORDER BY), `lang` of texts without
a language. Subjects get ids of their class; their IRI is kept as an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ingest.answers import Answer, PageGuard
from ingest.crawl import Crawling, Made, count_option, fetcher, language, option
from ingest.given import Seen
from ingest.graph_answers import ACCEPT, graph_of
from ingest.mapping import slug
from ingest.moments import local_day
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import FileError, MappingError, Said
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.vocab import shorten

_LONGEST = 2000
"""The longest query that is part of an address: servers and proxies take some 4,000 characters."""

_LABEL = "label"
_NOWHERE = (
    Said("trimite la ceva ce nu există aici", "refers to something not known here"),
    Said("Construiți și lucrul acela.", "Construct that thing as well."),
)
_POINT = re.compile(r"POINT\s*\(\s*(\S+)\s+(\S+?)\s*\)\s*$", re.IGNORECASE)
"""Longitude and latitude, as GeoSPARQL writes them."""

_Ids = Mapping[Node, tuple[ClassDef, str]]


def crawl(context: Crawling) -> Iterator[Made]:
    """Every subject of a class of ours in the constructed graph; any other subject is refused."""
    seen, number = Seen(), 0
    for graph in _pages(context):
        ids, parts = _ids(context, graph, seen), _parts(graph)
        for subject in sorted(set(graph.subjects()) - parts, key=str):
            number += 1
            if subject in ids:
                yield from _record(context, graph, ids, subject, number).done(seen)
            else:
                yield from _stranger(context, graph, subject, number).done(seen)


def _ask(context: Crawling, url: str, query: str) -> Answer:
    """By GET, which can be asked for conditionally; a query too long for an address goes by POST."""
    accept = {"accept": ACCEPT}
    if len(query) > _LONGEST:
        return fetcher(context).post_fields(url, {"query": query}, accept)
    return fetcher(context).get(url, {"query": query}, accept)


def _query(context: Crawling) -> str:
    if "query_file" in context.options:
        path = context.source.folder / option(context, "query_file")
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            raise FileError(
                Said("fișierul nu există", "there is no such file"),
                Said("Verificați options.query_file.", "Check options.query_file."),
                path.name,
            ) from None
    else:
        text = option(context, "query")
    if "construct" not in text.lower():
        raise MappingError(
            Said("interogarea nu este CONSTRUCT", "the query is not a CONSTRUCT"),
            Said("Scrieți CONSTRUCT { … } WHERE { … }.", "Write CONSTRUCT { … } WHERE { … }."),
            context.source.slug,
        )
    return text


def _pages(context: Crawling) -> Iterator[Graph]:
    url, query = option(context, "url"), _query(context)
    size = count_option(context, "page_size", 0)
    guard, offset = PageGuard(), 0
    while True:
        text = f"{query}\nLIMIT {size} OFFSET {offset}" if size else query
        answer = _ask(context, url, text)
        graph = graph_of(answer)
        if len(graph) == 0:
            return
        yield graph
        if not size:
            return
        guard.check(answer, sorted(graph.serialize(format="nt").splitlines()))
        offset += size


def _class_of(graph: Graph, subject: Node) -> ClassDef | None:
    """The class of ours that a subject has; the most special one, where there are several."""
    model = load_model()
    found = [cls for kind in graph.objects(subject, RDF.type) if (cls := model.by_iri(str(kind)))]
    return max(found, key=lambda cls: (len(cls.properties), cls.name), default=None)


def _ids(context: Crawling, graph: Graph, seen: Seen) -> dict[Node, tuple[ClassDef, str]]:
    """The class and id of every subject that has an address and one of our classes."""
    scheme = context.source.scheme
    found: dict[Node, tuple[ClassDef, str]] = {}
    for subject in sorted(set(graph.subjects(RDF.type)), key=str):
        cls = _class_of(graph, subject)
        if cls is None or not isinstance(subject, URIRef):
            continue
        iri = str(subject)
        tail = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        wanted = f"{cls.id_prefix}/{scheme}-{slug(tail)}"
        found[subject] = (cls, seen.mint(context, f"{scheme}:{iri}", wanted))
    return found


def _parts(graph: Graph) -> set[Node]:
    """The nodes that live inside another thing: a call's conditions, for example."""
    paths = {
        prop.path
        for cls in load_model().classes.values()
        for prop in cls.properties.values()
        if prop.kind.name == "part"
    }
    return {node for path in paths for node in graph.objects(None, URIRef(path))}


def _stranger(context: Crawling, graph: Graph, subject: Node, number: int) -> Record:
    """A subject that cannot become a thing: without a class of ours, or without an address."""
    pairs = sorted((str(p), str(o)) for p, o in graph.predicate_objects(subject))
    record = Record(context.source.slug, number, _grouped(str(subject), pairs))
    kinds = ", ".join(sorted(map(str, graph.objects(subject, RDF.type))))
    if _class_of(graph, subject) is None:
        record.fail(
            "a",
            Said(f"nicio clasă din vocabular: {kinds or '—'}", f"no known class: {kinds or '—'}"),
            Said("Construiți o clasă din vocabular.", "Construct a class of the vocabulary."),
            kinds,
        )
    else:
        record.fail(
            "subject",
            Said("lucrul nu are o adresă (nod anonim)", "the thing has no address (a blank node)"),
            Said(
                "Construiți-l cu un IRI: BIND(IRI(…)).", "Construct it with an IRI: BIND(IRI(…))."
            ),
            str(subject),
        )
    return record


def _record(context: Crawling, graph: Graph, ids: _Ids, subject: Node, number: int) -> Record:
    cls, id_ = ids[subject]
    pairs = sorted((str(p), str(o)) for p, o in graph.predicate_objects(subject))
    record = Record(context.source.slug, number, _grouped(str(subject), pairs))
    made = record.entity(cls.name, id_, str(subject))
    if "identifiers" in cls.properties:
        record.put(made, "identifiers", str(subject), scheme=context.source.scheme)
    _fill(context, graph, ids, record, made, subject)
    return record


def _fill(
    context: Crawling, graph: Graph, ids: _Ids, record: Record, made: Entity, subject: Node
) -> None:
    """The fields of a thing, or of a part inside it, from what the graph says of its node."""
    paths = {p.path: p for p in made.cls.properties.values() if not p.inverse}
    texts: dict[str, list[Node]] = {}
    parts: dict[PropertyDef, list[Node]] = {}
    for predicate, value in sorted(graph.predicate_objects(subject)):
        prop = paths.get(str(predicate))
        if prop is None and predicate != RDF.type:
            record.fail(
                shorten(str(predicate)),
                Said(f"{made.cls.name} nu are acest câmp", f"{made.cls.name} has no such field"),
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
            _put(context, record, made, prop, value, ids)
    for prop, nodes in parts.items():
        # the names of blank nodes change from answer to answer, what they say does not
        for node in sorted(nodes, key=lambda one: sorted(graph.predicate_objects(one))):
            _part(context, graph, ids, record, made, prop, node)
    for field, values in texts.items():
        _texts(context, record, made, field, values)


def _part(
    context: Crawling,
    graph: Graph,
    ids: _Ids,
    record: Record,
    made: Entity,
    prop: PropertyDef,
    node: Node,
) -> None:
    if (node, None, None) not in graph:
        record.fail(prop.name, _NOWHERE[0], _NOWHERE[1], str(node))
        return
    cls, number = load_model().cls(prop.targets[0]), len(made.values.get(prop.name, ())) + 1
    part = Entity(f"{made.id}/{slug(prop.name)}/{number}", cls, origin=record.place)
    _fill(context, graph, ids, record, part, node)
    made.add(prop.name, part)


def _texts(context: Crawling, record: Record, made: Entity, field: str, values: list[Node]) -> None:
    """A text by language. Names in other languages are other names; where a text stands in no
    language of ours it is taken in the language of the source's texts."""
    own = language(context)
    known: dict[str, list[str]] = {}
    for value in values:
        told = value.language if isinstance(value, Literal) and value.language else own
        known.setdefault(told.split("-")[0].lower(), []).append(plain(value))
    others = [text for lang, found in known.items() if lang not in ("ro", "en") for text in found]
    if others and not known.keys() & {"ro", "en"}:
        known = {own: others[:1]}
        others = others[1:]
    for lang in sorted(known.keys() & {"ro", "en"}):
        record.put(made, field, known[lang][0], lang=lang)
        others += known[lang][1:]
    for text in others if field == _LABEL and "altLabels" in made.cls.properties else ():
        record.put(made, "altLabels", text)


def _grouped(subject: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": subject}
    for predicate, value in pairs:
        told.setdefault(shorten(predicate).replace(".", "_"), []).append(value)
    return told


def _put(
    context: Crawling,
    record: Record,
    made: Entity,
    prop: PropertyDef,
    value: Node,
    ids: _Ids,
) -> None:
    kind = prop.kind.name
    if kind == "reference":
        known = ids[value][1] if value in ids else None
        found = known or context.resolve(f"{context.source.scheme}:{value}")
        if found is None:
            record.fail(
                prop.name,
                *_NOWHERE,
                str(value),
            )
        else:
            made.add(prop.name, found)
    elif kind == "code":
        record.put(made, prop.name, str(value).replace("#", "/").rsplit("/", 1)[-1])
    elif kind == "point" and (well_known := _POINT.search(str(value))):
        record.put(made, prop.name, f"{well_known[2]}, {well_known[1]}")
    elif kind == "calendar":
        record.put(made, prop.name, local_day(value))
    else:
        record.put(made, prop.name, value)
