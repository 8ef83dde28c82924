"""Reads the topics in a text: a linear model of what the things of the map say of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.match.facts.world import World
from graph.search.hybrid import Search
from ontology.loading import load_model

Values = NDArray[np.float64]

SMOOTH = 1.0
"""The penalty of large coefficients, as if so many texts said nothing."""

NAMES = 0.5
"""What a name of a topic counts for, beside a thing that states it."""

CONSTANT = 0.3
"""The constant beside the dimensions of a vector."""

SAMPLE = 4_000
"""How many things are learnt from at most, evenly over their ids."""

LEAST = 0.15
"""A topic weaker than this beside the strongest is not there."""


class TopicReading:
    """How much of each topic a text holds, by ridge regression (Hoerl and Kennard 1970).

    The vectors of things are the examples, with the topics they state; so are the names of the topics
    themselves. A linear model of a mean of word vectors adds up what each word tells, so that a text
    about two things keeps both, where its nearest neighbours know but the nearer.
    """

    def __init__(self, world: World, search: Search, kinds: Sequence[str]) -> None:
        self._search = search
        self._slugs = sorted(load_model().topics)
        self._weights = self._learnt(world, kinds)

    def _learnt(self, world: World, kinds: Sequence[str]) -> Values:
        """The coefficients (dimensions + 1, topics)."""
        ids = [
            id_ for kind in kinds for id_ in world.columns.kind_ids(kind) if world.topics_of(id_)
        ]
        ids = ids[:: -(-len(ids) // SAMPLE) or 1]
        places = self._search.places(ids)
        ids = [id_ for id_, place in zip(ids, places.tolist(), strict=True) if place >= 0]
        named = [
            (slug, name)
            for slug, topic in load_model().topics.items()
            for lang in ("ro", "en")
            for name in (topic.label(lang), *topic.alt.get(lang, ()))
        ]
        stated = [*(world.topics_of(id_) for id_ in ids), *({slug} for slug, _ in named)]
        vectors = [
            self._search.vectors(places[places >= 0]),
            self._search.meaning([name for _, name in named]),
        ]
        x = self._widened(np.concatenate(vectors))
        y = np.array([[float(slug in held) for slug in self._slugs] for held in stated])
        counts = np.concatenate((np.ones(len(ids)), np.full(len(named), NAMES)))[:, None]
        whole = x.T @ (x * counts) + SMOOTH * np.eye(x.shape[1])
        return np.asarray(np.linalg.solve(whole, x.T @ (y * counts)))

    @staticmethod
    def _widened(vectors: NDArray[np.float32]) -> Values:
        constant = np.full((len(vectors), 1), CONSTANT)
        return np.hstack((vectors.astype(np.float64), constant))

    def of(self, text: str) -> Mapping[str, float]:
        """The topics of a text, 1 for the strongest."""
        found = (self._widened(self._search.meaning([text])) @ self._weights)[0]
        most = float(found.max(initial=0.0))
        if most <= 0:
            return {}
        shares = dict(zip(self._slugs, (found / most).tolist(), strict=True))
        return {slug: share for slug, share in shares.items() if share >= LEAST}
