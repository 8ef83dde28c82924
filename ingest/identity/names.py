"""A name as parts that can be compared: what it is, its legal form, its place, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.identity.folding import fold, repaired, tokens
from ingest.identity.lexicon import Role, lexicon, links
from ingest.identity.words import Word, meant_words, plain_words

_ACTS_THROUGH = re.compile(
    r"^\s*(?:uat\s+)?(?:municipiul|jude[tț]ul|ora[sș]ul|comuna)\b(.{0,60}?)\bprin\s+(\S.*)$",
    re.IGNORECASE,
)
_COUNTY_ITSELF = re.compile(r"^\s*(?:uat\s+)?jude[tț]ul\s+(\S+(?:[\s-]\S+)?)\s*$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[,;(–-]\s*(?:str|strada|bd|bld|bvd|b-?dul|bulevardul|blvd|calea|p-?[tț]a|pia[tț]a|al|aleea|splaiul|"
    r"[sș]os|[sș]oseaua|intrarea)\b\.?\s[^,;()]{2,60}"
    r"(?:,?\s*(?:nr|bl|sc|et|ap|cam|jud|cod(?:\s+po[sș]tal)?)\b\.?\s*[\w/-]+)*\)?",
    re.IGNORECASE,
)
"""A street behind the name; a town after it is read like any other."""
_OWNERS = re.compile(r"proprietari|locatari|owners|tenants", re.IGNORECASE)
_ELISION = re.compile(r"\b[ld]['’](?=[aeiouhéèê])", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^()]{1,24})\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_EXPLAINED = re.compile(r"([^()]+)\(([^()]{9,})\)\s*")
_DASH = re.compile(r"\s+[-–—]\s+|\s*[|:]\s+")
LONGEST = 500
"""How many characters of a name are read: no body has a longer one, a broken file may."""


@dataclass(frozen=True)
class Name:
    """A parsed name. `key` is equal for names that differ only in letters, order and link words.

    `compact` is the whole name as one string of letters; `aside` the acronyms it gives in brackets.
    `shortened` is a name without its explanation; `part` one whose explanation names a unit of it.
    """

    written: str
    words: tuple[Word, ...]
    aside: tuple[str, ...]
    key: tuple[str, ...]
    compact: str
    shortened: bool = False
    part: bool = False

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


@lru_cache(maxsize=1 << 12)
def _parsed(written: str, plain: bool) -> Name:
    text = repaired(written)
    aside: list[str] = []
    if not plain:
        text = _without_address(_ELISION.sub("", text))
        text = _ACTS_THROUGH.sub(r"\2 \1", text)
        text = _COUNTY_ITSELF.sub(r"Consiliul Județean \1", text)
        text = _ASIDE.sub(lambda match: _set_aside(match, aside), text)
        text = _without_own_acronym(text, aside)
    words = tuple(plain_words(tokens(text)) if plain else meant_words(tokens(text)))
    words = words if plain else tuple(_weaker_later(words))
    content = [word for word in words if word.role is not Role.LINK] or list(words)
    # A word of its own counts as written, so that Calin and Calina stay apart.
    key = tuple(sorted({word.text if word.role is Role.OWN else word.key for word in content}))
    compact = re.sub(r"\W", "", fold(repaired(written)))
    return Name(written, words, tuple(aside), key, compact)


def _without_address(text: str) -> str:
    """The name without the street behind it; owners of a house are named by their street."""
    if _OWNERS.search(text):
        return text
    return _ADDRESS.sub(lambda match: " " if re.search(r"\d", match[0]) else match[0], text)


def _without_own_acronym(text: str, aside: list[str]) -> str:
    """`InEdu – Inițiativă în Educație` without the part that only shortens the other.

    `USV Timișoara (Universitatea de Științele Vieții)` is read like that, too.
    """
    explained = _EXPLAINED.fullmatch(text)
    parts = list(explained.groups()) if explained else _DASH.split(text)
    if len(parts) != 2:
        return text
    for short, full in (parts, parts[::-1]):
        words = [w for w in meant_words(tokens(short)) if w.role not in (Role.FORM, Role.PLACE)]
        letters = "".join(w.text for w in words)
        if len(words) == 1 and " " not in letters and abbreviates(letters, full):
            aside.append(letters)
            at = fold(short).rfind(letters) if len(fold(short)) == len(short) else -1
            return f"{short[:at]} {full} {short[at + len(letters) :]}" if at >= 0 else full
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
        if i != lead and word.key == "city_hall":
            yield Word(word.text, word.key, Role.LINK)
        elif i != lead and word.key == "informal_group":
            yield Word(word.text, word.key, Role.COMMON)
        else:
            yield word


def shorter(written: str) -> Iterator[Name]:
    """The name without an explanation in brackets or after a dash, where it still names its bearer.

    What is left must have a word of its own, or say the kind, matter and place; an explanation that
    says a place, a branch or another form stays, unless it spells out the short name before it.
    """
    text = repaired(written[:LONGEST])
    for short in {_BRACKETS.sub(" ", text), _DASH.split(text)[0]} - {text}:
        after = text[len(short) :] if text.startswith(short) else "".join(_BRACKETS.findall(text))
        name, rest = parse(short), parse(after)
        own = name.of(Role.OWN)
        if not own and not all(name.of(r) for r in (Role.HEAD, Role.COMMON, Role.PLACE)):
            continue
        if _is_telling(rest) and not any(abbreviates(word, after) for word in own):
            continue
        yield replace(name, shortened=True, part=_is_part(name, rest))


def _is_telling(rest: Name) -> bool:
    """True for an explanation without which the name would be another body's."""
    first = next((word for word in rest.words if word.role is not Role.LINK), None)
    other = first is not None and first.role is Role.FORM and first.key != "informal_group"
    return bool(rest.of(Role.PLACE) | rest.of(Role.BRANCH)) or other


def _is_part(name: Name, rest: Name) -> bool:
    """True for a unit of a public body: `Universitatea X (Facultatea Y)`."""
    public = name.of(Role.HEAD) & lexicon().public_heads and not name.of(Role.FORM)
    first = next((word for word in rest.words if word.role is not Role.LINK), None)
    return bool(public) and first is not None and first.key in lexicon().units


def _set_aside(match: re.Match[str], aside: list[str]) -> str:
    inner = match[1].strip()
    letters = re.sub(r"[^\w]", "", inner)
    first = re.sub(r"[^\w]", "", inner.split(" ")[0]) if inner else ""
    if 2 <= len(first) <= 10 and sum(c.isupper() for c in first) >= 2 and len(inner.split()) <= 2:
        aside.append(fold(letters))
        return " "
    return f" {inner} "
