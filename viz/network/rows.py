"""The twin of the picture in words: a table of things, and one of links as sentences."""

from __future__ import annotations

from dataclasses import dataclass

from graph.network import City, Node, Survey, relation
from ontology.loading import load_model
from viz.languages import SPEECH
from viz.network.data import SHARES, SIZES
from viz.network.texts import when

IN_WORDS = 400
"""Rows of each table that the page holds ready; the script makes the others when asked."""


@dataclass(frozen=True)
class Thing:
    """One row of the table of things: its number in the data, its measures in the order of SIZES."""

    number: int
    label: str
    kind: str
    href: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One link in words, with its number in the data."""

    number: int
    text: str
    when: str


def things_in_words(part: City, found: Survey, lang: str, site: str) -> tuple[Thing, ...]:
    """The first rows of the table of things, the most important ones."""
    shown = _by_rank(part, found)[:IN_WORDS]
    return tuple(_thing(part.index[node.id], node, found, lang, site) for node in shown)


def links_in_words(part: City, found: Survey, lang: str) -> tuple[Sentence, ...]:
    """The first rows of the table of links, those of the most important things."""
    return tuple(_sentence(number, part, lang) for number in _by_weight(part, found)[:IN_WORDS])


def _by_rank(part: City, found: Survey) -> list[Node]:
    return sorted(part.nodes, key=lambda node: (-found.pagerank[node.id], node.id))


def _thing(number: int, node: Node, found: Survey, lang: str, site: str) -> Thing:
    cls = load_model().kinds.get(node.kind)
    shown = [share(found.measure(size)[node.id], size, lang) for size in SIZES]
    kind = cls.label(lang) if cls else node.kind
    return Thing(number, node.label(lang), kind, f"{site}/{lang}/r/{node.id}", tuple(shown))


def share(value: float, measure: str, lang: str) -> str:
    """A measure as people read it: a count, or of what makes a whole its part in percent."""
    speech = SPEECH[lang]
    if measure in SHARES:
        return speech.percent(float(f"{100 * value:.3g}"))
    return speech.number(value)


def _by_weight(part: City, found: Survey) -> list[int]:
    """The numbers of the links, those of the most important things first."""
    rank = found.pagerank

    def place(number: int) -> tuple[float, str, str, int]:
        link = part.links[number]
        first = max((link.source, link.target), key=lambda end: (rank[end], end))
        return -rank[first], first, link.relation, number

    return sorted(range(len(part.links)), key=place)


def _sentence(number: int, part: City, lang: str) -> Sentence:
    link = part.links[number]
    source, target = part.node(link.source).label(lang), part.node(link.target).label(lang)
    text = relation(link.relation).text(source, target, lang)
    return Sentence(number, text, when(link.year_from, link.year_to, lang))
