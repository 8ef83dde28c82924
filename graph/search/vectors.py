"""The documents as vectors: how close each is in meaning to a text, exactly or nearly so."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.search.documents import Document
from graph.search.embed import Embedder, Matrix, unit
from graph.search.postings import mapped
from graph.search.text import LANGS, fold, tokens

EXACT: Final = 100_000
"""Up to so many documents every one is compared; above, faiss chooses, if it is installed."""
RECALL: Final = 0.97
"""What the index of clusters must find of the ten nearest, measured when it is built."""
HUBNESS: Final = 0.25
"""How much of a document's closeness to everything is taken off its closeness to one text."""
PROBES: Final = 30

_WEIGHTS: Final = {"name": 0.4, "ro": 0.3, "en": 0.3, "topics": 0.2, "rest": 0.15}
_SEED: Final = 2023
_log = logging.getLogger(__name__)

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
    found = np.empty(len(matrix), dtype=np.float32)
    for start in range(0, len(matrix), 10_000):
        cosines = matrix[start : start + 10_000] @ probes.T
        found[start : start + 10_000] = np.partition(cosines, -most, axis=1)[:, -most:].mean(axis=1)
    return found


def clusters_possible() -> bool:
    """True when faiss is installed (extra `scale`)."""
    return find_spec("faiss") is not None


def _faiss() -> Any:
    """The library, imported when it is needed: it takes a quarter of a second."""
    import faiss

    return faiss


def build_clusters(matrix: Matrix, path: Path) -> int:
    """Writes an index of clusters (faiss IVF, inner product) and gives how many to look into.

    The number is doubled until the ten nearest of a sample are found to RECALL.
    """
    faiss = _faiss()
    dim = matrix.shape[1]
    count = max(1, int(4 * math.sqrt(len(matrix))))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dim), dim, count, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = _SEED
    draw = np.random.default_rng(_SEED)
    index.train(matrix[np.sort(draw.permutation(len(matrix))[: count * 64])])
    index.add(matrix)
    sample = matrix[draw.permutation(len(matrix))[:100]]
    exact = np.argpartition(-(sample @ matrix.T), 9, axis=1)[:, :10]
    looked = 4
    while looked < count:
        index.nprobe = looked
        _, near = index.search(sample, 10)
        hits = sum(len(set(a) & set(b)) for a, b in zip(exact.tolist(), near.tolist(), strict=True))
        if hits >= RECALL * exact.size:
            break
        looked *= 2
    faiss.write_index(index, str(path))
    return min(looked, count)


def largest(values: Scores, first: int) -> Rows:
    """The places of the `first` greatest values, greatest first; equals in their order."""
    if first < len(values):
        least = np.partition(values, len(values) - first)[len(values) - first]
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(len(values))
    return places[np.argsort(-values[places], kind="stable")[:first]]


class Vectors:
    """The vectors of a built index, open for reading by any number of threads."""

    def __init__(self, folder: Path, clusters: int = 0) -> None:
        self.matrix: Matrix = mapped(folder / "matrix.npy")
        self._hubs: Scores = mapped(folder / "hubs.npy")
        self._clusters = clusters
        self._index: Any = None
        if clusters and clusters_possible():
            self._index = _faiss().read_index(str(folder / "clusters.faiss"))
        elif clusters:
            _log.warning("faiss is not installed: every one of the vectors is compared, slowly")

    @property
    def exact(self) -> bool:
        """True when every document is compared."""
        return self._index is None

    def cosines(self, vector: Scores, rows: Rows | None = None) -> Scores:
        """The cosine of a unit vector with every row, or with some.

        One thread: a product this small waits longer for BLAS threads than it takes.
        """
        rows_asked = self.matrix if rows is None else self.matrix[rows]
        return np.asarray(np.vecdot(rows_asked, vector), dtype=np.float32)

    def damped(self, cosines: Scores, rows: Rows | None = None) -> Scores:
        """Cosines less a share of each row's hubness."""
        hubs = self._hubs if rows is None else self._hubs[rows]
        return np.asarray(cosines - np.float32(HUBNESS) * hubs)

    def nearest(self, vector: Scores, first: int, among: Rows | None = None) -> tuple[Rows, Scores]:
        """The rows closest to a unit vector and their cosines, closest first.

        `among` keeps to some rows: few are compared one by one, many are marked in the index, so
        that a narrow choice loses nothing.
        """
        if self._index is None or (among is not None and len(among) <= EXACT // 2):
            cosines = self.cosines(vector, among)
            best = largest(cosines, first)
            return (best if among is None else among[best]), cosines[best]
        faiss = _faiss()
        chosen = None if among is None else faiss.IDSelectorBatch(among)
        how = faiss.SearchParametersIVF(sel=chosen, nprobe=self._clusters)
        cosines, rows = self._index.search(vector[None], first, params=how)
        found = rows[0] >= 0
        return rows[0][found].astype(np.int64), cosines[0][found]
