"""What somebody typed, taken apart: words, phrases, words to leave out, fields to narrow by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from graph.search.text import fold

MOST_CHARACTERS: Final = 2_000
"""Longer texts are read up to the last whole word before this."""
MOST_WORDS: Final = 64

FIELDS: Final[Mapping[str, str]] = {
    "kind": "kind", "tip": "kind", "fel": "kind",
    "topic": "topic", "tema": "topic", "subiect": "topic",
    "year": "year", "an": "year", "anul": "year",
    "form": "form", "forma": "form",
    "place": "place", "loc": "place", "cartier": "place",
    "status": "status", "stare": "status",
}  # fmt: skip
"""By the field a person types (folded), the facet of a document it narrows by."""

_ASKING: Final = """
    a ai al ale alt alta alte altii am ar are as asa asta au avea avem aveti azi ca cam care cat
    cate cati catre caut ce cea cei cel cele celor ceva cine cineva cu cui cum cumva da daca dar de
    deci deja despre din dintr dintre doar doi doresc dupa e ea ei el ele era este eu exista face
    fac facem fi fie fiu fost fara i ia iar ii il imi in inca intr intre isi iti l la le li lor lui
    m ma mai mea mei mele mi mie mine mult multe multi n ne nici niste noi nostri nostru nu o ori
    orice pana pe pentru peste pot poate prea prin printr putea s sa sale sau se si sunt suntem
    sub t te toate tot toti tu ul un una unde unei unele unor unui unul va vi voi voastra vor vrea
    vreau vrem vreo vreun
    afla aflam aflu gasesc gasi gasim gaseste inseamna provin provine spune stie stiu trebuie vine
    zice
    about all also an and any anyone anything are at be been by can could did do does doing find
    for from get give gives had has have help how if into is it its like looking made make me my
    no not of off on or our out over s should so some somebody someone something than that the
    their them there these they this those to too under up us want was we were what when where
    which who whom whose why will with would you your
    come comes know mean means tell
"""
STOPWORDS: Final = frozenset(_ASKING.split())
"""Words of asking, not of what is asked for, in both languages, folded."""

_CODE: Final = re.compile(r"(?=\D*\d)[^\W_]+(?:[./-][^\W_]+)*")
_CITED: Final = re.compile(r"\b(\d+) (?:din|of|from) ((?:19|20)\d\d)\b")
"""An act as it is said („350 din 2005”); its code is written 350/2005."""
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W_]+")
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_OPERATOR: Final = re.compile(r'["*:]|(?<!\S)-')
"""Where this is in no part of a text, all of it is words."""
_PART: Final = re.compile(r'(?<!\S)(-?)(?:([^\W\d_]+):)?(?:"([^"]*)"|(\S+))')


class Query(NamedTuple):
    """A text taken apart. `words` are folded, in order, each once, without stop words.

    `text` is what is meant (operators removed) and `typed` its words, all of them; `codes` are parts with a digit as they were typed
    (`a1.5`, `34/1998`); `prefixes` the beginnings of words (`dans*`); `narrowed` holds (facet,
    folded value) pairs; `capitals` are words typed in capitals, folded.
    """

    text: str
    typed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    narrowed: tuple[tuple[str, str], ...] = ()
    capitals: frozenset[str] = frozenset()


def _content(words: list[str]) -> tuple[str, ...]:
    kept = [word for word in dict.fromkeys(words) if word not in STOPWORDS]
    longer = [word for word in kept if len(word) > 1]
    return tuple(longer or kept)[:MOST_WORDS]


def _beginning(folded: str) -> str:
    """The text, or its whole words up to MOST_CHARACTERS."""
    if len(folded) <= MOST_CHARACTERS:
        return folded
    return folded[:MOST_CHARACTERS].rpartition(" ")[0] or folded[:MOST_CHARACTERS]


def parse(text: str) -> Query:
    """Reads a query. Never fails: what is no operator is words.

    `"a b"` (or „a b”) is a phrase, `-a` leaves a word or phrase out, `field:value` narrows by
    one of FIELDS, `a*` is a beginning.
    """
    folded = _beginning(fold(text[: 10 * MOST_CHARACTERS]))
    capitals = frozenset(map(str.lower, _CAPITALS.findall(text[: 10 * MOST_CHARACTERS])))
    if _OPERATOR.search(folded) is None:
        return _read(folded, capitals)
    meant: list[str] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    prefixes: list[str] = []
    narrowed: list[tuple[str, str]] = []
    for minus, name, quoted, plain in _PART.findall(folded):
        said = _WORD.findall(quoted or plain)
        facet = FIELDS.get(name)
        if facet and said:
            narrowed.append((facet, " ".join(said)))
        elif minus and said:
            excluded.append(tuple(said))
        elif quoted:
            meant.append(quoted)
            if len(said) > 1:
                phrases.append(tuple(said))
        elif plain.endswith("*") and said:
            prefixes.append(said[-1])
            meant.append(" ".join(said))
        else:
            meant.append(f"{name} {plain}" if name else plain)
    return _read(" ".join(meant), capitals)._replace(
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
        prefixes=tuple(dict.fromkeys(prefixes)),
        narrowed=tuple(dict.fromkeys(narrowed)),
    )


def _read(wanted: str, capitals: frozenset[str]) -> Query:
    """A query of words alone; what is `wanted` is folded already."""
    typed = _WORD.findall(wanted)
    coded = _DIGIT.search(wanted) is not None
    written = _CITED.sub(r"\1/\2", wanted).split() if coded else ()
    codes = (part for part in written if _CODE.fullmatch(part))
    return Query(
        text=wanted,
        typed=tuple(typed),
        words=_content(typed),
        codes=tuple(dict.fromkeys(codes)),
        capitals=capitals,
    )
