"""txtai's hybrid index over given texts and vectors: run by `bench_search` in the peers' environment.

    python peer_txtai.py FOLDER

FOLDER holds `said.json` (texts and queries), `matrix.npy` and `vectors.npy` (theirs, row by row).
Prints one line of JSON: seconds to build, peak memory in MiB, milliseconds of each query by the
clock and by the processor, and the rows found.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np


def main(folder: Path) -> None:
    """Builds, asks, prints."""
    from txtai import Embeddings

    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    texts = [f"{row} {text}" for row, text in enumerate(said["texts"])]
    queries = said["queries"]
    matrix, vectors = np.load(folder / "matrix.npy"), np.load(folder / "vectors.npy")
    number = {text: row for row, text in enumerate(texts)}
    asked = dict(zip(queries, vectors, strict=True))

    def transform(batch: list[str]) -> np.ndarray:
        if batch[0] in asked:
            return np.array([asked[text] for text in batch])
        return matrix[[number[text] for text in batch]]

    made = Embeddings(method="external", transform=transform, hybrid=True, content=True)
    start = time.perf_counter()
    made.index([(row, text, None) for row, text in enumerate(texts)])
    build = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for query in queries[:20]:
        made.search(query, 10)
    found, clock, processor = [], [], []
    for query in queries:
        start, began = time.perf_counter(), time.process_time()
        hits = made.search(query, 10)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - began))
        found.append([int(hit["id"]) for hit in hits])
    answer = {"build": build, "peak": peak, "clock": clock, "processor": processor, "found": found}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
