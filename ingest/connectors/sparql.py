"""Any SPARQL endpoint by a CONSTRUCT query whose result is in the words of our ontology.

Options: `url` (the endpoint), `query` (the text) or `query_file` (beside source.yml), `page_size`
(LIMIT and OFFSET are added when given; the query then needs an ORDER BY), `lang` of texts without
a language. Subjects get ids of their class; their IRI is kept as an identifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ingest import failures
from ingest.answers import Answer, PageGuard
from ingest.mapping import slug
from ingest.records import Crawling, Made, Record, Seen, count_option, fetcher, language, option
from ontology.entity import Entity
from ontology.errors import FileError, MappingError, Said
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.vocab import shorten

_ACCEPT = {"accept": "application/n-triples, text/turtle;q=0.9"}
_FORMATS = {"application/n-triples": "nt", "text/plain": "nt", "text/turtle": "turtle"}


def crawl(context: Crawling) -> Iterator[Made]:
    """Every subject of a class of ours in the constructed graph."""
    seen, number = Seen(), 0
    for graph in _pages(context):
        ids = _ids(context, graph)
        for subject in sorted(ids):
            number += 1
            yield from _record(context, graph, ids, subject, number).done(seen)


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
        answer = fetcher(context).get(url, {"query": text}, _ACCEPT)
        graph = _parsed(answer)
        if len(graph) == 0:
            return
        yield graph
        if not size:
            return
        guard.check(answer, sorted(graph.serialize(format="nt").splitlines()))
        offset += size


def _parsed(answer: Answer) -> Graph:
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if answer.text().lstrip().lower().startswith(("<!doctype", "<html")):
        raise failures.web_page(answer.url)
    if kind not in _FORMATS:
        raise failures.unexpected(answer.url, f"content-type {kind or '—'}")
    try:
        return Graph().parse(data=answer.body, format=_FORMATS[kind])
    except (BadSyntax, ValueError, RecursionError, AssertionError):
        raise failures.broken(answer.url, len(answer.body)) from None


def _ids(context: Crawling, graph: Graph) -> dict[URIRef, tuple[ClassDef, str]]:
    """The class and id of every subject that has one of our classes."""
    model, scheme = load_model(), context.source.scheme
    found: dict[URIRef, tuple[ClassDef, str]] = {}
    for subject, kind in graph.subject_objects(RDF.type):
        cls = model.by_iri(str(kind))
        if cls is None or not isinstance(subject, URIRef) or subject in found:
            continue
        iri = str(subject)
        tail = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        id_ = context.resolve(f"{scheme}:{iri}") or f"{cls.id_prefix}/{scheme}-{slug(tail)}"
        found[subject] = (cls, id_)
    return found


def _record(
    context: Crawling,
    graph: Graph,
    ids: dict[URIRef, tuple[ClassDef, str]],
    subject: URIRef,
    number: int,
) -> Record:
    cls, id_ = ids[subject]
    pairs = sorted((str(p), str(o)) for p, o in graph.predicate_objects(subject))
    record = Record(context.source.slug, number, _grouped(str(subject), pairs))
    made = record.entity(cls.name, id_, str(subject))
    record.put(made, "identifiers", str(subject), scheme=context.source.scheme)
    paths = {p.path: p for p in cls.properties.values() if not p.inverse}
    for predicate, value in sorted(graph.predicate_objects(subject)):
        prop = paths.get(str(predicate))
        if prop is not None and prop.name != "identifiers":
            _put(context, record, made, prop, value, ids)
        elif prop is None and predicate != RDF.type:
            record.fail(
                shorten(str(predicate)),
                Said(f"{cls.name} nu are acest câmp", f"{cls.name} has no such field"),
                Said("Construiți numai câmpuri din vocabular.", "Construct only known fields."),
                str(value),
            )
    return record


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
    ids: dict[URIRef, tuple[ClassDef, str]],
) -> None:
    kind = prop.kind.name
    if kind == "reference":
        known = ids[value][1] if isinstance(value, URIRef) and value in ids else None
        found = known or context.resolve(f"{context.source.scheme}:{value}")
        if found is None:
            record.fail(
                prop.name,
                Said("trimite la ceva ce nu există aici", "refers to something not known here"),
                Said("Construiți și lucrul acela.", "Construct that thing as well."),
                str(value),
            )
        else:
            made.add(prop.name, found)
    elif kind == "text":
        lang = value.language if isinstance(value, Literal) and value.language else None
        short = (lang or language(context)).split("-")[0]
        if short in ("ro", "en"):
            record.put(made, prop.name, value, lang=short)
    elif kind == "code":
        record.put(made, prop.name, str(value).replace("#", "/").rsplit("/", 1)[-1])
    else:
        record.put(made, prop.name, value)
