"""What a source's own function may use: other things by key, links with two ends, options, slugs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ingest.mapping import slug
from ingest.readers import Row, Table, open_table
from ingest.references import Resolve, looks_like_key
from ingest.source import Source
from ingest.unread import Unread
from ontology.entity import Entity
from ontology.errors import RowError, Said
from ontology.kinds import tidy


class Context:
    """Handed to `extend(entity, row, context)` and `crawl(context)` of a source.py."""

    def __init__(
        self,
        source: Source,
        resolve: Resolve,
        today: date,
        fetch: Callable[..., Any] | None = None,
        named: Resolve | None = None,
        identify: Any = None,
    ) -> None:
        self.source = source
        self.resolve = resolve
        self.named: Resolve = named or (lambda _name: None)
        """The id of the one thing that other sources call so; None when there is none, or several."""
        self.identify = identify
        """Where a document's own names for held things are asked about (ingest.identify); or None."""
        self.today = today
        self.fetch = fetch
        self.unread = Unread()
        """What a connector met that it does not read."""
        self.options: Mapping[str, Any] = source.options
        self._lines: dict[tuple[str, str], dict[str, Mapping[str, str]]] = {}

    slug = staticmethod(slug)
    is_key = staticmethod(looks_like_key)

    @staticmethod
    def items(cell: str, separator: str = ";") -> Iterator[str]:
        """The parts of a cell, tidied, empty ones left out."""
        yield from (part for raw in cell.split(separator) if (part := tidy(raw)))

    def refer(self, item: str, column: str) -> str:
        """The id that `item` stands for in the source's scheme. RowError when there is none."""
        found = self.resolve(f"{self.source.scheme}:{item}")
        if found is None:
            raise RowError(
                Said(
                    f"coloana „{column}”: „{item}” trimite la ceva ce nu există",
                    f"column '{column}': '{item}' refers to something that does not exist",
                ),
                Said(
                    "Verificați id-ul sau adăugați întâi rândul la care trimite.",
                    "Check the id, or add the row that it refers to first.",
                ),
                column=column,
                value=item,
            )
        return found

    def membership(self, member: str, body: str, role: str | None = None) -> Entity:
        """The membership of one thing in another; the same from either end."""
        entity = Entity.of("Membership", f"membership/{_flat(member)}--{_flat(body)}")
        entity.add("organisation", member)
        entity.add("body", body)
        if role:
            entity.add("role", role)
        return entity

    def named_member(self, name: str, body: str) -> Entity:
        """The membership of a body that is known by name only."""
        entity = Entity.of("Membership", f"membership/{slug(name)}--{_flat(body)}")
        entity.add("name", tidy(name))
        entity.add("body", body)
        return entity

    def table(self, relative: str) -> Table:
        """A table that lies beside the source's folder."""
        return open_table((self.source.folder / relative).resolve())

    def lines(self, relative: str, key: str) -> Mapping[str, Mapping[str, str]]:
        """A small table beside the source's folder, by the value of one column; read once."""
        if (relative, key) not in self._lines:
            rows = (row for row in self.table(relative) if isinstance(row, Row))
            self._lines[relative, key] = {row.values[key]: row.values for row in rows}
        return self._lines[relative, key]

    def path(self, relative: str) -> Path:
        """A file that lies beside the source's folder."""
        return (self.source.folder / relative).resolve()


def _flat(id_: str) -> str:
    return id_.replace("/", "-")
