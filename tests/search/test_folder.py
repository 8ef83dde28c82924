"""The index on disk: whole or not at all, checked when opened; what changed is encoded again."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.search import build as building
from graph.search.documents import Document
from graph.search.embed import Embedder, Kind, Matrix
from graph.search.hybrid import Search
from ontology.errors import ModelError
from ontology.loading import load_model


class Counting:
    """The bundled model, counting the passages it encodes."""

    def __init__(self, inner: Embedder, name: str = "") -> None:
        self.inner, self.dim, self.name = inner, inner.dim, name or inner.name
        self.passages: list[str] = []

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Matrix:
        if kind == "passage":
            self.passages += texts
        return self.inner.encode(texts, kind=kind)

    def knows(self, word: str) -> bool:
        return self.inner.knows(word)


@pytest.fixture
def few(city_documents: list[Document]) -> list[Document]:
    return city_documents[::20]


@pytest.fixture
def index(few: list[Document], bundled: Embedder, tmp_path: Path) -> Path:
    Search.build(few, tmp_path / "index", bundled)
    return tmp_path / "index"


def every_file(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".lock"]


def test_an_index_opens_as_it_was_built(
    index: Path, bundled: Embedder, few: list[Document]
) -> None:
    assert len(Search.open(index, bundled)) == len(few)


def test_a_missing_index_says_what_to_do(bundled: Embedder, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="resurse ingest"):
        Search.open(tmp_path / "nothing", bundled)


@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "flipped"])
def test_any_harmed_file_is_noticed(
    index: Path, bundled: Embedder, tmp_path: Path, harm: str
) -> None:
    for path in every_file(index):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(index, copy)
        target = copy / path.relative_to(index)
        content = bytearray(target.read_bytes())
        if harm == "missing":
            target.unlink()
        elif harm == "empty":
            target.write_bytes(b"")
        elif harm == "cut":
            target.write_bytes(content[: len(content) // 2])
        else:
            content[len(content) // 2] ^= 0x55
            target.write_bytes(content)
        if target.name == "index.json" and harm == "flipped":
            continue  # a flipped digit of a floor is still a number
        with pytest.raises(ModelError, match="search index"):
            Search.open(copy, bundled)


def test_an_older_format_is_refused(index: Path, bundled: Embedder) -> None:
    path = index / "index.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps({**about, "format": 0}))
    with pytest.raises(ModelError, match="format 0"):
        Search.open(index, bundled)


def test_an_index_of_another_model_is_refused(index: Path, bundled: Embedder) -> None:
    with pytest.raises(ModelError, match="is of the model static:"):
        Search.open(index, Counting(bundled, name="another"))


def test_an_index_of_other_dimensions_is_refused(index: Path, bundled: Embedder) -> None:
    other = Counting(bundled)
    other.dim = 64
    with pytest.raises(ModelError, match="dimensions"):
        Search.open(index, other)


def test_a_build_that_fails_leaves_the_old_index(
    index: Path, bundled: Embedder, few: list[Document]
) -> None:
    broken = replace(few[0], activities={"ro": 1})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        Search.build([broken, *few], index, bundled)
    assert len(Search.open(index, bundled)) == len(few)
    assert [path.name for path in index.parent.iterdir()] == ["index"]


def test_only_what_changed_is_encoded_again(
    index: Path, bundled: Embedder, few: list[Document]
) -> None:
    counting = Counting(bundled)
    topics = load_model().topics
    changed = [replace(few[0], activities={"ro": "Patinaj pe gheață"}), *few[2:]]
    before = Search.open(index, bundled)
    assert building.build(changed, index, counting, topics, previous=index) == 1
    assert "patinaj pe gheata" in counting.passages
    after = Search.open(index, bundled)
    assert len(after) == len(few) - 1
    assert (after.vector(few[5].id) == before.vector(few[5].id)).all()
    assert after.query("patinaj pe gheață").hits[0].id == few[0].id


def test_another_model_encodes_everything_again(
    index: Path, bundled: Embedder, few: list[Document], tmp_path: Path
) -> None:
    counting = Counting(bundled, name="another")
    made = building.build(few, tmp_path / "new", counting, load_model().topics, previous=index)
    assert made == len(few)


def test_a_damaged_index_before_is_no_hindrance(
    index: Path, bundled: Embedder, few: list[Document]
) -> None:
    (index / "vectors" / "matrix.npy").write_bytes(b"")
    assert building.build(few, index, bundled, load_model().topics, previous=index) == len(few)
    assert len(Search.open(index, bundled)) == len(few)


def _told(search: Search, text: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in search.query(text, first=1_000).hits]


def test_the_same_documents_give_the_same_answers(
    index: Path, bundled: Embedder, few: list[Document], tmp_path: Path
) -> None:
    again = Search.build(list(reversed(few)), tmp_path / "again", bundled)
    first = Search.open(index, bundled)
    for text in ("cultură", "tineri", "open data", "primăria"):
        assert _told(again, text) == _told(first, text)
