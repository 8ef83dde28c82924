"""Reads the SKOS files: the code lists, and the scheme of topics."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

from ontology.errors import VocabularyError
from ontology.model import Code, CodeList, Topic
from ontology.turtle import one, said
from ontology.vocab import CR, expand, shorten

TOPIC_SCHEME = URIRef(expand("cr:TopicScheme"))
COFOG = URIRef(CR + "cofog")
"""The datatype that marks a notation as a COFOG code."""


def _code(graph: Graph, concept: Node, list_name: str) -> Code:
    value = graph.value(concept, SKOS.notation)
    if value is None:
        raise VocabularyError(
            f"{shorten(str(concept))} needs skos:notation: the code that people write"
        )
    what = f"{list_name}/{value}"
    return Code(
        value=str(value),
        iri=str(concept),
        label=said(graph, concept, SKOS.prefLabel, what),
        definition=said(graph, concept, SKOS.definition, what),
        implies=one(graph, concept, "implies") or None,
        is_function=one(graph, concept, "isFunction") == "true",
        order=float(one(graph, concept, "order", "99")),
    )


def read_codes(graph: Graph) -> dict[str, CodeList]:
    """Every code list by the name that fields ask for."""
    lists: dict[str, CodeList] = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        name = one(graph, scheme, "listName")
        if not name:
            continue
        members = [_code(graph, c, name) for c in graph.subjects(SKOS.inScheme, scheme)]
        members.sort(key=lambda code: (code.order, code.value))
        by_value = MappingProxyType({code.value: code for code in members})
        label = said(graph, scheme, SKOS.prefLabel, name)
        lists[name] = CodeList(name, str(scheme), label, by_value)
    return dict(sorted(lists.items()))


def _slugs(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(str(node).rsplit("/", 1)[-1] for node in nodes))


def _words(
    graph: Graph, concept: Node, predicate: URIRef
) -> MappingProxyType[str, tuple[str, ...]]:
    """The texts of a predicate by language, in order."""
    found = [o for o in graph.objects(concept, predicate) if isinstance(o, Literal)]
    return MappingProxyType(
        {lang: tuple(sorted(str(o) for o in found if o.language == lang)) for lang in ("ro", "en")}
    )


def _topic(graph: Graph, concept: Node) -> Topic:
    notations = [o for o in graph.objects(concept, SKOS.notation) if isinstance(o, Literal)]
    slug = next((str(o) for o in notations if o.datatype != COFOG), None)
    if slug is None:
        raise VocabularyError(f"{shorten(str(concept))} needs skos:notation: the slug of the topic")
    goals = graph.objects(concept, URIRef(CR + "contributesToGoal"))
    return Topic(
        slug=slug,
        label=said(graph, concept, SKOS.prefLabel, slug),
        alt=_words(graph, concept, SKOS.altLabel),
        hints=_words(graph, concept, SKOS.hiddenLabel),
        definition=said(graph, concept, SKOS.definition, slug),
        broader=_slugs(graph.objects(concept, SKOS.broader)),
        narrower=_slugs(graph.subjects(SKOS.broader, concept)),
        sdg=tuple(sorted(int(goal) for goal in _slugs(goals))),
        eurovoc=_slugs(graph.objects(concept, SKOS.closeMatch))
        + _slugs(graph.objects(concept, SKOS.relatedMatch)),
        cofog=tuple(sorted(str(o) for o in notations if o.datatype == COFOG)),
    )


def read_topics(graph: Graph) -> dict[str, Topic]:
    """The topics by slug."""
    found = [_topic(graph, concept) for concept in graph.subjects(SKOS.inScheme, TOPIC_SCHEME)]
    return {topic.slug: topic for topic in sorted(found, key=lambda topic: topic.slug)}
