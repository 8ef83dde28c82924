"""`resurse reconcile`: a spreadsheet of names comes back with the ids of what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from api.home import Home
from api.writing import csv_rows, joined, json_list, workbook
from graph.catalogue.base import Catalogue
from ingest.identify import BUNDLED, ORGANISATIONS
from ingest.identity.block import Index
from ingest.identity.decision_file import read_answers
from ingest.identity.party import parties_of
from ingest.identity.reconcile import added_names, column_named, reconcile_table
from ingest.identity.sheet import read_sheet
from ingest.rejects import neutral
from ontology.errors import InputError, Said
from ontology.loading import load_model

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
    """Every row in its order, with all its columns and `id label score answer`; once, as they are made.

    `counts` says how many rows got each answer, when all were gone through. `problems` tells the
    first of `wrong` in all.
    """

    columns: tuple[str, ...]
    rows: Iterator[dict[str, str]]
    counts: Counter[str]
    problems: tuple[InputError, ...]
    wrong: int

    def as_table(self, suffix: str) -> Iterator[bytes]:
        """The table in the format of that suffix (one of WRITTEN); formulas made harmless."""
        cells = ([neutral(row.get(name, "")) for name in self.columns] for row in self.rows)
        rows = chain([list(self.columns)], cells)
        if suffix.lower() == ".xlsx":
            return workbook([("reconcile", rows)])
        return csv_rows(rows, "\t" if suffix.lower() == ".tsv" else ",")

    def as_json(self) -> Iterator[bytes]:
        """The rows as a list of objects."""
        return joined(json_list(self.rows))


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
    decisions = read_answers(BUNDLED, home.decisions / ORGANISATIONS)
    names = added_names(sheet.columns)
    counts: Counter[str] = Counter()

    def counted() -> Iterator[dict[str, str]]:
        made = reconcile_table(sheet.rows, name, index, kind=kind, decisions=decisions)
        for number, row in enumerate(made, start=1):
            if number % 100 == 0:
                progress(path.name, number)
            counts[row[names["answer"]]] += 1
            yield row

    doubts = [one.error(f"decisions/{ORGANISATIONS}") for one in decisions.contradictions()]
    return Reconciled(
        (*sheet.columns, *names.values()),
        counted(),
        counts,
        (*sheet.problems, *doubts),
        sheet.unread + len(doubts),
    )
