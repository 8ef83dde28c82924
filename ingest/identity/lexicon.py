"""What the words of names mean: legal forms, kinds of bodies, places, common words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from ingest.identity.folding import fold, stem

HERE = Path(__file__).parent
T = TypeVar("T")


class Role(Enum):
    """What a word does in a name."""

    OWN = "own"  # a word that few names have: Calina, Bega, LOGS
    COMMON = "common"  # a word that many names have: national, culture, youth
    HEAD = "head"  # the kind of thing: university, council, theatre
    FORM = "form"  # the legal form
    PLACE = "place"
    NUMBER = "number"
    BRANCH = "branch"  # says that this is a part of a larger body
    LINK = "link"  # de, din, of, für


@dataclass(frozen=True)
class Meaning:
    """One meaning, equal in every language, and its role."""

    name: str
    role: Role


class Phrases(Generic[T]):
    """Phrases of one or more words, looked up longest first at a position of a word list."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, words: Sequence[str], value: T) -> None:
        """Adds a phrase; the first value given for a phrase stays."""
        rows = self._rows.setdefault(words[0], [])
        if all(tuple(words) != known for known, _ in rows):
            rows.append((tuple(words), value))
            rows.sort(key=lambda row: -len(row[0]))

    def at(self, words: Sequence[str], start: int) -> tuple[int, T] | None:
        """How many words the longest phrase at `start` takes, and its value; None past the end."""
        if start >= len(words):
            return None
        for phrase, value in self._rows.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), value
        return None

    def all(self) -> Iterator[tuple[tuple[str, ...], T]]:
        """Every phrase with its value."""
        for rows in self._rows.values():
            yield from rows


@dataclass(frozen=True)
class Lexicon:
    """The two files, ready to be looked up: `meanings` by stems, all else by folded words."""

    meanings: Phrases[Meaning]
    places: Phrases[str]
    within: Mapping[str, str]
    codes: Mapping[str, str]
    countries: frozenset[str]
    short: Phrases[tuple[str, ...]]
    dotted: Mapping[str, tuple[str, ...]]
    compounds: Mapping[str, tuple[Meaning, ...]]
    form_noise: Phrases[bool]
    opposites: tuple[frozenset[str], ...]
    sorts: frozenset[str]
    patron_heads: frozenset[str]
    public_heads: frozenset[str]
    national_heads: frozenset[str]
    descriptions: frozenset[str]
    functions: frozenset[str]
    units: frozenset[str]
    loose_heads: frozenset[str]
    understood: Mapping[str, frozenset[str]]
    senses: tuple[frozenset[str], ...]
    kinds: Mapping[str, frozenset[str]]

    def opposed(self, one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
        """A meaning of `one` and a meaning of `other` that exclude each other, if any."""
        left, right = set(one), set(other)
        for group in self.opposites:
            mine, theirs = sorted(left & group), sorted(right & group)
            if mine and theirs and mine != theirs:
                return mine[0], theirs[0]
        return None

    def place_levels(self, place: str) -> tuple[str, ...]:
        """The place and what it lies in, nearest first: timisoara, timis, romania."""
        levels = [place]
        while levels[-1] in self.within:
            levels.append(self.within[levels[-1]])
        return tuple(levels)


SECTIONS = (
    ("brands", Role.OWN),
    ("forms", Role.FORM),
    ("heads", Role.HEAD),
    ("words", Role.COMMON),
)


def split_words(written: str) -> tuple[str, ...]:
    """The folded words of a form; a hyphen parts them."""
    return tuple(fold(written).replace("-", " ").split())


def _place_forms(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each name with its Romanian genitive and article: Timișoarei, Lugojului, României."""
    for name in names:
        words = split_words(name)
        yield words
        last = words[-1]
        inflected = [last[:-1] + "ei"] if last.endswith("a") else [last + "ul", last + "ului"]
        for form in inflected:
            yield (*words[:-1], form)


def _read_places(
    raw: Mapping[str, Any],
) -> tuple[Phrases[str], dict[str, str], frozenset[str]]:
    phrases: Phrases[str] = Phrases()
    within: dict[str, str] = {}
    countries = set()

    def learn(written: str, parent: str | None) -> str:
        names = written.split("=")
        place = " ".join(split_words(names[0]))
        for words in _place_forms(names):
            phrases.add(words, place)
        if parent is not None and parent != place:
            within[place] = parent
        return place

    for written, towns in raw["countries"].items():
        country = learn(written, None)
        countries.add(country)
        for town in towns:
            learn(town, country)
    for written, towns in raw["counties"].items():
        county = learn(written, "romania")
        for town in towns:
            learn(town, county)
    return phrases, within, frozenset(countries)


def _read_meanings(raw: Mapping[str, Any]) -> tuple[Phrases[Meaning], dict[str, Meaning]]:
    phrases: Phrases[Meaning] = Phrases()
    by_name: dict[str, Meaning] = {}
    for section, role in SECTIONS:
        for name, written in raw[section].items():
            by_name[name] = Meaning(name, role)
            for form in written:
                phrases.add([stem(w) for w in split_words(form)], by_name[name])
    for form in raw["branch"]:
        phrases.add([stem(w) for w in split_words(form)], Meaning("branch", Role.BRANCH))
    return phrases, by_name


@cache
def raw_words() -> Mapping[str, Any]:
    """words.yml as it is written."""
    found: Mapping[str, Any] = yaml.safe_load((HERE / "words.yml").read_text(encoding="utf-8"))
    return found


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once per process."""
    raw = raw_words()
    meanings, by_name = _read_meanings(raw)
    map_ = yaml.safe_load((HERE / "places.yml").read_text(encoding="utf-8"))
    places, within, countries = _read_places(map_)
    short: Phrases[tuple[str, ...]] = Phrases()
    for written, full in raw["short"].items():
        short.add(split_words(str(written)), split_words(full))
    noise: Phrases[bool] = Phrases()
    for written in raw["form_noise"]:
        noise.add(split_words(written), True)
    return Lexicon(
        meanings=meanings,
        places=places,
        within=within,
        codes={fold(code): fold(county) for code, county in map_["codes"].items()},
        countries=countries,
        short=short,
        dotted={fold(k): split_words(v) for k, v in raw["dotted"].items()},
        compounds={
            fold(k): tuple(by_name[name] for name in v.split()) for k, v in raw["compounds"].items()
        },
        form_noise=noise,
        opposites=tuple(frozenset(group) for group in raw["opposites"].values()),
        sorts=frozenset(one for name in raw["sorts"] for one in raw["opposites"][name]),
        patron_heads=frozenset(raw["patron_heads"]),
        public_heads=frozenset(raw["public_heads"]),
        national_heads=frozenset(raw["national_heads"]),
        descriptions=frozenset(raw["descriptions"]),
        functions=frozenset(raw["functions"]),
        units=frozenset(raw["units"]),
        loose_heads=frozenset(raw["loose_heads"]),
        understood={head: frozenset(words) for head, words in raw["understood"].items()},
        senses=tuple(frozenset(map(fold, group)) for group in raw["senses"]),
        kinds={kind: frozenset(forms) for kind, forms in raw["kinds"].items()},
    )


@cache
def links() -> frozenset[str]:
    """The folded words that only join."""
    raw = raw_words()
    return frozenset(fold(str(word)) for word in raw["links"])
