"""Each rule on calls made up for it (synthetic): the edges, the silence, and calls that contradict themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.catalogue.base import Record
from graph.match.base import RULES, RuleAnswer
from graph.match.eligibility import Application, judge, overall

Make = Callable[..., Record]
DAY = date(2025, 6, 15)


def answer(rule: str, call: Record, who: Record | None, **more: Any) -> RuleAnswer:
    found = judge(Application(who, call, more.pop("day", DAY), **more))
    assert tuple(one.rule for one in found.rules) == RULES
    assert found.answer == overall(found.rules)
    return next(one for one in found.rules if one.rule == rule)


def test_a_call_that_states_nothing_answers_unknown_to_everything_with_what_is_missing(
    made_up_call: Make, made_up_applicant: Make
) -> None:
    found = judge(Application(made_up_applicant(legalForm="association"), made_up_call(), DAY))
    assert found.answer == "UNKNOWN"
    assert [one.rule for one in found.rules] == list(RULES)
    assert all(one.answer == "UNKNOWN" and one.missing for one in found.rules)


@pytest.mark.parametrize(
    ("form", "allowed", "expected"),
    [
        ("association", ["association", "foundation"], "YES"),
        ("company", ["association", "foundation"], "NO"),
        ("informal_group", ["association"], "NO"),
        ("cultural_institution", ["public_institution", "association"], "UNKNOWN"),
        ("student_organisation", ["association"], "UNKNOWN"),
        ("sports_club", ["association"], "UNKNOWN"),
        ("sports_club", ["sports_club"], "YES"),
        ("cultural_institution", ["cultural_institution"], "YES"),
        ("county_body", ["public_institution"], "YES"),
        ("university", ["public_institution"], "UNKNOWN"),
        ("university", ["university"], "YES"),
        ("unknown", ["association"], "UNKNOWN"),
        (None, ["association"], "UNKNOWN"),
    ],
)
def test_legal_form(
    made_up_call: Make, made_up_applicant: Make, form: str | None, allowed: list[str], expected: str
) -> None:
    call = made_up_call([{"kind": "legal_form", "legalForms": allowed}])
    assert answer("legal_form", call, made_up_applicant(legalForm=form)).answer == expected


@pytest.mark.parametrize(
    ("forms", "allowed", "expected"),
    [
        (["association", "foundation"], ["association", "foundation"], "YES"),
        (["student_organisation", "association"], ["association"], "YES"),
        (["cultural_institution", "city_department"], ["public_institution"], "YES"),
        (["cultural_institution", "city_department"], ["association"], "NO"),
        (["federation", "association"], ["association"], "UNKNOWN"),
        (["federation", "association"], ["company"], "NO"),
        (["sports_club", "cluster"], ["association"], "UNKNOWN"),
        (["association", "sports_club"], ["sports_club"], "YES"),
    ],
)
def test_of_several_stated_forms_those_that_are_legal_forms_must_agree(
    made_up_call: Make,
    made_up_applicant: Make,
    forms: list[str],
    allowed: list[str],
    expected: str,
) -> None:
    call = made_up_call([{"kind": "legal_form", "legalForms": allowed}])
    for first, other in (forms, forms[::-1]):
        who = made_up_applicant(also={"legalForm": [other]}, legalForm=first)
        told = answer("legal_form", call, who)
        assert told.answer == expected, told.text
        assert bool(told.missing) == (expected == "UNKNOWN")


def test_forms_that_do_not_agree_are_both_told(made_up_call: Make, made_up_applicant: Make) -> None:
    call = made_up_call([{"kind": "legal_form", "legalForms": ["association"]}])
    who = made_up_applicant(also={"legalForm": ["association"]}, legalForm="federation")
    told = answer("legal_form", call, who)
    assert "federație, asociație" in told.text.ro
    assert "federation, association" in told.text.en


@pytest.mark.parametrize(
    ("town", "area", "expected"),
    [
        ("Timișoara", "Municipiul Timișoara", "YES"),
        ("Timisoara", "Municipiul Timişoara", "YES"),
        ("Lugoj", "Municipiul Timișoara", "NO"),
        ("Lugoj", "județele Timiș și Arad", "YES"),
        ("Reșița", "județele Timiș și Arad", "NO"),
        ("Reșița", "Regiunea Vest", "YES"),
        ("Timișoara", "România", "YES"),
        ("Lund", "România", "NO"),
        ("Lund", "Uniunea Europeană", "YES"),
        ("Timișoara", "cartierele defavorizate din Timișoara", "UNKNOWN"),
        ("Lugoj", "cartierele defavorizate din Timișoara", "NO"),
        ("Jimbolia", "Județul Timiș și zona transfrontalieră", "YES"),
        ("Novi Sad", "Județul Timiș și zona transfrontalieră", "UNKNOWN"),
        ("Arad", "Județul Timiș și zona transfrontalieră", "UNKNOWN"),
        ("Lund", "Județul Timiș și zona transfrontalieră", "NO"),
        ("Timișoara", "Ținutul de Dincolo", "UNKNOWN"),
        ("Satul Nimănui", "Județul Timiș", "UNKNOWN"),
        (None, "Județul Timiș", "UNKNOWN"),
        (None, "internațional", "YES"),
        ("Galați", "județul Galați", "YES"),
        ("Tecuci", "județul Galați", "UNKNOWN"),  # a town the gazetteer does not know
    ],
)
def test_territory(
    made_up_call: Make, made_up_applicant: Make, town: str | None, area: str, expected: str
) -> None:
    call = made_up_call([{"kind": "territory", "territory": area}])
    assert answer("territory", call, made_up_applicant(city=town)).answer == expected


@pytest.mark.parametrize(
    ("seat", "town", "project", "expected"),
    [
        (["place/fabric"], "Timișoara", [], "YES"),
        (["place/piata-traian"], "Timișoara", [], "YES"),  # which lies in Fabric
        ([], "Timișoara", ["place/fabric"], "YES"),
        (["place/mehala"], "Timișoara", [], "UNKNOWN"),  # its project may be there all the same
        (["place/mehala"], "Timișoara", ["place/mehala"], "NO"),
        ([], None, [], "UNKNOWN"),
    ],
)
def test_places_that_a_call_names(
    made_up_call: Make,
    made_up_applicant: Make,
    seat: list[str],
    town: str | None,
    project: list[str],
    expected: str,
) -> None:
    call = made_up_call([{"kind": "territory", "places": ["place/fabric"]}])
    label = {"label": {"ro": "Fabric"}}
    within = {"label": {"ro": "Piața Traian"}, "within": ["place/fabric"]}
    known = {
        "place/fabric": Record("place/fabric", "Place", "PLACE", label, None),
        "place/piata-traian": Record("place/piata-traian", "Place", "PLACE", within, None),
    }
    who = made_up_applicant(city=town, activeIn=seat)
    more = {"project_places": tuple(project), "known": known}
    told = answer("territory", call, who, **more)
    assert told.answer == expected
    assert "Fabric" in told.text.ro


def test_a_territory_in_words_and_places_count_together(
    made_up_call: Make, made_up_applicant: Make
) -> None:
    rule = {"kind": "territory", "territory": "Municipiul Timișoara", "places": ["place/fabric"]}
    call = made_up_call([rule])
    lugoj = made_up_applicant(city="Lugoj", activeIn=["place/fabric"])
    here = made_up_applicant(city="Timișoara", activeIn=["place/fabric"])
    perhaps = made_up_applicant(city="Timișoara")
    assert answer("territory", call, lugoj).answer == "NO"
    assert answer("territory", call, here).answer == "YES"
    assert answer("territory", call, perhaps).answer == "UNKNOWN"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"closes": "2025-06-15"}, "YES"),  # the end of that day, in Bucharest
        ({"closes": "2025-06-14"}, "NO"),
        ({"closes": "2025-06-14T21:30:00+00:00"}, "YES"),  # half past midnight there, the 15th
        ({"opens": "2025-06-16", "closes": "2025-07-01"}, "YES"),  # yet to come
        ({"opens": "2025-06-01"}, "UNKNOWN"),  # opened this year, closes who knows when
        ({"year": 2024}, "NO"),
        ({"year": 2025}, "UNKNOWN"),
        ({"year": 2026}, "YES"),
        ({}, "UNKNOWN"),
        ({"opens": "2025-09-01", "closes": "2025-08-01"}, "UNKNOWN"),  # contradicts itself
        ({"opens": "2024-09-01", "closes": "2024-08-01"}, "NO"),  # either way over
        # One night, told in two zones: it opens at half past midnight and closes an hour later.
        ({"opens": "2025-06-20T00:30:00+03:00", "closes": "2025-06-19T22:30:00+00:00"}, "YES"),
        # Written on one day, but in Bucharest it opens on the 21st and closes on the 20th.
        ({"opens": "2025-06-20T21:30:00+00:00", "closes": "2025-06-20T23:00:00+03:00"}, "UNKNOWN"),
        ({"opens": "2025-06-20T18:00:00", "closes": "2025-06-20T10:00:00"}, "UNKNOWN"),
        ({"opens": "2025-06-20", "closes": "2025-06-20T10:00:00"}, "YES"),  # open for a morning
    ],
)
def test_dates(made_up_call: Make, dates: dict[str, Any], expected: str) -> None:
    assert answer("dates", made_up_call(**dates), None).answer == expected


def test_a_date_is_said_as_people_say_it(made_up_call: Make) -> None:
    told = answer("dates", made_up_call(closes="2025-07-07"), None)
    assert told.text.ro == "Se depun cereri până la 7 iulie 2025."
    assert told.text.en == "It is open until 7 July 2025."


def test_a_moment_is_said_by_its_day_in_bucharest(made_up_call: Make) -> None:
    told = answer("dates", made_up_call(closes="2025-07-06T22:00:00+00:00"), None)
    assert told.text.en == "It is open until 7 July 2025."
    past = answer("dates", made_up_call(opens="2023-12-31T22:30:00+00:00"), None)
    assert past.text.en == "The edition of 2024 is over."


@pytest.mark.parametrize(
    ("values", "least", "given", "expected"),
    [
        ({"partnersRequired": False}, None, None, "YES"),
        ({"partnersRequired": True}, None, None, "UNKNOWN"),
        ({"partnersRequired": True}, None, 1, "YES"),
        ({}, 2, 1, "NO"),
        ({}, 2, 2, "YES"),
        ({"partnersRequired": False}, 2, 2, "UNKNOWN"),  # contradicts itself
    ],
)
def test_partners(
    made_up_call: Make, values: dict[str, Any], least: int | None, given: int | None, expected: str
) -> None:
    rules = [{"kind": "partners", "minPartners": least}] if least is not None else []
    assert (
        answer("partners", made_up_call(rules, **values), None, partners=given).answer == expected
    )


@pytest.mark.parametrize(
    ("low", "high", "asked", "currency", "expected"),
    [
        (None, 40_000, 40_000, "RON", "YES"),
        (None, 40_000, 40_001, "RON", "NO"),
        (5_000, None, 4_999, "RON", "NO"),
        (5_000, 40_000, 5_000, "RON", "YES"),
        (5_000, 40_000, None, "RON", "UNKNOWN"),
        (5_000, 40_000, 10_000, "EUR", "UNKNOWN"),  # no exchange rate is guessed
        (40_000, 5_000, 10_000, "RON", "UNKNOWN"),  # contradicts itself
        (0, 40_000, 0, "RON", "YES"),
    ],
)
def test_amount(
    made_up_call: Make,
    low: float | None,
    high: float | None,
    asked: float | None,
    currency: str,
    expected: str,
) -> None:
    call = made_up_call(minGrant=low, maxGrant=high, currency="RON")
    assert answer("amount", call, None, amount=asked, currency=currency).answer == expected


def test_a_sum_is_not_held_against_a_limit_of_no_stated_currency(made_up_call: Make) -> None:
    told = answer("amount", made_up_call(maxGrant=40_000), None, amount=50_000, currency="RON")
    assert told.answer == "UNKNOWN"
    assert "in which currency" in told.missing[0].en


def test_sums_are_said_as_each_language_writes_them(made_up_call: Make) -> None:
    told = answer("amount", made_up_call(maxGrant=40_000, currency="RON"), None, amount=1_500.5)
    assert "1.500,50" in told.text.ro
    assert "40.000\u00a0lei" in told.text.ro
    assert "1,500.50" in told.text.en
    assert "RON\u00a040,000" in told.text.en


def test_an_absurd_limit_of_a_source_is_said_like_any_other(made_up_call: Make) -> None:
    text = answer("amount", made_up_call(maxGrant=1e40, currency="RON"), None).text
    assert text.en.endswith(f"RON\N{NO-BREAK SPACE}10{',000' * 13}.")


def test_contradicting_limits_are_said_to_contradict(made_up_call: Make) -> None:
    told = answer("amount", made_up_call(minGrant=40_000, maxGrant=5_000, currency="RON"), None)
    assert "contradicts itself" in told.text.en
    assert "se contrazice" in told.text.ro
    assert told.missing


@pytest.mark.parametrize(
    ("share", "expected"), [(0, "YES"), (10, "UNKNOWN"), (None, "UNKNOWN"), (140, "UNKNOWN")]
)
def test_own_share(made_up_call: Make, share: float | None, expected: str) -> None:
    assert answer("cofinancing", made_up_call(coFinancingPercent=share), None).answer == expected


@pytest.mark.parametrize(
    ("share", "brings", "expected"),
    [(10, 10, "YES"), (10, 9.9, "NO"), (0, 0, "YES"), (None, 50, "UNKNOWN")],
)
def test_own_share_that_the_applicant_brings(
    made_up_call: Make, share: float | None, brings: float, expected: str
) -> None:
    call = made_up_call(coFinancingPercent=share)
    assert answer("cofinancing", call, None, own_share=brings).answer == expected


@pytest.mark.parametrize(
    ("has", "wanted", "expected"),
    [
        (["topic/music"], ["topic/culture"], "YES"),  # narrower
        (["topic/culture"], ["topic/music"], "YES"),  # broader
        (["topic/sport"], ["topic/culture"], "UNKNOWN"),  # its project may be another
        ([], ["topic/culture"], "UNKNOWN"),
        (["topic/sport"], [], "UNKNOWN"),
    ],
)
def test_topics(
    made_up_call: Make, made_up_applicant: Make, has: list[str], wanted: list[str], expected: str
) -> None:
    found = answer("topic", made_up_call(topics=wanted), made_up_applicant(topics=has))
    assert found.answer == expected


def test_no_rule_beats_unknown_and_unknown_beats_yes(
    made_up_call: Make, made_up_applicant: Make
) -> None:
    call = made_up_call(closes="2025-06-01", partnersRequired=False)
    assert judge(Application(made_up_applicant(), call, DAY)).answer == "NO"
    assert judge(Application(made_up_applicant(), call, DAY), ("partners",)).answer == "YES"
    assert (
        judge(Application(made_up_applicant(), call, DAY), ("partners", "topic")).answer
        == "UNKNOWN"
    )
