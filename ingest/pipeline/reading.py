"""First room: opens a source's file, holds its columns against source.yml, and gives its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ingest.mapping import Mapper
from ingest.pipeline.corrections import Corrections
from ingest.readers import BadRow, Row, Table, open_table
from ingest.source import Source
from ontology.errors import FileError, MappingError, Said


class Reading:
    """The rows of a source, each time it is iterated; nothing is kept of them."""

    def __init__(
        self, source: Source, mapper: Mapper, path: Path | None, corrections: Path
    ) -> None:
        self.source = source
        self.mapper = mapper
        self.path = path
        self.corrections = corrections
        """The file of rejected rows that came back corrected."""
        self.outdated = 0
        """How many of them stand for rows that the file has no more; known once it was read."""

    def __iter__(self) -> Iterator[Row | BadRow]:
        table = self._table()
        with closing(Corrections(self.corrections)) as corrected:
            for row in table:
                yield corrected.instead_of(row)
            yield from corrected.left()
            self.outdated = corrected.outdated()

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
        how = {k: v for k, v in self.source.read.items() if k != "path"}
        table = open_table(self.path, known=frozenset(self.columns()), **how)
        if missing := ", ".join(self.mapper.missing(table.columns)):
            have = ", ".join(table.columns[:20])
            raise FileError(
                Said(
                    f"lipsește coloana {missing}; fișierul are: {have}",
                    f"column {missing} is missing; the file has: {have}",
                ),
                Said(
                    "Adăugați coloana, sau scoateți-o din source.yml; dacă tabelul stă pe altă foaie, "
                    "scrieți read: {sheet: …}.",
                    "Add the column, or take it out of source.yml; if the table is on another sheet, "
                    "write read: {sheet: …}.",
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
