"""Tells people about a hit: why it was found, and the passage that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from graph.search.lending import Loan
from graph.search.snippets import Finder, passages, snippet
from graph.search.text import LANGS, tokens
from graph.search.weigh import Scales, Weighed
from ontology.errors import Said
from ontology.model import Topic


class Telling:
    """Tells about the hits of one query; works out nothing before it is asked."""

    def __init__(self, scales: Scales, weighed: Weighed, topics: Mapping[str, Topic]) -> None:
        self._scales = scales
        self._weighed = weighed
        self._topics = topics

    @cached_property
    def _finder(self) -> Finder:
        alike: dict[str, tuple[float, str]] = {}
        words = self._weighed.query.words
        for word in words:
            for other, close in self._scales.letters.looking_like(word).items():
                alike[other] = max(alike.get(other, (0.0, "")), (close, word))
        query = self._weighed.query
        return Finder.of(words, {other: word for other, (_, word) in alike.items()}, query.prefixes)

    def parts(self, row: int) -> Mapping[str, float]:
        """What each part of the search adds to the score of a row."""
        return self._weighed.parts(row)

    def highlight(self, row: int, lang: str) -> str | None:
        """The passage of a document with the most words of the query."""
        return snippet(self._scales.shelf.document(row), self._finder, lang)

    def why(self, row: int, parts: Mapping[str, float]) -> tuple[Said, ...]:
        """The reasons for one hit, the most telling first."""
        document = self._scales.shelf.document(row)
        reasons = []
        if parts["name"] > 0:
            reasons.append(
                Said("Numele sau codul este chiar cel scris", "The name or code is what was typed")
            )
        exact, alike = self._words_of(row)
        if exact:
            said = _quoted(exact)
            reasons.append(Said(f"Cuvinte găsite: {said[0]}", f"Words found: {said[1]}"))
        if alike:
            said = _quoted(alike)
            reasons.append(Said(f"Cuvinte asemănătoare: {said[0]}", f"Similar words: {said[1]}"))
        shared = [
            self._topics[slug] for slug in self._weighed.understood if slug in document.topics
        ]
        if shared:
            ro, en = (", ".join(topic.label(lang) for topic in shared) for lang in LANGS)
            reasons.append(Said(f"Teme înțelese: {ro}", f"Topics understood: {en}"))
        if document.kind in self._weighed.kinds:
            reasons.append(Said("Este felul de lucru cerut", "It is the kind of thing asked for"))
        if any(("year", code) in document.facets for code in self._weighed.query.codes):
            reasons.append(Said("Este din anul cerut", "It is of the year asked for"))
        if self._weighed.query.narrowed:
            reasons.append(Said("Are câmpurile cerute", "It has the fields asked for"))
        if row in self._weighed.lent:
            reasons.append(self._linked(self._weighed.lent[row]))
        close = self._weighed.meaning.cosine(row)
        if close >= self._scales.floors.closest:
            share = round(100 * close)
            reasons.append(Said(f"Apropiat ca înțeles: {share} %", f"Close in meaning: {share}%"))
        return tuple(reasons)

    def _linked(self, loan: Loan) -> Said:
        """The best hit that lent to a row."""
        name = self._scales.shelf.document(loan.by).name
        ro, en = (name.get(lang) or next(iter(name.values())) for lang in LANGS)
        if loan.edition:
            return Said(
                f"Altă ediție a programului: {ro}", f"Another edition of its programme: {en}"
            )
        return Said(f"Legat de: {ro}", f"Linked to: {en}")

    def _words_of(self, row: int) -> tuple[list[str], list[str]]:
        """The words of a document that answer the query: in one of their forms, and alike."""
        exact: dict[str, None] = {}
        alike: dict[str, None] = {}
        for text in passages(self._scales.shelf.document(row), "ro"):
            for start, end, word in self._finder.places(text):
                written = text[start:end]
                folded = "".join(tokens(written))
                of = alike if folded in self._finder.alike and folded != word else exact
                of[written.lower()] = None
        return list(exact)[:6], list(alike)[:6]


def _quoted(words: Sequence[str]) -> tuple[str, str]:
    return ", ".join(f"„{word}”" for word in words), ", ".join(f'"{word}"' for word in words)
