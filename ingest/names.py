"""Finds held things by their whole name, for documents that name bodies, acts and platforms."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from graph.catalogue.base import Catalogue
from graph.catalogue.schema import sort_key

_KINDS = (
    "ORGANISATION", "COUNCIL", "WORKING_GROUP", "LEGAL_ACT", "STRATEGY", "PLATFORM", "PROGRAMME",
)  # fmt: skip


class Names:
    """Called with a name, gives the id of the one thing called so; None for none or several.

    Letters' case and diacritics do not count. The table is made when the first name is asked for.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, name: str) -> str | None:
        """The id, or None."""
        found = self._table.get(sort_key(name), set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _table(self) -> dict[str, set[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for record in self._catalogue.scan(_KINDS):
            label = record.values.get("label") or {}
            names = [*label.values()] if isinstance(label, dict) else [str(label)]
            for other in record.values.get("altLabels", ()):
                names += list(other.values()) if isinstance(other, dict) else [str(other)]
            for name in names:
                table[sort_key(str(name))].add(record.id)
        return table
