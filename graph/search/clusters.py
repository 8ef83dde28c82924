"""Above the size where every vector is compared: faiss clusters them, and a query looks into a few.

The clusters (IVF, one byte a number) lie in mapped files; what they put forward is compared again
with the vectors themselves.
"""

from __future__ import annotations

import logging
import math
import os
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from graph.search.arrays import in_pieces, rows_of
from graph.search.embed import Matrix
from graph.search.parting import parted, pieces_of

RECALL: Final = 0.98
"""What the clusters must find of the ten nearest, measured when they are made."""
PER_CLUSTER: Final = 40
"""How many vectors of each cluster are looked at to find its middle."""
SHARD: Final = 20_000
"""How many vectors are looked at at a time."""
COMPARED: Final = 2_000
"""How many vectors are compared with every sample at a time: a handful of MiB for each array."""
GROUP: Final = 100_000
"""How many vectors, a byte a number, are put into lists at a time."""
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
    dim): texts of the kind people ask with) are found to RECALL. Memory does not grow with the
    vectors, but with the square root of their number.
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
    with TemporaryDirectory(prefix="clusters-", dir=path.parent) as work:
        learnt = _chosen(
            matrix, _drawn(draw, total, count * PER_CLUSTER), Path(work) / "learnt.npy"
        )
        faiss.Clustering(dim, count, index.cp).train(learnt, index.quantizer)
        index.train(learnt[:: -(-len(learnt) // SHARD)])  # the bytes alone: the middles are there
        del learnt
        _write(index, matrix, path, Path(work))
    del index
    sample = rows_of(matrix, _drawn(draw, total, _SAMPLE)).astype(np.float32, copy=False)
    sample = np.concatenate([sample, asked[draw.permutation(len(asked))[:_SAMPLE]]])
    exact = _exact(matrix, sample)
    made = _opened(path)
    looked = 4
    while looked < count and _recall(made, sample, exact, looked) < RECALL:
        looked *= 2
    return min(looked, count)


def _write(index: Any, matrix: Path, path: Path, work: Path) -> None:
    """Writes a trained index with the vectors of a file; memory holds GROUP of them, a byte a number.

    What faiss itself writes holds every list in memory before: so it writes the index empty, and
    the lists follow in its own form (`write_InvertedLists`): sizes, then of each list the codes
    and the rows.
    """
    faiss = _faiss()
    waiting = work / "waiting.tmp"
    sizes = _encode(index, matrix, waiting)
    entry = _entry(index)
    group = (np.cumsum(sizes) - sizes) // GROUP  # of each list
    paths = [work / f"group-{number}.tmp" for number in range(int(group[-1]) + 1)]
    parted(pieces_of(waiting, entry, SHARD), paths, lambda some: group[some["list"]])
    waiting.unlink()
    index.ntotal = int(sizes.sum())
    faiss.write_index(index, str(path))
    head = struct.pack("<4sQQ", b"ilar", len(sizes), index.code_size)
    empty = head + struct.pack("<4sQ", b"sprs", 0)
    with path.open("r+b") as file:
        file.seek(-len(empty), os.SEEK_END)
        if file.read() != empty:
            raise RuntimeError(f"faiss {faiss.__version__} writes its lists in another form")
        file.seek(-len(empty), os.SEEK_END)
        file.write(head + struct.pack("<4sQ", b"full", len(sizes)))
        file.write(sizes.astype("<u8").tobytes())
        for one in filter(Path.exists, paths):
            held = np.fromfile(one, dtype=entry)
            held = held[np.argsort(held["list"], kind="stable")]
            starts = np.flatnonzero(np.diff(held["list"], prepend=-1))
            for some in np.split(held, starts[1:]):
                file.write(some["code"].tobytes())
                file.write(some["row"].astype("<i8").tobytes())


def _entry(index: Any) -> np.dtype[Any]:
    return np.dtype([("list", np.int32), ("row", np.int32), ("code", np.uint8, index.code_size)])


def _encode(index: Any, matrix: Path, waiting: Path) -> Rows:
    """Writes the list, the row and the code of every vector into a file; gives the lists' sizes."""
    pointer = _faiss().swig_ptr
    sizes = np.zeros(index.nlist, dtype=np.int64)
    with waiting.open("wb") as file:
        for start, shard in _shards(matrix):
            _, lists = index.quantizer.search(shard, 1)
            lists = np.ascontiguousarray(lists[:, 0])
            codes = np.empty((len(shard), index.code_size), dtype=np.uint8)
            index.encode_vectors(len(shard), pointer(shard), pointer(lists), pointer(codes))
            entries = np.empty(len(shard), dtype=_entry(index))
            entries["list"], entries["code"] = lists, codes
            entries["row"] = np.arange(start, start + len(shard))
            entries.tofile(file)
            sizes += np.bincount(lists, minlength=len(sizes))
    return sizes


def _drawn(draw: np.random.Generator, total: int, count: int) -> Rows:
    """At most `count` of `total` rows, in order: one of each equal stretch; no list of all is made."""
    if count >= total:
        return np.arange(total)
    bounds = np.arange(count + 1) * total // count
    return np.asarray(bounds[:-1] + draw.integers(np.diff(bounds)))


def _chosen(matrix: Path, rows: Rows, place: Path) -> Matrix:
    """Very many rows of a file, in order, in a file of their own, mapped (n, dim); of a few, `rows_of`."""
    shape = (len(rows), np.load(matrix, mmap_mode="r").shape[1])
    found: Matrix = open_memmap(place, "w+", np.float32, shape)
    for start, piece in in_pieces(matrix, SHARD):
        first, end = np.searchsorted(rows, (start, start + len(piece)))
        found[first:end] = piece[rows[first:end] - start]
    return found


def _shards(matrix: Path, size: int = SHARD) -> Iterator[tuple[int, Matrix]]:
    for start, piece in in_pieces(matrix, size):
        yield start, piece.astype(np.float32, copy=False)


def _opened(path: Path) -> Any:
    """The index of a file; its lists stay in the file, mapped."""
    faiss = _faiss()
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP)


def _exact(matrix: Path, sample: Matrix) -> Rows:
    """The ten nearest rows of each sample, every vector compared (n, 10)."""
    rows = np.empty((len(sample), 0), dtype=np.int64)
    best = np.empty((len(sample), 0), dtype=np.float32)
    for start, shard in _shards(matrix, COMPARED):
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
