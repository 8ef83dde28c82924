"""The embedded store: what survives, what is seen meanwhile, and folders that cannot be used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.store import Iri, Literal, Store, Triple, open_store
from ontology.errors import StoreError, StoreLockedError
from ontology.vocab import Base

BASE = Base()
GRAPH = BASE.source_graph("synthetic", "1")
P = Iri("http://example.org/p")
ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from graph.store import Iri, Literal, Triple, open_store
from ontology.vocab import Base
base = Base()
store = open_store(sys.argv[1], base=base)
graph = base.source_graph("synthetic", "1")
size = int(sys.argv[2])
for batch in range(1_000_000):
    store.add(graph, [
        Triple(Iri(base.thing(f"org/{batch}-{i}")), Iri("http://example.org/p"), Literal("x"))
        for i in range(size)
    ])
    print(batch + 1, flush=True)
"""

HOLDER = """
import sys
from graph.store import open_store
from ontology.vocab import Base
store = open_store(sys.argv[1], base=Base())
print("ready", flush=True)
sys.stdin.read()
"""


def names(number: int, prefix: str = "o") -> list[Triple]:
    return [Triple(Iri(BASE.thing(f"org/{prefix}{i}")), P, Literal(str(i))) for i in range(number)]


def python(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.parametrize("size", [500, 5_000])
def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path, size: int) -> None:
    """Small batches go in by a transaction, large ones by a bulk load: both stay whole."""
    process = python(WRITER, str(tmp_path / "store"), str(size))
    assert process.stdout is not None
    acknowledged = 0
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged == 7:
            os.kill(process.pid, signal.SIGKILL)
            break
    acknowledged = max([acknowledged, *(int(line) for line in process.stdout if line.strip())])
    process.wait()
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        kept = store.count(GRAPH)
    assert kept >= acknowledged * size
    assert kept % size == 0


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(10))
        before = list(store.dump())
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        assert list(store.dump()) == before


@pytest.fixture
def tired(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch is much."""
    monkeypatch.setattr("graph.store.folder.MUCH", 1)


@pytest.mark.usefixtures("tired")
def test_a_store_that_rested_is_the_same(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(5_000))
        before = list(store.dump())
        store.rest()
        assert list(store.dump()) == before
        store.add(GRAPH, names(1, "later"))
        assert store.count(GRAPH) == 5_001
        with pytest.raises(StoreLockedError):
            open_store(str(tmp_path / "store"), base=BASE)


def test_a_store_that_rests_wholly_is_closed_until_somebody_asks(tmp_path: Path) -> None:
    """However little was written; the folder stays its own."""
    folder = tmp_path / "store"
    with open_store(str(folder), base=BASE) as store:
        store.add(GRAPH, names(10))
        store.rest(wholly=True)
        ox.Store(str(folder)).flush()  # raises while the engine has the folder open
        with pytest.raises(StoreLockedError):
            open_store(str(folder), base=BASE)
        assert store.count(GRAPH) == 10


@pytest.mark.usefixtures("tired")
def test_nobody_takes_the_folder_while_the_store_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took it would sweep away the graph that is being filled."""
    tried: list[str] = []

    def knock() -> None:
        other = python(HOLDER, str(tmp_path / "store"))
        tried.append(other.communicate("")[0])

    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(10))
        monkeypatch.setattr("graph.store.folder.heap.give_back", knock)
        store.rest()
        assert tried == [""]
        assert store.count(GRAPH) == 10


@pytest.mark.usefixtures("tired")
def test_a_store_that_could_not_open_its_folder_again_tries_when_next_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server keeps its store: it must not need a new start because a disk was full once."""
    monkeypatch.setattr("graph.store.folder.PATIENCE", 0.1)
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(5_000))
        reader = store.match(graph=GRAPH)
        next(reader)
        with pytest.raises(StoreLockedError):
            store.rest()
        del reader
        assert store.count(GRAPH) == 5_000


@pytest.mark.usefixtures("tired")
def test_threads_read_while_the_store_rests(tmp_path: Path) -> None:
    failed: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert store.count(GRAPH) == 10
            except BaseException as error:
                failed.append(error)
                raise

    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(10))
        reader = threading.Thread(target=read)
        reader.start()
        for part in range(20):
            store.add(BASE.source_graph("synthetic", "2"), names(10, str(part)))
            store.rest()
        done.set()
        reader.join()
    assert failed == []


@pytest.mark.usefixtures("tired")
def test_a_store_rests_when_the_last_reader_has_done(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), base=BASE) as store:
        store.add(GRAPH, names(5_000))
        reader = store.match(graph=GRAPH)
        found = [next(reader)]
        resting = threading.Thread(target=store.rest)
        resting.start()
        found += reader
        resting.join()
        assert len(set(found)) == store.count(GRAPH) == 5_000


def test_a_reader_sees_one_moment_while_another_thread_writes(folder_store: Store) -> None:
    folder_store.add(GRAPH, names(5_000))
    reader = folder_store.match(graph=GRAPH)
    first = next(reader)
    folder_store.drop(GRAPH)
    assert folder_store.count(GRAPH) == 0
    assert len({first, *reader}) == 5_000


def test_threads_write_and_read_at_once(folder_store: Store) -> None:
    """The engine alone can hang when two threads flush at once."""
    seen: list[int] = []

    def write(name: str) -> None:
        for part in range(5):
            folder_store.add(GRAPH, names(100, f"{name}{part}-"))

    def read() -> None:
        for _ in range(20):
            seen.append(folder_store.count(GRAPH))

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    threads.append(threading.Thread(target=read))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert folder_store.count(GRAPH) == 1_000
    assert all(number % 100 == 0 for number in seen)
    assert seen == sorted(seen)


def test_a_folder_that_another_process_holds(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    process = python(HOLDER, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with pytest.raises(StoreLockedError) as caught:
        open_store(folder, base=BASE)
    assert folder in caught.value.message("en")
    assert "another process holds" in caught.value.message("en")
    assert "resurse serve" in caught.value.message("ro")
    process.communicate()
    open_store(folder, base=BASE).close()


def test_a_damaged_folder(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(str(folder), base=BASE) as store:
        store.add(GRAPH, names(5_000))
    (folder / "CURRENT").write_bytes(b"garbage")
    with pytest.raises(StoreError) as caught:
        open_store(str(folder), base=BASE)
    assert "damaged" in caught.value.message("en")
    assert "resurse restore" in caught.value.message("en")


def test_damage_found_only_while_reading(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(str(folder), base=BASE) as store:
        store.add(GRAPH, names(50_000))
    for file in folder.glob("*.sst"):
        body = file.read_bytes()
        file.write_bytes(body[:64] + bytes(len(body) - 164) + body[-100:])
    with pytest.raises(StoreError), open_store(str(folder), base=BASE) as store:
        list(store.match(graph=GRAPH))


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a store")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="no store can be kept here"):
            open_store(str(place), base=BASE)


def test_a_store_that_was_closed_says_so(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"), base=BASE)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.graphs()


def test_many_readers_of_a_copy_that_nobody_writes(folder_store: Store, tmp_path: Path) -> None:
    folder_store.add(GRAPH, names(10))
    folder_store.backup(tmp_path / "copy")
    folder_store.drop(GRAPH)
    copies = [open_store(str(tmp_path / "copy"), base=BASE, read_only=True) for _ in range(3)]
    assert [copy.count(GRAPH) for copy in copies] == [10, 10, 10]
    with pytest.raises(StoreError):
        copies[0].add(GRAPH, names(1))
    for copy in copies:
        copy.close()
