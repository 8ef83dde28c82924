"""Reads the topics in a text, word by word: which topic's names and hints each word is close to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.hybrid import Search
from graph.search.query import STOPWORDS
from graph.search.text import LANGS, WRITTEN, tokens
from ontology.loading import load_model
from ontology.model import Topic

Values = NDArray[np.float64]

CLOSE: Final = (0.5, 0.8)
"""The cosines to a topic's words that count as 0 and as 1."""

LATER: Final = 0.7
"""What a phrase counts for beside the one before it: first what is done, then for whom and where."""

LAST: Final = 0.4
"""What a phrase counts for at least, however late it comes."""

LONGEST: Final = 2
"""How many words are read together at most: „prim ajutor" is neither first nor help."""

PART: Final = 0.6
"""What a word alone tells of a topic by a name of several words: „câine" is not yet „câine ghid"."""

SURE: Final = 0.95
"""What one reading tells of a topic at most, so that the next can still add."""

MANY: Final = 40
"""Of more readings each counts less, so that a long text does not hold every topic."""

SHORT: Final = 2
"""Words of so few letters tell nothing."""

LEAST: Final = 0.1
"""A topic weaker than this beside the strongest is not there."""

PLAIN: Final = 0.3
"""A reading that tells at least so much of a topic is given as the reason for it."""

MORE: Final = 0.1
"""By how much two words must tell more than one to be given instead."""

REMEMBERED: Final = 20_000
"""How many readings of words are kept."""

_JOINING: Final = """
    ca care cu despre din fara impreuna in intre la langa pe pentru prin spre unde
    about aged along among at between by for from in into near on that through to where who with without
"""
JOINING: Final = frozenset(_JOINING.split())
"""Words that begin another phrase: for whom, with whom, where."""


@dataclass(frozen=True)
class Read:
    """The topics of a text, 1 for the strongest, and the words that tell of each most plainly."""

    topics: Mapping[str, float]
    words: Mapping[str, str]


def phrases(text: str) -> Iterator[list[tuple[str, str]]]:
    """The phrases of a text: each word folded and as it is written, without those of asking."""
    phrase: list[tuple[str, str]] = []
    for written in WRITTEN.findall(text):
        for word in tokens(written):
            if word in JOINING and phrase:
                yield phrase
                phrase = []
            if word not in STOPWORDS and word not in JOINING and len(word) > SHORT:
                phrase.append((word, written))
    if phrase:
        yield phrase


def told_by(topic: Topic) -> list[str]:
    """What tells of a topic: its names and hints, in both languages, each once."""
    named = (topic.label(lang) for lang in LANGS)
    more = (word for lang in LANGS for word in (*topic.alt[lang], *topic.hints[lang]))
    return list(dict.fromkeys((*named, *more)))


class TopicReading:
    """How much of each topic a text holds, read word by word and by pairs of words.

    Each reading is as close to a topic as to the closest of its words; one that tells of several
    parts its voice among them. What the readings tell of a topic adds up as chances do
    (noisy-or, Pearl 1988): a text about two things keeps both, however often one of them is said.
    """

    def __init__(self, search: Search) -> None:
        topics = load_model().topics
        self._search = search
        self._slugs = sorted(topics)
        told = [told_by(topics[slug]) for slug in self._slugs]
        self._starts = np.cumsum([0, *(len(one) for one in told[:-1])])
        words = [word for one in told for word in one]
        self._words = search.meaning(words)
        self._sizes = np.array([sum(map(len, phrases(word))) for word in words])
        self._kept: dict[str, Values] = {}

    def of(self, text: str) -> Read:
        """What a text is about."""
        runs: list[list[tuple[str, str]]] = []
        weights: list[float] = []
        for number, phrase in enumerate(phrases(text)):
            for size in range(1, LONGEST + 1):
                for start in range(len(phrase) - size + 1):
                    runs.append(phrase[start : start + size])
                    weights.append(max(LAST, LATER**number))
        if not runs:
            return Read({}, {})
        told = self._told([" ".join(word for word, _ in run) for run in runs])
        each = np.array(weights) * min(1.0, MANY / len(runs))
        found = 1 - np.prod(1 - np.minimum(told * each[:, None], SURE), axis=0)
        most = float(found.max()) or 1.0
        sizes = np.array([len(run) for run in runs])[:, None]
        plainest = (told - MORE * sizes).argmax(axis=0).tolist()
        topics, words = {}, {}
        for place, slug in enumerate(self._slugs):
            if found[place] >= LEAST * most:
                topics[slug] = float(found[place]) / most
                run = plainest[place]
                if told[run, place] >= PLAIN:
                    words[slug] = " ".join(dict.fromkeys(written for _, written in runs[run]))
        return Read(topics, words)

    def _told(self, runs: Sequence[str]) -> Values:
        """What each run of words tells of each topic (runs, topics): at most 1 in all."""
        read = {run: self._kept[run] for run in runs if run in self._kept}
        new = [run for run in dict.fromkeys(runs) if run not in read]
        if new:
            low, high = CLOSE
            cosines = self._search.meaning(new) @ self._words.T
            close = np.clip((cosines.astype(np.float64) - low) / (high - low), 0, 1)
            sizes = np.array([len(run.split()) for run in new])[:, None]
            close[self._sizes > sizes] *= PART
            most = np.maximum.reduceat(close, self._starts, axis=1)
            made = most / np.maximum(1, most.sum(axis=1, keepdims=True))
            read.update(zip(new, made, strict=True))
            if len(self._kept) + len(new) > REMEMBERED:
                self._kept = {}
            self._kept.update(zip(new, made, strict=True))
        return np.stack([read[run] for run in runs])
