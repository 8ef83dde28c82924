"""What a query is about: topics by their names in both languages, kinds of thing by cue words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.ids import marks
from graph.search.query import STOPWORDS
from graph.search.text import LANGS, STEMMED, stem, tokens
from ontology.model import ClassDef, Topic

_CUES: Final[Mapping[str, str]] = {
    "CALL": "bani finantare finantari finantez finanteaza finantator finantatori grant granturi "
    "apel apeluri fond fonduri bursa burse subventie subventii sponsorizare sponsorizari sponsor "
    "sponsori sponsorizeaza money funding fund grant call scholarship subsidy sponsor "
    "sponsorship bursary",
    "ORGANISATION": "organizatie organizatii asociatie asociatii fundatie fundatii ong onguri "
    "club cluburi firma firme institutie institutii "
    "organisation organization ngo ngos association foundation charity company institution",
    "PROJECT": "proiect proiecte project",
    "PROGRAMME": "program programe programme",
    "COUNCIL": "consiliu consilii comisie comisii comitet comitete council committee commission",
    "WORKING_GROUP": "grup grupuri group",
    "PLATFORM": "platforma portal portaluri site siteuri aplicatie aplicatii platform website app",
    "STRATEGY": "strategie strategii strategy plan planuri",
    "LEGAL_ACT": "hotarare hotarari lege legi regulament hcl decizie decizii "
    "law regulation decision",
    "COMMITMENT": "angajament commitment",
    "ACTION": "actiune actiuni action",
    "TARGET": "tinta tinte target",
}
"""Words that say what kind of thing is wanted, by the kind; folded, singular and plural."""
_WHO: Final = frozenset({"cine", "who"})
"""Asks for organisations where no other kind is named: who gives money asks for the money."""

MOST_WORDS: Final = 16
"""How many words a name may have to be known as one inside a text."""

Stems = tuple[str, ...]
Span = tuple[int, int]
"""Where a run of words starts and ends."""


def _stems(words: Iterable[str], lang: str) -> Stems:
    return tuple(map(STEMMED[lang], words))


KIND_CUES: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(stem(word, lang) for word in words.split() for lang in LANGS)
    for kind, words in _CUES.items()
}


_CUED: Final[Mapping[str, list[str]]] = {
    cue: [kind for kind, cues in KIND_CUES.items() if cue in cues]
    for cue in frozenset().union(*KIND_CUES.values())
}
"""By the stem of a cue, the kinds it asks for."""


def kinds_meant(words: Iterable[str]) -> frozenset[str]:
    """The kinds that the words of a query ask for („bani”: calls, „cine”: organisations)."""
    words = list(words)
    said = [stemmed(word) for word in words for stemmed in STEMMED.values()]
    meant = frozenset(kind for one in said for kind in _CUED.get(one, ()))
    return meant or (frozenset({"ORGANISATION"}) if _WHO & set(words) else meant)


def kinds_named(value: str, kinds: Mapping[str, ClassDef]) -> frozenset[str]:
    """The kinds that a typed kind names: by what they are called, in full or the first word of it,
    in either language, one or many; else by the words that ask for them.
    """
    typed = tokens(value)
    called = frozenset(
        name
        for name, kind in kinds.items()
        for lang in LANGS
        for said in (tokens(kind.label(lang)), tokens(kind.plural(lang)))
        if typed and typed in (said, said[:1])
    )
    return called or kinds_meant(typed)


@dataclass(frozen=True)
class Masks:
    """Names of things, as the sorted marks of their folded words, at most MOST_WORDS of them."""

    marks: NDArray[np.uint64]

    @classmethod
    def of(cls, names: Iterable[str]) -> Masks:
        """The masks of some names."""
        said = (tokens(name) for name in names)
        return cls(np.unique(marks(" ".join(words) for words in said if words)))

    def outside(
        self, words: Sequence[str], plain: Collection[Stems], first: int, last: int
    ) -> list[bool]:
        """For each word of a text, whether it stands outside every name; `plain` are no names.

        Names are looked for that hold a word from `first` to `last`; others make no difference.
        """
        free = [True] * len(words)
        spans = [
            (start, end)
            for start in range(last + 1)
            for end in range(max(start, first) + 1, min(len(words), start + MOST_WORDS) + 1)
        ]
        if len(self.marks):
            asked = marks([" ".join(words[start:end]) for start, end in spans])
            places = np.searchsorted(self.marks[:-1], asked)  # at most that of the last mark
            for number in (self.marks[places] == asked).nonzero()[0].tolist():
                start, end = spans[number]
                if tuple(words[start:end]) not in plain:
                    free[start:end] = [False] * (end - start)
        return free


class Concepts:
    """Finds topics in a text: whole words, lightly stemmed, the longest name first.

    Names of things (`masks`) are taken out before, so that a name is no evidence of a topic;
    a name that is also a topic's name stays. A topic's name that is a word of asking („IT”, "it")
    counts only in capitals.
    """

    def __init__(self, topics: Mapping[str, Topic], masks: Masks | None = None) -> None:
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
        self._plain = plain
        self._masks = masks or Masks.of(())
        self._longest = {
            lang: _longest_by_first(by_stems) for lang, by_stems in self._by_stems.items()
        }

    def understood(self, words: Sequence[str], capitals: Collection[str] = ()) -> tuple[str, ...]:
        """The slugs of the topics that folded words name, in the order of the words.

        `capitals` are the folded words that were typed in capitals.
        """
        named = self._named(words, capitals)
        if not named:
            return ()
        first, last = min(start for start, _ in named), max(end for _, end in named) - 1
        free = self._masks.outside(words, self._plain, first, last)
        found: dict[str, int] = {}
        for (start, end), slugs in sorted(named.items(), key=_longest_first):
            if all(free[start:end]):
                free[start:end] = [False] * (end - start)
                for slug in slugs:
                    found[slug] = min(start, found.get(slug, start))
        return tuple(sorted(found, key=lambda slug: (found[slug], slug)))

    def _named(self, words: Sequence[str], capitals: Collection[str]) -> dict[Span, list[str]]:
        """The slugs that each run of the words names, in any language."""
        named: dict[Span, list[str]] = {}
        for lang in LANGS:
            by_stems, longest = self._by_stems[lang], self._longest[lang]
            stems = _stems(words, lang)
            for start, word in enumerate(stems):
                most = min(longest.get(word, 0), len(words) - start)
                for end in range(start + 1, start + most + 1):
                    slugs = by_stems.get(stems[start:end])
                    asking = end == start + 1 and words[start] in STOPWORDS
                    if slugs and (not asking or words[start] in capitals):
                        named.setdefault((start, end), []).extend(slugs)
        return named


def _longest_by_first(names: Iterable[Stems]) -> dict[str, int]:
    """By the first word of names, how many words the longest of them has."""
    longest: dict[str, int] = {}
    for name in names:
        longest[name[0]] = max(len(name), longest.get(name[0], 0))
    return longest


def _longest_first(one: tuple[Span, list[str]]) -> tuple[int, int]:
    """The place in an order by length, then from the left."""
    (start, end), _ = one
    return start - end, start


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
