"""Measures search: latency beside its bare parts, building, memory; txtai on the same documents.

    python tests/bench/bench_search.py [speed] [quality] [large]

`speed` runs at 10^4 and 10^5 synthetic documents (10^6 with `large`), one seed; `quality` on the
judged queries over the bundled city. The bare parts are one exact matrix product (by BLAS threads
or on one thread, whichever is faster) and one BM25 query of the lexical engine: what a hybrid
cannot do without. txtai (a hybrid index with the same vectors) is measured in the same run if it
is installed. Prints one line per figure.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "search"))

from search_city import city_records, ids_of_rows

from graph.search.documents import DEFAULT_KINDS, Document
from graph.search.embed import Embedder, load_embedder
from graph.search.evaluate import measure, ndcg, read_queries
from graph.search.hybrid import Search
from graph.search.query import parse
from graph.search.reading import documents_of
from graph.search.text import tokens

JUDGED = Path(__file__).parents[1] / "search" / "queries.yml"
SEED = 2023
QUERIES = 300
RARE_WORDS = 60_000


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
    documents = list(synthetic(size))
    start = time.perf_counter()
    search = Search.build(documents, folder / "index", embedder)
    took = time.perf_counter() - start
    say("build", size, size / took, "docs/s")
    say("memory of the process", size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "MiB", "peak, with the documents")  # fmt: skip
    queries = asked()
    matrix = search._vectors.matrix
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
    few = frozenset(one.id for one in documents[:: max(1, size // 100)])
    narrow = timed(lambda query: search.query(query, allowed=few), queries)
    percentiles("hybrid, 1 of 100 allowed", size, narrow, bare)
    if not search._vectors.exact:
        say("recall@10 of the clusters", size, clusters_recall(search, vectors), "")
    if find_spec("txtai") is not None:
        txtai_speed(documents, matrix, vectors, queries, bare)


def told(search: Search, query: str) -> None:
    """A page as people see it."""
    for hit in search.query(query).hits:
        _ = hit.why, hit.highlight


def clusters_recall(search: Search, vectors: dict[str, np.ndarray]) -> float:
    """The share of the exact ten nearest that the clusters give, over the queries."""
    found = []
    for vector in vectors.values():
        exact = np.argsort(-search._vectors.cosines(vector))[:10]
        near, _ = search._vectors.nearest(vector, 10)
        found.append(len(set(exact.tolist()) & set(near.tolist())) / 10)
    return float(np.mean(found))


def txtai_index(
    matrix: np.ndarray, texts: Sequence[str], encode: Callable[[list[str]], np.ndarray]
) -> tuple[Any, float]:
    """A hybrid index of txtai over the same vectors, and the seconds it took."""
    from txtai import Embeddings

    known = {text: row for row, text in enumerate(texts)}

    def transform(batch: list[str]) -> np.ndarray:
        rows = [known.get(text) for text in batch]
        if all(row is not None for row in rows):
            return matrix[rows]
        return encode(list(batch))

    made = Embeddings(method="external", transform=transform, hybrid=True, content=True)
    start = time.perf_counter()
    made.index([(row, text, None) for row, text in enumerate(texts)])
    return made, time.perf_counter() - start


def whole(document: Document) -> str:
    """All that a document says, as one text."""
    return " ".join([*document.names(), *document.activities.values(), *document.rest.values()])


def txtai_speed(
    documents: Sequence[Document],
    matrix: np.ndarray,
    vectors: dict[str, np.ndarray],
    queries: Sequence[str],
    bare: Times,
) -> None:
    """txtai on the same documents and vectors."""
    texts = [f"{row} {whole(one)}" for row, one in enumerate(documents)]
    made, took = txtai_index(matrix, texts, lambda batch: np.array([vectors[one] for one in batch]))
    say("txtai build", len(texts), len(texts) / took, "docs/s")
    percentiles("txtai", len(texts), timed(lambda query: made.search(query, 10), queries), bare)


def quality(embedder: Embedder, folder: Path) -> None:
    """nDCG@10 on the judged queries: ours, and txtai with the same model."""
    rows = ids_of_rows()
    judged = read_queries(JUDGED, lambda ids: [rows.get(id_) for id_ in ids])
    documents = documents_of(city_records())
    search = Search.build(documents, folder / "city", embedder)
    ours = measure("hybrid", lambda text: [hit.id for hit in search.query(text).hits], judged)
    for row in ours:
        say(f"nDCG@10 {row.lang}", row.queries, row.ndcg, "", "ours")
    if find_spec("txtai") is None:
        print("txtai is not installed: pip install txtai", flush=True)
        return
    kept = [one for one in documents if one.kind in DEFAULT_KINDS]
    texts = [" ".join(tokens(whole(one))) for one in kept]
    matrix = embedder.encode(texts, kind="passage")
    made, _ = txtai_index(matrix, texts, lambda batch: embedder.encode(batch, kind="query"))
    for lang in ("ro", "en"):
        chosen = [one for one in judged if one.lang == lang]
        figures = [
            ndcg([kept[int(hit["id"])].id for hit in made.search(" ".join(tokens(one.text)), 10)],
                 one.relevant)
            for one in chosen
        ]  # fmt: skip
        say(f"nDCG@10 {lang}", len(chosen), float(np.mean(figures)), "", "txtai, same model")


def main(wanted: Sequence[str]) -> None:
    """Runs what is asked for; all but `large`, if nothing is."""
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as folder:
        if not wanted or "quality" in wanted:
            quality(embedder, Path(folder))
        if not wanted or "speed" in wanted:
            for size in (10_000, 100_000, *((1_000_000,) if "large" in wanted else ())):
                speed(size, embedder, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
