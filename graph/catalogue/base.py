"""What the rest of the house reads: records, links, pages, facets and statements of one data version.

The catalogue is derived from the current graphs and made anew after each ingest; it is never a
second truth. Nothing outside this room knows which engine keeps it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import orjson
from numpy.typing import NDArray


@dataclass(frozen=True)
class Record:
    """One thing with its values merged over all current sources.

    `values` by field name: a single text is `{"ro": …, "en": …}`, many texts a list of those; a
    reference is an id, many a list of ids; parts are a list of mappings of the same shape with
    `id` and `type`; a code is its notation, a decimal a float, a point `[latitude, longitude]`,
    identifiers a list of `{"scheme", "value"}`.
    """

    id: str
    type: str
    kind: str | None
    values: Mapping[str, Any] = field(repr=False)
    updated: str | None = None
    also: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    """By field that holds one code, the other codes that sources state of it."""

    def text(self, name: str, lang: str = "ro") -> str | None:
        """The text of a field in `lang`, else in the other language, else None."""
        value = self.values.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, Mapping):
            return value.get(lang) or next((v for v in value.values() if v), None)
        return None if value is None else str(value)

    def label(self, lang: str = "ro") -> str:
        """What to call it; the id when no source names it."""
        return self.text("label", lang) or self.id

    def stated(self, name: str) -> tuple[str, ...]:
        """Every code that sources state of a field, the one that counts first."""
        value = self.values.get(name)
        return () if value is None else (str(value), *self.also.get(name, ()))

    def refs(self, name: str) -> tuple[str, ...]:
        """The ids a reference field holds."""
        value = self.values.get(name)
        if value is None:
            return ()
        return (value,) if isinstance(value, str) else tuple(value)


def spoken(values: Iterable[Mapping[str, str]], lang: str) -> tuple[Mapping[str, str], ...]:
    """Of many texts (each `{language: text}`) those in a language; all of them where none is.

    A list of texts in two languages holds each item twice, and nothing says which belong
    together: side by side they would read as twice as many items.
    """
    held = tuple(values)
    return tuple(one for one in held if one.get(lang)) or held


@dataclass(frozen=True)
class Filter:
    """Narrows a list; an empty field does not narrow. Amounts in the record's own currency.

    `states` keeps the calls that are in one of these states today (`calls.py`).
    """

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()
    place: str | None = None
    open: bool | None = None
    states: tuple[str, ...] = ()
    amount_min: float | None = None
    amount_max: float | None = None
    year_from: int | None = None
    year_to: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class SourceRef:
    """Where a fact was read: a page, under the licence of the data set that reports it."""

    id: str
    title: str | None
    url: str | None
    publisher: str | None
    licence: str | None
    retrieved: str | None


@dataclass(frozen=True)
class Statement:
    """One fact: a value or another thing, and the ids of the sources that state it."""

    subject: str
    field: str
    object: str | None
    value: Any
    lang: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page of a list: ids and what they are sorted by, the size of the whole list."""

    ids: tuple[str, ...]
    sort: str
    keys: tuple[object, ...] = field(repr=False)
    total: int
    has_next: bool
    has_previous: bool

    def cursor(self, at: int) -> str:
        """Where the list goes on behind one of the page's things (`at` from 0; -1 is the last)."""
        place = orjson.dumps([self.sort, self.keys[at], self.ids[at]])
        return base64.urlsafe_b64encode(place).decode().rstrip("=")

    @property
    def end(self) -> str | None:
        """The cursor of the last thing; None on an empty page."""
        return self.cursor(-1) if self.ids else None


def decoded(cursor: str) -> Any:
    """The sort, the key and the id of a cursor. ValueError or binascii.Error for other text."""
    return orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: each value with how many records have it."""

    name: str
    values: tuple[tuple[str, int], ...]


SORTS = ("label", "updated", "year", "opens", "closes", "amount", "id")
"""What a list can be sorted by; a leading `-` turns the order round. Unknown values come last."""


class Placed(Protocol):
    """Things in an order of somebody else's."""

    def __len__(self) -> int:
        """How many there are."""

    def places(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """By id, its place in the order; -1 where it has none (n,)."""


class Catalogue(Protocol):
    """One data version, ready to be read by any number of threads. What it gives is not to be changed."""

    version: str

    def resolve(self, ids: Sequence[str]) -> list[str | None]:
        """The canonical id of each: of itself, of `scheme:value`, or of a retired id."""

    def records(self, ids: Sequence[str]) -> list[Record | None]:
        """The records of canonical ids, in order; None where there is none."""

    def links(self, ids: Sequence[str], field: str) -> Mapping[str, Sequence[str]]:
        """By id, what its reference field (inverse fields too) points at, in order."""

    def scan(self, kinds: Sequence[str] = ()) -> Iterator[Record]:
        """Every resource of the kinds (all, if none), by id."""

    def scan_type(self, type: str) -> Iterator[Record]:
        """Every record of a class, parts that stand alone included, by id."""

    def page(self, filter: Filter, sort: str, first: int, after: str | None, today: date) -> Page:
        """One page of the filtered list. Raises InputError for a broken cursor or sort."""

    def facets(self, filter: Filter, today: date) -> list[Facet]:
        """Counts by kind, topic, legalForm, place, year and open over the filtered list."""

    def facets_at(self, numbers: NDArray[np.int64], today: date) -> list[Facet]:
        """The same counts over the things with some numbers, for a search result."""

    def numbered(self, order: Placed) -> NDArray[np.int64]:
        """By place in an order of ids, the number of the thing here; -1 where it is not here (n,)."""

    def contradictions(self, id: str) -> list[str]:
        """The fields on which the sources of a thing disagree."""

    def matching(self, filter: Filter, today: date) -> frozenset[str]:
        """The ids of the whole filtered list."""

    def statements(self, id: str) -> list[Statement]:
        """Every fact about a thing, in the order of the ontology, each with its sources."""

    def sources(self, ids: Sequence[str]) -> dict[str, list[SourceRef]]:
        """By id, the sources that state something about it."""

    def source(self, ids: Sequence[str]) -> list[SourceRef | None]:
        """The sources with these ids (`source/…`)."""

    def counts(self) -> dict[str, int]:
        """How many resources of each kind."""

    def nearest(self, text: str, first: int = 5) -> list[str]:
        """Ids that look like `text`: for "did you mean"."""
