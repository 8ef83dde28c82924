"""What past grants say of the weights: which programme paid for whose project, later years foretold from
earlier ones.

    resurse evaluate grants

The features of matching read the search index, and that reads the names of projects into the
organisations that led them: a project left out of the features would still be in the index. So this
weighs the same things from what leaks nothing: the topics an organisation states, the closeness of
its own description to the programme's, and whether form and seat may apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.base import Record
from graph.match.eligibility import Application, judge

if TYPE_CHECKING:
    from graph.match.engine import Matcher

Values = NDArray[np.float64]

NAMES: Final = ("topics", "semantic", "may apply", "popular")
"""What is weighed; `popular` is how often a programme paid before."""

BY_HAND: Final = np.array([0.5, 0.5, 1.0, 0.0])
"""The balance of the weights in use."""

FEWEST: Final = 20
"""A year is a split where so many grants lie on both sides."""

PENALTY: Final = 0.05
"""Of large weights, when they are fitted."""

STEPS: Final = 300
"""Steps of gradient ascent."""

DRAWS: Final = 8
"""How many samples of the grants tell how far the fitted weights can be trusted."""

TEXTS: Final = 6
"""How many editions of a programme, the newest, say what it is."""

COLUMNS: Final = ["split", "before", "after", "fitted", "by hand", "popular", "chance",
                  *(f"{name} ±" for name in NAMES)]  # fmt: skip


@dataclass(frozen=True)
class Paid:
    """That a programme paid for a project that an organisation led."""

    year: int
    organisation: str
    programme: str


def paid(matcher: Matcher) -> list[Paid]:
    """Every project of which year, lead and programme are known."""
    records = matcher.world.records
    found = []
    for project in records.of_type("Project"):
        year, leads = project.values.get("year"), project.refs("lead")
        calls = [records[call] for call in project.refs("calls") if call in records]
        programmes = [one for call in calls for one in call.refs("programme")]
        if year and leads and programmes and leads[0] in records:
            found.append(Paid(int(year), leads[0], programmes[0]))
    return found


class Past:
    """The programmes beside organisations, before a year."""

    def __init__(self, matcher: Matcher) -> None:
        world, self._search = matcher.world, matcher.search
        self._world = world
        self.grants = paid(matcher)
        every = (one.id for one in world.records.of_type("Programme"))
        self.programmes = tuple(one for one in every if world.editions(one))
        self._places = {one: at for at, one in enumerate(self.programmes)}
        stated = [
            world.topics_of(one).union(*(world.topics_of(c) for c in world.editions(one)))
            for one in self.programmes
        ]
        self._topics = world.space.matrix(stated)
        self._vectors = self._search.meaning([self._said(one) for one in self.programmes])
        self.features = lru_cache(maxsize=None)(self._features)

    def _said(self, programme: str) -> str:
        editions = self._world.editions(programme)[:TEXTS]
        return ". ".join(_words(self._world.records[one]) for one in (programme, *editions))

    def _features(self, organisation: str, year: int) -> Values:
        """What is known before a year of an organisation and each programme (programmes, NAMES)."""
        world, body = self._world, self._world.records[organisation]
        topics = world.space.vector(dict.fromkeys(world.topics_of(organisation), 1.0))
        before = [one.programme for one in self.grants if one.year < year]
        day = date(year, 1, 1)
        calls = [world.records[world.editions(one)[0]] for one in self.programmes]
        rules = ("legal_form", "territory")
        may = [judge(Application(body, call, day), rules).answer != "NO" for call in calls]
        return np.stack(
            [
                world.space.fit(topics, self._topics),
                self._vectors @ self._search.meaning([_words(body)])[0],
                np.array(may, dtype=np.float64),
                np.log1p([before.count(one) for one in self.programmes]),
            ],
            axis=1,
        ).astype(np.float64)

    def place(self, programme: str) -> int:
        """The row of a programme."""
        return self._places[programme]


def _words(record: Record) -> str:
    texts = (record.values.get("label") or {}, record.values.get("description") or {})
    return ". ".join(said for text in texts for said in text.values())


def reciprocal_rank(past: Past, grants: Sequence[Paid], weights: Values) -> float:
    """The mean of one over the rank of the programme that paid; among equals, over every rank it may
    have."""
    found = []
    for one in grants:
        scores = past.features(one.organisation, one.year) @ weights
        mine = scores[past.place(one.programme)]
        better, equal = int(np.sum(scores > mine)), int(np.sum(scores == mine))
        found.append(fmean(1 / (better + at) for at in range(1, equal + 1)))
    return fmean(found)


def fitted(past: Past, grants: Sequence[Paid]) -> Values:
    """Weights under which the programmes that paid are likeliest (conditional logit, McFadden 1974)."""
    tables = [past.features(one.organisation, one.year) for one in grants]
    chosen = np.stack([t[past.place(g.programme)] for t, g in zip(tables, grants, strict=True)])
    whole, weights = np.stack(tables), np.zeros(len(NAMES))
    for _ in range(STEPS):
        scores = whole @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        expected = np.einsum("np,npf->nf", chances, whole)
        weights = weights + 2 * ((chosen - expected).mean(axis=0) - PENALTY * weights)
    return weights


def grants_report(matcher: Matcher) -> tuple[list[str], list[list[object]]]:
    """Columns and rows: for each year that splits the grants, the mean reciprocal rank of later ones by
    weights fitted on the earlier, by the balance in use, by popularity and by chance; and the weights
    with their spread over samples."""
    past = Past(matcher)
    draw = np.random.default_rng(2023)
    rows: list[list[object]] = []
    for year in sorted({one.year for one in past.grants}):
        before = [one for one in past.grants if one.year < year]
        after = [one for one in past.grants if one.year >= year]
        if min(len(before), len(after)) < FEWEST:
            continue
        weights = fitted(past, before)
        samples = [
            fitted(past, [before[at] for at in draw.integers(len(before), size=len(before))])
            for _ in range(DRAWS)
        ]
        spread = np.std(samples, axis=0)
        ways: Mapping[str, Values] = {
            "fitted": weights, "by hand": BY_HAND, "popular": np.array([0.0, 0.0, 0.0, 1.0]),
            "chance": np.zeros(len(NAMES)),
        }  # fmt: skip
        ranks = [round(reciprocal_rank(past, after, way), 3) for way in ways.values()]
        told = [f"{w:.2f} ± {s:.2f}" for w, s in zip(weights, spread, strict=True)]
        rows.append([year, len(before), len(after), *ranks, *told])
    return COLUMNS, rows
