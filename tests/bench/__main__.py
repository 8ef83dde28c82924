"""`make bench`: every figure as a ratio to a named limit or peer measured in the same run."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Runs the benches named on the command line (`store search …`), or all of them."""
    here = Path(__file__).parent
    known = sorted(path.stem.removeprefix("bench_") for path in here.glob("bench_*.py"))
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"There is no bench '{unknown[0]}'. There are: {', '.join(known)}.")
    for name in wanted:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.bench.bench_{name}").main()


if __name__ == "__main__":
    main()
