"""A score can be checked by hand: it is the sum of its reasons, and every reason shows its evidence."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date

import pytest

from graph.match.base import Match, MatchResult
from graph.match.engine import Matcher
from graph.match.score import FEATURES, WEIGHTS, parse_weights, weights_for
from ontology.errors import InputError, UnknownWordError

Ask = Callable[..., MatchResult]

SUBJECTS = [
    "A1.1",
    "A2.4",
    "A3.5",
    "A4",
    "org/fitt",
    "project/acf-arms",
    "ateliere de teatru pentru copii",
]
KINDS = [
    "ORGANISATION",
    "CALL",
    "PROGRAMME",
    "COUNCIL",
    "WORKING_GROUP",
    "ACTION",
    "PROJECT",
    "PLATFORM",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_contributions_add_up_to_the_score(ask: Ask, subject: str) -> None:
    for kind in KINDS:
        for match in ask(subject, kind, include_ineligible=True).matches:
            total = sum(reason.contribution for reason in match.reasons)
            assert match.score == pytest.approx(total, abs=1e-4)
            assert 0 < match.score <= 1
            assert all(0 <= reason.value <= 1 for reason in match.reasons)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_reason_carries_evidence_with_a_source(ask: Ask, subject: str) -> None:
    for kind in KINDS:
        for match in ask(subject, kind).matches:
            assert match.reasons
            for reason in match.reasons:
                assert reason.evidence, (match.id, reason.kind)
                assert all(one.sources for one in reason.evidence), (match.id, reason.kind)
                assert reason.text.ro
                assert reason.text.en


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_best_come_first_and_each_once(ask: Ask, subject: str) -> None:
    found = ask(subject, *KINDS, first=50).matches
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.id for one in found}) == len(found)


def test_explaining_a_pair_tells_what_the_list_told(
    ask: Ask, explained: Callable[..., Match]
) -> None:
    found = ask("A2.4", "ORGANISATION", "COUNCIL").matches
    assert found
    for match in found:
        assert explained("A2.4", match.id) == match


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_can_be_switched_off(ask: Ask, feature: str) -> None:
    found = ask("A2.4", *KINDS, weights={feature: 0.0}, first=40).matches
    assert len(found) == 40
    for match in found:
        assert feature not in {reason.kind for reason in match.reasons}


def test_with_the_plan_s_names_off_nothing_else_lets_them_in(ask: Ask) -> None:
    """Nearness in the network starts at what is alike, never at the actors that the plan names."""
    for code in ("A1.1", "A2.4", "A4.3"):
        found = ask(code, "ORGANISATION", weights={"named_in_plan": 0.0}).matches
        assert found
        for match in found:
            for reason in match.reasons:
                subjects = {one.subject for one in reason.evidence}
                assert not any(subject.startswith("involvement/") for subject in subjects)
                assert "numește" not in reason.text.ro


def test_weights_change_the_order(ask: Ask) -> None:
    usual = [one.id for one in ask("A2.4", "ORGANISATION").matches]
    place = ask("A2.4", "ORGANISATION", weights={**dict.fromkeys(FEATURES, 0.0), "place": 1.0})
    assert [one.id for one in place.matches] != usual


def test_a_weight_of_one_feature_alone_is_the_feature_itself(ask: Ask) -> None:
    alone = {**dict.fromkeys(FEATURES, 0.0), "topics": 3.0}
    found = ask("A2.4", "ORGANISATION", weights=alone).matches
    assert found
    for match in found:
        assert match.score == pytest.approx(match.reasons[0].value, abs=1e-4)


@pytest.mark.parametrize(
    "weight", [-1.0, float("nan"), float("inf"), 1e308, pytest.param(10**400, id="endless")]
)
def test_a_weight_that_is_no_weight_is_refused(ask: Ask, weight: float) -> None:
    with pytest.raises(InputError):
        ask("A2.4", "ORGANISATION", weights={"topics": weight})


def test_an_unknown_feature_is_refused_with_the_known_ones(ask: Ask) -> None:
    with pytest.raises(UnknownWordError) as refused:
        ask("A2.4", "ORGANISATION", weights={"topic": 1.0})
    assert "topics" in refused.value.fix.en


def test_weights_of_the_settings_are_read_and_used(matcher: Matcher, ask: Ask) -> None:
    own = Matcher(
        matcher.catalogue, matcher.search, matcher.network, parse_weights("semantic=0, place=0")
    )
    kinds = {
        reason.kind
        for match in own.match(
            own.subject(code="A2.4"), ["ORGANISATION"], as_of=date(2026, 1, 1)
        ).matches
        for reason in match.reasons
    }
    assert "semantic" not in kinds
    assert "topics" in kinds


@pytest.mark.parametrize("text", ["topics", "topics=", "topics=a", "=1", "topics=nan"])
def test_settings_that_are_no_weights_are_refused(text: str) -> None:
    with pytest.raises((InputError, UnknownWordError)):
        parse_weights(text)


def test_every_kind_has_a_weight_for_every_feature() -> None:
    assert all(tuple(weights) == FEATURES for weights in WEIGHTS.values())
    assert weights_for("PLACE", {"topics": 2.0})["topics"] == 2.0


def test_the_same_question_gets_the_same_answer(ask: Ask) -> None:
    assert ask("A3.5", "ORGANISATION") == ask("A3.5", "ORGANISATION")


def test_diversity_is_off_unless_asked_for_and_then_lists_less_of_the_same(
    matcher: Matcher, ask: Ask
) -> None:
    def alike(ids: list[str]) -> float:
        topics = [matcher.world.topics_of(one) for one in ids]
        return sum(len(a & b) / len(a | b) for a, b in itertools.combinations(topics, 2))

    plain = [one.id for one in ask("A2.4", "ORGANISATION", first=8).matches]
    mixed = [one.id for one in ask("A2.4", "ORGANISATION", first=8, diversity=1.0).matches]
    assert plain[0] == mixed[0]
    assert alike(mixed) < alike(plain)
