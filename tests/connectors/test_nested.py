"""Numbers in nested data of other systems: a whole number, a sum of money, or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.nested import amount, whole


@pytest.mark.parametrize("value", [3, "3", 3.0, "3.0", " 3 "])
def test_a_whole_number_may_be_written_in_any_way(value):
    assert whole(value) == 3


@pytest.mark.parametrize("value", ["1.5", 1.5, None, "", "three", "inf", "nan", [3], {}])
def test_what_is_no_whole_number_is_none(value):
    assert whole(value) is None


@pytest.mark.parametrize("value", ["1200.50", 1200.5, " 1200.5 "])
def test_a_sum_keeps_its_cents(value):
    assert amount(value) == Decimal("1200.5")


@pytest.mark.parametrize("value", [None, "", "to be decided", True, "NaN", "Infinity", [1], {}])
def test_what_is_no_sum_is_none(value):
    assert amount(value) is None
