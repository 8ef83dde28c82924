"""Topics are understood by their names in both languages; names of things are no evidence."""

import pytest

from graph.search.concepts import Concepts, Masks, kinds_meant
from graph.search.text import tokens
from ontology.loading import load_model


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    names = ["Asociația Sport pentru Toți", "Casa Tineretului", "Muzică"]
    return Concepts(load_model().topics, Masks.of(names))


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("cursuri pentru tineri", ("youth",)),
        ("activități cu tinerii din oraș", ("youth",)),
        ("grants for young people", ("youth",)),
        ("piste de biciclete", ("mobility",)),
        ("open data", ("open-data",)),
        ("date deschise", ("open-data",)),
        ("it is free", ()),
        ("xyzzy", ()),
        ("", ()),
    ],
)
def test_names_of_topics_are_understood(
    concepts: Concepts, text: str, topics: tuple[str, ...]
) -> None:
    assert concepts.understood(tokens(text)) == topics


def test_the_longest_name_wins(concepts: Concepts) -> None:
    assert "heritage" in concepts.understood(tokens("patrimoniu cultural"))
    assert "culture" not in concepts.understood(tokens("patrimoniu cultural"))


def test_a_name_of_a_thing_is_no_topic(concepts: Concepts) -> None:
    assert concepts.understood(tokens("Asociația Sport pentru Toți")) == ()
    assert concepts.understood(tokens("sport la Casa Tineretului")) == ("sport",)


def test_a_name_that_is_a_topic_stays(concepts: Concepts) -> None:
    assert concepts.understood(tokens("muzica")) == ("music",)


@pytest.mark.parametrize("text", ["cartea de vizită", "festivități", "corporație"])
def test_parts_of_words_are_no_topics(concepts: Concepts, text: str) -> None:
    assert not {"culture", "music"} & set(concepts.understood(tokens(text)))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bani pentru biserici", {"CALL"}),
        ("cine repară biciclete", {"ORGANISATION"}),
        ("grants for NGOs", {"CALL", "ORGANISATION"}),
        ("hotărâri despre buget", {"LEGAL_ACT"}),
        ("dans popular", set()),
    ],
)
def test_cue_words_ask_for_kinds(text: str, kinds: set[str]) -> None:
    assert kinds_meant(tokens(text)) == kinds


def test_a_topic_that_is_a_word_of_asking_counts_in_capitals(concepts: Concepts) -> None:
    assert concepts.understood(tokens("firme de it")) == ("entrepreneurship",)
    assert concepts.understood(tokens("firme de IT"), {"it"}) == ("entrepreneurship", "digital")
