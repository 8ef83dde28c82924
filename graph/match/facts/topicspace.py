"""Topics as vectors: broader ones count half, rare ones more, so that a fit is one product of matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ontology.loading import load_model

Values = NDArray[np.float32]

BROADER: Final = 0.6
"""What a broader topic counts for, of the topic below it."""

RARITY: Final = 0.4
"""How much rarity counts: the power to which a topic's rarity (0 to 1) is raised."""

FLOOR: Final = 0.05
"""Rarity of a topic that everything has, so that it still counts a little."""


class TopicSpace:
    """One axis per topic of the scheme. `rarity` gives 0 (everything has it) to 1 (nearly nothing)."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        model = load_model()
        self._axis = {slug: at for at, slug in enumerate(sorted(model.topics))}
        self._up = {
            slug: [self._axis[up] for up in model.ancestors(slug) if up in self._axis]
            for slug in self._axis
        }
        rare = [max(FLOOR, rarity.get(slug, 1.0)) for slug in self._axis]
        self._rare: Values = np.array(rare, dtype=np.float32) ** np.float32(RARITY)
        self._stated = lru_cache(maxsize=50_000)(self._of_stated)

    def vector(self, topics: Mapping[str, float]) -> Values:
        """Weighted topics as a vector (topics of the scheme,), each broader one at BROADER of it."""
        found = np.zeros(len(self._axis), dtype=np.float32)
        for slug, weight in topics.items():
            if slug not in self._axis:
                continue
            found[self._axis[slug]] = max(found[self._axis[slug]], weight)
            for up in self._up[slug]:
                found[up] = max(found[up], BROADER * weight)
        return np.asarray(found * self._rare)

    def _of_stated(self, topics: frozenset[str]) -> Values:
        return self.vector(dict.fromkeys(topics, 1.0))

    def matrix(self, stated: Iterable[frozenset[str]]) -> Values:
        """One row per thing (n, topics of the scheme), from the topics it states."""
        rows = [self._stated(topics) for topics in stated]
        return np.stack(rows) if rows else np.zeros((0, len(self._axis)), dtype=np.float32)

    @staticmethod
    def lengths(things: Values) -> Values:
        """The length of each row (n,)."""
        return np.asarray(np.sqrt(np.einsum("ij,ij->i", things, things)), dtype=np.float32)

    def fit(self, subject: Values, things: Values, lengths: Values | None = None) -> Values:
        """How well things (n, …) fit a subject, 0 to 1 (n,); `lengths` of the things, if known.

        The geometric mean of focus (the cosine: it works on this and little else) and coverage (the
        share of what the subject asks that the thing has).
        """
        whole = float(subject @ subject)
        if whole <= 0 or not len(things):
            return np.zeros(len(things), dtype=np.float32)
        dots = np.asarray(things @ subject, dtype=np.float32)
        norms = (self.lengths(things) if lengths is None else lengths) * np.float32(whole**0.5)
        cosine = np.divide(dots, norms, out=np.zeros_like(dots), where=norms > 0)
        return np.asarray(np.sqrt(cosine * np.minimum(1.0, dots / whole)), dtype=np.float32)
