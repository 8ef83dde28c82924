"""What a free text is about: the topics of the things nearest to it, those of its words, those it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from graph.catalogue.base import Statement
from graph.match.facts.world import World
from graph.match.subject.reading import Read, TopicReading
from graph.search.hybrid import Search

NEAREST: Final = 15
"""How many of the nearest things tell what a text is about."""

KINDS: Final = ("ORGANISATION", "PROJECT", "CALL", "COUNCIL", "WORKING_GROUP", "PROGRAMME")
"""Of these kinds."""

CHANCE: Final = 0.5
"""How much of a topic's share by chance is taken off."""

NAMED: Final = 0.25
"""What a topic counts for at least that the text names: its word may mean something else there."""

READ: Final = 0.8
"""The share of its words in the topics of a text; the rest is what is nearest to it."""

TOPICS: Final = 6
"""How many topics are kept."""

LEAST: Final = 0.1
"""Topics below this share of the strongest one are noise."""

SEEDS: Final = 8
"""How many of the nearest things nearness in the network starts from."""


@dataclass(frozen=True)
class Understood:
    """Topics of a text (1 for the strongest); behind each the words that tell of it, or else a
    statement of the nearest thing that has it; and the things nearest to the text."""

    topics: Mapping[str, float]
    evidence: Mapping[str, tuple[Statement, ...]]
    words: Mapping[str, str]
    nearest: Mapping[str, float]


def _strongest(weights: Mapping[str, float]) -> dict[str, float]:
    """The strongest topics as shares of the strongest, without the noise."""
    most = max(weights.values(), default=0.0)
    kept = {t: w / most for t, w in weights.items() if most > 0 and w >= LEAST * most}
    return {t: kept[t] for t in sorted(kept, key=lambda t: (-kept[t], t))[:TOPICS]}


def _together(near: Mapping[str, float], read: Mapping[str, float]) -> dict[str, float]:
    """What the nearest things and the words say of each topic, in their shares."""
    topics = {*near, *read}
    return {t: (1 - READ) * near.get(t, 0.0) + READ * read.get(t, 0.0) for t in topics}


class Understanding:
    """Reads texts by their words and by their neighbours on the map (nearest-neighbour classification)."""

    def __init__(self, world: World, search: Search) -> None:
        self.world = world
        self.search = search

    @cached_property
    def _usual(self) -> Mapping[str, float]:
        """By topic, the share of things that have it."""
        of_kind = self.world.columns.of_kind
        held = [of_kind[kind] for kind in KINDS if kind in of_kind]
        rows = np.concatenate(held) if held else np.zeros(0, np.int64)
        return {topic: count / len(rows) for topic, count in self.world.usual(rows).items()}

    @cached_property
    def _reading(self) -> TopicReading:
        return TopicReading(self.search)

    def of(self, text: str) -> Understood:
        """What a text is about. READ of a topic's weight is what the words of the text tell of it; the
        rest is its share among the nearest things, weighed by the square of their search scores, above
        what chance would give."""
        found = self.search.query(text, kinds=KINDS, first=2 * NEAREST)
        near = [(h.id, h.score) for h in found.hits if self.world.topics_of(h.id)][:NEAREST]
        whole = sum(score**2 for _, score in near)
        shares: dict[str, float] = {}
        teller: dict[str, str] = {}
        for id_, score in near:
            topics = self.world.topics_of(id_)
            for topic in topics:
                shares[topic] = shares.get(topic, 0.0) + score**2 / whole / len(topics) ** 0.5
                teller.setdefault(topic, id_)
        above = {t: max(0.0, s - CHANCE * self._usual.get(t, 0.0)) for t, s in shares.items()}
        read = (
            self._reading.of(text) if near else Read({}, {})
        )  # letters alone are close to something
        weights = _strongest(_together(_strongest(above), read.topics))
        for topic in found.understood:
            weights[topic] = max(weights.get(topic, 0.0), NAMED)
        evidence = {
            topic: self.world.evidence(teller[topic], "topics", f"topic/{topic}")
            for topic in weights
            if topic in teller and topic not in read.words
        }
        return Understood(weights, evidence, read.words, dict(near[:SEEDS]))
