"""A name as parts that can be compared: what it is, its legal form, its place, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.identity.folding import Token, fold, repaired, stem, tokens
from ingest.identity.lexicon import Meaning, Role, lexicon, links, respelled

_ACTS_THROUGH = re.compile(
    r"^\s*(?:uat\s+)?(?:municipiul|jude[tț]ul|ora[sș]ul|comuna)\b(.{0,60}?)\bprin\s+(\S.*)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(([^()]{1,24})\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_DASH = re.compile(r"\s+[-–—]\s+|\s*[|:]\s+")
LONGEST = 500
"""How many characters of a name are read: no body has a longer one, a broken file may."""
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


@dataclass(frozen=True)
class Name:
    """A parsed name. `key` is equal for names that differ only in letters, order and link words.

    `compact` is the whole name as one string of letters; `aside` the acronyms it gives in brackets.
    """

    written: str
    words: tuple[Word, ...]
    aside: tuple[str, ...]
    key: tuple[str, ...]
    compact: str
    shortened: bool = False

    def of(self, role: Role) -> frozenset[str]:
        """The keys of the words with that role."""
        return frozenset(word.key for word in self.words if word.role is role)

    def key_without(self, texts: frozenset[str]) -> tuple[str, ...]:
        """The key when the words with these texts are left out."""
        return tuple(part for part in self.key if part not in texts)


def parse(written: str, plain: bool = False) -> Name:
    """The parts of a name; with `plain` no word is a legal form, place or branch (titles, places).

    An acronym in brackets is set aside: it may be missing. `Municipiul X prin Y` names Y. Only
    the first LONGEST characters are read.
    """
    return _parsed(written[:LONGEST], plain)


@lru_cache(maxsize=1 << 16)
def _parsed(written: str, plain: bool) -> Name:
    text = repaired(written)
    aside: list[str] = []
    if not plain:
        text = _ACTS_THROUGH.sub(r"\2 \1", text)
        text = _ASIDE.sub(lambda match: _set_aside(match, aside), text)
        text = _without_own_acronym(text, aside)
    words = tuple(_plain(tokens(text)) if plain else _meanings(tokens(text)))
    words = words if plain else tuple(_weaker_later(words))
    content = [word for word in words if word.role is not Role.LINK] or list(words)
    # A word of its own counts as written, so that Calin and Calina stay apart.
    key = tuple(sorted({word.text if word.role is Role.OWN else word.key for word in content}))
    compact = re.sub(r"\W", "", fold(repaired(written)))
    return Name(written, words, tuple(aside), key, compact)


def _without_own_acronym(text: str, aside: list[str]) -> str:
    """`InEdu – Inițiativă în Educație` without the part that only shortens the other."""
    parts = _DASH.split(text)
    if len(parts) != 2:
        return text
    for short, full in (parts, parts[::-1]):
        words = [w for w in _meanings(tokens(short)) if w.role is not Role.FORM]
        letters = "".join(w.text for w in words)
        if len(words) == 1 and " " not in letters and abbreviates(letters, full):
            aside.append(letters)
            form = short[: fold(short).rfind(letters)] if len(fold(short)) == len(short) else ""
            return f"{form} {full}"
    return text


def abbreviates(short: str, full: str) -> bool:
    """True when `short` is made of beginnings of at least two words of `full`, in order.

    The first word must be among them; link words may be passed over.
    """
    words = [token.text for token in tokens(full)]

    def fits(rest: str, at: int, used: int) -> bool:
        if not rest:
            return used >= 2
        if at >= len(words):
            return False
        word = words[at]
        longest = next(
            (i for i, (a, b) in enumerate(zip(rest, word, strict=False)) if a != b),
            min(len(rest), len(word)),
        )
        if any(fits(rest[size:], at + 1, used + 1) for size in range(longest, 0, -1)):
            return True
        return word in links() and fits(rest, at + 1, used)

    return 3 <= len(short) <= 12 and fits(short, 0, 0)


def _weaker_later(words: Sequence[Word]) -> Iterator[Word]:
    """Words that mean less after the first: `al Municipiului`, `– Grup de Inițiativă`."""
    lead = next((i for i, w in enumerate(words) if w.role not in (Role.LINK, Role.PLACE)), 0)
    for i, word in enumerate(words):
        if i != lead and word.key in ("municipality", "city_hall"):
            yield Word(word.text, word.key, Role.LINK)
        elif i != lead and word.key == "informal_group":
            yield Word(word.text, word.key, Role.COMMON)
        else:
            yield word


def shorter(written: str) -> Iterator[Name]:
    """The name without an explanation in brackets or after a dash, where it still names its bearer.

    What is left must have a word of its own; an explanation that says a place or a branch stays.
    """
    text = repaired(written[:LONGEST])
    for short in {_BRACKETS.sub(" ", text), _DASH.split(text)[0]} - {text}:
        name, rest = (
            parse(short),
            parse(
                text[len(short) :] if text.startswith(short) else "".join(_BRACKETS.findall(text))
            ),
        )
        telling = (
            rest.of(Role.PLACE) | rest.of(Role.BRANCH) | (rest.of(Role.FORM) - {"informal_group"})
        )
        if name.of(Role.OWN) and not telling:
            yield replace(name, shortened=True)


def _set_aside(match: re.Match[str], aside: list[str]) -> str:
    inner = match[1].strip()
    letters = re.sub(r"[^\w]", "", inner)
    first = re.sub(r"[^\w]", "", inner.split(" ")[0]) if inner else ""
    if 2 <= len(first) <= 10 and sum(c.isupper() for c in first) >= 2 and len(inner.split()) <= 2:
        aside.append(fold(letters))
        return " "
    return f" {inner} "


def _plain(found: Sequence[Token]) -> Iterator[Word]:
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


def _meanings(found: Sequence[Token]) -> Iterator[Word]:
    table = lexicon()
    found = _expanded([replace(token, text=respelled(token.text)) for token in found])
    texts = [token.text for token in found]
    stems = [stem(text) for text in texts]
    at = 0
    while at < len(found):
        token = found[at]
        if (noise := table.form_noise.at(texts, at)) is not None and len(found) > noise[0]:
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
    """The value of digits or of a Roman numeral in capitals (not an initial such as `I. Vidu`)."""
    if token.text.isdecimal():
        return int(token.text[:12])
    if not token.capitals or token.dotted or first or not _ROMAN.match(token.text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in token.text]
    return sum(
        -one if any(later > one for later in values[i + 1 : i + 2]) else one
        for i, one in enumerate(values)
    )
