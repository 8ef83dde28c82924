"""All that a query hit: the rows and their scores, the best of them, the place of a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.search.result import read_cursor
from graph.search.vectors import largest
from graph.search.weigh import Weighed

DIGITS: Final = 6
"""Scores are rounded to so many decimals, so that the same query pages the same way everywhere."""

Rows = NDArray[np.int64]


class Found(NamedTuple):
    """What a query hit, as rows in order, and their scores."""

    weighed: Weighed
    rows: Rows
    scores: NDArray[np.float64]

    def best(self, first: int) -> tuple[Rows, NDArray[np.float64]]:
        """The `first` best rows and their scores; equals in the order of ids."""
        order = largest(self.scores, first)
        return self.rows[order], self.scores[order]

    def before(self, cursor: str, ids: Sequence[str]) -> int:
        """How many hits stand before the place of a cursor, its own included.

        `ids` are those of the rows. Raises InputError for a cursor that is not one of ours.
        """
        score, id_ = read_cursor(cursor)
        better = int(np.count_nonzero(self.scores > score))
        equals = self.rows[self.scores == score].tolist()
        return better + sum(1 for row in equals if ids[row] <= id_)
