"""The file of what people decided: a CSV that only grows, read and written here."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from ingest.identity.decision import Decision, Pair
from ingest.identity.decisions import Decisions
from ingest.personal_codes import personal_code
from ingest.rejects import neutral
from ingest.tables import scratch
from ontology.errors import FileError, InputError, RowError, Said

COLUMNS = ("left", "right", "answer", "who", "when", "why", "left_label", "right_label", "score")
"""The columns of the file; the last three help the reader and decide nothing."""
ANSWERS = ("same", "different", "open", "")
"""`open` takes an earlier answer back; an empty answer is a question that waits."""


def read_decisions(*paths: Path) -> Decisions:
    """The decisions of one or more files, later files later; a file that is not there has none.

    Raises RowError that names the line for an unknown answer, a missing id, date or name of who
    decided; FileError when a column is missing.
    """
    return Decisions(row for path in paths if path.exists() for row in each_row(path))


def read_answers(*paths: Path) -> Decisions:
    """The same without the questions that wait: those may be very many, and nothing follows from them."""
    return Decisions(row for path in paths if path.exists() for row in each_row(path) if row.answer)


def each_row(path: Path) -> Iterator[Decision]:
    """The rows of one file, one by one. Raises as `read_decisions` does."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from _rows(path, csv.DictReader(file))
        except UnicodeDecodeError as error:
            raise FileError(
                Said("fișierul nu este în UTF-8", "the file is not in UTF-8"),
                Said("Salvați-l ca CSV UTF-8.", "Save it as CSV UTF-8."),
                str(path),
            ) from error


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[Decision]:
    missing = [c for c in COLUMNS[:6] if c not in (reader.fieldnames or ())]
    if missing:
        raise FileError(
            Said(
                f"lipsesc coloanele {', '.join(missing)}",
                f"the columns {', '.join(missing)} are missing",
            ),
            Said(
                f"Prima linie este: {','.join(COLUMNS)}", f"The first line is: {','.join(COLUMNS)}"
            ),
            str(path),
        )
    for line in reader:
        row = Decision(**{c: (line.get(c) or "").strip() for c in COLUMNS})
        _check(row, f"{path.name}, line {reader.line_num}")
        yield row


def _check(row: Decision, where: str) -> None:
    if row.answer not in ANSWERS:
        raise RowError(
            Said(f"răspunsul „{row.answer}” nu există", f"there is no answer '{row.answer}'"),
            Said("Scrieți same, different sau open.", "Write same, different or open."),
            where,
            column="answer",
            value=row.answer,
        )
    if not row.left or not row.right or row.left == row.right:
        raise RowError(
            Said("perechea nu are două id-uri diferite", "the pair has no two different ids"),
            Said("Scrieți left și right.", "Fill in left and right."),
            where,
            column="left",
            value=row.left,
        )
    if row.answer and not (row.who and _is_date(row.when)):
        raise RowError(
            Said("lipsește cine sau când a hotărât", "who decided, or when, is missing"),
            Said("Scrieți who și when (2026-01-31).", "Fill in who and when (2026-01-31)."),
            where,
            column="when",
            value=row.when,
        )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_PAIRS = "CREATE TABLE pair (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;"
_SOME = 1_000


class DecisionFile:
    """The end of a decisions file, where rows are added; nothing is ever rewritten or removed.

    What stands in the file is known by its pairs, in a table on disk (in `folder`, if one is given):
    read when first needed, and again when the file is not as it was left, since people edit it.
    """

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        self.path = path
        self._folder = folder
        self._db: sqlite3.Connection | None = None
        self._seen: tuple[int, int, int] | None = None

    def append(self, rows: Iterable[Decision]) -> int:
        """Adds rows at the end of the file (made when it is not there) and says how many.

        Questions that stand there already are not asked again. Raises as `read_decisions` does, and
        InputError for a row with a personal code.
        """
        given = list(rows)
        known = self._known(given)
        fresh = [row for row in given if row.answer or row.pair not in known]
        for row in fresh:
            _check(row, self.path.name)
            _refuse_codes(row, self.path.name)
        if fresh:
            _write(self.path, fresh)
            self._remember(fresh)
            self._seen = _state(self.path)
        return len(fresh)

    def close(self) -> None:
        """Forgets what stands in the file."""
        if self._db is not None:
            self._db.close()
            self._db, self._seen = None, None

    def _known(self, rows: list[Decision]) -> set[Pair]:
        """The pairs of these rows that stand in the file."""
        db = self._read()
        sql = "SELECT 1 FROM pair WHERE one = ? AND other = ?"
        pairs = {row.pair for row in rows if not row.answer}
        return {pair for pair in pairs if db.execute(sql, pair).fetchone() is not None}

    def _read(self) -> sqlite3.Connection:
        """The table, as the file is now."""
        if self._db is None:
            self._db = scratch(_PAIRS, self._folder)
        if self._seen != (now := _state(self.path)):
            self._db.execute("DELETE FROM pair")
            rows = each_row(self.path) if now is not None else iter(())
            while some := list(islice(rows, _SOME)):
                self._remember(some)
            self._seen = now
        return self._db

    def _remember(self, rows: list[Decision]) -> None:
        assert self._db is not None
        pairs = (row.pair for row in rows)
        self._db.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?)", pairs)


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes when somebody writes a file; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _refuse_codes(row: Decision, where: str) -> None:
    if personal_code(f"{row.left} {row.right} {row.left_label}"):
        raise InputError(
            Said("decizia conține un cod numeric personal", "the decision holds a personal code"),
            Said("Ștergeți codul.", "Delete the code."),
            where,
        )


def _write(path: Path, rows: Iterable[Decision]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a+b") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        if not new and raw.seek(0, os.SEEK_END):
            raw.seek(-1, os.SEEK_END)
            if raw.read(1) != b"\n":
                file.write("\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        for row in rows:
            writer.writerow({c: neutral(getattr(row, c)) for c in COLUMNS})
        file.flush()
        os.fsync(file.fileno())


def append(path: Path, rows: Iterable[Decision]) -> int:
    """Adds rows at the end of a file, once; who adds again and again keeps a `DecisionFile`."""
    file = DecisionFile(path)
    try:
        return file.append(rows)
    finally:
        file.close()


def decide(
    path: Path,
    left: str,
    right: str,
    answer: str,
    *,
    who: str,
    when: str,
    why: str,
    labels: Mapping[str, str] | None = None,
) -> Decision:
    """Writes one answer of a person: `same`, `different`, or `open` to take an answer back."""
    shown = labels or {}
    row = Decision(left, right, answer, who, when, why, shown.get(left, ""), shown.get(right, ""))
    append(path, [row])
    return row
