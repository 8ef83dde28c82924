"""Word by word: which words of a text a document says of itself, whatever form or language they have."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.search.documents import Document
from graph.search.embed import Embedder
from graph.search.hybrid import Search

DOCUMENTS = [
    Document("org/a-choir", "ORGANISATION", {"ro": "Corul de copii"},
             activities={"ro": "Concerte de muzică corală cu elevi."}),
    Document("org/b-garden", "ORGANISATION", {"en": "The neighbours"},
             activities={"en": "A garden between blocks of flats."},
             rest={"ro": "Concert de primăvară"}),
    Document("org/c-silent", "ORGANISATION", {"ro": "…"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(bundled: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder: Path = tmp_path_factory.mktemp("wording") / "index"
    return Search.build(DOCUMENTS, folder, bundled)


def shares(search: Search, word: str) -> dict[str, float]:
    ids = [one.id for one in DOCUMENTS]
    _, said = search.wording.said([word], search.places(ids))
    return dict(zip(ids, said[0].tolist(), strict=True))


def test_a_word_is_found_as_it_is_in_other_forms_and_in_the_other_language(small: Search) -> None:
    assert shares(small, "elevi")["org/a-choir"] == 1
    assert shares(small, "concertul")["org/a-choir"] > 0.5
    assert shares(small, "garden")["org/b-garden"] == 1
    assert shares(small, "gradina")["org/b-garden"] > 0.5


def test_what_a_thing_is_only_linked_to_is_not_its_own_word(small: Search) -> None:
    assert shares(small, "concert")["org/b-garden"] == 0
    assert shares(small, "primavara")["org/b-garden"] == 0


def test_a_thing_without_words_says_nothing_and_shifts_nobody_else(small: Search) -> None:
    for word in ("elevi", "garden", "concert"):
        assert shares(small, word)["org/c-silent"] == 0
    ids = ["org/c-silent", "org/b-garden"]
    _, said = small.wording.said(["garden"], small.places(ids))
    assert said.tolist() == [[0, 1]]


def test_unlearnt_words_numbers_and_asking_words_are_near_to_themselves_alone(
    small: Search,
) -> None:
    for word in ("xqzwk", "1989", "de"):
        (near,) = small.wording.near([word])
        assert len(near.numbers) == (1 if word == "de" else 0)
        assert not shares(small, word)["org/c-silent"]


def test_rare_words_weigh_more_and_none_weighs_nothing(city_search: Search) -> None:
    words = ["timisoara", "copii", "biciclete", "robotica"]
    rarity, _ = city_search.wording.said(words, np.array([0]))
    assert rarity.tolist() == sorted(rarity.tolist())
    assert rarity.min() > 0


def test_the_nearest_word_of_a_document_is_told(small: Search) -> None:
    choir, garden = small.places(["org/a-choir", "org/b-garden"]).tolist()
    ((asked, own, share),) = small.wording.closest(["xqzwk", "gradini"], garden)
    assert (asked, own) == ("gradini", "garden")
    assert 0 < share <= 1
    assert small.wording.closest(["xqzwk"], choir) == []
    told = small.wording.closest(["elevi", "corala", "concerte"], choir)
    assert {asked for asked, _, _ in told} == {"elevi", "corala", "concerte"}
    assert {asked: own for asked, own, _ in told}["elevi"] == "elevi"
