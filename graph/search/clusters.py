"""Above the size where every vector is compared: faiss clusters them, and a query looks into a few.

The clusters (IVF, one byte a number) lie in mapped files; what they put forward is compared again
with the vectors themselves.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.search.arrays import in_pieces
from graph.search.embed import Matrix

RECALL: Final = 0.98
"""What the clusters must find of the ten nearest, measured when they are made."""
PER_CLUSTER: Final = 40
"""How many vectors of each cluster are looked at to find its middle."""
SHARD: Final = 20_000
"""How many vectors are looked at at a time."""
FORWARD: Final = 2
"""How many times what is asked for the clusters put forward."""

_SEED: Final = 2023
_SAMPLE: Final = 100
_log = logging.getLogger(__name__)

Rows = NDArray[np.int64]


def clusters_possible() -> bool:
    """True when faiss is installed (extra `scale`)."""
    return find_spec("faiss") is not None


def clusters_usable(looked: int) -> bool:
    """True when an index has clusters to look into, and faiss is here to do it."""
    if looked and not clusters_possible():
        _log.warning("faiss is not installed: every one of the vectors is compared, slowly")
    return bool(looked) and clusters_possible()


def _faiss() -> Any:
    """The library, imported when it is needed: it takes a quarter of a second."""
    import faiss

    return faiss


def build_clusters(matrix: Path, asked: Matrix, path: Path) -> int:
    """Clusters the vectors of a file into another; gives how many clusters to look into.

    The number is doubled until the ten nearest of a sample (of the vectors, and of `asked`, (n,
    dim): texts of the kind people ask with) are found to RECALL. Holds one byte a number.
    """
    faiss = _faiss()
    total, dim = np.load(matrix, mmap_mode="r").shape
    count = max(1, int(4 * math.sqrt(total)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim), dim, count, faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )  # fmt: skip
    index.cp.seed = _SEED
    draw = np.random.default_rng(_SEED)
    index.train(_chosen(matrix, np.sort(draw.permutation(total)[: count * PER_CLUSTER])))
    for _, shard in _shards(matrix):
        index.add(shard)
    faiss.write_index(index, str(path))
    del index
    sample = _chosen(matrix, np.sort(draw.permutation(total)[:_SAMPLE]))
    sample = np.concatenate([sample, asked[draw.permutation(len(asked))[:_SAMPLE]]])
    exact = _exact(matrix, sample)
    made = _opened(path)
    looked = 4
    while looked < count and _recall(made, sample, exact, looked) < RECALL:
        looked *= 2
    return min(looked, count)


def _chosen(matrix: Path, rows: Rows) -> Matrix:
    """Some rows of a file, in order (n, dim)."""
    found = [
        piece[rows[(rows >= start) & (rows < start + len(piece))] - start]
        for start, piece in in_pieces(matrix, SHARD)
    ]
    return np.concatenate(found).astype(np.float32)


def _shards(matrix: Path) -> Iterator[tuple[int, Matrix]]:
    for start, piece in in_pieces(matrix, SHARD):
        yield start, piece.astype(np.float32, copy=False)


def _opened(path: Path) -> Any:
    """The index of a file; its lists stay in the file, mapped."""
    faiss = _faiss()
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP)


def _exact(matrix: Path, sample: Matrix) -> Rows:
    """The ten nearest rows of each sample, every vector compared (n, 10)."""
    rows = np.empty((len(sample), 0), dtype=np.int64)
    best = np.empty((len(sample), 0), dtype=np.float32)
    for start, shard in _shards(matrix):
        cosines = np.concatenate([best, sample @ shard.T], axis=1)
        every = np.broadcast_to(np.arange(start, start + len(shard)), (len(sample), len(shard)))
        rows = np.concatenate([rows, every], axis=1)
        kept = np.argpartition(-cosines, min(9, cosines.shape[1] - 1), axis=1)[:, :10]
        best, rows = (np.take_along_axis(one, kept, axis=1) for one in (cosines, rows))
    return rows


def _recall(index: Any, sample: Matrix, exact: Rows, looked: int) -> float:
    index.nprobe = looked
    _, near = index.search(sample, 10 * FORWARD)
    pairs = zip(exact.tolist(), near.tolist(), strict=True)
    return sum(len(set(one) & set(other)) for one, other in pairs) / exact.size


class Clusters:
    """The clusters of a file, open for reading by any number of threads."""

    def __init__(self, path: Path, looked: int) -> None:
        self._index = _opened(path)
        self._looked = looked

    def nearest(self, vector: Matrix, first: int, among: Rows | None, total: int) -> Rows:
        """Rows that are likely the closest to a unit vector, some more than `first`, in order.

        `among` keeps to some of the `total` rows.
        """
        faiss = _faiss()
        marked = chosen = None
        if among is not None:
            held = np.zeros(total, dtype=np.bool_)
            held[among] = True
            marked = np.packbits(held, bitorder="little")
            chosen = faiss.IDSelectorBitmap(total, faiss.swig_ptr(marked))
        how = faiss.SearchParametersIVF(sel=chosen, nprobe=self._looked)
        _, rows = self._index.search(vector[None], first * FORWARD, params=how)
        return np.sort(rows[0][rows[0] >= 0]).astype(np.int64)
