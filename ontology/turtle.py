"""The Turtle files: which there are, what they hold, and how to read a text out of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology.errors import Said, VocabularyError
from ontology.vocab import CRS, shorten

HERE = Path(__file__).parent


def turtle_files(folder: Path = HERE) -> list[Path]:
    """Every Turtle file of the vocabulary, in a fixed order."""
    return sorted((folder / "classes").glob("*.ttl")) + sorted((folder / "codes").glob("*.ttl"))


def read_graph(folder: Path = HERE) -> Graph:
    """All Turtle files as one graph."""
    graph = Graph()
    for path in turtle_files(folder):
        graph.parse(path, format="turtle")
    return graph


@cache
def vocabulary_graph() -> Graph:
    """Our own Turtle files as one graph, parsed once per process; not to be changed."""
    return read_graph()


def said(graph: Graph, node: Node, predicate: URIRef, what: str) -> Said:
    """The texts of a predicate; VocabularyError unless there is one in each language."""
    found = maybe_said(graph, node, predicate)
    if found is None:
        name = shorten(predicate)
        raise VocabularyError(
            f'{what} needs {name} in both languages: add `{name} "…"@ro , "…"@en`'
        )
    return found


def maybe_said(graph: Graph, node: Node, predicate: URIRef) -> Said | None:
    """The texts of a predicate in both languages, or None."""
    texts = {o.language: str(o) for o in graph.objects(node, predicate) if isinstance(o, Literal)}
    return Said(texts["ro"], texts["en"]) if {"ro", "en"} <= texts.keys() else None


def one(graph: Graph, node: Node, name: str, default: str = "") -> str:
    """The value of our annotation `crs:name`."""
    value = graph.value(node, URIRef(CRS + name))
    return default if value is None else str(value)
