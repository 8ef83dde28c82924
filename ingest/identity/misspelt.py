"""A slip of the pen in a word that the lexicon knows is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from ingest.identity.lexicon import SECTIONS, lexicon, raw_words, split_words


def _one_less(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


@cache
def vocabulary() -> frozenset[str]:
    """Every folded word that stands in the two files."""
    raw = raw_words()
    words = {word for written in raw["links"] + raw["branch"] for word in split_words(str(written))}
    for section, _ in SECTIONS:
        words.update(
            w for written in raw[section].values() for one in written for w in split_words(one)
        )
    words.update(word for phrase, _ in lexicon().places.all() for word in phrase)
    return frozenset(words)


@cache
def _misspellings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(vocabulary()):
        if len(word) >= 7:
            for key in _one_less(word):
                found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


_FORM_WORDS = frozenset({"asociatia", "fundatia", "federatia"})
"""Legal forms that a slip of the pen turns into no other word."""


@lru_cache(maxsize=1 << 13)
def respelled(word: str) -> str:
    """A folded word as the lexicon spells it, when one letter of seven or more is wrong.

    The first letter and the last three must agree: `filantropia` is no slip for `filantropica`.
    Of a legal form (`fundtaia`) the last letter is enough.
    """
    if len(word) < 6 or word in vocabulary():
        return word
    for key in _one_less(word):
        for meant in _misspellings().get(key, ()):
            end = -1 if meant in _FORM_WORDS else -3
            alike = meant[0] == word[0] and meant[end:] == word[end:]
            if alike and OSA.distance(meant, word, score_cutoff=1) == 1:
                return meant
    return word
