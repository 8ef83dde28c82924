"""The pages that facts were read from: each is made, checked and spelled once for all its rows."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from graph.entities import source_entity
from graph.spelling import Speller, Stated
from ingest.source import Source
from ontology.errors import RowError
from ontology.validate import check

_KEPT = 2_000


class Page(NamedTuple):
    """A page, what it states of itself, and what is wrong with it."""

    url: str
    stated: Stated
    errors: tuple[RowError, ...]


class Pages:
    """The pages of one source: `retrieved` is the day on which they were read."""

    def __init__(self, source: Source, retrieved: str, spell: Speller) -> None:
        self._source = source
        self._retrieved = retrieved
        self._spell = spell
        self.of = lru_cache(maxsize=_KEPT)(self._of)
        """The page at an address, with its title where a row states it."""
        self.fallback = source.landing_page or f"urn:resurse:{source.slug}"
        """The address of what no page of its own is known for."""

    def _of(self, url: str, title: str | None = None) -> Page:
        source = self._source
        entity = source_entity(
            url,
            title=title or (None if "://" in url else source.title.ro),
            publisher=source.publisher or None,
            licence=source.licence or None,
            retrieved=self._retrieved,
        )
        return Page(url, self._spell(entity), check([entity]))
