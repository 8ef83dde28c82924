"""One row, or one crawled thing, on its way through the rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from ingest.pipeline.pages import Page
from ontology.entity import Entity
from ontology.errors import ResurseError

BATCH = 1000
"""Rows that go through the rooms together."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Item:
    """Its entities (the row's own first) and the pages they were read from, or what is wrong with it."""

    number: int
    place: str
    values: Mapping[str, str]
    key: str | None = None
    id: str | None = None
    entities: list[Entity] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    errors: tuple[ResurseError, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """The columns that fill the fields of the row's own thing, by field."""
    mark: str = ""
    """That of the row it was corrected from, if it was."""
    again: bool = False
    """True when an earlier row of the same run was about the same thing."""


def batches(things: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """The things, some at a time."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch
