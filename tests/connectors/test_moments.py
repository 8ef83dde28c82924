"""Moments of other systems as days of the city."""

from __future__ import annotations

import pytest

from ingest.moments import local_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-05-09T21:00:00Z", "2024-05-10"),
        ("2024-05-09 21:00:00+00:00", "2024-05-10"),
        ("2024-05-09T21:00:00.000+0000", "2024-05-10"),
        ("2024-05-09T21:00:00", "2024-05-09"),
        ("2024-05-09 21:00", "2024-05-09"),
        ("2024-05-09", "2024-05-09"),
        ("9999-12-31T23:59:59Z", "9999-12-31"),
        ("0001-01-01T00:00:00+05:00", "0001-01-01"),
        ("la toamnă", "la toamnă"),
        ("", None),
        (None, None),
    ],
)
def test_the_day_of_a_moment(moment, day):
    assert local_day(moment) == day
