"""A kill at any moment leaves the old version or the new one, whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.wiring import Installation
from graph.store.versions import Version, Versions

WORK = """
import sys
from datetime import date
from pathlib import Path
from api.settings import Settings
from api.wiring import Installation
from ingest.declaration import load_source
made = Installation(Settings(home=Path(sys.argv[1])))
made.store
print("ready", flush=True)
made.ingest([load_source(Path(sys.argv[2]))], today=date(2026, 11, 25))
made.close()
print("done", flush=True)
"""


def _state(home: Path) -> tuple[frozenset[str], int]:
    """Names on the map and statements of the current graph, read by a fresh process's eyes."""
    made = Installation(Settings(home=home))
    try:
        store = made.store
        made.refresh()
        current = store.current()
        names = frozenset(r.label() for r in made.snapshot.catalogue.scan(("ORGANISATION",)))
        left = [g for g in store.graphs() if "/source/" in g]
        assert len(left) <= 2, "a half-written graph stayed"
        return names, sum(store.count(g) for g in current)
    finally:
        made.close()


def _rows(word: str) -> list[str]:
    return [f"r{i},Asociația {word} {i},association,,,Timișoara,youth,,\n" for i in range(40)]


@pytest.mark.soak
@pytest.mark.parametrize("trials", [60])
def test_a_kill_at_random_moments(desk: Any, tmp_path: Path, trials: int) -> None:
    _trial(desk, tmp_path, trials)


def test_a_kill_at_a_few_moments(desk: Any, tmp_path: Path) -> None:
    """The short form that runs each time; `make soak` runs it at 60 moments."""
    _trial(desk, tmp_path, 6)


def _trial(desk: Any, tmp_path: Path, trials: int) -> None:
    desk.write(*_rows("Veche"))
    desk.run()
    home = desk.installation.home.folder
    desk.installation.close()
    old = _state(home)
    desk.write(*_rows("Nouă"))
    script = tmp_path / "work.py"
    script.write_text(WORK, encoding="utf-8")
    whole = tmp_path / "whole"
    shutil.copytree(home, whole)
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, str(script), str(whole), str(desk.folder)], check=True, capture_output=True
    )
    lasts = time.monotonic() - begun
    new = _state(whole)
    assert old[0] != new[0]
    chance = random.Random(20261125)
    for number in range(trials):
        copy = tmp_path / f"trial-{number}"
        shutil.copytree(home, copy)
        process = subprocess.Popen(
            [sys.executable, str(script), str(copy), str(desk.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * lasts * 0.6)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert _state(copy) in (old, new)
        shutil.rmtree(copy)


class _Killed(BaseException):
    """Nothing that the program itself would catch."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_ends_beside_the_switch_tells_its_refused_rows_and_counts(
    desk: Any, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Whatever the moment, the next run tells all that there is to tell of the version held."""
    desk.write("a1,Asociația Bună,association,,,Timișoara,youth,,\n", "a2,Rea,strange,,,,youth,,\n")
    switch = Versions.make_current

    def killed(self: Versions, version: Version) -> Version:
        if when == "after":
            switch(self, version)
        raise _Killed

    with monkeypatch.context() as patch:
        patch.setattr(Versions, "make_current", killed)
        with pytest.raises(_Killed):
            desk.run()
    outcome = desk.run()
    assert outcome.result == ("updated" if when == "before" else "unchanged")
    assert (outcome.counts.read, outcome.counts.rejected) == (2, 1)
    assert "a2,Rea" in outcome.rejects.read_text(encoding="utf-8")


INDEXING = """
import sys, time
from datetime import date
from pathlib import Path
import graph.search.build
from api.settings import Settings
from api.wiring import Installation
from ingest.declaration import load_source

def stay(*_):
    print("indexing", flush=True)
    time.sleep(600)

graph.search.build._floors = stay
made = Installation(Settings(home=Path(sys.argv[1])))
made.ingest([load_source(Path(sys.argv[2]))], today=date(2026, 11, 25))
"""


def test_a_kill_while_the_search_index_is_built_leaves_nothing_behind(
    desk: Any, tmp_path: Path
) -> None:
    """Nothing in the system's temporary folder; what lies in the home goes at the next start."""
    desk.write(*_rows("Veche"))
    home = desk.installation.home.folder
    desk.installation.close()
    script, temporary = tmp_path / "work.py", tmp_path / "temporary"
    script.write_text(INDEXING, encoding="utf-8")
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(script), str(home), str(desk.folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"indexing\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert list(temporary.iterdir()) == []
    snapshots = home / "snapshots"
    assert len(list(snapshots.glob(".building-*"))) == 1
    names, statements = _state(home)
    assert "Asociația Veche 7" in names
    assert statements > 0
    assert not list(snapshots.glob(".*"))


CITY = """
import sys
from datetime import date
from pathlib import Path
from api.settings import Settings
from api.wiring import Installation
made = Installation(Settings(home=Path(sys.argv[1])))
made.store
print("ready", flush=True)
made.ingest(made.chosen(()), today=date(2026, 11, 25))
made.close()
"""


def _statements(home: Path) -> dict[str, int]:
    """Every graph of a source with the number of its statements."""
    made = Installation(Settings(home=home))
    try:
        return {
            graph: made.store.count(graph) for graph in made.store.graphs() if "/source/" in graph
        }
    finally:
        made.close()


@pytest.mark.soak
def test_a_kill_while_the_whole_city_comes_in(city_home: Path, tmp_path: Path) -> None:
    """Whatever is there is whole; the next run brings the rest."""
    whole = tmp_path / "whole"
    shutil.copytree(city_home, whole)
    final = _statements(whole)
    script = tmp_path / "city.py"
    script.write_text(CITY, encoding="utf-8")
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, str(script), str(tmp_path / "timed")], check=True, capture_output=True
    )
    lasts = time.monotonic() - begun
    chance = random.Random(20261126)
    for number in range(50):
        home = tmp_path / f"city-{number}"
        process = subprocess.Popen(
            [sys.executable, str(script), str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * lasts)
        process.kill()
        process.wait()
        process.stdout.close()
        assert _statements(home).items() <= final.items()
        subprocess.run([sys.executable, str(script), str(home)], check=True, capture_output=True)
        assert _statements(home) == final
        shutil.rmtree(home)
