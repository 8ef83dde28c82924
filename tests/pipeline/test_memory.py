"""What an ingest needs in memory: what was freed is given back, and more rows need hardly more."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.tables import scratch
from tests.bench.synthetic_city import write_city
from tests.bench.watching import watched

ROOT = Path(__file__).parents[2]

FREED = """
from graph.heap import kept_small

def held():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon"))

before = held()
with kept_small():
    pieces = [b"x" * size for size in range(100_000, 102_000)]
    full, last = held(), b"x" * 100_000
    del pieces
print(before, full, held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU allocator keeps it")
def test_what_was_freed_is_given_back() -> None:
    """Also below a piece that is still in use."""
    done = subprocess.run(
        [sys.executable, "-c", FREED], check=True, capture_output=True, text=True, cwd=ROOT
    )
    before, full, after = map(int, done.stdout.split())
    assert full - before > 150_000  # KiB
    assert after - before < 10_000


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted on Linux")
def test_the_tables_of_a_run_leave_no_file_open(tmp_path: Path) -> None:
    """A process that serves brings facts in again and again."""
    scratch("CREATE TABLE one (word TEXT);", tmp_path).close()
    opened = [os.readlink(file) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    assert not [path for path in opened if path.startswith(str(tmp_path))]


@pytest.mark.soak
def test_three_times_the_rows_need_hardly_more_memory(tmp_path: Path) -> None:
    """The whole of an ingest: graph, copy for SPARQL, read model, search index."""
    peaks = []
    for size in (100_000, 300_000):
        folder = tmp_path / str(size)
        write_city(folder / "sources", size)
        run = watched(["-m", "tests.bench.bench_ingest", "--part", "whole", str(folder)])
        assert run.told["rows"] == size
        peaks.append(run.anonymous)
    assert peaks[1] < 1.15 * peaks[0]
