"""Builds the index of search from documents as they come; only what changed is encoded again."""

from __future__ import annotations

import logging
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph import heap
from graph.search import clusters, floors, folder, vectors
from graph.search.arrays import ArrayFile, in_pieces, mapped, rows_of
from graph.search.concepts import Masks, probes, topic_words
from graph.search.documents import DEFAULT_KINDS, PARTS, Document
from graph.search.embed import Embedder, Matrix
from graph.search.letters import LettersWriter
from graph.search.lexical import LexicalWriter
from graph.search.parting import PIECE, sorted_marks
from graph.search.shelf import Shelf, ShelfWriter
from ontology.errors import ModelError
from ontology.model import Topic

NAMED: Final = ("ORGANISATION", "PROGRAMME")
"""Kinds whose names say nothing about topics."""
MASKS: Final = "masks.npy"
BATCH: Final = 1_024
"""How many documents are in memory at a time."""

_log = logging.getLogger(__name__)


def _makers(embedder: Embedder, topics: Mapping[str, str]) -> dict[str, object]:
    """What the vectors of an index depend on besides its documents."""
    return {
        "model": embedder.name,
        "dim": embedder.dim,
        "topics": zlib.crc32(repr(sorted(topics.items())).encode()),
    }


class Kept:
    """The vectors of an older index by digest of the document; none if it cannot be used.

    They are found by the first half of each digest, sorted in files of the folder `work`.
    """

    def __init__(self, previous: Path | None, makers: Mapping[str, object], work: Path) -> None:
        self._matrix: NDArray[Any] = np.empty((0, 0))
        self._digests: NDArray[np.uint8] = np.empty((0, 16), np.uint8)
        if previous is not None:
            try:
                about = folder.opened(previous)
            except ModelError as error:
                _log.info("every document is encoded again: %s", error)
            else:
                if all(about.get(name) == value for name, value in makers.items()):
                    self._matrix = mapped(previous / "vectors" / vectors.MATRIX)
                    self._digests = Shelf(previous / "shelf").digests
        work.mkdir()
        with ArrayFile(work / "marks.npy", np.uint64) as marks:
            for start in range(0, len(self._digests), PIECE):
                marks.append(self._marks(self._digests[start : start + PIECE]))
        sorted_marks(work / "marks.npy", work / "order.npy")
        self._sorted, self._order = mapped(work / "marks.npy"), mapped(work / "order.npy")

    @staticmethod
    def _marks(digests: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """The first half of each digest as a number (n,)."""
        if not len(digests):
            return np.empty(0, np.uint64)
        return np.ascontiguousarray(digests[:, :8]).view(np.uint64)[:, 0]

    def fill(self, matrix: Matrix, digests: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Writes the known vectors into the rows of a matrix; True for the rows known."""
        if not len(self._sorted) or not len(digests):
            return np.zeros(len(digests), dtype=np.bool_)
        places = np.searchsorted(self._sorted, self._marks(digests))
        rows = self._order[np.minimum(places, len(self._order) - 1)]
        known = np.asarray((self._digests[rows] == digests).all(axis=1))
        matrix[known] = self._matrix[rows[known]]
        return known


def _in_order(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents by id. What is no list must come so: it is never held as a whole."""
    if isinstance(documents, Sequence):
        documents = sorted(documents, key=lambda document: document.id)
    before = ""
    for document in documents:
        if document.id < before:
            raise ValueError(f"documents must come by id: {document.id} after {before}")
        before = document.id
        yield document


def build(
    documents: Iterable[Document],
    place: Path,
    embedder: Embedder,
    topics: Mapping[str, Topic],
    previous: Path | None = None,
) -> int:
    """Writes the whole index into the folder `place`, at once or not at all.

    A list of documents may be in any order; anything else must give them by id, and is read once,
    BATCH at a time: what is made of them waits in files. `previous` is an index of before (it may
    be `place` itself). Gives how many documents were encoded.
    """
    words = topic_words(topics)
    makers = _makers(embedder, words)
    asked = embedder.encode(probes(topics), kind="query")
    with folder.written(place) as new:
        kept = Kept(previous, makers, new / "kept")
        (new / "vectors").mkdir()
        matrix = new / "vectors" / vectors.MATRIX
        shelf = ShelfWriter(new / "shelf")
        lexical = LexicalWriter(new / "lexical")
        letters = LettersWriter(new / "chars")
        encoded = count = 0
        coming = _in_order(documents)
        with (
            ArrayFile(matrix, np.float32, embedder.dim) as rows,
            ArrayFile(new / "vectors" / "hubs.npy", np.float32) as hubs,
            ArrayFile(new / MASKS, np.uint64) as masks,
        ):
            while batch := list(islice(coming, BATCH)):
                digests = np.array([np.frombuffer(one.digest(), np.uint8) for one in batch])
                shelf.add(batch, digests)
                said = [{part: one.words(part) for part in PARTS} for one in batch]
                letters.add(said)
                named = (one for one in batch if one.kind in NAMED)
                masks.append(Masks.of(name for one in named for name in one.names()).marks)
                for document, parts in zip(batch, said, strict=True):
                    lexical.add(document, parts)
                made = np.zeros((len(batch), embedder.dim), dtype=np.float32)
                known = kept.fill(made, digests)
                fresh = [one for one, old in zip(batch, known.tolist(), strict=True) if not old]
                made[~known] = vectors.compose(fresh, embedder, words)
                rows.append(made)
                hubs.append(vectors.hubness(made, asked))
                encoded += len(fresh)
                count += len(batch)
        for part in (shelf, lexical, letters):
            part.finish()
            heap.give_back()
        sorted_marks(new / MASKS)
        del kept
        shutil.rmtree(new / "kept")
        measured = _floors(new, embedder, topics)
        heap.give_back()
        looked = 0
        if count > vectors.EXACT and clusters.clusters_possible():
            _halve(matrix)
            looked = clusters.build_clusters(matrix, asked, new / "vectors" / vectors.CLUSTERS)
        about = {"documents": count, **makers, "floors": asdict(measured), "clusters": looked}
        folder.seal(new, about)
    _log.info("search: %d documents, %d of them encoded", count, encoded)
    return encoded


def _floors(new: Path, embedder: Embedder, topics: Mapping[str, Topic]) -> floors.Floors:
    """The floors of closeness, measured on some of the documents just written."""
    shelf = Shelf(new / "shelf")
    chosen = shelf.some_of_kinds(DEFAULT_KINDS, floors.SAMPLE)
    sample = [shelf.document(row) for row in chosen.tolist()]
    matrix = rows_of(new / "vectors" / vectors.MATRIX, chosen)
    return floors.measured(sample, matrix, embedder, topics)


def _halve(matrix: Path) -> None:
    """Keeps the vectors of a file as half numbers: clusters choose, these only put in order."""
    half = matrix.with_suffix(".tmp")
    dim = np.load(matrix, mmap_mode="r").shape[1]
    with ArrayFile(half, np.float16, dim) as file:
        for _, piece in in_pieces(matrix, vectors.PIECE):
            file.append(piece)
    half.replace(matrix)
