"""What a query is about: topics by their names in both languages, kinds of thing by cue words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from graph.search.query import STOPWORDS
from graph.search.text import LANGS, stem, tokens
from ontology.model import Topic

_CUES: Final[Mapping[str, str]] = {
    "CALL": "bani finantare granturi grant apel fond bursa subventie sponsorizare "
    "money funding funds fund grants call scholarship subsidy",
    "ORGANISATION": "cine organizatie asociatie fundatie ong onguri club firma "
    "who organisation organization ngo ngos association foundation charity",
    "PROJECT": "proiect project",
    "PROGRAMME": "program programme",
    "COUNCIL": "consiliu comisie comitet council committee commission",
    "WORKING_GROUP": "grup group",
    "PLATFORM": "platforma portal site aplicatie platform website app",
    "STRATEGY": "strategie strategy",
    "LEGAL_ACT": "hotarare lege regulament hcl law regulation decision",
    "COMMITMENT": "angajament commitment",
    "ACTION": "actiune action",
}
"""Words that say what kind of thing is wanted, by the kind; folded."""

Stems = tuple[str, ...]


def _stems(words: Iterable[str], lang: str) -> Stems:
    return tuple(stem(word, lang) for word in words)


KIND_CUES: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(stem(word, lang) for word in words.split() for lang in LANGS)
    for kind, words in _CUES.items()
}


def kinds_meant(words: Iterable[str]) -> frozenset[str]:
    """The kinds that the words of a query ask for („bani”: calls, „cine”: organisations)."""
    said = {stem(word, lang) for word in words for lang in LANGS}
    return frozenset(kind for kind, cues in KIND_CUES.items() if cues & said)


class Concepts:
    """Finds topics in a text: whole words, lightly stemmed, the longest name first.

    Names of things (`masks`) are taken out before, so that a name is no evidence of a topic;
    a name that is also a topic's name stays. A topic's name that is a word of asking („IT”, "it")
    counts only in capitals.
    """

    def __init__(self, topics: Mapping[str, Topic], masks: Iterable[str] = ()) -> None:
        self._by_stems: dict[str, dict[Stems, list[str]]] = {lang: {} for lang in LANGS}
        plain: set[Stems] = set()
        for topic in topics.values():
            for lang in LANGS:
                for name in (topic.label(lang), *topic.alt.get(lang, ())):
                    words = tuple(tokens(name))
                    if not words:
                        continue
                    plain.add(words)
                    slugs = self._by_stems[lang].setdefault(_stems(words, lang), [])
                    if topic.slug not in slugs:
                        slugs.append(topic.slug)
        names = (tuple(tokens(name)) for name in masks)
        self._masks = {name for name in names if name and name not in plain}
        self._longest = {
            lang: _longest_by_first(by_stems) for lang, by_stems in self._by_stems.items()
        }
        self._longest_mask = _longest_by_first(self._masks)

    def understood(self, text: str, capitals: Collection[str] = ()) -> tuple[str, ...]:
        """The slugs of the topics that a text names, in the order of its words.

        `capitals` are the folded words that were typed in capitals.
        """
        words = tokens(text)
        stems = {lang: _stems(words, lang) for lang in LANGS}
        free = self._unmasked(words)
        found: dict[str, int] = {}
        for size, start in _spans([(stems[lang], self._longest[lang]) for lang in LANGS]):
            end = start + size
            asking = size == 1 and words[start] in STOPWORDS and words[start] not in capitals
            if asking or not all(free[start:end]):
                continue
            named = [
                slug
                for lang in LANGS
                for slug in self._by_stems[lang].get(stems[lang][start:end], ())
            ]
            if named:
                free[start:end] = [False] * size
            for slug in named:
                found[slug] = min(start, found.get(slug, start))
        return tuple(sorted(found, key=lambda slug: (found[slug], slug)))

    def _unmasked(self, words: Sequence[str]) -> list[bool]:
        """For each word, whether it stands outside every name of a thing."""
        free = [True] * len(words)
        for size, start in _spans([(words, self._longest_mask)]):
            if tuple(words[start : start + size]) in self._masks:
                free[start : start + size] = [False] * size
        return free


def _longest_by_first(names: Iterable[Stems]) -> dict[str, int]:
    """By the first word of names, how many words the longest of them has."""
    longest: dict[str, int] = {}
    for name in names:
        longest[name[0]] = max(len(name), longest.get(name[0], 0))
    return longest


def _spans(texts: Iterable[tuple[Sequence[str], Mapping[str, int]]]) -> list[tuple[int, int]]:
    """(size, start) of every run of words that a name may fill: the longest first, from the left.

    Each text comes with the length of the longest name by its first word.
    """
    found = {
        (size, start)
        for words, longest in texts
        for start, word in enumerate(words)
        for size in range(1, min(longest.get(word, 0), len(words) - start) + 1)
    }
    return sorted(found, key=lambda one: (-one[0], one[1]))


def topic_words(topics: Mapping[str, Topic]) -> dict[str, str]:
    """By slug, the label of a topic in both languages, folded."""
    return {
        slug: " ".join(word for lang in LANGS for word in tokens(topic.label(lang)))
        for slug, topic in topics.items()
    }


def probes(topics: Mapping[str, Topic]) -> list[str]:
    """Every name of every topic: short texts of the kind that people ask with."""
    return sorted(
        {
            " ".join(tokens(name))
            for topic in topics.values()
            for lang in LANGS
            for name in (topic.label(lang), *topic.alt.get(lang, ()))
        }
    )
