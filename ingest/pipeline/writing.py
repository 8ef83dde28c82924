"""Fifth room: what is stated is compared with what is held, counted, and written into the new graph."""

from __future__ import annotations

from collections.abc import Iterable

from graph.spelling import Speller, Stated
from graph.store.filling import Filling
from ingest.pipeline.item import Item
from ingest.pipeline.naming import Keys
from ingest.pipeline.outcome import Change, Counts
from ingest.pipeline.pages import Page
from ingest.prints import Prints

_MERGED = 200
"""How many merged rows are told one by one."""

SHOWN = 200
"""How many things a dry run tells with their fields when they are added; of the others, that they are."""

_PAGES = 10_000
"""How many written pages are remembered; writing one again does no harm."""


class Writing:
    """Takes the good items of a run, batch by batch. Without a `filling` (a dry run) it only compares.

    `held` is the version of the source that counts now.
    """

    def __init__(
        self, source: str, held: str | None, prints: Prints, spell: Speller, filling: Filling | None
    ) -> None:
        self.source = source
        self.held = held
        self.prints = prints
        self.spell = spell
        self.filling = filling
        self.merged: list[Change] = []
        """The first rows about things that other rows or sources speak of."""
        self.first: list[Stated] = []
        """The first things, which a dry run tells with their fields."""
        self._pages: set[str] = set()

    def take(self, good: list[Item], counts: Counts) -> None:
        """Compares, counts and writes the entities of a batch with their pages."""
        stated = [[self.spell(entity) for entity in item.entities] for item in good]
        known = self.prints.known(self.source, self.held, [item.id for item in good if item.id])
        for item, own in zip(good, stated, strict=True):
            if item.id and own[0].print in known.own.get(item.id, ()):
                counts.unchanged += 1
            elif item.again or item.id in known.others:
                counts.merged += 1
                if item.id and len(self.merged) < _MERGED:
                    self.merged.append(Change(item.id, "merged", where=item.place))
            else:
                counts.accepted += 1
        self.write(one for own in stated for one in own)
        self.pages(page for item in good for page in item.pages)

    def pages(self, pages: Iterable[Page]) -> None:
        """Writes pages, each once while it is remembered."""
        news = {page.url: page.stated for page in pages if page.url not in self._pages}
        if len(self._pages) + len(news) > _PAGES:
            self._pages.clear()
        self._pages.update(news)
        self.write(news.values())

    def write(self, stated: Iterable[Stated]) -> None:
        """Writes things with what they state, and their prints."""
        made = list(stated)
        self.prints.add([(one.id, one.print) for one in made])
        if self.filling is None:
            self.first += made[: SHOWN - len(self.first)]
        else:
            self.filling.add("".join([one.lines for one in made]))


def mint_stated(items: Iterable[Item], keys: Keys, *, crawled: bool) -> None:
    """Things made beside a row's own (programmes, grants) are known by their ids from now on.

    A crawled thing has no row: it is known by every identifier it states.
    """
    pairs: dict[str, str] = {}
    for item in items:
        if crawled and item.key and item.id:
            pairs[item.key] = item.id
        for entity in item.entities if crawled else item.entities[1:]:
            for value in entity.values.get("identifiers", ()):
                pairs.setdefault(f"{value.scheme}:{value.value}", entity.id)
    keys.mint(pairs)
