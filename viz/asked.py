"""What a page is given and what it gives: one request as pages see it, and the definition of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from ontology.errors import InputError, Said
from ontology.kinds import clean_decimal
from viz.ground import Ground
from viz.languages import SPEECH, Speech

MAX_QUERY = 1_000
"""Characters of one parameter that a page reads; more is told, not cut in silence."""

MAX_VALUES = 50
"""Values of one parameter that a page reads."""

_NUMBER = re.compile("-?[0-9]{1,8}")


@dataclass(frozen=True)
class Asked:
    """One request as a page sees it: where it stands, its language, the words of its address."""

    ground: Ground
    lang: str
    query: Mapping[str, list[str]]
    path: Mapping[str, str]
    url: str

    @property
    def speech(self) -> Speech:
        """Words and numbers in the page's language."""
        return SPEECH[self.lang]

    def one(self, name: str, default: str = "") -> str:
        """The last value of a parameter. InputError when it is too long."""
        return _read(name, (self.query.get(name) or [default])[-1])

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a parameter, without empty ones and repeats. InputError when they are too long or too many."""
        values = dict.fromkeys(_read(name, value) for value in self.query.get(name, []))
        held = tuple(value for value in values if value)
        few(name, held)
        return held

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within limits; the default where there is none. InputError for other text."""
        text = self.one(name)
        if not text:
            return default
        if not _NUMBER.fullmatch(text):
            raise InputError(
                Said(f"„{text[:40]}” nu este un număr", f"'{text[:40]}' is no number"),
                Said(
                    f"Scrieți un număr de la {low} la {high}.",
                    f"Write a number from {low} to {high}.",
                ),
                name,
            )
        return min(high, max(low, int(text)))

    def amount(self, name: str) -> float | None:
        """A sum; None where there is none. InputError for other text."""
        text = self.one(name)
        return float(clean_decimal(text)) if text else None

    @cached_property
    def _encoded(self) -> dict[str, str]:
        """By parameter, its part of the address."""
        return {name: _pairs(name, values) for name, values in self.query.items()}

    def link(self, **changes: object) -> str:
        """This page's address with some parameters changed (None removes one)."""
        parts = dict(self._encoded)
        for name, value in changes.items():
            if value is None:
                parts.pop(name, None)
            else:
                many = value if isinstance(value, (list, tuple)) else (value,)
                parts[name] = _pairs(name, [str(v) for v in many])
        words = "&".join(part for part in parts.values() if part)
        return f"{self.url}?{words}" if words else self.url


def few(name: str, values: Sequence[str]) -> None:
    """InputError when a parameter holds more values than a page reads."""
    if len(values) > MAX_VALUES:
        raise InputError(
            Said(
                f"sunt {len(values)} de valori; se citesc cel mult {MAX_VALUES}",
                f"there are {len(values)} values; at most {MAX_VALUES} are read",
            ),
            Said("Alegeți mai puține.", "Choose fewer."),
            name,
        )


_quoted = lru_cache(4_096)(quote_plus)
"""Facets write the same few names and values into some seventy addresses of a page."""


def _read(name: str, value: str) -> str:
    text = value.strip()
    if len(text) > MAX_QUERY:
        raise InputError(
            Said(
                f"textul are {len(text)} de caractere; se citesc cel mult {MAX_QUERY}",
                f"the text is {len(text)} characters long; at most {MAX_QUERY} are read",
            ),
            Said("Scurtați-l la câteva cuvinte.", "Shorten it to a few words."),
            name,
        )
    return text


def _pairs(name: str, values: Sequence[str]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for value in values)


@dataclass(frozen=True)
class PageDef:
    """One page: its path below `/{lang}`, the function that makes its context, its template.

    The context is a dataclass; the template sees its fields and nothing else of ours but the
    helpers that every page has. A function may give a Response instead (a CSV, a redirect).
    """

    name: str
    path: str
    build: Callable[[Asked], Any]
    template: str
    context: type


def href(lang: str, id_: str) -> str:
    """The page of a thing."""
    return f"/{lang}/r/{quote(id_)}"
