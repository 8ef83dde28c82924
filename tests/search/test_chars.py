"""Words that look alike find each other; one slip of the finger is forgiven in a long word."""

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from graph.search import chars
from graph.search.chars import LookAlikes
from graph.search.documents import PARTS, Document
from graph.search.letters import LettersWriter, pieces
from graph.search.text import tokens

WORDS = ["voluntariat", "biciclete", "bicicliști", "dans", "dansatori", "șah", "oraș", "orașul"]
EXTRA = [Document(f"d{n}", "ORGANISATION", {"ro": word}) for n, word in enumerate(WORDS)]


def table(documents: list[Document], folder: Path) -> LookAlikes:
    writer = LettersWriter(folder)
    writer.add([{part: one.words(part) for part in PARTS} for one in documents])
    writer.finish()
    return LookAlikes(folder, len(documents))


@pytest.fixture(scope="module")
def letters(city_documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> LookAlikes:
    """Some words among all words of the city: how telling a piece is depends on the others."""
    return table([*EXTRA, *city_documents], tmp_path_factory.mktemp("letters"))


def test_a_word_is_most_like_itself(letters: LookAlikes) -> None:
    near = letters.looking_like("biciclete")
    assert max(near, key=lambda word: near[word]) == "biciclete"
    assert near["biciclete"] == pytest.approx(1, abs=1e-5)
    assert chars.LEAST < near["biciclisti"] < 1


def test_inflected_and_compound_words_look_alike(letters: LookAlikes) -> None:
    assert "dansul" in letters.looking_like("dans")
    assert "orase" in letters.looking_like("oras")
    assert "sat" not in letters.looking_like("sah")


@pytest.mark.parametrize("slip", ["voluntraiat", "volluntariat", "voluntariaf"])
def test_a_slip_is_understood(letters: LookAlikes, slip: str) -> None:
    assert letters.meant(slip) == "voluntariat"
    assert letters.looking_like(slip)["voluntariat"] >= chars.TYPO


@pytest.mark.parametrize("word", ["voluntariat", "sah", "sahh", "voluntariatul", "xyzzy", "12345"])
def test_known_short_and_strange_words_are_left_alone(letters: LookAlikes, word: str) -> None:
    assert letters.meant(word) is None


def test_rows_are_scored_by_their_closest_word(letters: LookAlikes) -> None:
    scores, rarity = letters.scores(("biciclete",))
    assert scores[WORDS.index("biciclete")] > scores[WORDS.index("bicicliști")]
    assert scores[WORDS.index("bicicliști")] > 0 == scores[WORDS.index("dans")]
    assert rarity > 0


def test_cosines_are_those_of_the_whole_matrix(tmp_path: Path) -> None:
    """The sparse tables give what a plain matrix of weighted pieces gives."""
    letters = table(EXTRA, tmp_path)
    vocabulary = letters.vocabulary
    columns = sorted({piece for word in vocabulary for piece in pieces(word)})
    place = {piece: column for column, piece in enumerate(columns)}
    held = sparse.lil_matrix((len(vocabulary), len(columns)))
    for row, word in enumerate(vocabulary):
        for piece in pieces(word):
            held[row, place[piece]] = 1
    rarity = np.log1p(len(vocabulary) / held.toarray().sum(axis=0))
    weighted = held.toarray() * rarity
    weighted /= np.linalg.norm(weighted, axis=1, keepdims=True)
    for row, word in enumerate(vocabulary):
        expected = {
            other: cosine
            for other, cosine in zip(vocabulary, weighted @ weighted[row], strict=True)
            if cosine >= chars.LEAST
        }
        assert letters.looking_like(word) == pytest.approx(expected, abs=1e-4)


def test_nothing_is_found_in_nothing(tmp_path: Path) -> None:
    letters = table([], tmp_path)
    assert letters.scores(tokens("dans"))[0].shape == (0,)
    assert letters.meant("voluntariat") is None
