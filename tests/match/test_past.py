"""Past grants: later ones are foretold from earlier ones, and bear out the balance of the weights in use."""

from __future__ import annotations

import numpy as np
import pytest

from graph.match.engine import Matcher
from graph.match.judging.past import (
    BY_HAND,
    COLUMNS,
    NAMES,
    Past,
    fitted,
    grants_report,
    reciprocal_rank,
)
from graph.match.score import WEIGHTS

SPLIT = 2022


@pytest.fixture(scope="module")
def past(matcher: Matcher) -> Past:
    return Past(matcher)


def test_what_is_known_before_a_year_holds_nothing_of_it(past: Past) -> None:
    """Popularity counts the grants of earlier years alone; the rest states no project at all."""
    popular = NAMES.index("popular")
    organisation = past.grants[0].organisation
    first = min(one.year for one in past.grants)
    assert not past.features(organisation, first)[:, popular].any()
    counted = np.expm1(past.features(organisation, SPLIT)[:, popular]).sum()
    assert round(counted) == sum(one.year < SPLIT for one in past.grants)


def test_the_balance_in_use_foretells_better_than_popularity(past: Past) -> None:
    later = [one for one in past.grants if one.year >= SPLIT]
    popular = np.array([float(name == "popular") for name in NAMES])
    assert reciprocal_rank(past, later, BY_HAND) > 2 * reciprocal_rank(past, later, popular)


def test_fitted_on_earlier_grants_topics_and_meaning_both_count(past: Past) -> None:
    weights = dict(
        zip(NAMES, fitted(past, [g for g in past.grants if g.year < SPLIT]), strict=True)
    )
    assert weights["topics"] > 1
    assert weights["semantic"] > 1
    money = WEIGHTS["MONEY"]
    assert BY_HAND[0] / BY_HAND[1] == money["topics"] / money["semantic"]


def test_equal_scores_give_what_chance_gives(past: Past) -> None:
    count = len(past.programmes)
    expected = sum(1 / rank for rank in range(1, count + 1)) / count
    assert reciprocal_rank(past, past.grants[:5], np.zeros(len(NAMES))) == pytest.approx(expected)


def test_the_report_has_a_row_for_each_year_that_splits_the_grants(matcher: Matcher) -> None:
    columns, rows = grants_report(matcher)
    assert columns == COLUMNS
    assert len(rows) >= 3
    assert all(len(row) == len(columns) for row in rows)
