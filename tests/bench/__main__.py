"""`make bench`: every figure as a ratio to a named limit or peer measured in the same run.

`python -m tests.bench` runs all of them; `python -m tests.bench NAME [ITS ARGUMENTS…]` one. Each is a
process of its own, so that peak memory is its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Runs the benches; the status is that of the worst."""
    here = Path(__file__).parent
    known = sorted(path.stem.removeprefix("bench_") for path in here.glob("bench_*.py"))
    name, *given = sys.argv[1:] or [""]
    if name and name not in known:
        sys.exit(f"There is no bench '{name}'. There are: {', '.join(known)}.")
    worst = 0
    for one in [name] if name else known:
        print(f"\n== {one}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.bench_{one}", *given], check=False
        )
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
