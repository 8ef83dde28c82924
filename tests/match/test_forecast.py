"""What a programme's past editions say of its next one; never more than they do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.catalogue.base import Record
from graph.match.engine import Matcher
from graph.match.forecast import forecast, opened_in, usual_month

DAY = date(2026, 11, 25)


def edition(made: Callable[..., Record], **values: Any) -> Record:
    return made(**values, label={"ro": "Apel", "en": "Call"})


@pytest.mark.parametrize(
    ("openings", "month"),
    [
        ([], None),
        (["2024-05-13"], 5),
        (["2022-05-02", "2023-05-08", "2024-03-01"], 5),
        (["2022-05-02", "2023-09-08"], 9),  # as often: the latest
    ],
)
def test_the_usual_month(
    made_up_call: Callable[..., Record], openings: list[str], month: int | None
) -> None:
    assert usual_month([edition(made_up_call, opens=opens) for opens in openings]) == month


def test_the_years_of_a_month_are_those_in_which_it_opened_then(
    made_up_call: Callable[..., Record],
) -> None:
    days = ("2024-05-13", "2022-05-02", "2022-05-09", "2023-09-08")
    editions = [edition(made_up_call, opens=day) for day in days] + [edition(made_up_call)]
    assert opened_in(editions, 5) == [2022, 2024]
    assert opened_in(editions, 1) == []


def test_years_and_month_are_told_and_called_a_forecast(
    made_up_call: Callable[..., Record], matcher: Matcher
) -> None:
    editions = [
        edition(made_up_call, year=year, opens=f"{year}-05-10", closes=f"{year}-06-10")
        for year in (2024, 2023, 2022)
    ]
    told = forecast(editions, matcher.world, DAY)
    assert told is not None
    assert told.text.en == (
        "Forecast: it ran in 2022, 2023, 2024, usually opens in May. No edition is open now."
    )
    assert told.text.ro == (
        "Prognoză: a avut ediții în 2022, 2023, 2024, de obicei se deschide în mai. "
        "Nicio ediție nu este deschisă acum."
    )


def test_a_month_seen_once_is_told_with_its_year(
    made_up_call: Callable[..., Record], matcher: Matcher
) -> None:
    told = forecast([edition(made_up_call, year=2024, opens="2024-05-13")], matcher.world, DAY)
    assert told is not None
    assert "last known opening: May 2024" in told.text.en


def test_no_month_is_made_up(made_up_call: Callable[..., Record], matcher: Matcher) -> None:
    told = forecast([edition(made_up_call, year=2022)], matcher.world, DAY)
    assert told is not None
    assert "opens" not in told.text.en
    assert "deschide" not in told.text.ro


def test_an_open_edition_is_a_fact_and_no_forecast(
    made_up_call: Callable[..., Record], matcher: Matcher
) -> None:
    told = forecast(
        [edition(made_up_call, opens="2026-11-01", closes="2026-12-01")], matcher.world, DAY
    )
    assert told is not None
    assert told.text.en == "The call 'Call' is open until 1 December 2026."
    coming = forecast([edition(made_up_call, opens="2027-02-01")], matcher.world, DAY)
    assert coming is not None
    assert coming.text.ro == "Apelul „Apel” urmează să se deschidă la 1 februarie 2027."


def test_a_programme_without_calls_forecasts_nothing(matcher: Matcher) -> None:
    assert forecast([], matcher.world, DAY) is None
