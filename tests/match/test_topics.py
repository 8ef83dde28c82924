"""How well topics fit: focus and coverage, rare ones more, broader ones less."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.match.base import Match
from graph.match.engine import Matcher
from graph.match.facts.topicspace import TopicSpace
from graph.match.subject.reading import TopicReading


@pytest.fixture(scope="module")
def even() -> TopicSpace:
    """A space in which all topics are as rare."""
    return TopicSpace({})


def fit(space: TopicSpace, asked: dict[str, float], *has: str) -> float:
    return float(space.fit(space.vector(asked), space.matrix([frozenset(has)]))[0])


def test_the_same_topics_fit_whole_and_others_not_at_all(even: TopicSpace) -> None:
    assert fit(even, {"sport": 1.0}, "sport") == pytest.approx(1)
    assert fit(even, {"sport": 1.0}, "housing") == 0
    assert fit(even, {"sport": 1.0}) == 0
    assert fit(even, {}, "sport") == 0


def test_focus_and_coverage_both_count(even: TopicSpace) -> None:
    both = fit(even, {"sport": 1.0, "youth": 1.0}, "sport", "youth")
    half = fit(even, {"sport": 1.0, "youth": 1.0}, "sport")
    spread = fit(even, {"sport": 1.0, "youth": 1.0}, "sport", "youth", "health", "tourism")
    assert both > spread > half > 0


def test_a_narrower_topic_fits_a_broader_one_but_less(even: TopicSpace) -> None:
    assert 0 < fit(even, {"culture": 1.0}, "music") < fit(even, {"culture": 1.0}, "culture")
    assert fit(even, {"music": 1.0}, "literature") > 0  # siblings under culture


def test_a_rare_topic_shared_says_more_than_a_common_one() -> None:
    space = TopicSpace({"sport": 0.9, "education": 0.1})
    asked = {"sport": 1.0, "education": 1.0}
    assert fit(space, asked, "sport") > fit(space, asked, "education")


def test_what_is_no_topic_changes_nothing(even: TopicSpace) -> None:
    assert fit(even, {"sport": 1.0, "no-such-topic": 1.0}, "sport") == pytest.approx(1)


def test_a_text_is_understood_by_its_words_and_what_is_near_to_it(matcher: Matcher) -> None:
    def strongest(text: str) -> str:
        topics = matcher.profile(matcher.subject(text=text)).topics
        return max(topics, key=lambda topic: topics[topic])

    assert strongest("shelter for women victims of domestic violence") in (
        "gender-equality",
        "social-services",
    )
    assert strongest("adopția câinilor fără stăpân") == "animal-welfare"
    assert strongest("grădină urbană comunitară") in ("environment", "community-development")
    assert strongest("laborator mobil de chimie pentru elevi") in (
        "education",
        "research-innovation",
    )
    assert strongest("alone old people who get visits") == "elderly"


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("grădină comunitară la o școală", ("environment", "education")),
        ("tabără de teatru pentru adolescenți romi", ("arts-performing", "minorities")),
        ("concerts by choirs of the national minorities", ("music", "minorities")),
        ("science and climate camp for teenagers", ("climate-energy", "youth")),
        ("first aid for pupils and teachers", ("health", "education")),
        ("plimbări cu barca pe râu pentru familii", ("tourism", "children-families")),
    ],
)
def test_a_text_about_two_things_keeps_both(
    matcher: Matcher, text: str, both: tuple[str, str]
) -> None:
    topics = matcher.profile(matcher.subject(text=text)).topics
    assert min(topics.get(topic, 0.0) for topic in both) >= 0.3, topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("children aged 7 to 12 draw", "elderly"),
        ("copii la cursuri de limba română", "literature"),
        ("the project team plants trees", "sport"),
        ("echipa proiectului plantează copaci", "sport"),
        ("instrumente financiare pentru firme", "music"),
        ("din cauza zgomotului nu dormim", "volunteering"),
        ("proprietate intelectuală pentru firme", "disability"),
        ("an NGO that repairs bicycles", "capacity-building"),
        ("waste management in blocks of flats", "capacity-building"),
        ("transport public în cartiere", "culture"),
        ("zone rurale fără apă", "education"),
        ("fight discrimination at work", "public-safety"),
        ("children race against hunger", "sport"),
    ],
)
def test_an_everyday_word_is_no_sign_of_a_topic(matcher: Matcher, text: str, topic: str) -> None:
    assert TopicReading(matcher.search).of(text).topics.get(topic, 0.0) < 0.35


def test_the_reason_names_the_topics_and_shows_both_sides(explained: Callable[..., Match]) -> None:
    told = explained("A2.4", "org/fitt")
    reason = next(one for one in told.reasons if one.kind == "topics")
    assert "Participatory budgeting" in reason.text.en
    assert "Bugetare participativă" in reason.text.ro
    assert {one.subject for one in reason.evidence} >= {
        "plan/pla-2022-2023/A2/action/4",
        "org/fitt",
    }


def test_what_is_done_counts_before_for_whom(matcher: Matcher) -> None:
    def music_to_elderly(text: str) -> float:
        topics = matcher.profile(matcher.subject(text=text)).topics
        return topics["music"] / topics["elderly"]

    first = music_to_elderly("concerte pentru pensionari")
    assert first > music_to_elderly("pensionari la concerte")


def test_a_long_text_does_not_hold_every_topic(matcher: Matcher) -> None:
    text = ". ".join(["Facem concerte de jazz în curți și învățăm copiii să cânte la chitară"] * 30)
    topics = matcher.profile(matcher.subject(text=text)).topics
    assert max(topics, key=lambda topic: topics[topic]) == "music"
    assert topics.get("animal-welfare", 0.0) == 0


def test_the_reason_says_which_words_told_of_a_topic(explained: Callable[..., Match]) -> None:
    told = explained("ateliere de fotografie pentru pensionari", "org/asociatia-seniorilor")
    (reason,) = (one for one in told.reasons if one.kind == "topics")
    assert "Vârstnici („pensionari”)" in reason.text.ro
    assert "Older people ('pensionari')" in reason.text.en
    assert {one.subject for one in reason.evidence} == {"org/asociatia-seniorilor"}
