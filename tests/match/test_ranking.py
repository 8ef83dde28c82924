"""Looking only at those who may come next gives the order of looking at everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from graph.catalogue.base import Record
from graph.match.bounds import bounds
from graph.match.engine import Matcher
from graph.match.features import ALL
from graph.match.pair import Pair
from graph.match.ranking import LEAST, best_first
from graph.match.score import weights_for
from graph.match.telling import weigh

DAY = date(2026, 11, 25)
KINDS = ["ORGANISATION", "CALL", "PROGRAMME", "COUNCIL", "WORKING_GROUP", "PROJECT", "PLATFORM"]
SUBJECTS = [
    "A1.1",
    "A2.4",
    "A3.2",
    "A4.6",
    "org/fitt",
    "org/velocitas",
    "project/acf-arms",
    "call/impuls-in-comunitate-2024",
    "piste de biciclete în Fabric",
    "a debate club of Asociația Pro Democrația",
]
CHANGES: list[Mapping[str, float]] = [
    {},
    {"named_in_plan": 0.0},
    {"place": 5.0, "semantic": 0.0},
    {"mandate": 3.0, "track_record": 2.0, "capacity": 1.0},
]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_order_is_that_of_scoring_all(matcher: Matcher, subject: str, kind: str) -> None:
    asked = matcher.subject(text=subject) if " " in subject else matcher.subject(any=subject)
    measures = matcher.measures(asked)
    sheet = measures.sheet(kind, measures.shortlist(kind, None))
    pairs = sheet.pairs(range(len(sheet.ids)), DAY)
    for change in CHANGES:
        weights = weights_for(kind, change)
        every = [weigh(pair, weights) for pair in pairs]
        every = [one for one in every if one.score >= LEAST and one.about]
        every.sort(key=lambda one: (-one.score, one.id))
        found = list(best_first(sheet, weights, DAY))
        assert [(one.id, one.score) for one in found] == [(one.id, one.score) for one in every]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_feature_says_more_than_its_bound(matcher: Matcher, subject: str, kind: str) -> None:
    asked = matcher.subject(text=subject) if " " in subject else matcher.subject(any=subject)
    measures = matcher.measures(asked)
    sheet = measures.sheet(kind, measures.shortlist(kind, None))
    most = bounds(sheet)
    for at, pair in enumerate(sheet.pairs(range(len(sheet.ids)), DAY)):
        for name, feature in ALL.items():
            found = feature(pair)
            assert found is None or found.value <= most[name][at] + 1e-6, (name, pair.candidate.id)


def test_few_are_looked_at_for_a_short_list(matcher: Matcher) -> None:
    """Of all organisations a list of ten needs a fraction: the bounds rule out the rest."""
    measures = matcher.measures(matcher.subject(any="A2.4"))
    sheet = measures.sheet("ORGANISATION", measures.shortlist("ORGANISATION", None))
    looked = 0
    plain = sheet.pairs

    def counted(places, day):  # type: ignore[no-untyped-def]
        nonlocal looked
        looked += len(places)
        return plain(places, day)

    sheet.pairs = counted  # type: ignore[method-assign]
    first = list(islice(best_first(sheet, weights_for("ORGANISATION", {}), DAY), 10))
    assert len(first) == 10
    assert looked < len(sheet.ids) / 3


def test_a_project_that_alone_states_the_quarter_asked_for_is_not_missed(matcher: Matcher) -> None:
    """The bundled projects state no quarter: the last of them is given the one asked for."""
    measures = matcher.measures(matcher.subject(text="piste de biciclete în Fabric"))
    sheet = measures.sheet("PROJECT", measures.shortlist("PROJECT", None))
    weights = weights_for("PROJECT", {"place": 5.0})
    last = list(best_first(sheet, weights, DAY))[-1].id
    plain = sheet.pairs

    def placed(places: Sequence[int], day: date) -> list[Pair]:
        return [
            replace(pair, candidate=_in_fabric(pair.candidate))
            if pair.candidate.id == last
            else pair
            for pair in plain(places, day)
        ]

    sheet.pairs = placed  # type: ignore[method-assign]
    found = list(best_first(sheet, weights, DAY))
    assert found[0].id == last
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def _in_fabric(project: Record) -> Record:
    return replace(project, values={**project.values, "place": "place/fabric"})
