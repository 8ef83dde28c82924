"""Weighs every document against a query: five kinds of evidence, one score, what is found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.chars import LookAlikes
from graph.search.concepts import Concepts, kinds_meant
from graph.search.documents import DEFAULT_KINDS
from graph.search.embed import Embedder
from graph.search.floors import Floors
from graph.search.lexical import Lexical
from graph.search.query import Query, parse
from graph.search.shelf import Mask, Shelf
from graph.search.text import tokens
from graph.search.vectors import Vectors, largest

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

WEIGHTS: Final = {"words": 0.15, "letters": 0.25, "meaning": 0.60, "topics": 0.05, "name": 0.50}
"""What each part adds at most. Chosen by measurement: docs/search.md says how."""
CUE: Final = 0.3
"""How much a thing gains by being of the kind that the query asks for."""
LINK: Final = 0.2
"""What a thing gains of the score of a best hit it is linked to, less for things of many links."""
BEST: Final = 10
"""How many best hits lend to what they are linked to."""
SURE: Final = 1.5
"""A part counts whole when its best score reaches this times the rarity of the query's words."""
FEW: Final = 5
"""A code that more things have is no name (a year, a number in a text)."""
LENT: Final = 0.02
"""What is lent makes a hit by itself from here on."""
COVERED: Final = 0.3
"""The share of the query's words, by rarity, that a hit without close meaning must hold."""
CLOSEST: Final = 10
"""How many of the closest may be a little less close than the others must be."""
DEPTH: Final = 200
"""How many documents the lexical engine, and the index of clusters, put forward."""

_MOST: Final = sum(WEIGHTS.values()) * (1 + CUE)


def _share(values: Scores, enough: float) -> Scores:
    """The values as shares of the greatest, or of `enough` when none reaches it; none below 0."""
    most = max(float(values.max(initial=0)), enough)
    if most <= 0:
        return np.zeros_like(values)
    return np.asarray(np.maximum(values, 0) / most, dtype=np.float32)


@dataclass(frozen=True)
class Weighed:
    """Every row (n,) weighed: what each part adds, the score, and whether the row is a hit."""

    query: Query
    understood: tuple[str, ...]
    kinds: frozenset[str]
    parts: dict[str, Scores]
    cosines: Scores
    scores: Scores
    hits: Mask


@dataclass(frozen=True)
class Scales:
    """All that an index knows, ready to weigh."""

    shelf: Shelf
    lexical: Lexical
    letters: LookAlikes
    vectors: Vectors
    concepts: Concepts
    embedder: Embedder
    floors: Floors

    def weigh(self, text: str) -> Weighed:
        """Weighs every document against a text; filters play no part, so they change no score."""
        query = parse(text)
        understood = self.concepts.understood(query.text, query.capitals)
        kinds = kinds_meant(tokens(query.text))
        held, rarity = self.letters.scores(query.words)
        found, best = self.lexical.scores(query, DEPTH)
        words = np.zeros(len(self.shelf), dtype=np.float32)
        words[found] = best
        cosines, damped = self._meaning(query, found)
        named = self._named(query)
        enough = SURE * rarity
        parts = {
            "words": _share(words, enough),
            "letters": _share(held, enough),
            "meaning": _share(damped, 0),
            "topics": _share(self._topics(understood), 0),
            "name": self.shelf.mask(named).astype(np.float32),
        }
        for name, weight in WEIGHTS.items():
            parts[name] *= np.float32(weight)
        scores = np.zeros(len(self.shelf), dtype=np.float32)
        for part in parts.values():
            scores += part / np.float32(_MOST)
        if kinds:
            scores *= np.where(self.shelf.of_kinds(kinds), np.float32(1 + CUE), np.float32(1))
        hits = (held >= COVERED * rarity) if rarity else np.zeros(len(scores), np.bool_)
        hits |= (cosines >= self.floors.any) | self._closest(cosines, self.floors.closest)
        hits[named] = True
        lent = self._lent(scores, hits)
        scores += lent
        parts["links"] = lent * np.float32(_MOST)
        return Weighed(
            query, understood, kinds, parts, cosines, scores, self._narrowed(query, hits)
        )

    def _meaning(self, query: Query, found: Rows) -> tuple[Scores, Scores]:
        """The cosine of every row with the query, as it is and damped; zeros if it says nothing."""
        none = np.zeros(len(self.shelf), dtype=np.float32)
        meant = self._meant(query)
        if not meant:
            return none, none
        vector = self.embedder.encode([meant], kind="query")[0]
        if self.vectors.exact:
            cosines = self.vectors.cosines(vector)
            return cosines, self.vectors.damped(cosines)
        rows = np.union1d(self.vectors.nearest(vector, DEPTH)[0], found)
        near = self.vectors.cosines(vector, rows)
        cosines, damped = none, none.copy()
        cosines[rows] = near
        damped[rows] = self.vectors.damped(near, rows)
        return cosines, damped

    def _meant(self, query: Query) -> str:
        """The text to take the meaning of; "" if it has none.

        A word that no document holds and the model never learnt is read as the word it is a slip
        of, or left out: what a model makes of mere letters is close to something, but by chance.
        """
        read = {word: self._read(word) for word in query.words}
        if not any(len(word) > 2 and not word.isdigit() for word in read.values()):
            return ""
        return " ".join(read.get(word, word) for word in tokens(query.text)).strip()

    def _read(self, word: str) -> str:
        if self.letters.recognises(word) or self.embedder.knows(word):
            return word
        return self.letters.meant(word) or ""

    def _closest(self, cosines: Scores, floor: float) -> Mask:
        """True for the CLOSEST rows of the usual kinds, as far as they reach a floor."""
        usual = self.shelf.rows_of_kinds(frozenset(DEFAULT_KINDS))
        best = usual[largest(cosines[usual], CLOSEST)]
        return self.shelf.mask(best[cosines[best] >= floor])

    def _named(self, query: Query) -> Rows:
        """The rows whose name, or whose own code, is what was typed."""
        coded = [self.lexical.coded(code) for code in query.codes]
        few = [rows for rows in coded if len(rows) <= FEW]
        return np.concatenate([self.lexical.named(tokens(query.text)), *few])

    def _lent(self, scores: Scores, hits: Mask) -> Scores:
        """For every row, what the best hits linked to it lend; those that get enough become hits.

        A call whose projects are what was asked for is close to it, whatever its own words.
        """
        lent = np.zeros(len(self.shelf), dtype=np.float32)
        found = np.flatnonzero(hits)
        for row in found[largest(scores[found], BEST)].tolist():
            for other in self.shelf.links.rows(row).tolist():
                links = max(self.shelf.links.length(row), self.shelf.links.length(other))
                lent[other] = max(lent[other], LINK * scores[row] / math.sqrt(links))
        hits |= lent >= LENT
        return lent

    def _topics(self, understood: tuple[str, ...]) -> Scores:
        """For every row, the rarity of the understood topics it has."""
        found = np.zeros(len(self.shelf), dtype=np.float32)
        for slug in understood:
            rows = self.shelf.having("topic", slug)
            if len(rows):
                found[rows] += np.float32(np.log1p(len(self.shelf) / len(rows)))
        return found

    def _narrowed(self, query: Query, hits: Mask) -> Mask:
        """The hits that keep to what the query demands and leaves out."""
        if query.narrowed and not (query.words or query.prefixes):
            hits = np.ones_like(hits)
        for code in query.codes:
            hits[self.lexical.coded(code)] = True
        for start in query.prefixes:
            hits[self.lexical.beginning(start)] = True
        if query.phrases:
            hits = np.ones_like(hits)
        for words in query.phrases:
            hits &= self.shelf.mask(self.lexical.holding(words))
        for name, value in query.narrowed:
            hits &= self.shelf.mask(self._having(name, value))
        for words in query.excluded:
            hits[self.lexical.holding(words)] = False
        return hits

    def _having(self, name: str, value: str) -> Rows:
        """The rows with a facet's value, or what the value is another name for."""
        rows = self.shelf.having(name, value)
        if not len(rows) and name == "kind":
            return np.flatnonzero(self.shelf.of_kinds(kinds_meant(tokens(value))))
        if not len(rows) and name == "topic":
            slugs = self.concepts.understood(value)
            return np.concatenate([rows, *(self.shelf.having("topic", slug) for slug in slugs)])
        return rows
