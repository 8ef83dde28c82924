"""Measures ingest as one run, beside the engine's bulk load of the same quads and the csv reader.

    python -m tests.bench ingest [SIZE…] [--graph]

10^4 and 10^5 rows when no size is given; `1000000` takes half an hour on a machine of its own.
The run is the one behind `resurse ingest`: graph, the copy for public SPARQL, read model and
search index, one after the other in one process; `--graph` ends it when the graph is written.
Every part is a process of its own, so that its peak memory is its own (`watching.py` says what is
counted). On a shared machine the ratio by processor time is steadier than the one by the clock.
The peers load the very statements that the run wrote: the engine's bulk load of whole files, and
the engine alone in batches as large as ours, which shows what of the memory is the engine's. The
city is synthetic (see `synthetic_city`): half organisations, four tenths projects, a tenth calls.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import api.bringing
import api.rebuilding
from api.settings import Settings
from api.wiring import Installation
from graph.store import Store
from ingest.declaration import load_source
from ingest.source import Source
from tests.bench.synthetic_city import write_city
from tests.bench.watching import Stage, Watched, stage, watched

SIZES = (10_000, 100_000)
TODAY = date(2026, 11, 25)
AT_ONCE = 50_000
"""Statements of a batch of ours, nearly."""

MAKING = ("copy for SPARQL", "read model", "search index")
"""The stages after the graph."""

Figures = dict[str, float]


def _sources(folder: Path) -> list[Source]:
    names = ("organisations", "programmes", "calls", "projects")
    return [load_source(folder / "sources" / f"synthetic-{name}") for name in names]


def _csv(folder: Path) -> Figures:
    """Reading the tables with the csv module and nothing else."""
    rows = 0
    for source in _sources(folder):
        assert source.path is not None
        with source.path.open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.reader(file)) - 1
    return {"rows": rows}


class _Copying(Installation):
    """An installation that writes what comes into its graphs into files, too, for the peers."""

    def _open(self, *, read_only: bool = False) -> Store:
        store = super()._open(read_only=read_only)
        place = self.home.folder.parent / "filled"
        place.mkdir(exist_ok=True)
        fill = store.fill

        def both(graph: str, ntriples: str) -> None:
            with (place / f"{graph.split('/')[-2]}.nt").open("a", encoding="utf-8") as file:
                file.write(ntriples)
            fill(graph, ntriples)

        store.fill = both  # type: ignore[method-assign]
        return store


def _graph(folder: Path) -> Figures:
    """The pipeline: read, clean, name, map, validate, compare, write with provenance."""
    made = _Copying(Settings(home=folder / "home"))
    made.refresh = lambda progress=None: folder  # type: ignore[method-assign]
    return _ingest(made, folder)


def _whole(folder: Path) -> Figures:
    """The pipeline, and what is served built from it: all that `resurse ingest` does."""
    rebuilding: Any = api.rebuilding
    rebuilding.unite = _staged(MAKING[0], rebuilding.unite)
    rebuilding.build = _staged(MAKING[1], rebuilding.build)
    rebuilding.Search.write = _staged(MAKING[2], rebuilding.Search.write)
    return _ingest(_Copying(Settings(home=folder / "home")), folder)


def _staged(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def begun(*given: Any, **named: Any) -> Any:
        stage(name)
        return call(*given, **named)

    return begun


def _ingest(made: Installation, folder: Path) -> Figures:
    stage("graph")
    outcomes = made.ingest(_sources(folder), today=TODAY)
    refused = [problem.message("en") for one in outcomes for problem in one.problems[:3]]
    assert not refused, refused
    made.close()
    stage("end")
    return {"rows": sum(one.counts.accepted for one in outcomes)}


def _load(folder: Path) -> Figures:
    """The peer: the engine's own bulk load of files with the same statements."""
    stage("load")
    bare = ox.Store(str(folder / "bare"))
    for path in sorted((folder / "filled").glob("*.nt")):
        graph = ox.NamedNode(f"https://example.org/{path.stem}")
        bare.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    bare.flush()
    stage("end")
    return {"quads": len(bare)}


def _batches(folder: Path) -> Figures:
    """The engine alone, given the same statements in batches like ours."""
    stage("load")
    bare = ox.Store(str(folder / "in-batches"))
    for path in sorted((folder / "filled").glob("*.nt")):
        graph = ox.NamedNode(f"https://example.org/{path.stem}")
        with path.open("rb") as file:
            while lines := b"".join(islice(file, AT_ONCE)):
                bare.bulk_load(lines, ox.RdfFormat.N_TRIPLES, to_graph=graph)
                bare.flush()
    stage("end")
    return {}


PARTS: dict[str, Callable[[Path], Figures]] = {
    "csv": _csv, "graph": _graph, "whole": _whole, "load": _load, "batches": _batches,
}  # fmt: skip


def _measured(part: str, folder: Path) -> Watched:
    return watched(["-m", "tests.bench.bench_ingest", "--part", part, str(folder)])


def _print(what: str, value: float, unit: str) -> None:
    digits = 0 if value >= 100 else 3 if value >= 0.1 else 4
    print(f"  {what:52s} {value:12,.{digits}f} {unit}", flush=True)


def _print_stage(name: str, one: Stage, size: int, load: Watched) -> None:
    peer = load.stages["load"]
    _print(name, size / one.seconds, f"rows/s; {size / one.cpu:,.0f} a second of processor time")
    _print("  of bulk-loading the same quads", peer.seconds / one.seconds, "×")
    _print("  the same by processor time", peer.cpu / one.cpu, "×")
    _print("  peak anonymous memory", one.anonymous / 2**20, "MiB")
    _print("  peak resident memory, mapped files included", one.resident / 2**20, "MiB")


def measure(size: int, *, index: bool) -> None:
    """Prints one size."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_city(folder / "sources", size)
        read = _measured("csv", folder)
        run = _measured("whole" if index else "graph", folder)
        assert run.told["rows"] == read.told["rows"] == size
        load, batches = (_measured(part, folder) for part in ("load", "batches"))
        stages = {name: run.stages[name] for name in ("graph", *MAKING) if name in run.stages}
        print(f"{size:,} rows, {load.told['quads']:,.0f} quads")
        for name, one in stages.items():
            _print_stage(name, one, size, load)
        whole = Stage(
            sum(one.seconds for one in stages.values()),
            sum(one.cpu for one in stages.values()),
            run.anonymous,
            run.told["peak"],
        )
        _print_stage("the whole run", whole, size, load)
        _print("  of reading the tables with csv alone", read.told["cpu"] / whole.cpu, "×")
        _print("peak anonymous memory of the bulk load", load.anonymous / 2**20, "MiB")
        _print("  of the engine alone, in batches like ours", batches.anonymous / 2**20, "MiB")


def main() -> None:
    """Prints one block per size."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    for size in sizes:
        measure(size, index="--graph" not in sys.argv)


def _one(part: str, folder: Path) -> None:
    begun, busy = time.perf_counter(), time.process_time()
    found = PARTS[part](folder)
    found["seconds"] = time.perf_counter() - begun
    found["cpu"] = time.process_time() - busy
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        _one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
