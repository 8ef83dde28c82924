"""What the best hits lend to the things around them: to what they are linked to, to other editions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.search.shelf import Mask, Shelf
from graph.search.vectors import largest

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

LINK: Final = 0.2
"""What a thing gains of the score of a best hit it is linked to, less for things of many links."""
BEST: Final = 10
"""How many best hits lend to what they are linked to."""
EDITION: Final = 0.25
"""What a call gains of the score of a best call of the same programme."""
BEST_CALLS: Final = 3
"""How many best calls lend to the other editions of their programmes."""
LENT: Final = 0.02
"""What is lent makes a hit by itself from here on."""

_CALLS: Final = frozenset({"CALL"})


class Loan(NamedTuple):
    """What a row was lent, by which row, and whether that is another edition of it."""

    gain: float
    by: int
    edition: bool = False


def lend(shelf: Shelf, scores: Scores, hits: Mask) -> dict[int, Loan]:
    """By row, the most that one of the best hits lends it; adds it to the scores and the hits.

    A call whose projects are what was asked for is close to it, whatever its own words; and so is
    another edition of its programme, which often says less of itself.
    """
    loans: dict[int, Loan] = {}
    found = hits.nonzero()[0]
    reached = scores[found]
    for row, loan in (*_to_linked(shelf, found, reached), *_to_editions(shelf, found, reached)):
        if row not in loans or loan.gain > loans[row].gain:
            loans[row] = loan
    if loans:
        rows = np.fromiter(loans, dtype=np.int64)
        gained = np.array([loan.gain for loan in loans.values()], dtype=np.float32)
        scores[rows] += gained
        hits[rows[gained >= LENT]] = True
    return loans


def _to_linked(shelf: Shelf, found: Rows, scores: Scores) -> Iterator[tuple[int, Loan]]:
    """What the best of the rows `found` lend to what they are linked to; `scores` are theirs."""
    best = largest(scores, BEST)
    shares = np.float32(LINK) * scores[best]
    for row, share in zip(found[best].tolist(), shares.tolist(), strict=True):
        for other, most in shelf.linked(row):
            yield other, Loan(share / math.sqrt(most), row)


def _to_editions(shelf: Shelf, found: Rows, scores: Scores) -> Iterator[tuple[int, Loan]]:
    """What the best calls of the rows `found` lend to other editions; `scores` are those of all."""
    called = shelf.of_kinds(_CALLS)[found].nonzero()[0]
    best = called[largest(scores[called], BEST_CALLS)]
    for row, score in zip(found[best].tolist(), scores[best].tolist(), strict=True):
        for other in shelf.editions(row):
            yield other, Loan(EDITION * score, row, edition=True)
