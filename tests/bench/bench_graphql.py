"""Measures GraphQL: a page of 50 organisations beside a plain route and beside datasette-graphql.

Run `python -m tests.bench.bench_graphql [SIZE] [SECONDS]` (10^4 things and 6 seconds a turn when left
out). The plain route makes the same calls to the same catalogue and answers with the same bytes;
datasette-graphql (`make peers`) reads an SQLite file of the same rows, indexed. Four clients. Both
our server and the plain route keep what they read lately, so one page asked again and again is
answered from memory; the last figure asks for every page of the list in turn.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import orjson

from api.settings import Settings
from api.wiring import Installation
from tests.bench.serving import Load, datasette, fetch, get, ours, plain, post, press, serving
from tests.bench.synthetic_city import write_city

Turn = tuple[int, bytes | Callable[[int], bytes]]
"""A port, and the request, or what makes the request of a number."""

CLIENTS = 4
ROUNDS = 3
QUERIES = {
    "selection": "{ organisations(first: 50) { pageInfo { hasNextPage } totalCount edges { node {"
    " id label legalForm city homepage } } } }",
    "general": "{ organisations(first: 50) { pageInfo { hasNextPage } totalCount edges { node {"
    " id label projects { id label year calls { id label closes } } } } } }",
}
DATASETTE = {
    "selection": "{ organisations(first: 50, sort: label) { nodes { id label legalForm city homepage } } }",
    "general": "{ organisations(first: 50, sort: label) { nodes { id label projects_list { nodes {"
    " id label year call { id label closes } } } } } }",
}


def table_file(home: Path, file: Path) -> None:
    """The same organisations, projects and calls as tables with foreign keys and indexes."""
    catalogue = Installation(Settings(home=home)).snapshot.catalogue
    base = sqlite3.connect(file)
    base.executescript(
        "create table calls (id text primary key, label text, closes text);"
        "create table organisations"
        " (id text primary key, label text, legalForm text, city text, homepage text);"
        "create table projects (id text primary key, label text, year integer,"
        " lead text references organisations(id), call text references calls(id));"
        "create index by_label on organisations(label); create index by_lead on projects(lead);"
    )
    for one in catalogue.scan(("CALL",)):
        base.execute("insert into calls values (?,?,?)",
                     (one.id, one.label(), one.values.get("closes")))  # fmt: skip
    for one in catalogue.scan(("ORGANISATION",)):
        values = [one.values.get(name) for name in ("legalForm", "city", "homepage")]
        base.execute("insert into organisations values (?,?,?,?,?)", (one.id, one.label(), *values))
    for one in catalogue.scan(("PROJECT",)):
        lead, call = (next(iter(one.refs(name)), None) for name in ("lead", "calls"))
        base.execute("insert into projects values (?,?,?,?,?)",
                     (one.id, one.label(), one.values.get("year"), lead, call))  # fmt: skip
    base.commit()
    base.close()


def compare(name: str, turns: Mapping[str, Turn], seconds: float) -> None:
    """Presses each in turns, and prints the median rates beside ours."""
    loads: dict[str, list[Load]] = {who: [] for who in turns}
    for _ in range(ROUNDS):
        for who, (port, request) in turns.items():
            load = press(port, request, CLIENTS, seconds)
            assert not load.faults, (who, load)
            loads[who].append(load)
    rates = {who: statistics.median(one.rate for one in held) for who, held in loads.items()}
    works = {who: statistics.median(one.work for one in held) for who, held in loads.items()}
    print(
        f"{name}: {rates['ours']:,.1f} requests/s, {works['ours'] * 1e6:,.0f} µs of processor time"
    )
    for who in list(turns)[1:]:
        print(
            f"  beside {who:18s} {rates[who]:9,.1f} requests/s   ours is "
            f"{rates['ours'] / rates[who]:6.2f} × by the clock, "
            f"{works[who] / works['ours']:6.2f} × by processor time",
            flush=True,
        )


WALK = QUERIES["general"].replace(
    "{ organisations(first: 50)", "query($after: String) { organisations(first: 50, after: $after)"
)


def _walked(after: str | None) -> bytes:
    return post("/graphql", orjson.dumps({"query": WALK, "variables": {"after": after}}))


def _plain_path(after: str | None) -> str:
    return "/general" if after is None else f"/general?after={after}"


def cursors(port: int) -> list[str | None]:
    """Where each page of the list begins."""
    query = "query($after: String) { organisations(first: 50, after: $after) { pageInfo { endCursor } } }"
    found: list[str | None] = []
    after = None
    while True:
        found.append(after)
        asked = post("/graphql", orjson.dumps({"query": query, "variables": {"after": after}}))
        after = orjson.loads(fetch(port, asked))["data"]["organisations"]["pageInfo"]["endCursor"]
        if after is None:
            return found[:-1]


def main() -> None:
    """Prints requests a second and the two ratios for each query."""
    words = [int(word) for word in sys.argv[1:] if word.isdigit()]
    size, seconds = [*words, *(10_000, 6)[len(words) :]][:2]
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        home = Path(place) / "home"
        made = Installation(Settings(home=home))
        made.ingest(write_city(Path(place) / "sources", size), today=date.today())
        made.close()
        table_file(home, Path(place) / "city.db")
        us = stack.enter_context(serving(*ours(home)))
        bare = stack.enter_context(serving(*plain(home)))
        peer = datasette(Path(place) / "city.db")
        other = stack.enter_context(serving(*peer)) if peer else None
        for name, query in QUERIES.items():
            asked = post("/graphql", orjson.dumps({"query": query}))
            assert orjson.loads(fetch(us, asked)) == orjson.loads(fetch(bare, get(f"/{name}"))), (
                name
            )
            turns: dict[str, Turn] = {"ours": (us, asked), "plain route": (bare, get(f"/{name}"))}
            if other:
                theirs = post("/graphql/city", orjson.dumps({"query": DATASETTE[name]}))
                assert (
                    len(orjson.loads(fetch(other, theirs))["data"]["organisations"]["nodes"]) == 50
                )
                turns["datasette-graphql"] = (other, theirs)
            compare(f"{name}, {size:,} things, page of 50", turns, seconds)
        places = cursors(us)
        ways: dict[str, Turn] = {
            "ours": (us, lambda number: _walked(places[number % len(places)])),
            "plain route": (bare, lambda number: get(_plain_path(places[number % len(places)]))),
        }
        compare(f"general, all {len(places)} pages of 50 in turn", ways, seconds)


if __name__ == "__main__":
    main()
