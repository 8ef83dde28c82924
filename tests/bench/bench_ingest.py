"""Measures ingest, beside the engine's bulk load of the same quads and the bare csv reader.

`python -m tests.bench ingest [SIZE…] [--graph]`: 10^4 and 10^5 rows when left out. `--graph` leaves
the read model and the search index out; with it `1000000` takes most of an hour, the longest of it the dump for the peer. Each part of
each size runs in a process of its own, so that its peak memory is its own; on a shared machine the
ratio by processor time is steadier than the one by the clock. The city is synthetic
(see `synthetic_city`): half organisations, four tenths projects, a tenth calls.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph as ox

import api.bringing  # noqa: F401  loaded before the clock starts
from api.settings import Settings
from api.wiring import Installation
from graph.catalogue.build import build
from graph.store.versions import Versions
from ingest.declaration import load_source
from ingest.source import Source
from tests.bench.synthetic_city import write_city

SIZES = (10_000, 100_000)
TODAY = date(2026, 11, 25)
QUADS = "city.nq"

Measured = dict[str, float]


class _GraphOnly(Installation):
    """An installation whose ingest ends when the graph is written."""

    def refresh(self, progress: Callable[[str, int], None] | None = None) -> Path:
        return self.home.folder


def _sources(folder: Path) -> list[Source]:
    names = ("organisations", "programmes", "calls", "projects")
    return [load_source(folder / "sources" / f"synthetic-{name}") for name in names]


def _csv(folder: Path) -> Measured:
    """Reading the tables with the csv module and nothing else."""
    rows = 0
    for source in _sources(folder):
        assert source.path is not None
        with source.path.open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.reader(file)) - 1
    return {"rows": rows}


def _graph(folder: Path) -> Measured:
    """The pipeline: read, clean, name, map, validate, compare, write with provenance."""
    made = _GraphOnly(Settings(home=folder / "home"))
    outcomes = made.ingest(_sources(folder), today=TODAY)
    refused = [problem.message("en") for one in outcomes for problem in one.problems[:3]]
    assert not refused, refused
    return {"rows": sum(one.counts.accepted for one in outcomes)}


def _quads(folder: Path) -> Measured:
    """Writes what the pipeline wrote as N-Quads, for the peer."""
    written = ox.Store.read_only(str(Settings(home=folder / "home").store_place))
    written.dump(str(folder / QUADS), ox.RdfFormat.N_QUADS)
    return {"quads": len(written)}


def _load(folder: Path) -> Measured:
    """The peer: the engine's own bulk load of a file with the same quads."""
    bare = ox.Store(str(folder / "bare"))
    bare.bulk_load(path=str(folder / QUADS), format=ox.RdfFormat.N_QUADS)
    bare.flush()
    return {}


def _read_model(folder: Path) -> Measured:
    """The read model alone, built from the graph."""
    made = Installation(Settings(home=folder / "home"))
    current = [one for one in Versions(made.store).list() if one]
    build(made.store, current, folder / "catalogue.sqlite", version="bench", retired={})
    made.close()
    return {}


def _snapshot(folder: Path) -> Measured:
    """The whole snapshot: read model, search index, the copy for public SPARQL."""
    made = Installation(Settings(home=folder / "home"))
    made.refresh()
    made.close()
    return {}


PARTS: dict[str, Callable[[Path], Measured]] = {
    "csv": _csv, "graph": _graph, "quads": _quads, "load": _load,
    "read model": _read_model, "snapshot": _snapshot,
}  # fmt: skip


def _measured(part: str, folder: Path) -> Measured:
    """One part in a process of its own: its seconds and its peak memory in bytes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_ingest", "--part", part, str(folder)],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found: Measured = json.loads(done.stdout)
    return found


def _print(what: str, value: float, unit: str) -> None:
    digits = 0 if value >= 100 else 3 if value >= 0.1 else 4
    print(f"  {what:52s} {value:12,.{digits}f} {unit}", flush=True)


def measure(size: int, *, index: bool) -> None:
    """Prints one size."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_city(folder / "sources", size)
        found = {part: _measured(part, folder) for part in ("csv", "graph")}
        assert found["graph"]["rows"] == found["csv"]["rows"] == size
        print(f"{size:,} rows")
        _print(
            "graph: read, clean, map, validate, compare, write",
            size / found["graph"]["seconds"],
            "rows/s",
        )
        _print("  peak memory", found["graph"]["peak"] / 2**20, "MiB")
        found |= {part: _measured(part, folder) for part in ("quads", "load")}
        seconds = {part: one["seconds"] for part, one in found.items()}
        cpu = {part: one["cpu"] for part, one in found.items()}
        graph = seconds["graph"]
        _print("  quads", found["quads"]["quads"], "")
        _print("  of bulk-loading the same quads", seconds["load"] / graph, "×")
        _print("  the same by processor time", cpu["load"] / cpu["graph"], "×")
        _print("  of reading the tables with csv alone", seconds["csv"] / graph, "×")
        _print("  peak memory of the bulk load", found["load"]["peak"] / 2**20, "MiB")
        if not index:
            return
        for part in ("read model", "snapshot"):
            one = _measured(part, folder)
            _print(f"{part}", size / one["seconds"], "rows/s")
            _print("  of bulk-loading the same quads", seconds["load"] / one["seconds"], "×")
            _print("  peak memory", one["peak"] / 2**20, "MiB")
            seconds[part] = one["seconds"]
        _print("graph and snapshot", size / (graph + seconds["snapshot"]), "rows/s")


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
    print(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        _one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
