"""Vectors: exact while that is fast, clusters above, nothing lost under a narrow choice."""

from pathlib import Path

import numpy as np
import pytest

from graph.search.clusters import build_clusters
from graph.search.documents import Document
from graph.search.embed import Embedder, unit
from graph.search.vectors import Vectors, compose, hubness, largest

COUNT, DIM = 20_000, 64


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    """Synthetic vectors around 200 centres, as documents lie around topics."""
    draw = np.random.default_rng(3)
    centres = draw.normal(size=(200, DIM))
    noise = draw.normal(size=(COUNT, DIM))
    return unit(centres[draw.integers(0, 200, COUNT)] + 0.8 * noise)


def stored(folder: Path, matrix: np.ndarray, clusters: bool) -> Vectors:
    np.save(folder / "matrix.npy", matrix)
    np.save(folder / "hubs.npy", np.zeros(len(matrix), dtype=np.float32))
    path = folder / "matrix.npy"
    looked = build_clusters(path, asked(matrix), folder / "clusters.faiss") if clusters else 0
    return Vectors(folder, looked)


@pytest.fixture(scope="module")
def exact(matrix: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    return stored(tmp_path_factory.mktemp("exact"), matrix, clusters=False)


@pytest.fixture(scope="module")
def clustered(matrix: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    return stored(tmp_path_factory.mktemp("clustered"), matrix, clusters=True)


def asked(matrix: np.ndarray) -> np.ndarray:
    draw = np.random.default_rng(4)
    chosen = matrix[draw.integers(0, len(matrix), 100)]
    return unit(chosen + 0.3 * draw.normal(size=chosen.shape) / np.sqrt(DIM))


def test_exact_search_is_the_matrix_product(exact: Vectors, matrix: np.ndarray) -> None:
    query = asked(matrix)[0]
    rows, cosines = exact.nearest(query, 10)
    assert rows.tolist() == np.argsort(-(matrix @ query), kind="stable")[:10].tolist()
    assert np.allclose(cosines, (matrix @ query)[rows], atol=1e-5)


def recalled(
    exact: Vectors, clustered: Vectors, matrix: np.ndarray, among: np.ndarray | None
) -> float:
    shares = []
    for query in asked(matrix):
        right = set(exact.nearest(query, 10, among)[0].tolist())
        shares.append(len(right & set(clustered.nearest(query, 10, among)[0].tolist())) / 10)
    return float(np.mean(shares))


def test_clusters_find_nearly_all_of_the_ten_nearest(
    exact: Vectors, clustered: Vectors, matrix: np.ndarray
) -> None:
    assert not clustered.exact
    assert recalled(exact, clustered, matrix, None) >= 0.95


def test_lists_written_group_by_group_are_those_that_faiss_writes_at_once(
    matrix: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, though no more than a group of the vectors is in memory."""
    monkeypatch.setattr("graph.search.clusters.GROUP", 3_000)
    monkeypatch.setattr("graph.search.clusters.SHARD", 1_700)
    stored(tmp_path, matrix, clusters=True)
    faiss = pytest.importorskip("faiss")
    whole = faiss.read_index(str(tmp_path / "clusters.faiss"))
    assert whole.ntotal == COUNT
    whole.reset()
    whole.add(matrix)
    faiss.write_index(whole, str(tmp_path / "whole.faiss"))
    made, expected = (tmp_path / f"{name}.faiss" for name in ("clusters", "whole"))
    assert made.read_bytes() == expected.read_bytes()
    assert not list(tmp_path.glob("clusters-*"))


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.3])
def test_a_narrow_choice_loses_nothing(
    exact: Vectors, clustered: Vectors, matrix: np.ndarray, share: float
) -> None:
    draw = np.random.default_rng(5)
    among = np.sort(draw.permutation(COUNT)[: int(share * COUNT)]).astype(np.int64)
    assert recalled(exact, clustered, matrix, among) >= 0.95
    assert set(clustered.nearest(asked(matrix)[0], 10, among)[0].tolist()) <= set(among.tolist())


def test_a_wide_choice_is_marked_in_the_index(
    exact: Vectors, clustered: Vectors, matrix: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.search.vectors.EXACT", 10)
    among = np.arange(0, COUNT, 2, dtype=np.int64)
    assert recalled(exact, clustered, matrix, among) >= 0.95


def test_hubs_are_close_to_every_probe() -> None:
    draw = np.random.default_rng(6)
    probes = unit(draw.normal(size=(50, DIM)) + 1)
    hub, lone = unit(probes.mean(axis=0)[None]), unit(-probes[:1])
    hubs = hubness(np.vstack([hub, lone]), probes)
    assert hubs[0] > 0.5 > hubs[1]


@pytest.mark.parametrize("first", [1, 3, 9, 20])
def test_the_largest_are_in_order_and_equals_keep_theirs(first: int) -> None:
    values = np.array([1, 5, 3, 5, 2, 5, 0, 3, 1], dtype=np.float32)
    assert largest(values, first).tolist() == [1, 3, 5, 2, 7, 4, 0, 8, 6][:first]


def test_documents_are_sums_of_their_parts(bundled: Embedder) -> None:
    documents = [
        Document("a", "ORGANISATION", {"ro": "Club de dans"}, activities={"en": "Dance lessons"}),
        Document("b", "ORGANISATION", {"ro": "Club de șah"}),
        Document("c", "ORGANISATION", {"ro": ""}),
    ]
    made = compose(documents, bundled, {})
    assert np.allclose(np.linalg.norm(made, axis=1), [1, 1, 0], atol=1e-5)
    query = bundled.encode(["dance"], kind="query")[0]
    assert made[0] @ query > made[1] @ query


def test_no_documents_make_no_vectors(bundled: Embedder) -> None:
    assert compose([], bundled, {}).shape == (0, bundled.dim)
