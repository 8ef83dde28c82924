"""What the plan's actions lack, and which of its countable targets the graph shows to be met."""

from __future__ import annotations

from datetime import date

import pytest

from graph.match.base import MISSING, Gap
from graph.match.engine import Matcher
from graph.match.gaps import SEVERITY, actions
from ontology.errors import NotFoundError
from ontology.loading import load_model

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def all_gaps(matcher: Matcher) -> list[Gap]:
    return matcher.gaps(as_of=DAY)


def test_the_worst_come_first_and_every_gap_has_a_name(all_gaps: list[Gap]) -> None:
    severities = [gap.severity for gap in all_gaps]
    assert severities == sorted(severities, reverse=True)
    assert all(gap.missing and set(gap.missing) <= set(MISSING) for gap in all_gaps)
    assert all(0 < gap.severity <= 1 for gap in all_gaps)
    assert set(SEVERITY) == set(MISSING)
    assert sum(SEVERITY.values()) == pytest.approx(1)


def test_actors_that_are_only_possible_fill_nothing(all_gaps: list[Gap]) -> None:
    """The plan names 'possible actors': nobody has said yes."""
    assert len(all_gaps) == 24
    assert all({"responsible", "partner"} <= set(gap.missing) for gap in all_gaps)


def test_an_action_with_a_number_to_reach_has_an_indicator(all_gaps: list[Gap]) -> None:
    lacks = {gap.action.removeprefix("plan/pla-2022-2023/"): gap.missing for gap in all_gaps}
    assert "indicator" not in lacks["A1/action/2"]  # 50 civil servants
    assert "indicator" in lacks["A1/action/5"]  # a portal, no number
    assert "indicator" in lacks["A4/action/1"]  # no target at all


def test_each_gap_comes_with_a_candidate_and_its_reasons(all_gaps: list[Gap]) -> None:
    for gap in all_gaps:
        assert gap.best is not None
        assert gap.best.id.startswith("org/")
        assert gap.best.reasons


def test_the_matrix_without_candidates_says_the_same(matcher: Matcher, all_gaps: list[Gap]) -> None:
    plain = matcher.missing(as_of=DAY)
    assert [(gap.action, gap.missing, gap.severity) for gap in plain] == [
        (gap.action, gap.missing, gap.severity) for gap in all_gaps
    ]


def test_actions_are_in_the_order_of_their_codes(matcher: Matcher) -> None:
    codes = [str(one.values["code"]) for one in actions(matcher, None)]
    assert codes[:3] == ["A1.1", "A1.2", "A1.3"]
    assert codes[-1] == "A4.7"


def test_a_plan_that_does_not_exist_is_said(matcher: Matcher) -> None:
    with pytest.raises(NotFoundError) as refused:
        matcher.gaps("plan/pla-2030", as_of=DAY)
    assert "plan/pla-2022-2023" in refused.value.fix.en


def test_countable_targets_are_counted_from_the_graph(matcher: Matcher) -> None:
    found = {one.target.removeprefix("plan/pla-2022-2023/"): one for one in matcher.plan_targets()}
    parties, money = found["A4/target/4"], found["A4/target/5"]
    groups, mapped = found["A1/target/3"], found["A1/target/6"]
    assert (parties.wanted, parties.met) == (3, True)
    assert (money.wanted, money.met) == (2, True)
    assert (groups.wanted, groups.met) == (3, True)
    assert (mapped.wanted, mapped.met) == (3, True)
    for one in (parties, money, groups, mapped):
        assert one.found >= one.wanted
        assert one.evidence
        assert all(statement.sources for statement in one.evidence)
    assert {s.field for s in parties.evidence} == {"participant"}
    assert {s.field for s in money.evidence} == {"refersTo"}


def test_partners_are_counted_only_when_they_have_said_yes(matcher: Matcher) -> None:
    partners = next(one for one in matcher.plan_targets() if one.target.endswith("A2/target/4"))
    assert (partners.found, partners.met) == (0, False)


def test_the_units_that_are_counted_are_units_of_the_ontology() -> None:
    from graph.match.targets import _COUNTED

    assert set(_COUNTED) <= set(load_model().codes["Unit"].codes)
