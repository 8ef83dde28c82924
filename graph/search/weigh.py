"""Weighs every document against a query: five kinds of evidence, one score, what is found."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.search.chars import LookAlikes
from graph.search.concepts import Concepts, kinds_meant, kinds_named
from graph.search.documents import USUAL
from graph.search.embed import Embedder
from graph.search.floors import Floors
from graph.search.lending import Loan, lend
from graph.search.lexical import Lexical
from graph.search.meaning import DEPTH, Meaning, meaning_of
from graph.search.query import Query, parse
from graph.search.shelf import Mask, Shelf
from graph.search.text import tokens
from graph.search.vectors import Vectors
from graph.search.wording import Wording
from ontology.loading import load_model

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

WEIGHTS: Final = {"words": 0.15, "letters": 0.25, "meaning": 0.60, "topics": 0.05, "name": 0.50}
"""What each part adds at most. Chosen by measurement: docs/search.md says how."""
CUE: Final = 0.3
"""How much a thing gains by being of the kind, or of the year, that the query asks for."""
ASIDE: Final = 0.6
"""What all else counts beside a code that is a thing's own."""
SURE: Final = 1.5
"""A part counts whole when its best score reaches this times the rarity of the query's words."""
FEW: Final = 5
"""A code that more things have is no name (a year, a number in a text)."""
COVERED: Final = 0.3
"""The share of the query's words, by rarity, that a hit without close meaning must hold."""

_MOST: Final = sum(WEIGHTS.values()) * (1 + CUE)


def _most(values: Scores) -> float:
    return float(values.max(initial=0))


def _factors(
    letters: Scores, words: Scores, near: Scores, topics: Scores | None, enough: float, aside: float
) -> dict[str, float]:
    """What each kind of evidence is multiplied by; `aside` lowers what stands beside a code."""
    return {
        "words": aside * _factor("words", float(words[0]) if len(words) else 0.0, enough),
        "letters": aside * _factor("letters", _most(letters), enough),
        "meaning": aside * _factor("meaning", _most(near), 0),
        "topics": 0.0 if topics is None else _factor("topics", _most(topics), 0),
        "name": WEIGHTS["name"],
    }


def _factor(part: str, most: float, enough: float) -> float:
    """What turns the values of a part into shares of the greatest, or of `enough`, weighted."""
    most = max(most, enough)
    return WEIGHTS[part] / most if most > 0 else 0.0


class Weighed(NamedTuple):
    """Every row (n,) weighed: the score, whether the row is a hit, and what the parts saw.

    What a part adds for one row is worked out when it is asked for (`parts`); `factors` turn what
    a part saw into what it adds.
    """

    query: Query
    understood: tuple[str, ...]
    kinds: frozenset[str]
    found: Rows
    best: Scores
    letters: Scores
    meaning: Meaning
    topics: Scores | None
    named: frozenset[int]
    lent: Mapping[int, Loan]
    factors: Mapping[str, float]
    scores: Scores
    hits: Mask

    def parts(self, row: int) -> dict[str, float]:
        """What each part adds for a row, before the sum is made a share of the greatest."""
        seen = {
            "words": float(self.best[self.found == row].sum()),
            "letters": float(self.letters[row]),
            "meaning": self.meaning.value(row),
            "topics": 0.0 if self.topics is None else float(self.topics[row]),
            "name": float(row in self.named),
        }
        added = {name: value * self.factors[name] for name, value in seen.items()}
        loan = self.lent.get(row)
        return {**added, "links": 0.0 if loan is None else loan.gain * _MOST}


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
    wording: Wording

    def weigh(self, text: str, among: Rows | None = None) -> Weighed:
        """Weighs every document against a text; filters play no part, so they change no score.

        `among` are rows of a narrow choice: where clusters choose what is compared, the closest of
        these are compared, too.
        """
        query = parse(text)
        understood = self.concepts.understood(query.typed, query.capitals)
        kinds = kinds_meant(query.typed)
        held, rarity = self.letters.scores(query.words)
        found, best = self.lexical.scores(query, DEPTH)
        meaning = meaning_of(query, self.letters, self.embedder, self.vectors, found, among)
        topics = self._topics(understood)
        named, coded = self._named(query)
        near = np.maximum(meaning.damped, 0)
        factors = _factors(held, best, near, topics, SURE * rarity, ASIDE if coded else 1.0)
        share = {name: np.float32(factor / _MOST) for name, factor in factors.items()}
        scores = held * share["letters"]
        scores[found] += best * share["words"]
        near *= share["meaning"]
        if meaning.rows is None:
            scores += near
        else:
            scores[meaning.rows] += near
        if topics is not None:
            scores += topics * share["topics"]
        if len(named):
            scores[named] += share["name"]
        self._favour(scores, kinds, query.codes)
        hits = (held >= COVERED * rarity) if rarity else np.zeros(len(scores), np.bool_)
        hits[meaning.close(self.floors, self.shelf.of_kinds(USUAL))] = True
        if len(named):
            hits[named] = True
        lent = lend(self.shelf, scores, hits)
        return Weighed(
            query=query,
            understood=understood,
            kinds=kinds,
            found=found,
            best=best,
            letters=held,
            meaning=meaning,
            topics=topics,
            named=frozenset(named.tolist()),
            lent=lent,
            factors=factors,
            scores=scores,
            hits=self._narrowed(query, hits),
        )

    def _favour(self, scores: Scores, kinds: frozenset[str], codes: tuple[str, ...]) -> None:
        """Raises the scores of things of the kinds that are meant, and of the years that are typed."""
        if kinds:
            scores *= self.shelf.times_kinds(kinds, 1 + CUE)
        for code in codes:
            rows = self.shelf.having("year", code)
            scores[rows] = np.minimum(scores[rows] * np.float32(1 + CUE), 1)

    def _named(self, query: Query) -> tuple[Rows, bool]:
        """The rows whose name, or whose own code, is what was typed; whether it was a code."""
        named = self.lexical.named(query.typed)
        coded = [self.lexical.coded(code) for code in query.codes]
        few = [rows for rows in coded if len(rows) <= FEW]
        return np.concatenate([named, *few]) if few else named, any(map(len, few))

    def _topics(self, understood: tuple[str, ...]) -> Scores | None:
        """For every row, the rarity of the understood topics it has; None without any."""
        held = [self.shelf.having("topic", slug) for slug in understood]
        if not any(map(len, held)):
            return None
        found = np.zeros(len(self.shelf), dtype=np.float32)
        for rows in held:
            found[rows] += np.float32(math.log1p(len(self.shelf) / max(1, len(rows))))
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
            return np.flatnonzero(self.shelf.of_kinds(kinds_named(value, load_model().kinds)))
        if not len(rows) and name == "topic":
            slugs = self.concepts.understood(tokens(value))
            return np.concatenate([rows, *(self.shelf.having("topic", slug) for slug in slugs)])
        return rows
