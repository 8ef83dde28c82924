"""A thing as search reads it: its names, what it does, what it is linked to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import orjson

from graph.search.text import LANGS, tokens

DEFAULT_KINDS: Final = (
    "ORGANISATION", "PROJECT", "CALL", "WORKING_GROUP", "COUNCIL",
    "PLATFORM", "STRATEGY", "LEGAL_ACT", "COMMITMENT", "ACTION",
)  # fmt: skip
"""What a search without kinds covers; other kinds only when asked for."""
USUAL: Final = frozenset(DEFAULT_KINDS)
PARTS: Final = {"name": 3, "activities": 2, "rest": 1}
"""How often a word counts by where it stands: names and aliases first, what is linked last."""


@dataclass(frozen=True)
class Document:
    """One thing as search reads it; texts by language (`ro`, `en`), topics as slugs.

    `name` and `aliases` weigh most, then `activities` (what it says about itself), then `rest`
    (the names of what it is linked to). `codes` are found only as typed. `facets` are the
    (field, value) pairs, beside its kind, that `field:value` in a query narrows by. `linked` are
    ids.
    """

    id: str
    kind: str
    name: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    activities: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    linked: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every name, in both languages, without repeats."""
        own = [self.name[lang] for lang in LANGS if self.name.get(lang)]
        return tuple(dict.fromkeys([*own, *self.aliases]))

    def words(self, part: str) -> list[list[str]]:
        """The folded words of a part (one of PARTS), text by text."""
        texts = self.names() if part == "name" else tuple(getattr(self, part).values())
        return [found for text in texts if (found := tokens(text))]

    def digest(self) -> bytes:
        """A hash (16 bytes) of all that search reads; equal when nothing changed."""
        parts: list[object] = [self.kind, dict(self.name), self.aliases, dict(self.activities)]
        parts += [dict(self.rest), self.codes, self.topics, self.facets, self.linked]
        return hashlib.blake2b(as_json(parts), digest_size=16).digest()


def as_json(value: object) -> bytes:
    """A value as JSON, its keys in order; half of a surrogate pair becomes a question mark."""
    try:
        return orjson.dumps(value, default=dict, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        written = json.dumps(value, default=dict, ensure_ascii=False, sort_keys=True)
        return written.encode("utf-8", "replace")
