"""What is made of many documents waits in files: arrays, lists of rows, ids; few are in memory."""

import gc
import tracemalloc
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.wiring import Installation
from graph.catalogue.sqlite import SqliteCatalogue
from graph.search.arrays import ArrayFile, in_pieces, mapped
from graph.search.documents import Document
from graph.search.embed import Embedder
from graph.search.hybrid import Search
from graph.search.ids import Ids, IdsWriter, marks
from graph.search.parting import sorted_marks
from graph.search.postings import Postings, PostingsWriter
from graph.search.reading import documents, documents_of
from graph.search.text import LANGS, stem
from graph.search.vocabulary import VocabularyWriter


def test_an_array_grows_piece_by_piece_and_is_read_so(tmp_path: Path) -> None:
    rows = np.arange(30, dtype=np.float32).reshape(10, 3)
    with ArrayFile(tmp_path / "a.npy", np.float32, 3) as file:
        for start in range(0, 10, 4):
            file.append(rows[start : start + 4])
    assert (mapped(tmp_path / "a.npy") == rows).all()
    assert (np.load(tmp_path / "a.npy") == rows).all()
    assert [start for start, _ in in_pieces(tmp_path / "a.npy", 4)] == [0, 4, 8]
    assert (np.concatenate([one for _, one in in_pieces(tmp_path / "a.npy", 4)]) == rows).all()


def test_an_array_of_nothing_is_read_as_nothing(tmp_path: Path) -> None:
    with ArrayFile(tmp_path / "a.npy", np.float32, 3):
        pass
    assert mapped(tmp_path / "a.npy").shape == (0, 3)
    assert list(in_pieces(tmp_path / "a.npy", 4)) == []


ENTRIES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 99), st.floats(0, 9, width=32)))


@settings(max_examples=40, deadline=None)
@given(entries=ENTRIES, piece=st.sampled_from([1, 3, 1000]))
def test_lists_hold_their_entries_in_the_order_they_came(
    entries: list[tuple[int, int, float]], piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whether all fits into memory at once or is sorted piece by piece in files."""
    folder = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.search.postings.PIECE", piece)
        writer = PostingsWriter(folder, valued=True)
        for number, row, value in entries:
            writer.add(np.array([number]), np.array([row]), np.array([value]))
        writer.finish(9, lambda rows, values: values + rows)
    lists = Postings(folder)
    for number in range(9):
        expected = [(row, np.float32(value) + row) for key, row, value in entries if key == number]
        found = zip(lists.rows(number).tolist(), lists.values(number).tolist(), strict=True)
        assert list(found) == [(row, pytest.approx(value)) for row, value in expected]
    assert {path.name for path in folder.iterdir()} == {"starts.npy", "rows.npy", "values.npy"}


@settings(max_examples=40, deadline=None)
@given(
    marked=st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3)),
    piece=st.sampled_from([1, 3, 1000]),
)
def test_marks_are_sorted_piece_by_piece(
    marked: list[int], piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("marks")
    for name in ("all", "once"):
        with ArrayFile(folder / f"{name}.npy", np.uint64) as file:
            file.append(np.array(marked, dtype=np.uint64))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.search.parting.PIECE", piece)
        sorted_marks(folder / "all.npy", folder / "order.npy")
        sorted_marks(folder / "once.npy")
    assert mapped(folder / "all.npy").tolist() == sorted(marked)
    rows = sorted(range(len(marked)), key=lambda row: (marked[row], row))
    assert mapped(folder / "order.npy").tolist() == rows
    assert mapped(folder / "once.npy").tolist() == sorted(set(marked))


@settings(max_examples=40, deadline=None)
@given(
    batches=st.lists(st.lists(st.text("abcăș", min_size=1, max_size=3))),
    near=st.sampled_from([1, 4, 1000]),
)
def test_words_keep_the_number_they_got_when_they_first_came(
    batches: list[list[str]], near: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also those that memory has forgotten meanwhile."""
    folder = tmp_path_factory.mktemp("words")
    expected: dict[str, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.catalogue.numbering.NEAR", near)
        vocabulary = VocabularyWriter(folder)
        for words in batches:
            for word in words:
                expected.setdefault(word, len(expected))
            assert vocabulary.numbers(words) == {word: expected[word] for word in words}
        vocabulary.finish()
    assert len(vocabulary) == len(expected)
    assert [word for some in vocabulary.words(2) for word in some] == list(expected)
    stems = sorted({stem(word, lang) for word in expected for lang in LANGS})
    assert (folder / "stems.txt").read_text(encoding="utf-8").split("\n") == (stems or [""])
    assert {path.name for path in folder.iterdir()} == {"vocabulary.txt", "stems.txt"}


def test_ids_and_rows_find_each_other(tmp_path: Path) -> None:
    said = [f"org/ș-{number}" for number in range(1000)]
    writer = IdsWriter(tmp_path)
    writer.add(said[:400])
    writer.add(said[400:])
    writer.finish()
    ids = Ids(tmp_path)
    assert list(ids) == said
    assert [ids.row(one) for one in (said[0], said[999], "org/nothing", "")] == [0, 999, None, None]
    assert ids.of_marks(marks([said[7], "org/nothing"])).tolist() == [7, -1]


def many(count: int, alive: list[weakref.ref[Document]], most: list[int]) -> Iterator[Document]:
    """Made-up documents; counts how many of them are held at once."""
    for number in range(count):
        one = Document(f"org/{number:05}", "ORGANISATION", {"ro": f"Club de dans {number}"})
        alive.append(weakref.ref(one))
        if number % 50 == 0:
            gc.collect()
            most.append(sum(one() is not None for one in alive))
        yield one


def test_a_build_holds_few_documents_at_a_time(
    bundled: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.search.build.BATCH", 50)
    alive: list[weakref.ref[Document]] = []
    most: list[int] = []
    made = Search.build(many(600, alive, most), tmp_path / "index", bundled)
    assert len(made) == 600
    assert max(most) <= 150
    assert made.query("dans 321", first=1).hits[0].id == "org/00321"


def index_of(documents: Iterable[Document], folder: Path, embedder: Embedder) -> dict[str, bytes]:
    """The bytes of what is written of words, letters, ids and links, by file."""
    Search.write(documents, folder, embedder)
    parts = ("chars", "shelf", "vectors")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for part in parts
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def test_what_is_sorted_in_pieces_is_what_is_sorted_at_once(
    bundled: Embedder,
    city_documents: list[Document],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = index_of(city_documents, tmp_path / "whole", bundled)
    for name in ("postings", "parting", "letters"):
        monkeypatch.setattr(f"graph.search.{name}.PIECE", 500)
    monkeypatch.setattr("graph.catalogue.numbering.NEAR", 100)
    pieces = index_of(city_documents, tmp_path / "pieces", bundled)
    norms = [np.frombuffer(one.pop("chars/norms.npy")[128:], np.float32) for one in (whole, pieces)]
    assert pieces == whole
    assert np.allclose(*norms, rtol=1e-6)


def different(count: int) -> Iterator[Document]:
    """Made-up documents, each with words of its own."""
    for number in range(count):
        name = {"ro": f"Club nr{number:06} q{number * 7919 % 1_000_003}"}
        yield Document(f"org/{number:06}", "ORGANISATION", name)


def test_memory_grows_neither_with_documents_nor_with_words(
    bundled: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python and numpy hold at the most, with pieces small enough to tell."""
    small = {"build.BATCH": 32, "letters._WORDS_AT_ONCE": 100}
    small |= {f"{name}.PIECE": 2_000 for name in ("postings", "parting", "letters")}
    for name, size in small.items():
        monkeypatch.setattr(f"graph.search.{name}", size)
    monkeypatch.setattr("graph.catalogue.numbering.NEAR", 100)
    monkeypatch.setattr("graph.search.shelf._DRAWN_FROM", 100)
    monkeypatch.setattr("graph.search.floors.SAMPLE", 50)
    Search.write(different(1_500), tmp_path / "first", bundled)  # fills the memories of stems
    peaks = []
    for count in (500, 1_500):
        gc.collect()
        tracemalloc.start()
        Search.write(different(count), tmp_path / str(count), bundled)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_documents_that_come_out_of_order_are_refused(bundled: Embedder, tmp_path: Path) -> None:
    apart = (Document(id_, "ORGANISATION", {"ro": "Club"}) for id_ in ("org/b", "org/a"))
    with pytest.raises(ValueError, match="org/a after org/b"):
        Search.build(apart, tmp_path / "index", bundled)
    assert not (tmp_path / "index").exists()


def test_a_catalogue_is_read_into_the_same_documents_as_its_records(
    installation: Installation,
) -> None:
    catalogue = installation.snapshot.catalogue
    assert isinstance(catalogue, SqliteCatalogue)
    parts = [one for name in ("Membership", "Involvement") for one in catalogue.scan_type(name)]
    whole = documents_of([*catalogue.scan(), *parts])
    streamed = list(documents(catalogue))
    assert [one.id for one in streamed] == [one.id for one in whole]
    assert {one.id: one.digest() for one in streamed} == {one.id: one.digest() for one in whole}
