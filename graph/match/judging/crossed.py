"""Weights fitted on all judged subjects but one, measured on that one: how far the figures can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from graph.match.features import ALL
from graph.match.judging.judged import DAY, WANTED, Judged
from graph.match.score import FEATURES, GROUP
from graph.match.telling import DIGITS
from graph.search.evaluate import FIRST, ndcg

if TYPE_CHECKING:
    from graph.match.engine import Matcher

Values = NDArray[np.float64]

GRID: Final = (0.0, 0.1, 0.2, 0.5, 1.0)
"""The weights that are tried: a few round ones, so that nothing is fitted to chance."""

ROUNDS: Final = 2
"""How often every weight is tried anew."""

WORTH: Final = 0.002
"""What a change of a weight must gain on the others to be taken."""

EQUAL: Final = np.ones(len(FEATURES))
"""Weights by which every feature counts the same."""


@dataclass(frozen=True)
class Sheet:
    """One judged list: candidates, what each feature says (candidates, features; nan for nothing)."""

    judged: Judged
    ids: tuple[str, ...]
    values: Values

    def best(self, weights: Values) -> list[str]:
        """The first ids in the order that some weights (features,) give."""
        said = ~np.isnan(self.values)
        whole = said @ weights
        scores = np.where(said, self.values, 0.0) @ weights / np.where(whole > 0, whole, 1.0)
        order = np.argsort(-scores.round(DIGITS), kind="stable")[:FIRST]
        return [self.ids[row] for row in order.tolist()]

    def ndcg(self, weights: Values) -> float:
        """nDCG@10 of that order."""
        return ndcg(self.best(weights), self.judged.relevant)


def sheet(matcher: Matcher, judged: Judged) -> Sheet:
    """What every feature says of every candidate of a judged list."""
    pairs = matcher.pairs(judged.subject, WANTED[judged.wanted], DAY)
    pairs = sorted(pairs, key=lambda pair: pair.candidate.id)
    said = [[function(pair) for function in ALL.values()] for pair in pairs]
    values = [[np.nan if one is None else one.value for one in row] for row in said]
    return Sheet(
        judged, tuple(p.candidate.id for p in pairs), np.array(values).reshape(-1, len(ALL))
    )


def fitted(sheets: Sequence[Sheet]) -> Values:
    """Weights by coordinate ascent on the mean nDCG@10, from all being equal (features,)."""
    weights = np.full(len(FEATURES), 0.5)

    def mean(tried: Values) -> float:
        return fmean(one.ndcg(tried) for one in sheets)

    best = mean(weights)
    for _ in range(ROUNDS):
        for at in range(len(weights)):
            for value in GRID:
                tried = weights.copy()
                tried[at] = value
                if tried.any() and (found := mean(tried)) > best + WORTH:
                    best, weights = found, tried
    return weights


def left_out(sheets: Sequence[Sheet]) -> list[list[str]]:
    """For each list, the first ids by weights fitted on the lists of all other subjects.

    Lists are fitted with those of the same group of kinds, actions and ideas together, as the
    weights in use are.
    """
    found: list[list[str]] = []
    for one in sheets:
        group = GROUP[WANTED[one.judged.wanted][0]]
        rest = [
            other
            for other in sheets
            if GROUP[WANTED[other.judged.wanted][0]] == group
            and other.judged.subject != one.judged.subject
        ]
        found.append(one.best(fitted(rest) if rest else EQUAL))
    return found
