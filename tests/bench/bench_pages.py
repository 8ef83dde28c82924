"""Measures pages under 50 clients, beside a ready page of equal size and beside Datasette.

Run `python -m tests.bench.bench_pages [city|large] [seconds=N]`: the bundled city, and 10^5 synthetic
things; 30 seconds a page when left out. Datasette (`make peers`) shows the same rows as a table page.
The ready page is the same bytes from a file. "Each another address" asks for every page under
an address of its own, so that none can be kept: the whole cost of making one.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from api.settings import Settings
from api.wiring import Installation
from tests.bench.bench_graphql import table_file
from tests.bench.serving import Load, datasette, fetch, get, ours, plain, press, serving
from tests.bench.synthetic_city import write_city

CLIENTS = 50
LARGE = 100_000
PAGES = {
    "city": {
        "home": "/ro",
        "search": "/ro/search?q=tineri",
        "list": "/ro/organisations",
        "resource": "/ro/r/org/fitt",
        "dossier": "/ro/actions/A1.3",
    },
    "large": {
        "home": "/ro",
        "search": "/ro/search?q=tineri",
        "list": "/ro/organisations",
        "resource": "/ro/r/org/synthetic-o7",
    },
}


def told(name: str, load: Load, beside: Load | None = None) -> None:
    """One line."""
    ratio = f"ours is {beside.rate / load.rate:6.3f} × this" if beside is not None else ""
    print(
        f"  {name:26s} {load.rate:9,.1f} requests/s  p95 {load.p95:8,.1f} ms  faults {load.faults}"
        f"  {load.size / 1000:7,.1f} kB  {ratio}",
        flush=True,
    )


def measure(name: str, home: Path, seconds: float, folder: Path) -> None:
    """All pages of one map."""
    with ExitStack() as stack:
        us = stack.enter_context(serving(*ours(home)))
        for page, path in PAGES[name].items():
            body = fetch(us, get(path))
            ready = folder / f"{name}-{page}.html"
            ready.write_bytes(body)
            load = press(us, get(path), CLIENTS, seconds)
            told(page, load)
            sign = "&" if "?" in path else "?"

            def another(number: int, start: str = path + sign) -> bytes:
                return get(f"{start}n={number}")

            told("  each another address", press(us, another, CLIENTS, seconds))
            with serving(*plain(home, BENCH_PAGE=str(ready))) as bare:
                told(
                    "  a ready page", press(bare, get("/page"), CLIENTS, max(3, seconds / 5)), load
                )
            if page == "list":
                listed = load
    file = folder / f"{name}.db"
    table_file(home, file)
    peer = datasette(file)
    if peer:
        path = f"/{name}/organisations?_size=20&_sort=label"
        with serving(*peer) as other:
            told("Datasette, a table page", press(other, get(path), CLIENTS, seconds), listed)


def main() -> None:
    """Runs both maps, or the one that is named."""
    seconds = next((float(w[8:]) for w in sys.argv[1:] if w.startswith("seconds=")), 30.0)
    for name in [word for word in sys.argv[1:] if word in PAGES] or list(PAGES):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            made = Installation(Settings(home=folder / "home"))
            chosen = made.chosen(()) if name == "city" else write_city(folder / "sources", LARGE)
            made.ingest(chosen, today=date.today())
            made.close()
            print(f"{name}: {CLIENTS} clients, {seconds:g} s a page", flush=True)
            measure(name, folder / "home", seconds, folder)


if __name__ == "__main__":
    main()
