"""Measures search: latency beside its bare parts, building, memory; txtai on the same documents.

    python -m tests.bench search [speed] [quality] [large]

`speed` runs at 10^4 and 10^5 synthetic documents, `large` at 10^6, one seed; `quality` on the
judged queries over the bundled city. The bare parts are one exact matrix product (by BLAS threads
or on one thread, whichever is faster) and one BM25 query of the lexical engine: what a hybrid
cannot do without. Documents come as they are made, so that what the build holds is what is seen.
txtai (`make peers`; a hybrid index with the same vectors) is measured in the same run, up to 10^5.
Prints one line per figure.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "search"))

from search_city import city_records, ids_of_rows

from graph.search.documents import DEFAULT_KINDS, Document
from graph.search.embed import Embedder
from graph.search.evaluate import measure, ndcg, read_queries
from graph.search.hybrid import Search
from graph.search.models import load_embedder
from graph.search.query import parse
from graph.search.reading import documents_of
from graph.search.text import tokens
from tests.bench.serving import PEERS

JUDGED = Path(__file__).parents[1] / "search" / "queries.yml"
SEED = 2023
QUERIES = 300
RARE_WORDS = 60_000
MOST_FOR_PEERS = 100_000


def say(what: str, size: int, value: float, unit: str, note: str = "") -> None:
    """One figure."""
    print(f"{what:34s} {size:>9,} {value:>10.3f} {unit:8s} {note}", flush=True)


def synthetic(count: int) -> Iterator[Document]:
    """Documents mixed from the city's words, with rare made-up words: lengths as in the city."""
    draw = random.Random(SEED)
    city = documents_of(city_records())
    ro = [word for one in city for word in one.activities.get("ro", "").split()]
    en = [word for one in city for word in one.activities.get("en", "").split()]
    names = [word for one in city for word in one.name["ro"].split()]
    rare = ["".join(draw.choices("abcdefghilmnoprstuvz", k=draw.randint(5, 11)))
            for _ in range(RARE_WORDS)]  # fmt: skip

    def text(words: Sequence[str], length: int) -> str:
        said = draw.choices(words, k=length)
        return " ".join([*said, rare[min(int(draw.paretovariate(0.6)), RARE_WORDS) - 1]])

    for number in range(count):
        like = draw.choice(city)
        yield Document(
            id=f"org/synthetic-{number:07d}",
            kind=draw.choice(DEFAULT_KINDS),
            name={"ro": text(names, 4)},
            activities={"ro": text(ro, 18), "en": text(en, 18)},
            rest={"ro": text(names, 8)},
            topics=like.topics,
            facets=tuple(("topic", topic) for topic in like.topics),
        )


Times = tuple[list[float], list[float]]
"""Milliseconds of each query by the clock, and of the processor (all threads)."""


def timed(call: Callable[[str], object], queries: Sequence[str]) -> Times:
    """The times of each query, after a first round over a few."""
    for query in queries[:20]:
        call(query)
    clock, processor = [], []
    for query in queries[20:]:
        start, began = time.perf_counter(), time.process_time()
        call(query)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - began))
    return clock, processor


def asked() -> list[str]:
    """Queries to time: the judged ones, then pairs of halves of them, all different."""
    draw = random.Random(SEED)
    texts = [one.text for one in read_queries(JUDGED, lambda ids: list(ids))]
    while len(texts) < QUERIES:
        one, other = draw.choice(texts).split(), draw.choice(texts).split()
        texts.append(" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]]))
    return list(dict.fromkeys(texts))


def percentiles(what: str, size: int, times: Times, bare: Times) -> None:
    """p50 and p95 by the clock; as ratios to the bare parts by the clock and by the processor."""
    for share in (50, 95):
        (clock, processor), (bare_clock, bare_processor) = (
            [float(np.percentile(one, share)) for one in both] for both in (times, bare)
        )
        note = f"{clock / bare_clock:.2f} of the bare parts; {processor / bare_processor:.2f} of"
        say(
            f"{what} p{share}",
            size,
            clock,
            "ms",
            f"{note} their processor time {bare_processor:.2f}",
        )


def speed(size: int, embedder: Embedder, folder: Path) -> None:
    """Building, memory, and every latency at one size."""
    made = Timed(synthetic(size))
    before = peak()
    start, began = time.perf_counter(), time.process_time()
    search = Search.build(made, folder / "index", embedder)
    took = time.perf_counter() - start - made.took
    spent = time.process_time() - began - made.spent
    say("build", size, size / took, "docs/s", f"{size / spent:.0f} a second of processor time")
    say("memory, peak of the build", size, peak(), "MiB", f"{before:.0f} before it")
    files = [path for path in (folder / "index").rglob("*") if path.is_file()]
    say("index on disk", size, sum(path.stat().st_size for path in files) / 2**20, "MiB")
    queries = asked()
    matrix = search._vectors.matrix.astype(np.float32)
    vectors = {query: embedder.encode([query], kind="query")[0] for query in queries}
    threads = timed(lambda query: matrix @ vectors[query], queries)
    single = timed(lambda query: np.vecdot(matrix, vectors[query]), queries)
    product = min(threads, single, key=lambda times: np.percentile(times[0], 50))
    engine = timed(lambda query: search._scales.lexical.scores(parse(query), 10), queries)
    say("exact product p50", size, float(np.percentile(product[0], 50)), "ms")
    say("lexical engine p50", size, float(np.percentile(engine[0], 50)), "ms")
    clock, processor = (
        [sum(pair) for pair in zip(one, other, strict=True)]
        for one, other in zip(product, engine, strict=True)
    )
    bare = (clock, processor)
    percentiles("hybrid, ids and scores", size, timed(search.query, queries), bare)
    page = timed(lambda query: told(search, query), queries)
    percentiles("hybrid, reasons and snippets", size, page, bare)
    few = frozenset(search._shelf.ids[row] for row in range(0, size, max(1, size // 100)))
    narrow = timed(lambda query: search.query(query, allowed=few), queries)
    percentiles("hybrid, 1 of 100 allowed", size, narrow, bare)
    if not search._vectors.exact:
        for share in (1, 2, 10, 100, 1000):
            among = None if share == 1 else np.arange(0, size, share)
            found = clusters_recall(search, matrix, vectors, among)
            say(f"recall@10, 1 of {share} allowed", size, found, "")
    if size <= MOST_FOR_PEERS:
        peer = txtai(search, matrix, vectors, queries)
        if peer is not None:
            say("txtai build, vectors given", size, size / peer["build"], "docs/s")
            say("txtai memory, peak of the build", size, peer["peak"], "MiB")
            percentiles("txtai", size, (peer["clock"], peer["processor"]), bare)


def peak() -> float:
    """Peak resident memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Timed:
    """Passes documents on and counts the seconds they took to make."""

    def __init__(self, documents: Iterator[Document]) -> None:
        self._documents = documents
        self.took = self.spent = 0.0

    def __iter__(self) -> Iterator[Document]:
        while True:
            start, began = time.perf_counter(), time.process_time()
            one = next(self._documents, None)
            self.took += time.perf_counter() - start
            self.spent += time.process_time() - began
            if one is None:
                return
            yield one


def told(search: Search, query: str) -> None:
    """A page as people see it."""
    for hit in search.query(query).hits:
        _ = hit.why, hit.highlight


def clusters_recall(
    search: Search, matrix: np.ndarray, vectors: dict[str, np.ndarray], among: np.ndarray | None
) -> float:
    """The share of the exact ten nearest that the clusters give, over the queries."""
    found = []
    kept = matrix if among is None else matrix[among]
    for vector in vectors.values():
        best = np.argsort(-(kept @ vector))[:10]
        exact = best if among is None else among[best]
        near, _ = search._vectors.nearest(vector, 10, among)
        found.append(len(set(exact.tolist()) & set(near.tolist())) / 10)
    return float(np.mean(found))


def whole(document: Document) -> str:
    """All that a document says, as one text."""
    return " ".join([*document.names(), *document.activities.values(), *document.rest.values()])


def txtai(
    search: Search, matrix: np.ndarray, vectors: dict[str, np.ndarray], queries: Sequence[str]
) -> dict[str, Any] | None:
    """What txtai needs for the same documents, vectors and queries, in its own environment."""
    texts = [whole(document) for document in search.documents()]
    return asked_of_txtai(texts, matrix, list(queries), np.array([vectors[q] for q in queries]))


def asked_of_txtai(
    texts: Sequence[str], matrix: np.ndarray, queries: Sequence[str], vectors: np.ndarray
) -> dict[str, Any] | None:
    """Times, memory and rows found by `peer_txtai`; None, said aloud, where it is not installed."""
    program = PEERS / "python"
    if not program.exists() or not list(PEERS.parent.glob("lib/python3*/site-packages/txtai")):
        print("  (txtai is not installed: run `make peers` to measure beside it)", flush=True)
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        np.save(place / "matrix.npy", matrix)
        np.save(place / "vectors.npy", vectors)
        said = json.dumps({"texts": list(texts), "queries": list(queries)})
        (place / "said.json").write_text(said, encoding="utf-8")
        done = subprocess.run(
            [str(program), str(Path(__file__).with_name("peer_txtai.py")), folder],
            check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def quality(embedder: Embedder, folder: Path) -> None:
    """nDCG@10 on the judged queries: ours, and txtai with the same model."""
    rows = ids_of_rows()
    judged = read_queries(JUDGED, lambda ids: [rows.get(id_) for id_ in ids])
    documents = documents_of(city_records())
    search = Search.build(documents, folder / "city", embedder)
    ours = measure("hybrid", lambda text: [hit.id for hit in search.query(text).hits], judged)
    for row in ours:
        say(f"nDCG@10 {row.lang}", row.queries, row.ndcg, "", "ours")
    kept = [one for one in documents if one.kind in DEFAULT_KINDS]
    texts = [" ".join(tokens(whole(one))) for one in kept]
    queries = [" ".join(tokens(one.text)) for one in judged]
    peer = asked_of_txtai(
        texts,
        embedder.encode(texts, kind="passage"),
        queries,
        embedder.encode(queries, kind="query"),
    )
    if peer is None:
        return
    for lang in ("ro", "en"):
        figures = [
            ndcg([kept[row].id for row in rows], one.relevant)
            for one, rows in zip(judged, peer["found"], strict=True)
            if one.lang == lang
        ]
        say(f"nDCG@10 {lang}", len(figures), float(np.mean(figures)), "", "txtai, same model")


def main(wanted: Sequence[str]) -> None:
    """Runs what is asked for, each size in a process of its own; all but `large`, if nothing is."""
    if wanted[:1] == ["--one"]:
        with tempfile.TemporaryDirectory() as folder:
            speed(int(wanted[1]), load_embedder(), Path(folder))
        return
    chosen = set(wanted) or {"quality", "speed"}
    if "quality" in chosen:
        with tempfile.TemporaryDirectory() as folder:
            quality(load_embedder(), Path(folder))
    sizes = [10_000, 100_000] if "speed" in chosen else []
    sizes += [1_000_000] if "large" in chosen else []
    for size in sizes:
        command = [sys.executable, "-m", "tests.bench.bench_search", "--one", str(size)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
