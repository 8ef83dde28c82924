"""Candidates best first, each looked at closely only when it may be the next."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import numpy as np

from graph.match.bounds import bounds, uneven
from graph.match.features import ALL
from graph.match.measuring.measures import Sheet
from graph.match.telling import DIGITS, Weighed, weigh

LEAST: Final = 0.08
"""Below this score nothing is offered: it would be noise with a reason."""

BATCH: Final = 16
"""How many are looked at together: their records are read at once."""

ROUNDING: Final = 0.6 * 10.0**-DIGITS
"""By how much a rounded score may lie above its bound."""


def best_first(sheet: Sheet, weights: Mapping[str, float], day: date) -> Iterator[Weighed]:
    """Every candidate that scores LEAST or more and has to do with the subject, best first, equals by id.

    The order is that of scoring all of them: none is given away before every candidate that could
    score as much has been looked at (the threshold algorithm of Fagin, Lotem and Naor 2001).
    """
    if not sheet.ids:
        return
    (first,) = sheet.pairs([0], day)
    some = uneven(sheet)  # counted as said in full: left out, it raises no mean above that
    on = (name for name in ALL if weights.get(name, 0.0) > 0)
    said = [name for name in on if name in some or ALL[name](first) is not None]
    whole = sum(weights[name] for name in said)
    if not whole:
        return
    most = bounds(sheet)
    shares = np.array([weights[name] / whole for name in said])
    ceiling = shares @ np.stack([most[name] for name in said]) + ROUNDING
    order = np.argsort(-ceiling, kind="stable")
    order = order[: int(np.count_nonzero(ceiling >= LEAST))]
    waiting: list[tuple[float, str, Weighed]] = []
    for start in range(0, len(order), BATCH):
        yield from _above(waiting, float(ceiling[order[start]]))
        for pair in sheet.pairs(order[start : start + BATCH].tolist(), day):
            one = weigh(pair, weights)
            if one.score >= LEAST and one.about:
                heapq.heappush(waiting, (-one.score, one.id, one))
    yield from _above(waiting, 0.0)


def _above(waiting: list[tuple[float, str, Weighed]], bound: float) -> Iterator[Weighed]:
    """Those waiting that score more than any other can, best first."""
    while waiting and -waiting[0][0] > bound:
        yield heapq.heappop(waiting)[2]
