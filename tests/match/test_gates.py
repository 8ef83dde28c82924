"""Gates first: a NO is left out, a closed call gives way to its programme, three answers and no fourth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.catalogue.base import Record
from graph.match.base import RULES, Match, MatchResult
from graph.match.eligibility import Application, judge
from graph.match.engine import Matcher
from graph.match.rules.case import Brought
from ontology.errors import InputError

Ask = Callable[..., MatchResult]

CASES = yaml.safe_load((Path(__file__).parent / "eligibility.yml").read_text(encoding="utf-8"))
MADE_UP = yaml.safe_load((Path(__file__).parent / "applications.yml").read_text(encoding="utf-8"))
IN_MAY = date(2024, 5, 20)
"""When the call "Impuls în comunitate 2024" was open."""
IMPULS = "call/impuls-in-comunitate-2024"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[2]}")
def test_every_answer_is_right_and_unknown_where_the_data_cannot_tell(
    matcher: Matcher, case: list[Any]
) -> None:
    body, call, day, answer, rules = case
    ids = matcher.catalogue.resolve([f"timisoara:org-{body}", f"timisoara:fund-{call}"])
    assert None not in ids
    found = matcher.eligibility(str(ids[0]), str(ids[1]), as_of=day)
    assert {one.rule: one.answer for one in found.rules} == {
        rule: rules.get(rule, "UNKNOWN") for rule in RULES
    }
    assert found.answer == answer
    assert all(one.missing for one in found.rules if one.answer == "UNKNOWN")
    assert all(one.text.ro and one.text.en for one in found.rules)


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: f"{case['form']} {case['call']}")
def test_an_application_with_its_sum_and_partners_is_judged_by_what_the_call_says(
    matcher: Matcher, made_up_applicant: Callable[..., Record], case: dict[str, Any]
) -> None:
    (call,) = matcher.catalogue.resolve([f"timisoara:fund-{case['call']}"])
    topics = [f"topic/{slug}" for slug in case["topics"]]
    who = made_up_applicant(legalForm=case["form"], city=case["town"], topics=topics)
    found = judge(
        Application(
            who,
            matcher.world.records[str(call)],
            case["day"],
            amount=case.get("amount"),
            currency=case.get("currency"),
            partners=case.get("partners"),
        )
    )
    assert {one.rule: one.answer for one in found.rules} == {
        rule: case["rules"].get(rule, "UNKNOWN") for rule in RULES
    }
    assert found.answer == case["answer"]


def test_what_the_applicant_brings_is_judged_too(matcher: Matcher) -> None:
    body, call = "org/alergotura", "call/orasul-in-miscare-2022"
    day = date(2022, 4, 1)
    plain = matcher.eligibility(body, call, as_of=day)
    full = matcher.eligibility(body, call, as_of=day, project=Brought(100_000, "RON", 2, 10))
    poor = matcher.eligibility(body, call, as_of=day, project=Brought(100_000, "RON", 2, 5))
    assert (plain.answer, full.answer, poor.answer) == ("UNKNOWN", "YES", "NO")


@pytest.mark.parametrize(
    "brought",
    [
        Brought(amount=-1),
        Brought(partners=-2),
        Brought(own_share=101),
        Brought(float("nan")),
        Brought(float("inf")),
        Brought(1e308),
    ],
)
def test_figures_that_cannot_be_are_refused(matcher: Matcher, brought: Brought) -> None:
    with pytest.raises(InputError):
        matcher.eligibility("org/fitt", IMPULS, as_of=IN_MAY, project=brought)


def test_a_closed_call_is_not_offered_but_its_programme_is_with_a_forecast(ask: Ask) -> None:
    found = ask("A1.7", "CALL").matches
    assert IMPULS not in {one.id for one in found}
    programme = next(one for one in found if one.id == "programme/impuls-in-comunitate")
    said = programme.reasons[-1]
    assert said.kind == "forecast"
    assert "2023, 2024, last known opening: May 2024" in said.text.en
    assert "2023, 2024, ultima deschidere cunoscută: mai 2024" in said.text.ro
    assert said.contribution == 0
    assert said.evidence


def test_while_a_call_is_open_it_stands_for_its_programme(ask: Ask) -> None:
    ids = {one.id for one in ask("A1.7", "CALL", "PROGRAMME", day=IN_MAY, first=40).matches}
    assert IMPULS in ids
    assert "programme/impuls-in-comunitate" not in ids


def test_every_action_and_every_kind_of_applicant_is_shown_money(
    matcher: Matcher, ask: Ask
) -> None:
    codes = [r.values["code"] for r in matcher.world.records.values() if r.type == "Action"]
    assert len(codes) == 24
    for subject in [*codes, "org/fitt", "org/alergotura", "org/scoala-gimnaziala-boldur"]:
        assert ask(subject, "CALL", "PROGRAMME").matches, subject


def test_a_no_is_left_out_unless_asked_for(ask: Ask) -> None:
    plain = ask("org/uvt", "CALL", day=IN_MAY, first=100).matches
    everything = ask("org/uvt", "CALL", day=IN_MAY, first=100, include_ineligible=True).matches
    assert all(one.eligible != "NO" for one in plain)
    refused = next(one for one in everything if one.id == IMPULS)
    assert refused.eligible == "NO"


def test_explain_says_why_not(explained: Callable[..., Match]) -> None:
    told = explained("org/uvt", IMPULS, day=IN_MAY)
    assert told.eligible == "NO"
    assert told.eligibility is not None
    form = told.eligibility.rules[0]
    assert (form.rule, form.answer) == ("legal_form", "NO")
    assert "university" in form.text.en
    assert "universitate" in form.text.ro


def test_with_the_ineligible_the_order_is_by_score_alone(ask: Ask) -> None:
    found = ask("org/uvt", "CALL", include_ineligible=True, first=60).matches
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert {one.eligible for one in found} >= {"NO", "UNKNOWN"}


def test_an_open_call_finds_organisations_that_may_apply(ask: Ask) -> None:
    found = ask(IMPULS, "ORGANISATION", day=IN_MAY, first=30).matches
    assert found
    for one in found:
        assert one.eligible in ("YES", "UNKNOWN")
        assert one.eligibility is not None


def test_a_closed_call_as_subject_says_that_it_is_closed(ask: Ask) -> None:
    found = ask(IMPULS, "ORGANISATION")
    assert not found.matches
    assert found.note is not None
    assert "closed" in found.note.en
    assert "închis" in found.note.ro
    assert ask(IMPULS, "ORGANISATION", include_ineligible=True).matches


def test_a_project_applies_with_its_lead_and_its_sum(explained: Callable[..., Match]) -> None:
    told = explained("project/acf-arms", "call/acf-romania-runda-1", day=date(2019, 6, 1))
    assert told.eligibility is not None
    rules = {one.rule: one.answer for one in told.eligibility.rules}
    assert rules["amount"] == "YES"  # 49,999.50 EUR, between 5,000 and 250,000
    assert rules["legal_form"] == "YES"


def test_the_holder_of_the_plan_is_no_partner_of_its_own_plan(ask: Ask) -> None:
    holder = "org/primaria-municipiului-timisoara"
    for code in ("A1.1", "A2.4", "A4.3"):
        assert holder not in {one.id for one in ask(code, "ORGANISATION", first=100).matches}


def test_general_actors_are_never_organisations(matcher: Matcher, ask: Ask) -> None:
    for code in ("A1.1", "A2.4", "A3.1", "A4.3"):
        for one in ask(code, "ORGANISATION", first=100).matches:
            assert one.id.startswith("org/")
            assert matcher.world.records[one.id].type == "Organisation"


def test_local_bodies_are_not_crowded_out_by_those_from_elsewhere(
    matcher: Matcher, ask: Ask
) -> None:
    for code in ("A1.1", "A1.4", "A2.1", "A3.3", "A4.3"):
        cities = [
            matcher.world.records[one.id].values.get("city")
            for one in ask(code, "ORGANISATION").matches
        ]
        assert cities.count("Timișoara") >= 6, (code, cities)


def test_a_programme_that_is_listed_among_organisations_is_no_partner(
    ask: Ask, explained: Callable[..., Match]
) -> None:
    for code in ("A3.1", "A4.6", "A4.7"):
        ids = {one.id for one in ask(code, "ORGANISATION", first=100).matches}
        assert not ids & {"org/poca", "org/pnrr", "org/interreg-ipa-ro-rs"}
    told = explained("A4.6", "org/poca")
    assert told.eligible == "NO"
    assert told.note is not None
    assert "programme" in told.note.en
    assert explained("A1.7", "org/centrul-de-proiecte-timisoara").eligible == "YES"
    assert explained("A1.7", "org/fundatia-comunitara-timisoara").eligible == "YES"
