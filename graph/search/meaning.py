"""How close documents are in meaning to a query, and which of its words have a meaning to take."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.search.chars import LookAlikes
from graph.search.embed import Embedder
from graph.search.floors import Floors
from graph.search.query import Query
from graph.search.shelf import Mask
from graph.search.vectors import Vectors, largest

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

CLOSEST: Final = 10
"""How many of the closest may be a little less close than the others must be."""
DEPTH: Final = 100
"""How many documents the lexical engine, and the index of clusters, put forward."""


class Meaning(NamedTuple):
    """How close rows are in meaning to a query, as it is and less hubs: all, or some in order."""

    cosines: Scores
    damped: Scores
    rows: Rows | None = None

    def cosine(self, row: int) -> float:
        """The cosine of a row with the query; 0 for a row that was not compared."""
        return self._at(self.cosines, row)

    def value(self, row: int) -> float:
        """The same, less hubs; none below 0."""
        return max(0.0, self._at(self.damped, row))

    def close(self, floors: Floors, usual: Mask) -> Rows:
        """The rows close enough: all that reach the floor, and as far as they reach the lower one,
        the CLOSEST of the `usual` kinds (n,).
        """
        near = (self.cosines >= min(floors.closest, floors.any)).nonzero()[0]
        cosines = self.cosines[near]
        rows = near if self.rows is None else self.rows[near]
        chosen = usual[rows] & (cosines >= floors.closest)
        best = rows[chosen][largest(cosines[chosen], CLOSEST)]
        return np.concatenate([rows[cosines >= floors.any], best])

    def _at(self, values: Scores, row: int) -> float:
        if self.rows is None:
            return float(values[row])
        place = int(np.searchsorted(self.rows, row))
        known = place < len(self.rows) and self.rows[place] == row
        return float(values[place]) if known else 0.0


def meaning_of(
    query: Query,
    letters: LookAlikes,
    embedder: Embedder,
    vectors: Vectors,
    found: Rows,
    among: Rows | None,
) -> Meaning:
    """How close rows are to the query: every row, or those that the clusters put forward with those
    `found` by words and the closest `among` a narrow choice.
    """
    meant = _meant(query, letters, embedder)
    if not meant:
        none = np.empty(0, dtype=np.float32)
        return Meaning(none, none, np.empty(0, dtype=np.int64))
    vector = embedder.encode([meant], kind="query")[0]
    rows = None
    if not vectors.exact:
        chosen = [found, vectors.nearest(vector, DEPTH)[0]]
        if among is not None:
            chosen.append(vectors.nearest(vector, DEPTH, among)[0])
        rows = np.unique(np.concatenate(chosen))
    cosines = vectors.cosines(vector, rows)
    return Meaning(cosines, vectors.damped(cosines, rows), rows)


def _meant(query: Query, letters: LookAlikes, embedder: Embedder) -> str:
    """The text to take the meaning of; "" if it has none.

    A word that no document holds and the model never learnt is read as the word it is a slip
    of, or left out: what a model makes of mere letters is close to something, but by chance.
    """
    read = {word: _read(word, letters, embedder) for word in query.words}
    if not any(len(word) > 2 and not word.isdigit() for word in read.values()):
        return ""
    return " ".join(read.get(word, word) for word in query.typed).strip()


def _read(word: str, letters: LookAlikes, embedder: Embedder) -> str:
    if letters.recognises(word) or embedder.knows(word):
        return word
    return letters.meant(word) or ""
