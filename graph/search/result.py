"""What a search gives back: hits with their reasons, and how the query was understood."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from graph.search.text import LANGS
from ontology.errors import InputError, Said


class Teller(Protocol):
    """Tells about one hit, when asked."""

    def parts(self, row: int) -> Mapping[str, float]:
        """What each part of the search adds to the score of a row."""

    def why(self, row: int, parts: Mapping[str, float]) -> tuple[Said, ...]:
        """Why the document of a row was found."""

    def highlight(self, row: int, lang: str) -> str | None:
        """Its passage that answers, safe as HTML."""


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    id: str
    score: float
    _row: int = field(repr=False)
    _teller: Teller = field(repr=False)

    @property
    def cursor(self) -> str:
        """Where the next page begins, as an opaque text."""
        return write_cursor(self.score, self.id)

    @cached_property
    def parts(self) -> Mapping[str, float]:
        """What each part of the search adds to the score."""
        return self._teller.parts(self._row)

    @cached_property
    def why(self) -> tuple[Said, ...]:
        """The reasons: words found, topics understood, closeness in meaning."""
        return self._teller.why(self._row, self.parts)

    def snippet(self, lang: str) -> str | None:
        """The passage that answers the query, in `lang` if the thing says anything in it."""
        return self._teller.highlight(self._row, lang)

    @cached_property
    def highlight(self) -> Mapping[str, str]:
        """By language, the passage that answers the query, its words in <em>, all else escaped."""
        told = ((lang, self._teller.highlight(self._row, lang)) for lang in LANGS)
        return {lang: text for lang, text in told if text is not None}


@dataclass(frozen=True)
class Result:
    """One page of what a query found; `understood` are slugs of topics.

    `suggestion` is the query with its unknown words as they were probably meant.
    """

    total: int
    hits: tuple[Hit, ...]
    understood: tuple[str, ...] = ()
    suggestion: str | None = None
    has_next: bool = False


class Scored(NamedTuple):
    """An id with a score."""

    id: str
    score: float


@dataclass(frozen=True)
class Completion:
    """A thing whose name begins as somebody types."""

    id: str
    name: str


def write_cursor(score: float, id_: str) -> str:
    """The place of a hit in the order of scores, then ids."""
    return base64.urlsafe_b64encode(json.dumps([score, id_]).encode()).decode()


def read_cursor(cursor: str) -> tuple[float, str]:
    """The score and id of a cursor; InputError for one that we did not write."""
    try:
        score, id_ = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return float(score), str(id_)
    except (ValueError, TypeError, binascii.Error) as error:
        raise InputError(
            Said("cursorul nu este unul dat de căutare", "the cursor is not one that search gave"),
            Said("Luați-l din rezultatul precedent, neschimbat, ori lăsați-l gol.",
                 "Take it from the last result, unchanged, or leave it out."),
            "after",
        ) from error  # fmt: skip
