"""Third room: rows become entities, with the pages they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing

from ingest.context import Context
from ingest.mapping import Mapper, RowProblems
from ingest.pipeline.cell_pages import CellPages
from ingest.pipeline.circles import Circles
from ingest.pipeline.item import Item, batches
from ingest.pipeline.naming import Keys
from ingest.pipeline.own_code import given, unkeepable
from ingest.pipeline.pages import Page, Pages
from ingest.pipeline.reading import Reading
from ingest.readers import BadRow, Row
from ingest.rejects import as_row_error
from ingest.source import Source
from ingest.tables import Seen
from ontology.entity import Entity
from ontology.errors import ResurseError, RowError, Said

Extend = Callable[[Entity, Mapping[str, str], Context], Iterable[Entity]]
"""A source's own function: more entities that follow from a row."""


class Making:
    """The items of a source that is a table, in batches."""

    def __init__(
        self,
        source: Source,
        reading: Reading,
        mapper: Mapper,
        keys: Keys,
        context: Context,
        pages: Pages,
    ) -> None:
        self.source = source
        self.reading = reading
        self.mapper = mapper
        self.keys = keys
        self.context = context
        self.pages = pages
        self.extend: Extend | None = source.function("extend")
        self.nowhere = pages.of(pages.fallback)
        self.columns = _columns_by_field(source)
        self.circular: Mapping[str, RowError] = {}

    def __iter__(self) -> Iterator[list[Item]]:
        with (
            closing(Seen()) as seen,
            closing(CellPages(self.source, self.context)) as cells,
            closing(Circles(self.source, self.reading, self.mapper).find()) as self.circular,
        ):
            for rows in batches(self.reading):
                yield self._batch(rows, seen, cells)

    def _batch(self, rows: list[Row | BadRow], seen: Seen, cells: CellPages) -> list[Item]:
        items = [self._begun(row) for row in rows]
        good = [item for item in items if not item.errors]
        for item, first in zip(
            good, seen.before([(i.key or "", i.number) for i in good]), strict=True
        ):
            if first is not None:
                item.errors = (self._double(item, first),)
        good = [item for item in good if not item.errors]
        known = self.keys.look_up(
            key
            for item in good
            for key in (item.key or "", *self.mapper.references(item.values, item.place))
        )
        for item in good:
            item.id = known.get(item.key or "", item.id)
        pages = cells.of(_own(item) for item in good)
        again = seen.before([(f"id {item.id}", item.number) for item in good])
        for item, first in zip(good, again, strict=True):
            item.again = first is not None
            self._make(item, pages.get(_own(item), {}))
        return items

    def _begun(self, row: Row | BadRow) -> Item:
        """A row with its key and the id that the key would be given."""
        if isinstance(row, BadRow):
            return Item(row.number, row.place, row.values, errors=(row.error,), mark=row.mark)
        item = Item(row.number, row.place, row.values, columns=self.columns, mark=row.mark)
        try:
            item.key, minted = self.mapper.key_of(row.values, row.place)
            item.id = self.source.same.get(item.key.split(":", 1)[1], minted)
        except ResurseError as error:
            item.errors = (as_row_error(error, row.place),)
        if (wrong := self.circular.get(item.key or "")) is not None:
            item.errors = (
                RowError(wrong.what, wrong.fix, row.place, column=wrong.column, value=wrong.value),
            )
        return item

    def _double(self, item: Item, first: int) -> RowError:
        own = _own(item)
        return RowError(
            Said(
                f"id-ul „{own}” apare deja la rândul {first}",
                f"the id '{own}' stands already in row {first}",
            ),
            Said(
                "Dați rândului un id al lui, sau ștergeți dublura.",
                "Give the row an id of its own, or remove the double.",
            ),
            item.place,
            column=self.source.id_rule.column if self.source.id_rule else "",
        )

    def _make(self, item: Item, cells: Mapping[str, str]) -> None:
        """Gives the item its entities, or what is wrong with them.

        `cells` are the pages from which single cells were read, by column.
        """
        assert item.id is not None
        try:
            main = self.mapper.entity(item.id, item.values, item.place, cells)
            made = [main]
            if self.extend is not None:
                made += self._extended(main, item)
        except RowProblems as problems:
            item.errors = problems.errors
            return
        except ResurseError as error:
            item.errors = (as_row_error(error, item.place),)
            return
        page = self._page(item.values)
        for entity in made:
            entity.sources = [page.url]
            entity.origin = entity.origin or item.place
        item.entities = made
        item.pages = [
            page,
            *(self.pages.of(url) for url in dict.fromkeys(cells.values()) if url != page.url),
        ]

    def _extended(self, main: Entity, item: Item) -> list[Entity]:
        """What the source's own function makes of the row. Raises a RowError when it fails on it."""
        assert self.extend is not None

        def failed(what: Said, fix: Said) -> ResurseError:
            return RowError(what, fix, item.place)

        extend = self.extend
        more = list(given(lambda: extend(main, item.values, self.context), failed))
        for entity in (main, *more):
            if (wrong := unkeepable(entity, item.place)) is not None:
                raise wrong
        return more

    def _page(self, values: Mapping[str, str]) -> Page:
        """The page that a row names, else that of the source."""
        named = self.source.page
        url = values.get(named["url"], "").strip() if "url" in named else ""
        if not url:
            return self.nowhere
        title = values.get(named["title"], "").strip() if "title" in named else ""
        return self.pages.of(url, title or None)


def _own(item: Item) -> str:
    """The row's own key, without the scheme."""
    return (item.key or "").split(":", 1)[1]


def _columns_by_field(source: Source) -> dict[str, str]:
    """The columns that fill a field, joined by ` / ` where there are several."""
    found: dict[str, str] = {}
    for column in source.columns.values():
        for name in filter(None, (column.target, column.to)):
            found[name] = f"{found[name]} / {column.name}" if name in found else column.name
    return found
