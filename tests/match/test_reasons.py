"""What a reason says is true: its words rest on statements that a person can follow."""

from __future__ import annotations

import re
from datetime import date

import pytest

from graph.catalogue.base import Statement
from graph.match.base import Match, Reason
from graph.match.engine import Matcher
from graph.search.text import fold

DAY = date(2026, 11, 25)
ASKED = ("A1.1", "A2.4", "A4.5", "concerte ale minorităților în biserici", "bike repair in schools")


def matches(matcher: Matcher, asked: str, *kinds: str) -> list[Match]:
    subject = matcher.subject(code=asked) if asked.startswith("A") else matcher.subject(text=asked)
    return list(matcher.match(subject, kinds, first=10, as_of=DAY).matches)


def said(match: Match, kind: str) -> list[Reason]:
    return [one for one in match.reasons if one.kind == kind]


@pytest.mark.parametrize("asked", ASKED)
def test_a_tie_is_said_with_every_step_of_it(matcher: Matcher, asked: str) -> None:
    def ends(one: Statement) -> set[str]:
        """What a statement ties: a membership ties its member, too."""
        held = {one.subject, str(one.object)}
        if one.subject.startswith("membership/"):
            (part,) = matcher.catalogue.records([one.subject])
            held |= {*part.refs("organisation"), *part.refs("body")} if part else set()
        return held

    told = 0
    for match in matches(matcher, asked, "ORGANISATION", "COUNCIL", "PROGRAMME"):
        for reason in said(match, "network"):
            here = {match.id}
            for step in reason.evidence:
                assert here & ends(step), (match.id, reason.text.en)
                here |= ends(step)
            assert len(reason.evidence) <= 3
            told += 1
    assert told


def test_a_project_is_said_to_be_on_the_topics_only_where_it_shares_one(matcher: Matcher) -> None:
    for asked in ASKED:
        for match in matches(matcher, asked, "ORGANISATION"):
            for reason in said(match, "track_record"):
                topics = [one.object for one in reason.evidence if one.field == "topics"]
                if "or near ones" not in reason.text.en:
                    wanted = matcher.profile(
                        matcher.subject(code=asked)
                        if asked.startswith("A")
                        else matcher.subject(text=asked)
                    ).topics
                    assert {str(one).removeprefix("topic/") for one in topics} <= wanted.keys()


def test_that_the_newest_edition_is_over_is_no_no_to_a_programme(matcher: Matcher) -> None:
    (first, *_) = matches(matcher, "A1.6", "PROGRAMME")
    assert first.eligibility is not None
    dates = next(one for one in first.eligibility.rules if one.rule == "dates")
    assert dates.answer == "UNKNOWN"
    assert "newest edition" in dates.text.en
    assert dates.missing
    assert all(one.answer != "NO" for one in first.eligibility.rules)


def test_a_mandate_is_said_only_of_what_an_act_founded(matcher: Matcher) -> None:
    told = set()
    for match in matches(matcher, "A1.1", "COUNCIL", "WORKING_GROUP"):
        founded = bool(matcher.world.records[match.id].refs("legalActs"))
        for reason in said(match, "mandate"):
            assert ("mandate" in reason.text.en) == founded, match.id
            told.add(founded)
    assert told == {True, False}


def test_a_word_is_said_only_where_the_thing_says_it(matcher: Matcher) -> None:
    """Each word that is asked for, or the like that stands beside it, is in one of the statements."""
    told = 0
    for asked in ASKED:
        for match in matches(matcher, asked, "ORGANISATION"):
            for reason in said(match, "words"):
                said_there = fold(" ".join(str(one.value) for one in reason.evidence))
                for word, like in re.findall(r"'([^']+)'(?: \('([^']+)'\))?", reason.text.en):
                    assert fold(like or word) in said_there, (match.id, reason.text.en)
                    told += 1
                assert {one.subject for one in reason.evidence} == {match.id}
    assert told > 20


def test_the_town_is_no_word_that_is_asked_for(matcher: Matcher) -> None:
    subject = matcher.subject(text="copaci plantați în cartierele din Timișoara")
    assert "timisoara" not in dict(matcher.profile(subject).words)
    for match in matcher.match(subject, ["ORGANISATION"], first=20, as_of=DAY).matches:
        assert all("Timișoara'" not in one.text.en for one in said(match, "words"))
