"""`resurse reconcile`: a spreadsheet of names comes back with the ids of what they name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.home import Home
from graph.catalogue.base import Catalogue
from ingest.identify import BUNDLED
from ingest.identity.block import Index
from ingest.identity.decision_file import read_decisions
from ingest.identity.party import parties_of
from ingest.identity.reconcile import reconcile_table
from ingest.readers import BadRow, open_table
from ingest.rejects import neutral
from ontology.errors import InputError, Said
from ontology.loading import load_model

ANSWERS = ("same", "ask", "none")


@dataclass(frozen=True)
class Reconciled:
    """Every row in its order, with all its columns and `id label score answer`."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]

    def counts(self) -> dict[str, int]:
        """How many rows got each answer."""
        name = self.columns[-1]
        return {one: sum(row[name] == one for row in self.rows) for one in ANSWERS}

    def as_table(self, suffix: str) -> bytes:
        """The table as CSV, or as XLSX for that suffix; formulas made harmless."""
        if suffix.lower() == ".xlsx":
            return self._xlsx()
        out = io.StringIO(newline="")
        writer = csv.writer(out)
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
    catalogue: Catalogue, home: Home, path: Path, column: str, kind: str
) -> Reconciled:
    """Looks up every name of a column. Raises FileError or InputError (unknown column or kind)."""
    known = load_model().kinds
    if kind not in known:
        raise InputError(
            Said(f"felul „{kind}” nu există", f"there is no kind '{kind}'"),
            Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
            "--kind",
        )
    table = open_table(path)
    if column not in table.columns:
        raise InputError(
            Said(f"coloana „{column}” nu există", f"there is no column '{column}'"),
            Said(
                f"Coloanele sunt: {', '.join(table.columns)}.",
                f"The columns are: {', '.join(table.columns)}.",
            ),
            path.name,
        )
    index = Index(parties_of(catalogue.scan((kind,))))
    decisions = read_decisions(BUNDLED, home.decisions / "organisations.csv")

    def rows() -> Iterator[dict[str, str]]:
        for row in table:
            yield dict.fromkeys(table.columns, "") if isinstance(row, BadRow) else row.values

    made = list(reconcile_table(rows(), column, index, kind=kind, decisions=decisions))
    columns = tuple(made[0]) if made else (*table.columns, "id", "label", "score", "answer")
    return Reconciled(columns, made)
