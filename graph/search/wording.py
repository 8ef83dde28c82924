"""Word by word: which words of a text a document says of itself, as they are or by words near in meaning.

The vector of a whole text is the mean of its words: of „cor de copii din familii sărace" the children and
the families hold most, whoever sings is drowned. Here each word is looked for by itself, as in soft
matching of terms (Zhang et al., BERTScore 2020, recall weighed by rarity), among the document's own words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.memory import Memory
from graph.search.arrays import mapped
from graph.search.chars import LookAlikes
from graph.search.embed import Embedder
from graph.search.query import STOPWORDS

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Numbers = NDArray[np.int32]

NEAR: Final = (0.4, 0.9)
"""The cosines of two words that count as 0 and as 1: „grădină" and „parc" have 0.6."""

MOST_WORDS: Final = 50_000
"""Of how many words of the documents, those that most documents hold, the vectors are kept (a kilobyte
each). A rarer word is found as it is written alone."""

LEAST: Final = 0.1
"""The rarity of a word that everything holds."""

KEPT: Final = 1_000_000
"""Numbers of near words that are kept, a dozen bytes each; an entry counts as a hundred more."""

SHORT: Final = 2
"""Words of so few letters have no meaning of their own."""


class Near(NamedTuple):
    """The words of the documents near to one word: their numbers, how near (0 to 1), and how rare all of
    them together are."""

    numbers: Numbers
    shares: Scores
    rarity: float


class Wording:
    """The documents' own words beside the words of a text. Open for any number of threads."""

    def __init__(self, folder: Path, letters: LookAlikes, embedder: Embedder, size: int) -> None:
        self._own: Numbers = mapped(folder / "own.npy")
        self._ends: Rows = mapped(folder / "own_ends.npy")
        self._letters = letters
        self._embedder = embedder
        self._size = size
        self._nears: Memory[str, Near] = Memory(KEPT, lambda one: 100 + len(one.numbers))

    def said(self, words: Sequence[str], places: Rows) -> tuple[Scores, Scores]:
        """How rare each folded word is (words,), and how much of it each document says (words, places)."""
        near = self.near(words)
        rarity = np.array([one.rarity for one in near], dtype=np.float32)
        said = np.zeros((len(words), len(places)), dtype=np.float32)
        held, starts, full = self._held(places)
        if not len(held):
            return rarity, said
        worth = np.zeros(len(self._letters.vocabulary), dtype=np.float32)
        for row, one in enumerate(near):
            worth[one.numbers] = one.shares
            said[row, full] = np.maximum.reduceat(worth[held], starts)
            worth[one.numbers] = 0
        return rarity, said

    def closest(self, words: Sequence[str], place: int) -> list[tuple[str, str, float]]:
        """The words that a document says, those first that count most, each with the document's nearest
        word and how near that is (0 to 1)."""
        held, _, _ = self._held(np.array([place]))
        if not len(held):
            return []
        worth = np.zeros(len(self._letters.vocabulary), dtype=np.float32)
        found: list[tuple[float, str, str, float]] = []
        for word, near in zip(words, self.near(words), strict=True):
            worth[near.numbers] = near.shares
            mine = worth[held]
            worth[near.numbers] = 0
            best = int(mine.argmax())
            if mine[best] > 0:
                own, share = self._letters.vocabulary[int(held[best])], float(mine[best])
                found.append((near.rarity * share, word, own, share))
        found.sort(key=lambda one: -one[0])
        return [(word, own, share) for _, word, own, share in found]

    def _held(self, places: Rows) -> tuple[Numbers, Rows, Rows]:
        """The own words of some documents one after the other, where each one's begin, and which of
        the documents have some."""
        ends = self._ends[places]
        begins = np.where(places > 0, self._ends[places - 1], 0)
        sizes = ends - begins
        full = np.flatnonzero(sizes)
        sizes, begins = sizes[full], begins[full]
        starts = np.cumsum(sizes) - sizes
        held = self._own[np.repeat(begins - starts, sizes) + np.arange(sizes.sum())]
        return held, starts, full

    def near(self, words: Sequence[str]) -> list[Near]:
        """What is near to each of some folded words, remembered for the next time."""
        found = dict(zip(words, self._nears.get_all(words), strict=True))
        new = [word for word, near in found.items() if near is None]
        learnt = [word for word in new if _means(word) and self._embedder.knows(word)]
        known, vectors = self._known
        low, high = NEAR
        asked = self._embedder.encode(learnt, kind="query") if learnt else vectors[:0]
        shares = np.clip((asked @ vectors.T - low) / (high - low), 0, 1)
        read = dict(zip(learnt, shares, strict=True))
        none = np.zeros(0, dtype=np.float32)
        for word in new:
            mine = read.get(word, none)
            some = mine.nonzero()[0]
            found[word] = self._nears.put(word, self._with_itself(word, known[some], mine[some]))
        return [near for word in words if (near := found[word]) is not None]

    def _with_itself(self, word: str, numbers: Numbers, shares: Scores) -> Near:
        """The words near to one and the word itself, where some document holds it."""
        itself = self._letters.number(word)
        if itself is not None:
            others = numbers != itself
            numbers = np.append(numbers[others], np.int32(itself))
            shares = np.append(shares[others], np.float32(1))
        holding = float(shares @ self._letters.times(numbers))
        rarity = math.log((self._size + 1) / (min(holding, self._size) + 1))
        return Near(numbers, shares, max(LEAST, rarity))

    @cached_property
    def _known(self) -> tuple[Numbers, Scores]:
        """The numbers and vectors of the words that mean something."""
        vocabulary = self._letters.vocabulary
        known = [at for at, word in enumerate(vocabulary) if _means(word)]
        numbers = np.array(known, dtype=np.int32)
        if len(numbers) > MOST_WORDS:
            order = np.argsort(-self._letters.times(numbers), kind="stable")
            numbers = np.sort(numbers[order[:MOST_WORDS]])
        words = [vocabulary[at] for at in numbers.tolist()]
        return numbers, self._embedder.encode(words, kind="query")


def _means(word: str) -> bool:
    """Whether a folded word may mean something: no number, code or word of asking."""
    return len(word) > SHORT and word.isalpha() and word not in STOPWORDS
