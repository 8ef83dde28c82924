"""What is made of many documents waits in files: arrays, lists of rows, ids; few are in memory."""

import gc
import weakref
from collections.abc import Iterator
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
from graph.search.postings import Postings, PostingsWriter
from graph.search.reading import documents, documents_of


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
