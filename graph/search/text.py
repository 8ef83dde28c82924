"""One way to read a text, for documents and queries alike: folding, words, stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final

import Stemmer

LANGS: Final = ("ro", "en")
_ALGORITHM: Final = {"ro": "romanian", "en": "english"}

# Letters and signs that Unicode does not decompose, as people type them without looking.
_PLAIN: Final[dict[int, str]] = str.maketrans(
    {
        **dict.fromkeys("„“”‟«»″‶", '"'),
        **dict.fromkeys("‘’‚‛‹›′´`ʼʹ", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ħ": "h", "ŋ": "n", "⁄": "/",
    }
)  # fmt: skip

# Marks and format characters vanish (bidi controls, soft hyphens, joiners); so do halves of a
# surrogate pair, which no encoder takes. Controls and private-use signs separate words.
_VANISH: Final = frozenset({"Mn", "Me", "Cf", "Cs"})
_SEPARATE: Final = frozenset({"Cc", "Co", "Zs", "Zl", "Zp"})

_ASCII: Final = re.compile(r"[\x20-\x7e\n]*")
_ODD: Final = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_LATER: Final = re.compile("[`\u0345]")  # what only the long way of folding turns into its letter
_MARKS: Final = re.compile("[\u0300-\u036f]+")  # what NFKD takes off Latin letters
_WORD: Final = re.compile(r"[^\W_]+")
WRITTEN: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word as it is written, marks that stand apart included."""
_stemmers = threading.local()  # a Snowball stemmer keeps the word it works on: one per thread


def _plain_character(char: str) -> str:
    category = unicodedata.category(char)
    if category in _VANISH:
        return ""
    return " " if category in _SEPARATE else char


def _plain_sign(sign: re.Match[str]) -> str:
    return _PLAIN[ord(sign.group())]


def fold(text: str) -> str:
    """The text as it is compared: every spelling of the same words gives the same string.

    Case, diacritics (ș and ş, ț and ţ, composed or not), ligatures, typographic quotes and
    dashes, invisible characters and runs of white space no longer differ. Folding twice
    changes nothing.
    """
    if _ASCII.fullmatch(text) is not None:
        return " ".join(text.lower().split())
    plain = _ODD.sub(_plain_sign, text)
    opened = unicodedata.normalize("NFKD", plain)
    bare = _MARKS.sub("", opened)
    if _ASCII.fullmatch(bare) is not None and _LATER.search(opened) is None:
        return " ".join(bare.lower().split())  # Latin letters with marks on some: most texts
    opened = _ODD.sub(_plain_sign, unicodedata.normalize("NFKD", opened.casefold()))
    opened = _MARKS.sub("", opened)
    if _ASCII.fullmatch(opened) is not None:
        return " ".join(opened.split())
    return " ".join("".join(map(_plain_character, opened)).split())


def tokens(text: str) -> list[str]:
    """The folded words of a text in their order: letters and digits, without punctuation."""
    return _WORD.findall(fold(text))


def _stem(lang: str, token: str) -> str:
    stemmer = getattr(_stemmers, lang, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(_ALGORITHM[lang], 0)  # what was stemmed is kept below
        setattr(_stemmers, lang, stemmer)
    return str(stemmer.stemWord(token))


KEPT: Final = 30_000
"""How many stems of each language are kept, some 200 bytes each: the words that most texts are made of."""

STEMMED: Final[Mapping[str, Callable[[str], str]]] = {
    lang: lru_cache(maxsize=KEPT)(partial(_stem, lang)) for lang in LANGS
}
"""By language, the Snowball stem of one folded token.

Folding comes first: stemming before it parts „învățământ” from „invatamant”.
"""


def stem(token: str, lang: str) -> str:
    """The Snowball stem of one folded token in `ro` or `en`."""
    return STEMMED[lang](token)
