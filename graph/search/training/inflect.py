"""Romanian word forms by rule: the student meets „bisericilor” where a lexicon has „biserică”.

The rules give too many forms on purpose: one that nobody writes costs a line of training, one
that is missing costs a hit.
"""

from __future__ import annotations

import re
from typing import Final

# (ending, letters to cut, endings to put), longest first: the first ending that fits is used.
_NOUNS: Final[tuple[tuple[str, int, tuple[str, ...]], ...]] = (
    ("are", 1, ("ea", "i", "ii", "ile", "ilor")),
    ("ere", 1, ("ea", "i", "ii", "ile", "ilor")),
    ("ire", 1, ("ea", "i", "ii", "ile", "ilor")),
    ("tate", 2, ("tea", "ți", "ții", "țile", "ților")),
    ("iune", 1, ("ea", "i", "ii", "ile", "ilor")),
    ("eu", 2, ("eul", "eului", "ee", "eele", "eelor", "ei", "eii", "eilor")),
    ("iu", 1, ("ul", "ului", "i", "ile", "ilor", "ii")),
    ("ie", 2, ("ia", "iei", "ii", "iile", "iilor", "iilor")),
    ("că", 2, ("ca", "ci", "cii", "cile", "cilor")),
    ("gă", 2, ("ga", "gi", "gii", "gile", "gilor")),
    ("ă", 1, ("a", "e", "ei", "ele", "elor", "i", "ii", "ile", "ilor")),
    ("e", 1, ("ea", "i", "ii", "ile", "ilor", "ele", "elui")),
    ("o", 1, ("oul", "oului", "ouri", "ourile")),
    ("u", 1, ("ul", "ului", "uri", "urile", "urilor", "i", "ii", "ilor")),
    ("ic", 1, ("cul", "cului", "ci", "cii", "cilor", "că", "ca", "ce", "cei", "cele", "celor")),
)
_CONSONANT: Final = ("ul", "ului", "i", "ii", "ilor", "uri", "urile", "urilor", "e", "ele", "elor")
_VERB: Final = {
    "a": ("ez", "ează", "ă", "ăm", "at", "ată", "ate", "ați", "are", "area", "ări", "ând", "eze"),
    "i": (
        "esc",
        "ește",
        "e",
        "im",
        "it",
        "ită",
        "ite",
        "iți",
        "ire",
        "irea",
        "iri",
        "ind",
        "ească",
    ),
    "î": ("ăsc", "ăște", "âm", "ât", "âtă", "âte", "âre", "ârea", "ând", "ască"),
    "e": ("", "em", "ut", "ută", "ute", "ere", "erea", "eri", "ând", "ă"),
    "ea": ("", "em", "ut", "ută", "ere", "erea", "ând"),
}
_BEFORE_I: Final = {"t": "ț", "d": "z", "s": "ș"}
_WORD: Final = re.compile(r"[a-zăâîșț]{3,}")


def _softened(stem: str, ending: str) -> str:
    """Consonants that turn before an i of declension: student, studenți; ghid, ghizi."""
    if ending.startswith("i") and stem and stem[-1] in _BEFORE_I:
        return stem[:-1] + _BEFORE_I[stem[-1]] + ending
    return stem + ending


def noun_forms(word: str) -> tuple[str, ...]:
    """Plural, definite and genitive forms of a noun or adjective as a dictionary has it."""
    cut, puts = next(
        ((cut, puts) for ending, cut, puts in _NOUNS if word.endswith(ending)), (0, _CONSONANT)
    )
    stem = word[: len(word) - cut]
    return tuple(dict.fromkeys(_softened(stem, put) for put in puts))


def verb_forms(infinitive: str) -> tuple[str, ...]:
    """Present, participle, gerund and long infinitive of a verb given without its „a”."""
    for ending in ("ea", "a", "e", "i", "î"):
        if infinitive.endswith(ending) and len(infinitive) > len(ending) + 1:
            stem = infinitive[: -len(ending)]
            return tuple(dict.fromkeys(stem + put for put in _VERB[ending]))
    return ()


def forms(entry: str) -> tuple[str, ...]:
    """Other forms of a lexicon entry: one noun or adjective, or „a” and one verb; else none."""
    words = entry.lower().split()
    if len(words) == 2 and words[0] == "a" and _WORD.fullmatch(words[1]):
        return verb_forms(words[1])
    if len(words) == 1 and _WORD.fullmatch(words[0]) and not words[0].endswith("i"):
        return noun_forms(words[0])
    return ()
