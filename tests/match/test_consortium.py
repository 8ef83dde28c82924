"""Who could apply together: small sets that fill a call's rules and cover the subject."""

from __future__ import annotations

from datetime import date

import pytest

from graph.match.base import Consortium
from graph.match.engine import Matcher
from ontology.errors import InputError, NotFoundError

IMPULS = "call/impuls-in-comunitate-2023"
JULY = date(2023, 7, 10)


@pytest.fixture(scope="module")
def sets(matcher: Matcher) -> list[Consortium]:
    return matcher.consortium(IMPULS, as_of=JULY)


def test_the_call_s_partner_rule_is_filled_by_the_smallest_sets(sets: list[Consortium]) -> None:
    assert sets
    assert all(len(one.members) == 2 for one in sets)  # an applicant and at least one partner
    for one in sets:
        rules = {rule.rule: rule.answer for rule in one.eligibility.rules}
        assert rules["partners"] == "YES"
        assert rules["legal_form"] == "YES"
        assert rules["territory"] == "YES"


def test_the_topics_are_covered_and_who_covers_which_is_said(sets: list[Consortium]) -> None:
    for one in sets:
        assert not one.uncovered
        assert set(one.covered) == {topic for member in one.members for topic in member.topics}
        assert all(member.fills for member in one.members)
        assert one.members[0].fills[0].en == "applicant"
        assert one.members[1].fills[0].ro == "partener"


def test_no_set_is_proposed_twice(sets: list[Consortium]) -> None:
    members = [frozenset(member.organisation for member in one.members) for one in sets]
    assert len(set(members)) == len(members)


def test_the_lead_that_is_asked_for_leads(matcher: Matcher) -> None:
    leads = [
        s.members[0].organisation for s in matcher.consortium(IMPULS, lead="org/plai", as_of=JULY)
    ]
    assert set(leads) == {"org/plai"}


def test_a_lead_that_may_not_apply_is_said_to_be_refused(matcher: Matcher) -> None:
    told = matcher.consortium(IMPULS, lead="org/uvt", as_of=JULY)
    assert {one.eligibility.answer for one in told} == {"NO"}


def test_an_idea_is_covered_with_partners_of_its_own(matcher: Matcher) -> None:
    idea = matcher.subject(text="teatru pentru persoane cu dizabilități")
    found = matcher.consortium(IMPULS, subject=idea, as_of=JULY)
    assert found
    for one in found:
        assert one.covered
        assert len(one.members) >= 2


def test_whether_they_worked_together_is_told(matcher: Matcher) -> None:
    told = matcher.consortium(IMPULS, as_of=JULY, first=50)
    assert all(one.note is not None for one in told)
    for one in told:
        assert bool(one.together) == ("have worked together" in (one.note.en if one.note else ""))
        assert all(project.startswith("project/") for project in one.together)


def test_what_is_no_call_or_no_organisation_is_refused(matcher: Matcher) -> None:
    with pytest.raises(InputError):
        matcher.consortium("org/plai", as_of=JULY)
    with pytest.raises(InputError):
        matcher.consortium(IMPULS, lead="council/tineret", as_of=JULY)
    with pytest.raises(NotFoundError):
        matcher.consortium("call/there-is-none", as_of=JULY)


def test_who_pays_for_a_call_is_no_member(matcher: Matcher) -> None:
    idea = matcher.subject(text="sănătate și mediu la graniță")
    found = matcher.consortium(
        "call/interreg-ipa-ro-rs-2021-2027", subject=idea, as_of=date(2024, 3, 1)
    )
    assert found
    for one in found:
        assert "org/interreg-ipa-ro-rs" not in {member.organisation for member in one.members}
