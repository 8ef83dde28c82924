"""Figures as people write them in both languages."""

from __future__ import annotations

import pytest

from viz.languages import SPEECH


@pytest.mark.parametrize("value", [2.6, 0.568, 1.4, 7, 12.5, 0.1 + 0.2, 100])
def test_a_percent_has_the_digits_that_were_given_and_no_others(value: float) -> None:
    value = float(f"{value:.3g}")
    digits = f"{value:g}"
    assert SPEECH["en"].percent(value) == f"{digits}%"
    assert SPEECH["ro"].percent(value).replace("\xa0", " ") == f"{digits.replace('.', ',')} %"
