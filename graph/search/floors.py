"""How close is close enough: the floors of closeness in meaning, measured on the corpus itself."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.documents import Document
from graph.search.embed import Embedder, Matrix
from graph.search.text import LANGS, fold
from ontology.model import Topic

NONSENSE: Final = 256
"""How many texts without meaning are tried."""
KEPT_OUT: Final = 0.99
"""The share of them that finds nothing above any floor."""
HALF: Final = 1 / 2
"""The share of the documents above the floor that are about what was asked."""
THIRD: Final = 1 / 3
"""The same for the closest few, so that a first page is not left empty."""
SAMPLE: Final = 4_000

_SEED: Final = 2023


@dataclass(frozen=True)
class Floors:
    """The least cosines that count: for any document, and for the few that are closest."""

    any: float
    closest: float


def nonsense(count: int = NONSENSE) -> list[str]:
    """Words that mean nothing, one to three together: random letters, and random syllables."""
    draw = random.Random(_SEED)  # noqa: S311 - not for secrets

    def word() -> str:
        if draw.random() < 0.5:
            return "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(3, 8)))
        syllables = (draw.choice("bcdfghjklmnpqrstvwxz") + draw.choice("aeiou") for _ in range(3))
        return "".join(syllables) + draw.choice(["", "n", "k", "rg"])

    return [" ".join(word() for _ in range(draw.randint(1, 3))) for _ in range(count)]


def measured(
    documents: Sequence[Document],
    sample: Matrix,
    embedder: Embedder,
    topics: Mapping[str, Topic],
) -> Floors:
    """The floors of a corpus and a model, from some documents of it and their vectors (n, dim).

    The least cosine to the name of a topic from which on HALF, or for the closest a THIRD, of the
    documents have that topic; never above what nonsense seldom reaches.
    """
    if not documents:
        return Floors(1.0, 1.0)
    best = (sample @ embedder.encode(nonsense(), kind="query").T).max(axis=0)
    most = float(np.quantile(best, KEPT_OUT))
    cosines, right = _judged(documents, sample, embedder, topics)
    return Floors(_least(cosines, right, HALF, most), _least(cosines, right, THIRD, most))


def _judged(
    documents: Sequence[Document],
    sample: Matrix,
    embedder: Embedder,
    topics: Mapping[str, Topic],
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Cosines of documents and names of topics, greatest first; whether one has the other."""
    names = [
        (fold(name), topic)
        for topic in topics.values()
        for lang in LANGS
        for name in (topic.label(lang), *topic.alt.get(lang, ()))
    ]
    slugs = {slug: column for column, slug in enumerate(topics)}
    has = np.zeros((len(documents), len(slugs)), dtype=np.bool_)
    for row, one in enumerate(documents):
        has[row, [slugs[slug] for slug in one.topics if slug in slugs]] = True
    tagged = has.any(axis=1)
    if not names or not tagged.any():
        return np.empty(0, np.float32), np.empty(0, np.bool_)
    cosines = sample[tagged] @ embedder.encode([name for name, _ in names], kind="query").T
    wanted = ((topic.slug, *topic.narrower) for _, topic in names)
    right = np.stack(
        [has[tagged][:, [slugs[slug] for slug in some]].any(axis=1) for some in wanted], axis=1
    )
    order = np.argsort(-cosines, axis=None)
    return cosines.ravel()[order], right.ravel()[order]


def _least(
    cosines: NDArray[np.float32], right: NDArray[np.bool_], share: float, most: float
) -> float:
    """The least cosine down to which this share is right; `most` if that is less or none."""
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(precision >= share)
    return min(most, float(cosines[enough[-1]])) if len(enough) else most
