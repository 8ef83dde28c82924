"""Measures ingest end to end, beside the engine's bulk load of the same quads and the bare csv reader.

Run `python -m tests.bench.bench_ingest [SIZE…]` (10^4 and 10^5 when left out; `1000000` takes most
of an hour). Every size runs in a process of its own, so that peak memory is its own. The city is
synthetic (see `synthetic_city`).
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from api.settings import Settings
from api.wiring import Installation
from graph.store.terms import spell_quad
from tests.bench.synthetic_city import write_city

SIZES = (10_000, 100_000)
TODAY = date(2026, 11, 25)


def peak() -> int:
    """Peak resident memory of this process, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measure(size: int) -> dict[str, float]:
    """One size: seconds of the graph's writing, of the index after it, and of the two peers."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = write_city(folder / "sources", size)
        started = time.perf_counter()
        for source in sources:
            assert source.path is not None
            with source.path.open(encoding="utf-8", newline="") as file:
                for _ in csv.reader(file):
                    pass
        reading = time.perf_counter() - started
        made = Installation(Settings(home=folder / "home"))
        written = 0.0
        seen = 0.0

        def progress(stage: str, _count: int) -> None:
            nonlocal written, seen
            if not stage.startswith("synthetic-") and not written:
                written, seen = time.perf_counter(), peak()

        started = time.perf_counter()
        outcomes = made.ingest(sources, today=TODAY, progress=progress)
        ended = time.perf_counter()
        accepted = sum(one.counts.accepted for one in outcomes)
        assert accepted == size, [problem.message("en") for problem in outcomes[-1].problems[:3]]
        whole = peak()
        file = folder / "city.nq"
        quads = 0
        with file.open("w", encoding="utf-8") as out:
            for graph in made.store.graphs():
                for quad in made.store.match(graph=graph):
                    out.write(spell_quad(quad) + "\n")
                    quads += 1
        made.close()
        bare = ox.Store(str(folder / "bare"))
        begun = time.perf_counter()
        bare.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        bare.flush()
        loading = time.perf_counter() - begun
        return {
            "size": size, "quads": quads, "csv": reading, "load": loading,
            "graph": (written or ended) - started, "whole": ended - started,
            "peak_graph": seen or whole, "peak": whole,
        }  # fmt: skip


def main() -> None:
    """Prints one block per size."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_ingest", "--one", str(size)],
            check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        m = json.loads(done.stdout)
        print(f"{size:,} rows, {int(m['quads']):,} quads")
        print(
            f"  graph written (read, map, validate, provenance)  {size / m['graph']:9,.0f} rows/s"
        )
        print(f"    of bulk-loading the same quads                 {m['load'] / m['graph']:9.3f} ×")
        print(f"    of reading the tables with csv alone           {m['csv'] / m['graph']:9.4f} ×")
        print(
            f"  with read model, search index and network        {size / m['whole']:9,.0f} rows/s"
        )
        print(f"    of bulk-loading the same quads                 {m['load'] / m['whole']:9.3f} ×")
        print(
            f"  peak memory, graph written                       {m['peak_graph'] / 2**20:9,.0f} MiB"
        )
        print(
            f"  peak memory, whole                               {m['peak'] / 2**20:9,.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main()
