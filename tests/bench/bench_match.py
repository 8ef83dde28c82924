"""Measures matching: one match beside the exact vector scan over the same candidates; the whole plan.

    python -m tests.bench match [large] [city]

Synthetic organisations and projects (their words and topics mixed from the bundled city) at 10^4 and
10^5 candidates, 10^6 with `large`, one seed. Three figures per size, p50 and p95 over the same
subjects: a new subject, a subject asked again (its measures are kept), and one whose filter leaves few
candidates. Beside each its ratio to one exact product of the candidates' vectors with the subject's.
`city`: all 24 actions × all kinds on the bundled city beside one SPARQL query that returns as many rows.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from api.settings import Settings
from api.wiring import Installation
from graph.catalogue.base import Filter, Record
from graph.match.base import Subject
from graph.match.engine import Matcher
from graph.network import project
from graph.search.embed import load_embedder
from graph.search.hybrid import Search
from graph.search.reading import documents_of

SEED = 2023
DAY = date(2026, 11, 25)
SUBJECTS = 40
KINDS = ("ORGANISATION", "PROGRAMME", "CALL", "COUNCIL", "WORKING_GROUP", "PROJECT", "PLATFORM")


class Synthetic:
    """A catalogue of made-up things, as much of it as matching reads."""

    version = "synthetic"

    def __init__(self, records: Sequence[Record], few: frozenset[str]) -> None:
        self._records = {record.id: record for record in records}
        self._few = few

    def resolve(self, ids: Sequence[str]) -> list[str | None]:
        return [id_ if id_ in self._records else None for id_ in ids]

    def scan(self, kinds: Sequence[str] = ()) -> Iterator[Record]:
        return iter(self._records.values())

    def scan_type(self, type: str) -> Iterator[Record]:
        return iter(())

    def statements(self, id: str) -> list[object]:
        from graph.catalogue.base import Statement

        record = self._records[id]
        stated = [Statement(id, "topics", topic, None, None, ("source/synthetic",))
                  for topic in record.refs("topics")]  # fmt: skip
        text = record.text("description")
        return [*stated, Statement(id, "description", None, text, "ro", ("source/synthetic",))]

    def matching(self, filter: Filter, today: date) -> frozenset[str]:
        return self._few

    def nearest(self, text: str, first: int = 5) -> list[str]:
        return []


def made(count: int, city: Sequence[Record]) -> list[Record]:
    """Organisations, one in five with a project, with words and topics drawn from the city's."""
    draw = random.Random(SEED)
    alike = [r for r in city if r.type == "Organisation" and r.values.get("description")]
    words = [w for r in alike for w in str(r.text("description", "ro")).split()]
    records = []
    for number in range(count):
        like = draw.choice(alike)
        said = " ".join(draw.choices(words, k=16))
        values = {
            "label": {"ro": " ".join(draw.choices(words, k=3))},
            "description": {"ro": said},
            "topics": list(like.refs("topics")),
            "legalForm": like.values.get("legalForm"),
            "city": draw.choice(["Timișoara", "Lugoj", "București"]),
        }
        records.append(Record(f"org/s-{number:07d}", "Organisation", "ORGANISATION", values, None))
        if number % 5 == 0:
            values = {**values, "lead": f"org/s-{number:07d}", "year": draw.randint(2015, 2026)}
            records.append(Record(f"project/s-{number:07d}", "Project", "PROJECT", values, None))
    return records


def timed(call: Callable[[Subject], object], subjects: Sequence[Subject]) -> tuple[float, float]:
    """Milliseconds at p50 and p95."""
    took = []
    for subject in subjects:
        start = time.perf_counter()
        call(subject)
        took.append(1_000 * (time.perf_counter() - start))
    return float(np.percentile(took, 50)), float(np.percentile(took, 95))


def at(count: int, city: Sequence[Record]) -> None:
    """One size."""
    records = made(count, city)
    few = frozenset(record.id for record in records[: 2 * count // 100 : 2])
    catalogue = Synthetic(records, few)
    with tempfile.TemporaryDirectory() as folder:
        search = Search.build(documents_of(records), Path(folder) / "index", load_embedder())
        start = time.perf_counter()
        matcher = Matcher(catalogue, search, project(catalogue))  # type: ignore[arg-type]
        draw = random.Random(SEED)
        texts = [str(one.text("description")) for one in draw.sample(list(city), 4 * SUBJECTS)
                 if one.text("description")][:SUBJECTS]  # fmt: skip
        subjects = [Subject(None, text) for text in texts]
        matcher.match(Subject(None, "încălzire"), ["ORGANISATION"], as_of=DAY)
        print(
            f"{count:>9,} candidates: ready after {time.perf_counter() - start:.1f} s", flush=True
        )
        ids = [record.id for record in records if record.kind == "ORGANISATION"]
        matrix = np.stack([search.vector(id_) for id_ in ids])
        vectors = [matrix[draw.randrange(len(ids))] for _ in subjects]
        scans = iter(vectors)
        scan = timed(lambda _: np.argpartition(-(matrix @ next(scans)), 10), subjects)
        print(
            f"{'':10}exact scan            p50 {scan[0]:8.2f} ms  p95 {scan[1]:8.2f} ms", flush=True
        )
        ways: dict[str, Callable[[Subject], object]] = {
            "new subject": lambda s: matcher.match(s, ["ORGANISATION"], as_of=DAY),
            "asked again": lambda s: matcher.match(s, ["ORGANISATION"], as_of=DAY),
            "few pass a filter": lambda s: matcher.match(
                s, ["ORGANISATION"], as_of=DAY, filter=Filter(legal_forms=("foundation",))
            ),
        }
        for name, way in ways.items():
            chosen = subjects if name == "new subject" else subjects[-20:]
            p50, p95 = timed(way, chosen)
            ratios = f"{p50 / scan[0]:6.1f} x  {p95 / scan[1]:6.1f} x"
            print(f"{'':10}{name:20s}  p50 {p50:8.2f} ms  p95 {p95:8.2f} ms  {ratios}", flush=True)


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
    store = installation.read_store()
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
    for count in (10_000, 100_000, *((1_000_000,) if "large" in asked else ())):
        at(count, city)


if __name__ == "__main__":
    main()
