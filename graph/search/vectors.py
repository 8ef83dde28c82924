"""The documents as vectors: how close each is in meaning to a text, exactly or nearly so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.search.arrays import mapped
from graph.search.clusters import Clusters, clusters_usable
from graph.search.documents import Document
from graph.search.embed import Embedder, Matrix, unit
from graph.search.text import LANGS, fold, tokens

EXACT: Final = 100_000
"""Up to so many documents every one is compared; above, faiss chooses, if it is installed."""
HUBNESS: Final = 0.25
"""How much of a document's closeness to everything is taken off its closeness to one text."""
PROBES: Final = 30
MATRIX: Final = "matrix.npy"
CLUSTERS: Final = "clusters.faiss"
WIDE: Final = 4
"""Rows that lie within so many times their number are compared in place, with what is between."""
FEW: Final = 256
"""So many numbers are put in order sooner than the greatest of them are parted from the others."""
PIECE: Final = 20_000
"""How many rows of half numbers are made whole at a time."""

_WEIGHTS: Final = {"name": 0.4, "ro": 0.3, "en": 0.3, "topics": 0.2, "rest": 0.15}
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


def _texts(document: Document, topics: Mapping[str, str]) -> dict[str, str]:
    """What a document says, by the parts that are weighed apart."""
    return {
        "name": fold(document.name.get("ro") or document.name.get("en", "")),
        **{lang: fold(document.activities.get(lang, "")) for lang in LANGS},
        "topics": " ".join(topics[topic] for topic in document.topics if topic in topics),
        "rest": fold(" ".join(document.rest.values())),
    }


def compose(documents: Sequence[Document], embedder: Embedder, topics: Mapping[str, str]) -> Matrix:
    """One unit vector per document (n, dim): the weighted sum of its parts' vectors.

    `topics` gives the words of a topic by its slug. Equal texts are encoded once. A name counts as
    far as the model knows its words: the letters of an acronym mean nothing.
    """
    parts = [_texts(document, topics) for document in documents]
    distinct = sorted({text for one in parts for text in one.values() if text})
    number = {text: row for row, text in enumerate(distinct)}
    encoded = embedder.encode(distinct, kind="passage")
    made = np.zeros((len(documents), embedder.dim), dtype=np.float32)
    for row, one in enumerate(parts):
        for part, text in one.items():
            if text:
                known = _known(text, embedder) if part == "name" else 1
                made[row] += _WEIGHTS[part] * known * encoded[number[text]]
    return unit(made)


def _known(text: str, embedder: Embedder) -> float:
    """The share of a text's words that the model knows."""
    words = tokens(text)
    return sum(map(embedder.knows, words)) / max(1, len(words))


def hubness(matrix: Matrix, probes: Matrix) -> Scores:
    """How close each row is to anything one may ask: the mean of its greatest cosines (n,).

    The correction of Conneau et al. 2018 (CSLS), with `probes` for the queries.
    """
    if not len(matrix) or not len(probes):
        return np.zeros(len(matrix), dtype=np.float32)
    most = min(PROBES, len(probes))
    cosines = matrix @ probes.T
    return np.asarray(np.partition(cosines, -most, axis=1)[:, -most:].mean(axis=1))


def largest(values: NDArray[np.floating[Any]], first: int) -> Rows:
    """The places of the `first` greatest values, greatest first; equals in their order."""
    if first <= 0:
        return np.empty(0, dtype=np.int64)
    if first < len(values) > FEW:
        least = np.partition(values, len(values) - first)[len(values) - first]
        places = (values >= least).nonzero()[0]
        best: Rows = places[(-values[places]).argsort(kind="stable")[:first]]
        return best
    order: Rows = (-values).argsort(kind="stable")
    return order[:first]


class Vectors:
    """The vectors of a built index, open for reading by any number of threads."""

    def __init__(self, folder: Path, clusters: int = 0) -> None:
        self.matrix: NDArray[np.float32] | NDArray[np.float16] = mapped(folder / MATRIX)
        self._drags: Scores = np.float32(HUBNESS) * mapped(folder / "hubs.npy")
        self._clusters = (
            Clusters(folder / CLUSTERS, clusters) if clusters_usable(clusters) else None
        )

    @property
    def exact(self) -> bool:
        """True when every document is compared."""
        return self._clusters is None

    def cosines(self, vector: Scores, rows: Rows | None = None) -> Scores:
        """The cosine of a unit vector with every row, or with some.

        One thread: a product this small waits longer for BLAS threads than it takes.
        """
        if rows is not None:
            return self._of_some(vector, rows)
        if self.matrix.dtype == np.float32:
            return self._product(self.matrix, vector)
        pieces = (self.matrix[start : start + PIECE] for start in range(0, len(self._drags), PIECE))
        return np.concatenate([self._product(piece, vector) for piece in pieces])

    def _of_some(self, vector: Scores, rows: Rows) -> Scores:
        """The cosines of some rows; those that lie side by side are read where they lie, since to
        copy them costs more than all the rest."""
        if len(rows) and self.matrix.dtype == np.float32:
            first, end = int(rows.min()), int(rows.max()) + 1
            if end - first < WIDE * len(rows):
                return self._product(self.matrix[first:end], vector)[rows - first]
        return self._product(self.matrix[rows], vector)

    @staticmethod
    def _product(rows: NDArray[Any], vector: Scores) -> Scores:
        whole = rows if rows.dtype == np.float32 else rows.astype(np.float32)
        found: Scores = np.vecdot(whole, vector)
        return found

    def damped(self, cosines: Scores, rows: Rows | None = None) -> Scores:
        """Cosines less a share of each row's hubness."""
        return np.asarray(cosines - (self._drags if rows is None else self._drags[rows]))

    def nearest(self, vector: Scores, first: int, among: Rows | None = None) -> tuple[Rows, Scores]:
        """The rows closest to a unit vector and their cosines, closest first.

        `among` keeps to some rows: few are compared one by one, many are marked in the index, so
        that a narrow choice loses nothing.
        """
        few = among is not None and len(among) <= EXACT // 2
        if self._clusters is None or few:
            rows = among
        else:
            rows = self._clusters.nearest(vector, first, among, len(self._drags))
        cosines = self.cosines(vector, rows)
        best = largest(cosines, first)
        return (best if rows is None else rows[best]), cosines[best]
