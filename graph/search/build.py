"""Builds the index of search from documents; only what changed since the last is encoded again."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.search import chars, folder, lexical, shelf, vectors
from graph.search.concepts import probes, topic_words
from graph.search.documents import Document
from graph.search.embed import Embedder, Matrix
from graph.search.floors import measured
from graph.search.postings import mapped
from ontology.errors import ModelError
from ontology.model import Topic

_log = logging.getLogger(__name__)


def _makers(embedder: Embedder, topics: Mapping[str, str]) -> dict[str, object]:
    """What the vectors of an index depend on besides its documents."""
    return {
        "model": embedder.name,
        "dim": embedder.dim,
        "topics": zlib.crc32(repr(sorted(topics.items())).encode()),
    }


def _kept(previous: Path | None, makers: Mapping[str, object]) -> dict[str, NDArray[np.float32]]:
    """By digest, the vectors of an older index of the same makers; none if it cannot be used."""
    if previous is None:
        return {}
    try:
        about = folder.opened(previous)
    except ModelError as error:
        _log.info("every document is encoded again: %s", error)
        return {}
    if any(about.get(name) != value for name, value in makers.items()):
        return {}
    matrix = mapped(previous / "vectors" / "matrix.npy")
    return dict(zip(shelf.Shelf(previous / "shelf").digests, matrix, strict=True))


def _matrix(
    documents: list[Document],
    embedder: Embedder,
    topics: Mapping[str, str],
    previous: Path | None,
) -> tuple[Matrix, int]:
    """The vectors (n, dim), and how many of them had to be made."""
    kept = _kept(previous, _makers(embedder, topics))
    digests = [document.digest() for document in documents]
    new = [document for document, one in zip(documents, digests, strict=True) if one not in kept]
    made = iter(vectors.compose(new, embedder, topics))
    matrix = np.zeros((len(documents), embedder.dim), dtype=np.float32)
    for row, digest in enumerate(digests):
        matrix[row] = kept[digest] if digest in kept else next(made)
    return matrix, len(new)


def build(
    documents: Iterable[Document],
    place: Path,
    embedder: Embedder,
    topics: Mapping[str, Topic],
    previous: Path | None = None,
) -> int:
    """Writes the whole index into the folder `place`, at once or not at all.

    `previous` is an index of before (it may be `place` itself). Gives how many documents were
    encoded.
    """
    every = sorted(documents, key=lambda document: document.id)
    words = topic_words(topics)
    matrix, encoded = _matrix(every, embedder, words, previous)
    names = probes(topics)
    asked = embedder.encode(names, kind="query") if len(every) else np.zeros((0, embedder.dim))
    with folder.written(place) as new:
        lexical.build(every, new / "lexical")
        chars.build(every, new / "chars")
        shelf.write(every, new / "shelf")
        (new / "vectors").mkdir()
        np.save(new / "vectors" / "matrix.npy", matrix)
        hubs = vectors.hubness(matrix, asked.astype(np.float32))
        np.save(new / "vectors" / "hubs.npy", hubs)
        clusters = 0
        if len(every) > vectors.EXACT and vectors.clusters_possible():
            clusters = vectors.build_clusters(matrix, new / "vectors" / "clusters.faiss")
        folder.seal(
            new,
            {
                "documents": len(every),
                **_makers(embedder, words),
                "floors": asdict(measured(every, matrix, embedder, topics)),
                "clusters": clusters,
            },
        )
    _log.info("search: %d documents, %d of them encoded", len(every), encoded)
    return encoded
