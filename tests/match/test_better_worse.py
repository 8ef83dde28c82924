"""What must rank above what: rows that survive every change of weights."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.match.base import Match

ROWS = [
    # for, better, worse: why
    ("A2.4", "org/fitt", "org/animal-care-team", "ran participatory budgeting; rescues dogs"),
    ("A2.4", "council/buget-participativ", "council/turism", "the committee of the budget"),
    ("A2.4", "call/bugetare-participativa-2023", "call/cultura-in-prezent-2024", "the money voted on"),
    ("A3.3", "org/banat-it", "org/fundatia-filantropia", "open data; social care"),
    ("A3.3", "group/strategie-smart-city", "council/seniori", "data and smart city; pensioners"),
    ("A3.5", "org/cluster-tic-vest", "org/muzeul-satului", "the tech community; a museum"),
    ("A1.7", "call/impuls-in-comunitate-2024", "call/agenda-sportiva-cjt-2024", "community; sport"),
    ("A1.7", "org/centrul-de-proiecte-timisoara", "org/stpt", "gives the grants; runs trams"),
    ("A4.3", "org/aid-ong", "org/retim", "trains NGOs; collects waste"),
    ("A4.3", "call/poca-2014-2020", "call/power-station-mobilitati-2023", "officials; artists"),
    ("A1.4", "org/code4romania", "org/oncohelp", "civic technology; a hospital"),
    ("A2.1", "call/urbact-iii", "call/culte-timisoara-2020", "cities learn together; parishes"),
    ("ateliere de fotografie pentru pensionari din Mehala",
     "org/asociatia-seniorilor", "org/asociatia-poli-animale", "pensioners; animals"),
    ("ateliere de fotografie pentru pensionari din Mehala",
     "council/mehala", "council/freidorf", "the quarter that is named; another"),
    ("grădină urbană comunitară între blocuri",
     "call/crestem-gradinescu-2019", "call/obiectiv-cinema-2025", "urban gardens; cinema"),
    ("grădină urbană comunitară între blocuri",
     "org/air-comunitara", "org/filarmonica-banatul", "a garden; concerts"),
    ("help for refugees from Ukraine", "org/logs", "org/velocitas", "refugees; cyclists"),
    ("help for refugees from Ukraine", "call/start-ong-ucraina-2022", "call/spatii-verzi-2026",
     "made for it; parks"),
    ("adopția câinilor fără stăpân", "org/animal-care-team", "org/salvati-copiii-timis",
     "dogs are adopted, children too: the dogs are meant"),
    ("festival de film în cartiere", "org/pelicula-culturala", "org/oncohelp", "film; health"),
    ("science camp for village schools", "call/stiintescu-timisoara-2022",
     "call/orasul-in-miscare-2022", "science for schools; sport clubs"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "better", "worse", "why"), ROWS)
def test_this_ranks_above_that(
    explained: Callable[..., Match], subject: str, better: str, worse: str, why: str
) -> None:
    assert explained(subject, better).score > explained(subject, worse).score, why


@pytest.mark.parametrize(
    ("subject", "better", "worse", "why"),
    [row for row in ROWS if row[0][0] == "A" and "." in row[0]],
)
def test_it_does_so_without_what_the_plan_names(
    explained: Callable[..., Match], subject: str, better: str, worse: str, why: str
) -> None:
    blind = {"named_in_plan": 0.0}
    first, second = (explained(subject, one, weights=blind) for one in (better, worse))
    assert first.score > second.score, why
