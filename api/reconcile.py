"""`resurse reconcile`: a spreadsheet of names comes back with the ids of what they name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.home import Home
from graph.catalogue.base import Catalogue
from ingest.identify import BUNDLED, ORGANISATIONS
from ingest.identity.block import Index
from ingest.identity.decision_file import read_decisions
from ingest.identity.party import parties_of
from ingest.identity.reconcile import added_names, column_named, reconcile_table
from ingest.identity.sheet import read_sheet
from ingest.rejects import neutral
from ontology.errors import InputError, Said
from ontology.loading import load_model

ANSWERS = ("same", "ask", "none")
WRITTEN = (".csv", ".tsv", ".xlsx")
"""The suffixes of files that can be written."""


def written_suffix(output: str | None) -> str:
    """The suffix of a file to write, `.csv` for none. Raises InputError for one we do not write."""
    suffix = Path(output).suffix.lower() if output and output != "-" else ""
    if suffix and suffix not in WRITTEN:
        raise InputError(
            Said(f"nu scriem fișiere {suffix}", f"we do not write {suffix} files"),
            Said(f"Alegeți {', '.join(WRITTEN)}.", f"Choose {', '.join(WRITTEN)}."),
            "-o",
        )
    return suffix or ".csv"


@dataclass(frozen=True)
class Reconciled:
    """Every row in its order, with all its columns and `id label score answer`."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    problems: tuple[InputError, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many rows got each answer."""
        name = self.columns[-1]
        return {one: sum(row[name] == one for row in self.rows) for one in ANSWERS}

    def as_table(self, suffix: str) -> bytes:
        """The table in the format of that suffix (one of WRITTEN); formulas made harmless."""
        if suffix.lower() == ".xlsx":
            return self._xlsx()
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter="\t" if suffix.lower() == ".tsv" else ",")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([neutral(row.get(name, "")) for name in self.columns])
        return ("\ufeff" + out.getvalue()).encode()

    def _xlsx(self) -> bytes:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("reconcile")
        sheet.append(list(self.columns))
        for row in self.rows:
            sheet.append([neutral(row.get(name, "")) for name in self.columns])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def reconcile_file(
    catalogue: Catalogue,
    home: Home,
    path: Path,
    column: str,
    kind: str,
    *,
    header: bool = True,
    progress: Callable[[str, int], None] = lambda _stage, _count: None,
) -> Reconciled:
    """Looks up every name of a column, given by its heading or its number (from 1).

    Without a `header` the columns are called 1, 2, 3 … Blank rows of a sheet or text keep their
    place, ragged rows keep their cells. Raises FileError or InputError (unknown column or kind).
    """
    known = load_model().kinds
    if kind not in known:
        raise InputError(
            Said(f"felul „{kind}” nu există", f"there is no kind '{kind}'"),
            Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
            "--kind",
        )
    sheet = read_sheet(path, header=header)
    name = column_named(sheet.columns, column, path.name)
    index = Index(parties_of(catalogue.scan((kind,))))
    decisions = read_decisions(BUNDLED, home.decisions / ORGANISATIONS)

    def counted() -> Iterator[dict[str, str]]:
        for number, row in enumerate(sheet.rows, start=1):
            if number % 100 == 0:
                progress(path.name, number)
            yield row

    made = list(reconcile_table(counted(), name, index, kind=kind, decisions=decisions))
    columns = (*sheet.columns, *added_names(sheet.columns).values())
    doubts = [one.error(f"decisions/{ORGANISATIONS}") for one in decisions.contradictions()]
    return Reconciled(columns, made, (*sheet.problems, *doubts))
