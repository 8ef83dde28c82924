"""What can be asked, and what is said of what cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from graph.match.base import MatchResult, Subject
from graph.match.engine import Matcher
from graph.match.score import FEATURES
from ontology.errors import InputError, NotFoundError, UnknownWordError

Ask = Callable[..., MatchResult]


@pytest.mark.parametrize("code", ["A2.4", "a2.4", " A 2 . 4 ", "A2.4."])
def test_codes_are_read_as_people_write_them(matcher: Matcher, code: str) -> None:
    assert matcher.subject(any=code).id == "plan/pla-2022-2023/A2/action/4"


def test_an_unknown_code_is_answered_with_the_nearest(matcher: Matcher) -> None:
    with pytest.raises(NotFoundError) as refused:
        matcher.subject(any="A2.9")
    assert "A2.1" in refused.value.fix.en
    assert "A2.5" in refused.value.fix.ro


def test_an_unknown_id_is_answered_with_what_may_have_been_meant(matcher: Matcher) -> None:
    with pytest.raises(NotFoundError) as refused:
        matcher.subject(any="org/fundatia-comunitara-timisora")
    assert "org/fundatia-comunitara-timisoara" in refused.value.fix.en


def test_a_row_id_of_the_source_is_a_subject_too(matcher: Matcher) -> None:
    assert matcher.subject(any="timisoara:org-fitt").id == "org/fitt"


@pytest.mark.parametrize("text", ["", "   ", "...", "—!?"])
def test_an_empty_idea_is_refused(matcher: Matcher, text: str) -> None:
    with pytest.raises(InputError):
        matcher.subject(text=text)


def test_no_subject_at_all_is_refused(matcher: Matcher) -> None:
    with pytest.raises(InputError):
        matcher.subject()


def test_a_text_of_a_hundred_thousand_characters_is_read_as_far_as_an_idea_goes(ask: Ask) -> None:
    text = "ateliere de dans pentru copii " * 3_400
    assert len(text) > 100_000
    found = ask(text, "ORGANISATION")
    assert found.matches
    assert {"topic/arts-performing", "topic/children-families"} <= set(found.subject.topics)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("grădină urbană între blocuri", "gradina urbana intre blocuri"),
        ("ateliere pentru pensionari din Mehala și Iosefin",
         "ATELIERE pentru pensionari din Mehala si Iosefin"),
        ("şcoală de muzică şi teatru", "școală de muzică și teatru"),
    ],
)  # fmt: skip
def test_spellings_with_and_without_diacritics_give_the_same_list(
    ask: Ask, written: str, plain: str
) -> None:
    for kind in ("ORGANISATION", "CALL", "COUNCIL"):
        first, second = (
            [(one.id, one.score) for one in ask(text, kind, include_ineligible=True).matches]
            for text in (written, plain)
        )
        assert first == second


def test_an_idea_in_romanian_and_in_english_finds_much_the_same(ask: Ask) -> None:
    ro = {one.id for one in ask("teatru pentru persoane cu dizabilități", "ORGANISATION").matches}
    en = {one.id for one in ask("theatre for people with disabilities", "ORGANISATION").matches}
    assert len(ro & en) >= 4


def test_words_that_mean_nothing_get_a_word_of_why(ask: Ask) -> None:
    found = ask("qxzv wrtk zzqj", "ORGANISATION")
    assert found.matches == ()
    assert found.note is not None
    assert "other words" in found.note.en


def test_a_thing_without_topics_and_description_is_still_answered(
    matcher: Matcher, ask: Ask
) -> None:
    bare = {
        r.kind: r.id
        for r in matcher.world.records.values()
        if r.kind and not r.refs("topics") and not r.values.get("description")
    }
    assert len(bare) > 3  # one of each kind that has such a thing: acts, events, places, targets
    for id_ in bare.values():
        found = ask(id_, "ORGANISATION")
        assert bool(found.matches) != (found.note is not None), id_  # a list, or why there is none


def test_no_candidates_is_said(ask: Ask, matcher: Matcher) -> None:
    from graph.catalogue.base import Filter

    nothing = ask("A2.4", "ORGANISATION", filter=Filter(text="qzxqzxqzx", year_from=2999))
    assert nothing.matches == ()
    assert nothing.note is not None
    none = ask("A2.4", "ORGANISATION", first=0)
    assert none.note is not None


def test_an_unknown_kind_is_refused_with_the_known_ones(ask: Ask) -> None:
    with pytest.raises(UnknownWordError) as refused:
        ask("A2.4", "NGO")
    assert "ORGANISATION" in refused.value.fix.en
    with pytest.raises(InputError):
        ask("A2.4")


@pytest.mark.parametrize(
    ("subject", "kinds"),
    [
        ("plan/pla-2022-2023/A3", ("ORGANISATION", "COUNCIL")),
        ("plan/pla-2022-2023/A1/target/4", ("ORGANISATION", "CALL")),
        ("org/banat-it", ("ACTION", "COMMITMENT", "PROGRAMME", "ORGANISATION", "PROJECT")),
        ("project/acf-arms", ("ORGANISATION", "PROGRAMME")),
        ("programme/timotion", ("ORGANISATION",)),
        ("council/mehala", ("ORGANISATION", "ACTION")),
        ("topic/open-data", ("ORGANISATION", "ACTION")),
    ],
)
def test_anything_on_the_map_can_be_a_subject(
    ask: Ask, subject: str, kinds: tuple[str, ...]
) -> None:
    for kind in kinds:
        found = ask(subject, kind)
        assert found.matches, kind
        assert subject not in {one.id for one in found.matches}


def test_a_quarter_that_is_named_brings_its_council_first(ask: Ask) -> None:
    found = ask("cinema în aer liber în cartierul Mehala", "COUNCIL").matches
    assert found[0].id == "council/mehala"
    assert "place" in {reason.kind for reason in found[0].reasons}


def test_an_organisation_that_an_idea_names_is_listed_for_it(ask: Ask) -> None:
    found = ask("un concert împreună cu Filarmonica Banatul Timișoara", "ORGANISATION").matches
    top = next(one for one in found if one.id == "org/filarmonica-banatul")
    assert "named_in_plan" in {reason.kind for reason in top.reasons}


def test_the_subject_comes_back_with_what_was_understood(matcher: Matcher) -> None:
    found = matcher.match(Subject(None, "cursuri de robotică"), ["PROJECT"], as_of=date(2026, 1, 1))
    assert found.subject.text == "cursuri de robotică"
    assert "topic/education" in found.subject.topics


@pytest.mark.parametrize(
    ("given", "first"), [("A2.44", "A2.4"), ("a1.66", "A1.6"), ("A9.1", "A1"), ("B2", "A1")]
)
def test_a_code_that_does_not_exist_brings_the_most_alike_first(
    matcher: Matcher, given: str, first: str
) -> None:
    with pytest.raises(NotFoundError) as refused:
        matcher.subject(any=given)
    assert refused.value.fix.en.startswith(f"Did you mean: {first}")


def test_without_any_weight_that_is_said(ask: Ask) -> None:
    found = ask("A2.4", "ORGANISATION", weights=dict.fromkeys(FEATURES, 0.0))
    assert not found.matches
    assert found.note is not None
    assert "weights are 0" in found.note.en


@pytest.mark.parametrize("text", ["qqq xxyzzq", "zzzz wwwq", "asdfgh jkl"])
def test_letters_without_a_meaning_match_nothing_and_that_is_said(ask: Ask, text: str) -> None:
    """Being in the right town alone is no match."""
    for kind in ("ORGANISATION", "CALL", "COUNCIL"):
        found = ask(text, kind)
        assert not found.matches, [one.id for one in found.matches]
        assert found.note is not None
