"""When a commitment runs, however its calendar is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan.periods import Period, read_period
from ingest.plan.text import fold


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("aprilie 2022 - decembrie 2023", "2022-04-01", "2023-12-31"),
        ("Ianuarie 2024 – Iunie 2025", "2024-01-01", "2025-06-30"),
        ("aprilie-decembrie 2022", "2022-04-01", "2022-12-31"),
        ("mai – iunie 2022", "2022-05-01", "2022-06-30"),
        ("04.2022 – 12.2023", "2022-04-01", "2023-12-31"),
        ("04/2022-12/2023", "2022-04-01", "2023-12-31"),
        ("IV.2022 - XII.2023", "2022-04-01", "2023-12-31"),
        ("2022-04 - 2023-12", "2022-04-01", "2023-12-31"),
        ("apr. 2022", "2022-04-01", "2022-04-30"),
        ("feb 2024 - nov 2024", "2024-02-01", "2024-11-30"),
        ("trimestrul II 2022", "2022-04-01", "2022-06-30"),
        ("trim. I 2023 - trim. III 2023", "2023-01-01", "2023-09-30"),
        ("T1-T3 2024", "2024-01-01", "2024-09-30"),
        ("semestrul I 2022", "2022-01-01", "2022-06-30"),
        ("2022-2023", "2022-01-01", "2023-12-31"),
        ("1.IV.2022 - 31.XII.2023", "2022-04-01", "2023-12-31"),
        ("2022/T2 – 2023/T4", "2022-04-01", "2023-12-31"),
        ("trim. II an 2022", "2022-04-01", "2022-06-30"),
        ("2022 (aprilie - decembrie)", "2022-04-01", "2022-12-31"),
        ("cel târziu decembrie 2023", None, "2023-12-31"),
        ("sfârșitul anului 2023", None, "2023-12-31"),
        ("01.04.2022 - 31.12.2022", "2022-04-01", "2022-12-31"),
        ("1 aprilie 2022 - 30 iunie 2023", "2022-04-01", "2023-06-30"),
        ("15 septembrie – 20 decembrie 2024", "2024-09-15", "2024-12-20"),
        ("până în decembrie 2023", None, "2023-12-31"),
        ("începând cu mai 2022", "2022-05-01", None),
        ("februarie 2024", "2024-02-01", "2024-02-29"),
        ("01.03.2023", "2023-03-01", "2023-03-01"),
        ("mar. 2023", "2023-03-01", "2023-03-31"),
        ("2023-03", "2023-03-01", "2023-03-31"),
        ("semestrul al II-lea 2023", "2023-07-01", "2023-12-31"),
        ("primul semestru 2023", "2023-01-01", "2023-06-30"),
        ("al doilea semestru al anului 2023", "2023-07-01", "2023-12-31"),
        ("trimestrele II-IV 2022", "2022-04-01", "2022-12-31"),
        ("2023 trim. II", "2023-04-01", "2023-06-30"),
        ("Trimestrul 2, 2023", "2023-04-01", "2023-06-30"),
        ("apr.2022-dec.2023", "2022-04-01", "2023-12-31"),
        ("apr. '22 - dec. '23", "2022-04-01", "2023-12-31"),
        ("01-04-2022 - 31-12-2023", "2022-04-01", "2023-12-31"),
        ("2022/04/01 - 2023/12/31", "2022-04-01", "2023-12-31"),
        ("în anul 2022 și 2023", "2022-01-01", "2023-12-31"),
        ("2022/2023", "2022-01-01", "2023-12-31"),
        ("2023, mai - septembrie", "2023-05-01", "2023-09-30"),
        ("1-31 martie 2023", "2023-03-01", "2023-03-31"),
        ("15.03 - 30.06.2023", "2023-03-15", "2023-06-30"),
        ("05 - 12.2023", "2023-05-01", "2023-12-31"),
        ("aprilie 2022 (12 luni)", "2022-04-01", "2023-03-31"),
    ],
)
def test_periods(words: str, start: str | None, end: str | None) -> None:
    found = read_period(fold(words))
    assert (found.start, found.end, found.problem) == (start, end, None)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("permanent", "none"),
        ("cel mai devreme", "none"),
        ("", "none"),
        ("31.02.2022", "impossible"),
        ("13.2022 - 12.2023", "impossible"),
        ("trimestrul 7 2022", "impossible"),
        ("decembrie 2023 - aprilie 2022", "order"),
        ("aprile 2022 - decembrie 2023", "partly"),
        ("aprilie 2022 - decembrie 20223", "partly"),
        ("toamna 2022 - vara 2023", "partly"),
        ("mijlocul anului 2023", "partly"),
        ("toamna 2023", "partly"),
        ("trim. V 2023", "partly"),
    ],
)
def test_what_is_no_period_is_no_guess(words: str, problem: str) -> None:
    found = read_period(fold(words))
    assert (found.start, found.end, found.problem) == (None, None, problem)


def test_of_several_dates_the_first_and_the_last_are_taken() -> None:
    found = read_period(fold("aprilie - iunie 2022, mai 2023"))
    assert (found.start, found.end, found.problem) == ("2022-04-01", "2023-05-31", "several")


@given(st.text(max_size=120))
def test_no_calendar_breaks_the_reader(words: str) -> None:
    found = read_period(fold(words))
    assert found.start is None or found.end is None or found.start <= found.end


@given(st.dates(min_value=__import__("datetime").date(1950, 1, 1)), st.integers(0, 2000))
def test_days_read_back(day, later: int) -> None:
    from datetime import timedelta

    if day.year > 2090:
        day = day.replace(year=2030, day=1)
    end = day + timedelta(days=later)
    found = read_period(f"{day:%d.%m.%Y} - {end:%d.%m.%Y}")
    assert (found.start, found.end) == (day.isoformat(), end.isoformat())


@pytest.mark.parametrize(
    "words",
    [
        "începând cu sfârșitul lunii mai 2023",
        "de la finalul anului 2022",
        "după sfârșitul anului 2022",
    ],
)
def test_a_start_at_the_end_of_something_is_no_end(words: str) -> None:
    assert read_period(fold(words)) == Period(problem="partly")
