"""Measures matching: one match beside the exact vector scan over the same candidates; the whole plan.

    python -m tests.bench match [large] [city] [SIZE …]

Synthetic organisations and projects (their words and topics mixed from the bundled city) at 10^4 and
10^5 candidates, 10^6 with `large`, one seed. Three figures per size, p50 and p95 over the same
subjects: a new subject, a subject asked again (its measures are kept), and one whose filter leaves few
candidates. Beside each its ratio to one exact product of the candidates' vectors with the subject's.
`city`: all 24 actions × all kinds on the bundled city beside one SPARQL query that returns as many rows.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np

from api.settings import Settings
from api.wiring import Installation
from graph.catalogue.base import Filter, Record, Statement
from graph.match.base import Subject
from graph.match.engine import Matcher
from graph.network import project
from graph.search.hybrid import Search
from graph.search.models import load_embedder
from graph.search.reading import documents_of
from ontology.names import Kind

SEED = 2023
DAY = date(2026, 11, 25)
SUBJECTS = 40
KINDS = tuple(str(kind) for kind in get_args(Kind))


class Synthetic:
    """A catalogue of made-up things, as much of it as matching reads: organisations, one in five with a
    project, with words and topics drawn from the city's. A record is made when it is asked for, the
    same each time, so that the memory measured is that of matching."""

    version = "synthetic"

    def __init__(self, count: int, city: Sequence[Record]) -> None:
        self.count = count
        self._alike = [r for r in city if r.type == "Organisation" and r.values.get("description")]
        self._words = [w for r in self._alike for w in str(r.text("description", "ro")).split()]

    def _values(self, number: int) -> dict[str, Any]:
        draw = random.Random(SEED * 10_000_000 + number)
        like = self._alike[draw.randrange(len(self._alike))]
        said = draw.choices(self._words, k=19)
        return {
            "label": {"ro": " ".join(said[:3])},
            "description": {"ro": " ".join(said[3:])},
            "topics": list(like.refs("topics")),
            "legalForm": like.values.get("legalForm"),
            "city": draw.choice(["Timișoara", "Lugoj", "București"]),
        }

    def _record(self, id_: str) -> Record:
        number = int(id_.rpartition("-")[2])
        values = self._values(number)
        if id_.startswith("org/"):
            return Record(id_, "Organisation", "ORGANISATION", values, None)
        year = 2015 + number % 12
        values = {**values, "lead": f"org/s-{number:07d}", "year": year}
        return Record(id_, "Project", "PROJECT", values, None)

    def _known(self, id_: str) -> bool:
        number = id_.rpartition("-")[2]
        return id_.startswith(("org/s-", "project/s-")) and int(number) < self.count

    def resolve(self, ids: Sequence[str]) -> list[str | None]:
        return [id_ if self._known(id_) else None for id_ in ids]

    def records(self, ids: Sequence[str]) -> list[Record | None]:
        return [self._record(id_) if self._known(id_) else None for id_ in ids]

    def scan(self, kinds: Sequence[str] = ()) -> Iterator[Record]:
        for number in range(self.count):
            yield self._record(f"org/s-{number:07d}")
        for number in range(0, self.count, 5):
            yield self._record(f"project/s-{number:07d}")

    def scan_type(self, type: str) -> Iterator[Record]:
        return iter(())

    def statements(self, id: str) -> list[Statement]:
        record = self._record(id)
        stated = [Statement(id, "topics", topic, None, None, ("source/synthetic",))
                  for topic in record.refs("topics")]  # fmt: skip
        text = record.text("description")
        return [*stated, Statement(id, "description", None, text, "ro", ("source/synthetic",))]

    def matching(self, filter: Filter, today: date) -> frozenset[str]:
        """A filter that leaves one in a hundred of the first tenth."""
        return frozenset(f"org/s-{number:07d}" for number in range(0, self.count // 10, 100))

    def nearest(self, text: str, first: int = 5) -> list[str]:
        return []


def timed(call: Callable[[Subject], object], subjects: Sequence[Subject]) -> tuple[float, float]:
    """Milliseconds of one processor at p50 and p95: what else the machine does changes them little."""
    took = []
    for subject in subjects:
        start = time.thread_time()
        call(subject)
        took.append(1_000 * (time.thread_time() - start))
    return float(np.percentile(took, 50)), float(np.percentile(took, 95))


def held() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def ready(catalogue: Synthetic, folder: Path) -> Matcher:
    """A matcher over a synthetic catalogue; says how long and how much memory its parts take."""
    search = Search.build(documents_of(list(catalogue.scan())), folder, load_embedder())
    gc.collect()
    before, start = held(), time.perf_counter()
    network = project(catalogue)  # type: ignore[arg-type]
    tied, told = held(), time.perf_counter()
    matcher = Matcher(catalogue, search, network)  # type: ignore[arg-type]
    matcher.match(Subject(None, "încălzire"), ["ORGANISATION"], as_of=DAY)
    print(f"{catalogue.count:>9,} candidates: ready after {time.perf_counter() - start:.1f} s "
          f"(the network {told - start:.1f} s); memory: before {before:,.0f} MB, "
          f"the network {tied - before:,.0f} MB, matching {held() - tied:,.0f} MB", flush=True)  # fmt: skip
    return matcher


def at(count: int, city: Sequence[Record]) -> None:
    """One size."""
    catalogue = Synthetic(count, city)
    with tempfile.TemporaryDirectory() as folder:
        matcher = ready(catalogue, Path(folder) / "index")
        draw = random.Random(SEED)
        texts = [str(one.text("description")) for one in draw.sample(list(city), 4 * SUBJECTS)
                 if one.text("description")][:SUBJECTS]  # fmt: skip
        subjects = [Subject(None, text) for text in texts]
        ids = matcher.world.columns.kind_ids("ORGANISATION")
        matrix = matcher.search.vectors(matcher.search.places(ids))
        vectors = [matrix[draw.randrange(count)] for _ in subjects]
        scan = timed(Scan(matrix, vectors), subjects)
        print(
            f"{'':10}exact scan            p50 {scan[0]:8.2f} ms  p95 {scan[1]:8.2f} ms", flush=True
        )
        ways: dict[str, Callable[[Subject], object]] = {
            "its search alone": lambda s: matcher.search.query(f"{s.text} ", first=200),
            "new subject": lambda s: matcher.match(s, ["ORGANISATION"], as_of=DAY),
            "asked again": lambda s: matcher.match(s, ["ORGANISATION"], as_of=DAY),
            "few pass a filter": lambda s: matcher.match(
                s, ["ORGANISATION"], as_of=DAY, filter=Filter(legal_forms=("foundation",))
            ),
        }
        for name, way in ways.items():
            chosen = subjects[-20:] if name in ("asked again", "few pass a filter") else subjects
            p50, p95 = timed(way, chosen)
            ratios = f"{p50 / scan[0]:6.1f} x  {p95 / scan[1]:6.1f} x"
            print(f"{'':10}{name:20s}  p50 {p50:8.2f} ms  p95 {p95:8.2f} ms  {ratios}", flush=True)


class Scan:
    """The exact product of every vector with the next of some, and the ten greatest."""

    def __init__(self, matrix: Any, vectors: Sequence[Any]) -> None:
        self._matrix, self._vectors = matrix, iter(vectors)

    def __call__(self, subject: Subject) -> object:
        return np.argpartition(-(self._matrix @ next(self._vectors)), 10)[:10]


def plan(installation: Installation) -> None:
    """All actions of the plan × all kinds, beside one SPARQL query that returns as many rows."""
    matcher = installation.snapshot.matcher
    actions = [r for r in matcher.world.records.values() if r.type == "Action"]
    matcher.match(Subject(actions[0].id, None), KINDS, as_of=DAY)
    start = time.perf_counter()
    rows = sum(
        len(matcher.match(Subject(action.id, None), [kind], as_of=DAY).matches)
        for action in actions
        for kind in KINDS
    )
    took = time.perf_counter() - start
    with installation.reading() as store:
        start = time.perf_counter()
        list(store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {rows}"))
        peer = time.perf_counter() - start
    print(f"{len(actions)} actions × {len(KINDS)} kinds: {rows} matches in {took:.2f} s "
          f"({1_000 * took / len(actions) / len(KINDS):.1f} ms each); "
          f"SPARQL of as many rows {1_000 * peer:.1f} ms: {took / peer:.0f} x", flush=True)  # fmt: skip


def main() -> None:
    """Runs what was asked for: by default 10^4, 10^5 and the city."""
    asked = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as home:
        installation = Installation(Settings(home=Path(home)))
        installation.ingest(installation.chosen(()), today=DAY)
        plan(installation)
        city = list(installation.snapshot.catalogue.scan())
        installation.close()
    if "city" in asked:
        return
    usual = (10_000, 100_000, *((1_000_000,) if "large" in asked else ()))
    for count in [int(one) for one in sys.argv[1:] if one.isdigit()] or usual:
        at(count, city)


if __name__ == "__main__":
    main()
