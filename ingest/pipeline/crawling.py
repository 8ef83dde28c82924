"""Third room of a source that is no table: its own function gives entities, and rejects."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from graph.spelling import Speller
from ingest.context import Context
from ingest.pipeline.item import Item, batches
from ingest.pipeline.own_code import given, unkeepable
from ingest.pipeline.pages import Pages
from ingest.rejects import Reject
from ingest.source import Source
from ontology.entity import Entity
from ontology.errors import ResurseError, Said, SourceError

Crawl = Callable[[Context], Iterable[Entity | Reject]]


class Crawling:
    """The items of a crawled source, in batches, each time it is iterated."""

    def __init__(self, source: Source, crawl: Crawl, context: Context, pages: Pages) -> None:
        self.source = source
        self.crawl = crawl
        self.context = context
        self.pages = pages

    def __iter__(self) -> Iterator[list[Item]]:
        return batches(self._items())

    def digest(self, spell: Speller) -> bytes:
        """What the source states: the things themselves, since there is no file to sum."""
        digest = hashlib.sha256()
        for item in self._items():
            for entity in item.entities[:1]:
                digest.update(spell(entity).print)
            for error in item.errors:
                digest.update(repr((item.number, error.message())).encode("utf-8", "replace"))
        return digest.digest()

    def _items(self) -> Iterator[Item]:
        def failed(what: Said, fix: Said) -> ResurseError:
            return SourceError(what, fix, self.source.slug)

        crawled = given(lambda: self.crawl(self.context), failed)
        for number, made in enumerate(crawled, start=1):
            if isinstance(made, Reject):
                yield Item(made.row, made.file, made.values, errors=made.errors)
                continue
            if (wrong := unkeepable(made, f"{self.source.slug}, {number}")) is not None:
                yield Item(number, self.source.slug, {}, errors=(wrong,))
                continue
            made.sources = made.sources or [self.pages.fallback]
            item = Item(
                number, made.origin or self.source.slug, {}, self._key(made), made.id, [made]
            )
            item.pages = [self.pages.of(url) for url in made.sources]
            yield item

    def _key(self, made: Entity) -> str | None:
        """The thing's own key in the source's scheme, if it states one."""
        own = (
            v.value for v in made.values.get("identifiers", ()) if v.scheme == self.source.scheme
        )
        return next((f"{self.source.scheme}:{value}" for value in own), None)
