"""What would raise a score: the features that gave least, most first, and what to do."""

from __future__ import annotations

from datetime import date

from graph.match.engine import Matcher
from graph.match.features import ALL, described

DAY = date(2026, 11, 25)


def test_the_greatest_gain_comes_first(matcher: Matcher) -> None:
    told = matcher.advice(matcher.subject(code="A2.4"), "org/banat-it", as_of=DAY)
    gains = [one.gain for one in told]
    assert gains == sorted(gains, reverse=True)
    assert all(0 <= gain <= 1 for gain in gains)
    assert {one.kind for one in told} <= set(ALL)
    assert all(one.text.ro and one.text.en for one in told)


def test_missing_topics_are_named(matcher: Matcher) -> None:
    told = matcher.advice(matcher.subject(code="A2.4"), "org/banat-it", as_of=DAY)
    topics = next(one for one in told if one.kind == "topics")
    assert "Participatory budgeting" in topics.text.en


def test_every_feature_is_described_in_both_languages() -> None:
    for name, said in described().items():
        assert said.ro, name
        assert said.en, name
        assert said.ro != said.en
