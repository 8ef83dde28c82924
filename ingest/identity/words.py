"""Written words and what they mean in a name: role, key, short forms written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.identity.folding import Token, stem
from ingest.identity.lexicon import Meaning, Role, lexicon, links
from ingest.identity.misspelt import respelled

_ROMAN = re.compile(r"^(?=[IVXL])(X{0,3}L?X{0,3})(IX|IV|V?I{0,3})$", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: `key` is equal for equal meanings (in any language or inflection)."""

    text: str
    key: str
    role: Role
    quoted: bool = False

    @property
    def initial(self) -> bool:
        """True for a single letter that stands for a word: the D. of D. Obradovici."""
        return len(self.text) == 1 and self.role is Role.OWN


def plain_words(found: Sequence[Token]) -> Iterator[Word]:
    """The words of a title: no legal forms, places or branches."""
    table = lexicon()
    for i, token in enumerate(found):
        known = table.meanings.at([stem(token.text)], 0)
        if (number := _number(token, i == 0)) is not None:
            yield Word(token.text, f"#{number}", Role.NUMBER)
        elif token.text in links():
            yield Word(token.text, token.text, Role.LINK)
        else:
            role = Role.COMMON if known else Role.OWN
            yield Word(token.text, known[1].name if known else stem(token.text), role, token.quoted)


def _expanded(found: Sequence[Token]) -> list[Token]:
    """Short forms written out: `CJ` gives `consiliul judetean`, `Univ.` gives `universitatea`."""
    table, texts = lexicon(), [token.text for token in found]
    out: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        taken, full = 1, None
        if token.dotted and len(token.text) > 1:
            full = table.dotted.get(token.text)
            if token.text == "jud" and out and not out[-1].dashed and _names_a_body(out[-1]):
                full = ("judetean",)  # Cons. Jud. Timiș; elsewhere it is the county
        if (short := table.short.at(texts, at)) is not None and full is None:
            plain_word = short[0] == 1 and len(token.text) == 2
            if not plain_word or token.capitals or (at == 0 and len(found) > 1):
                taken, full = short
        if full is None:
            out.append(token)
        else:
            out.extend(Token(word, False, False, token.quoted, False) for word in full)
        at += taken
    return out


def _names_a_body(token: Token) -> bool:
    known = lexicon().meanings.at([stem(token.text)], 0)
    return known is not None and known[1].role in (Role.HEAD, Role.FORM)


def meant_words(found: Sequence[Token]) -> Iterator[Word]:
    """The words of a body's name, each with its meaning and role; short forms are written out."""
    table = lexicon()
    found = _expanded([replace(token, text=respelled(token.text)) for token in found])
    texts = [token.text for token in found]
    stems = [stem(text) for text in texts]
    at, headed = 0, False
    while at < len(found):
        token = found[at]
        code = table.codes.get(token.text) if token.capitals and at == len(found) - 1 else None
        if code is not None and headed:
            yield Word(token.text, code, Role.PLACE, token.quoted)
            at += 1
        elif (noise := table.form_noise.at(texts, at)) is not None and len(found) > noise[0]:
            at += noise[0]
        elif (place := table.places.at(texts, at)) is not None:
            yield Word(" ".join(texts[at : at + place[0]]), place[1], Role.PLACE, token.quoted)
            at += place[0]
        elif (several := table.compounds.get(token.text)) is not None:
            for meaning in several:
                yield Word(meaning.name, meaning.name, meaning.role, token.quoted)
            at += 1
        elif (
            token.text == "club"
            and at > 0
            and found[at - 1].dashed
            and table.places.at(texts, at + 1)
        ):
            yield Word(token.text, "branch", Role.BRANCH)
            at += 1
        elif (known := table.meanings.at(stems, at)) is not None and _is_meant(known, token):
            text = " ".join(texts[at : at + known[0]])
            yield Word(text, known[1].name, known[1].role, token.quoted)
            headed = headed or known[1].role is Role.HEAD
            at += known[0]
        else:
            yield _other(token, at == 0)
            at += 1


def _is_meant(known: tuple[int, Meaning], token: Token) -> bool:
    """False for two-letter legal forms in small letters: `sa` is a Romanian word."""
    one_short = known[0] == 1 and known[1].role is Role.FORM and len(token.text) <= 2
    return token.capitals or not one_short


def _other(token: Token, first: bool) -> Word:
    if (number := _number(token, first)) is not None:
        return Word(token.text, f"#{number}", Role.NUMBER, token.quoted)
    if token.text in links() and not (token.dotted and len(token.text) == 1):
        return Word(token.text, token.text, Role.LINK)
    return Word(token.text, stem(token.text), Role.OWN, token.quoted)


def _number(token: Token, first: bool) -> int | None:
    """The value of digits or of a Roman numeral in capitals (not an initial such as `I. Vidu`).

    A year of the last century is its last two digits: 1989 is '89.
    """
    if token.text.isdecimal():
        value = int(token.text[:12])
        return value - 1900 if 1900 < value < 2000 else value
    if not token.capitals or token.dotted or first or not _ROMAN.match(token.text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in token.text]
    return sum(
        -one if any(later > one for later in values[i + 1 : i + 2]) else one
        for i, one in enumerate(values)
    )
