"""Letters: what is left of a name when spelling habits are taken away."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ontology.kinds import tidy

_OLD_CODE_PAGE = str.maketrans({"º": "ș", "ª": "Ș", "þ": "ț", "Þ": "Ț", "ã": "ă", "Ã": "Ă"})
"""Windows-1250 read as Latin-1: how old Romanian files show ș and ț."""
_DOUBLE_ENCODED = re.compile(r"[ÂÃÄÅÈâ][^\s\w]|[ÂÃÄÅÈ][\w€-™]|â€[^\s]")
"""UTF-8 read as Windows-1252: two signs for one letter."""
_LATIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)|['’‘ʼ`´](?=\d)")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?:[^\W\d_]\b(?!\.))?")
_TOKEN = re.compile(r"[^\W\d_]+(?:\?[^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """One written word: folded, with what its writing tells."""

    text: str
    capitals: bool
    dotted: bool
    quoted: bool
    dashed: bool


_BEFORE_DASH = re.compile(r"[”\"]?\s+[-–—]\s")


def repaired(text: str) -> str:
    """The text with damage of wrong code pages undone where it is plain, in one Unicode form."""
    text = unicodedata.normalize("NFC", html.unescape(text))
    text = _DOUBLE_ENCODED.sub(_decoded, text)
    return tidy(text.translate(_OLD_CODE_PAGE))


def _decoded(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]  # those letters were meant


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """Small letters without marks: `Timişoara`, `TIMIȘOARA` and NFD forms all give `timisoara`."""
    small = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFKD", small)
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_LATIN)


_ENDINGS = (
    "iilor",
    "urilor",
    "ilor",
    "elor",
    "ului",
    "iile",
    "urile",
    "iei",
    "ile",
    "ele",
    "uri",
    "ul",
    "ii",
    "ei",
    "ea",
    "ia",
    "ie",
    "le",
    "ua",
    "a",
    "e",
    "i",
    "u",
)


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """A folded word without its Romanian article, case or plural ending, at least four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _in_quotes(now: bool, between: str) -> bool:
    for mark in between:
        if mark in '"“':
            now = not now
        elif mark in "„«‟”»":
            now = mark in "„«‟"
    return now


def tokens(text: str) -> list[Token]:
    """The words of a repaired text in order; `F.I.T.T.` is one, `'89` a number, `Trib’Art` one."""
    text = _APOSTROPHES.sub("", text.replace("&", " și "))
    text = _INITIALS.sub(lambda m: re.sub(r"[. ]", "", m[0]) + " ", text)
    found, quoted, last = [], False, 0
    for match in _TOKEN.finditer(text):
        quoted = _in_quotes(quoted, text[last : match.start()])
        last = match.end()
        word = match[0]
        found.append(
            Token(
                fold(word),
                word.isupper() or word.isdigit(),
                text[last : last + 1] == ".",
                quoted,
                _BEFORE_DASH.match(text, last) is not None,
            )
        )
    return found
