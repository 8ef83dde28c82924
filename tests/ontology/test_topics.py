"""The topic scheme: complete, connected, without clashes, linked outward with care."""

from __future__ import annotations

from collections import defaultdict

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from ontology.loading import load_model
from ontology.turtle import vocabulary_graph
from ontology.vocab import CR, DEFAULT_BASE

TOPICS = load_model().topics


@pytest.fixture(scope="module")
def scheme() -> Graph:
    return vocabulary_graph()


def test_the_scheme_has_forty_topics_and_nineteen_tops() -> None:
    assert len(TOPICS) == 40
    assert sum(1 for topic in TOPICS.values() if not topic.broader) == 19


def test_the_other_names_are_all_there() -> None:
    assert sum(len(topic.alt["ro"]) for topic in TOPICS.values()) == 390
    assert sum(len(topic.alt["en"]) for topic in TOPICS.values()) == 234


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_no_name_belongs_to_two_topics(lang: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for topic in TOPICS.values():
        for name in (topic.label(lang), *topic.alt[lang]):
            owners[name.casefold()].add(topic.slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_every_broader_topic_exists_and_no_topic_is_above_itself() -> None:
    for topic in TOPICS.values():
        assert set(topic.broader) <= TOPICS.keys()
        assert topic.slug not in load_model().ancestors(topic.slug)


def test_no_topic_hangs_in_the_air(scheme: Graph) -> None:
    """Every topic is at the top of the scheme or below another, and below only one of the two."""
    for topic in TOPICS.values():
        node = URIRef(f"{DEFAULT_BASE}id/{topic.id}")
        at_the_top = (node, SKOS.topConceptOf, URIRef(CR + "TopicScheme")) in scheme
        assert at_the_top != bool(topic.broader), topic.slug


def test_narrower_is_the_other_side_of_broader() -> None:
    for topic in TOPICS.values():
        assert all(topic.slug in TOPICS[below].broader for below in topic.narrower)


def test_a_topic_is_never_the_same_as_a_concept_of_eurovoc(scheme: Graph) -> None:
    """Ours are wider: one close match at most, the others only related."""
    assert not list(scheme.subject_objects(SKOS.exactMatch))
    for topic in TOPICS.values():
        node = URIRef(f"{DEFAULT_BASE}id/{topic.id}")
        assert len(list(scheme.objects(node, SKOS.closeMatch))) <= 1
        assert topic.eurovoc, topic.slug


def test_participatory_budgeting_has_only_related_concepts(scheme: Graph) -> None:
    node = URIRef(f"{DEFAULT_BASE}id/topic/participatory-budgeting")
    assert not list(scheme.objects(node, SKOS.closeMatch))


def test_goals_and_functions_of_government_are_real_numbers() -> None:
    for topic in TOPICS.values():
        assert all(1 <= goal <= 17 for goal in topic.sdg), topic.slug
        assert all(1 <= int(code[:2]) <= 10 for code in topic.cofog), topic.slug


def test_what_has_no_honest_class_has_none() -> None:
    for slug in ("human-rights", "gender-equality", "animal-welfare"):
        assert TOPICS[slug].cofog == ()
    for slug in ("arts-performing", "arts-visual", "music"):
        assert TOPICS[slug].sdg == ()


def test_romanian_is_written_with_commas_below(scheme: Graph) -> None:
    for text in scheme.objects():
        if isinstance(text, Literal):
            assert not set("şŞţŢ") & set(text), text


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_every_topic_has_words_that_tell_of_it_beside_its_names(lang: str) -> None:
    for topic in TOPICS.values():
        names = {name.casefold() for name in (topic.label(lang), *topic.alt[lang])}
        assert len(topic.hints[lang]) >= 5, topic.slug
        assert names.isdisjoint(hint.casefold() for hint in topic.hints[lang]), topic.slug
