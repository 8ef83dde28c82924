"""Rows that were refused, as CSV that a clerk can correct and hand back."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Self, TextIO

from ontology.cleaning import MASK
from ontology.errors import ResurseError, RowError, Said

NOTES = (
    "_file",
    "_row",
    "_mark",
    "_column",
    "_value",
    "_reason_ro",
    "_reason_en",
    "_hint_ro",
    "_hint_en",
)
"""The columns we add; a mapping passes over every column that begins with an underscore."""


def mark_of(values: Mapping[str, str], shown: str) -> str:
    """What a row of a source's file is known by when it comes back corrected, also from another edition
    of the file in which it stands elsewhere; `shown` stands for a row whose cells could not be told apart.
    """
    said = "\x1f".join(values.values()) or shown
    return sha256(masked(said).encode(errors="surrogatepass")).hexdigest()[:12]


_PERSONAL = re.compile(r"(?<!\d)(?:\d{13}|[1-9](?:[ ./-]?\d){12})(?!\d)")
"""Thirteen digits, also with gaps between them: what is no such code is masked too, to be sure."""

_STRAY = re.compile("[\udc80-\udcff]")
"""A byte outside the file's encoding, as the readers keep it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a leading apostrophe where it would."""
    return "'" + cell if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def unguarded(cell: str) -> str:
    """A cell that `neutral` guarded, as it was before."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+([.,]\d+)*%?", cell) is not None


def masked(cell: str) -> str:
    """A cell without personal numeric codes."""
    return _PERSONAL.sub(MASK, cell)


def shown(cell: str) -> str:
    """A cell whose bytes outside the file's encoding are the letters they most likely were."""
    return _STRAY.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1250", "replace"), cell)


def cleanse(folder: Path) -> None:
    """Masks personal codes in files of refused rows: earlier versions wrote some of them out."""
    for path in folder.rglob("*.csv"):
        draft = path.with_suffix(".part")
        with (
            path.open(encoding="utf-8", newline="") as old,
            draft.open("w", encoding="utf-8", newline="") as new,
        ):
            new.writelines(map(masked, old))
        draft.replace(path)


@dataclass(frozen=True)
class Reject:
    """One refused row: where it stands, each cell that is wrong and why, and the row itself."""

    file: str
    row: int
    errors: tuple[ResurseError, ...]
    values: Mapping[str, str]
    mark: str = ""
    """That of the row as it stands in the source's file, when this is a correction of it."""

    def notes(self) -> dict[str, str]:
        """The columns that tell what is wrong; several errors are joined by ` | `."""
        return {
            "_file": self.file,
            "_row": str(self.row),
            "_mark": self.mark or mark_of(self.values, getattr(self.errors[0], "value", "")),
            "_column": " | ".join(getattr(e, "column", "") for e in self.errors),
            "_value": " | ".join(masked(getattr(e, "value", "")) for e in self.errors),
            "_reason_ro": " | ".join(e.what.ro for e in self.errors),
            "_reason_en": " | ".join(e.what.en for e in self.errors),
            "_hint_ro": " | ".join(e.fix.ro for e in self.errors),
            "_hint_en": " | ".join(e.fix.en for e in self.errors),
        }


class RejectFile:
    """Writes rejects as they come, beside the file of the version held, and is closed by `with`.

    `keep` puts it in its place; without that it is gone, and what was there is as it was.
    """

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        self.path = path.with_suffix(".part")
        self.columns = [*NOTES, *(c for c in columns if c not in NOTES)]
        self.count = 0
        self.first: list[Reject] = []
        self._file: TextIO | None = None
        self.path.unlink(missing_ok=True)

    def add(self, reject: Reject) -> None:
        """Appends one refused row."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow(self.columns)
        cells = {**reject.values, **reject.notes()}
        row = [neutral(masked(shown(cells.get(name, "")))) for name in self.columns]
        csv.writer(self._file).writerow(row)
        self.count += 1
        if len(self.first) < 100:
            self.first.append(replace(reject, errors=tuple(map(_without_codes, reject.errors))))

    def keep(self, path: Path) -> Path | None:
        """Makes it the file at `path`, or takes the one there away when no row was refused."""
        self._close()
        if self.count == 0:
            path.unlink(missing_ok=True)
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(path)
        return path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()
        self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _without_codes(error: ResurseError) -> ResurseError:
    """The error as it may be shown: no sentence of it, nor its value, repeats a personal numeric code."""
    said = (error.what.ro, error.what.en, error.fix.ro, error.fix.en, getattr(error, "value", ""))
    ro, en, fix_ro, fix_en, value = hidden = tuple(map(masked, said))
    if hidden == said:
        return error
    return RowError(
        Said(ro, en),
        Said(fix_ro, fix_en),
        error.where,
        column=getattr(error, "column", ""),
        value=value,
    )


def as_row_error(error: ResurseError, where: str) -> RowError:
    """Any error of ours, told as one of a row."""
    if isinstance(error, RowError):
        return error
    return RowError(error.what, error.fix, error.where or where)
