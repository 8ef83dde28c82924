"""Cells that stand for other things: which keys one may mean, and the thing it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.source import Column, Source
from ontology.entity import Value, statable
from ontology.errors import RowError, Said
from ontology.model import ClassDef, PropertyDef

Resolve = Callable[[str], str | None]
"""Gives the id a key (`scheme:value`) stands for, or None."""

Found = tuple[tuple[str, Value], ...]
"""The values of one cell, or of one of its items, each with its field."""


def items_of(column: Column, cell: str) -> list[str]:
    """The items of a cell, empty ones left out. The readers give tidy cells."""
    if not column.split:
        return [cell] if cell else []
    return [part for raw in cell.split(column.split) if (part := raw.strip())]


@dataclass(frozen=True)
class ColumnOfReferences:
    """A column whose items stand for other things; `names` takes an item that is no key."""

    source: Source
    cls: ClassDef
    column: Column
    prop: PropertyDef
    resolve: Resolve

    def keys(self, cell: str) -> Iterator[str]:
        """Every key that the cell may stand for."""
        for item in items_of(self.column, cell):
            yield from self._keys(item)

    def _keys(self, item: str) -> Iterator[str]:
        for scheme in self.column.refer or (self.source.scheme,):
            yield item if scheme == "id" else f"{scheme}:{item}"

    def one(self, item: str) -> Found:
        """The field and the value of one item."""
        for key in self._keys(item):
            if (found := self.resolve(key)) is not None:
                return ((self.prop.name, Value(found)),)
        if self.column.names and not looks_like_key(item):
            return ((statable(self.cls, self.column.names).name, Value(item)),)
        raise RowError(
            Said(
                f"„{item}” trimite la ceva ce nu există",
                f"'{item}' refers to something that does not exist",
            ),
            Said(
                "Verificați id-ul sau adăugați întâi rândul la care trimite.",
                "Check the id, or add the row that it refers to first.",
            ),
        )


_KEY = re.compile(
    r"^(org|council|group|committee|proj|fund|platform|nb|hcl|lege|oug|strategia)-[a-z0-9-]+$"
)


def looks_like_key(item: str) -> bool:
    """True for text in the form of an id: such a text that resolves to nothing is a mistake, not a name."""
    return _KEY.match(item) is not None
