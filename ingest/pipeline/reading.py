"""First room: opens a source's file, holds its columns against source.yml, and gives its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.mapping import Mapper
from ingest.readers import BadRow, Row, Table, open_table
from ingest.rejects import MASK, unguarded
from ingest.source import Source
from ontology.errors import FileError, MappingError, RowError, Said


class Reading:
    """The rows of a source, each time it is iterated; nothing is kept but the corrected ones."""

    def __init__(
        self, source: Source, mapper: Mapper, path: Path | None, corrections: Path
    ) -> None:
        self.source = source
        self.mapper = mapper
        self.path = path
        self.corrections = corrections
        """Rejected rows that a clerk corrected and handed back: they stand in for the rows of the file."""

    def __iter__(self) -> Iterator[Row | BadRow]:
        table = self._table()
        fixes = self._corrected()
        for row in table:
            yield fixes.pop(row.number, row)
        yield from (fixes[number] for number in sorted(fixes))

    def columns(self) -> tuple[str, ...]:
        """The columns that source.yml names, in its order."""
        source = self.source
        return (*source.columns, *source.page.values(), *source.ignore)

    def _table(self) -> Table:
        """The opened file. Raises MappingError or FileError unless every column is accounted for."""
        if self.path is None:
            raise MappingError(
                Said("nu spune ce fișier se citește", "does not say which file to read"),
                Said("Adăugați read: {path: …}.", "Add read: {path: …}."),
                f"{self.source.slug}/source.yml",
            )
        table = open_table(self.path, **{k: v for k, v in self.source.read.items() if k != "path"})
        if missing := ", ".join(self.mapper.missing(table.columns)):
            raise FileError(
                Said(f"lipsește coloana {missing}", f"column {missing} is missing"),
                Said(
                    "Adăugați coloana, sau scoateți-o din source.yml.",
                    "Add the column, or take it out of source.yml.",
                ),
                self.path.name,
            )
        unmapped = self.mapper.unmapped(table.columns)
        if stray := ", ".join(name for name in unmapped if not name.startswith("_")):
            raise MappingError(
                Said(f"coloana {stray} nu are corespondent", f"column {stray} is not mapped"),
                Said(
                    "Legați-o de un câmp în columns:, sau treceți-o la ignore:.",
                    "Map it to a field under columns:, or list it under ignore:.",
                ),
                f"{self.source.slug}/source.yml",
            )
        return table

    def _corrected(self) -> dict[int, Row | BadRow]:
        """Corrected rows by the number of the row that each replaces."""
        found: dict[int, Row | BadRow] = {}
        if not self.corrections.exists():
            return found
        for row in open_table(self.corrections):
            if isinstance(row, Row) and row.values.get("_row", "").isdigit():
                number = int(row.values["_row"])
                values = {k: unguarded(v) for k, v in row.values.items() if not k.startswith("_")}
                where = f"{self.corrections.name}, row {row.number}"
                hidden = next((name for name, cell in values.items() if MASK in cell), None)
                found[number] = (
                    Row(number, values, where)
                    if hidden is None
                    else BadRow(number, where, _still_masked(hidden, where))
                )
        return found


def _still_masked(column: str, where: str) -> RowError:
    """A reject came back with the dots that we wrote in place of a long number: they are no value."""
    return RowError(
        Said(
            f"coloana „{column}” are puncte în locul unui număr de 13 cifre",
            f"column '{column}' has dots in place of a number of 13 digits",
        ),
        Said(
            "Scrieți numărul la loc din fișierul sursei, sau ștergeți-l dacă este al unei persoane.",
            "Write the number again from the source's file, or remove it if it is a person's.",
        ),
        where,
        column=column,
        value=MASK,
    )
