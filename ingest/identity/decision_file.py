"""The file of what people decided: a CSV that only grows, read and written here."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ingest.identity.decision import Decision
from ingest.identity.decisions import Decisions
from ingest.identity.party import personal_code
from ingest.rejects import neutral
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
    return Decisions(row for path in paths if path.exists() for row in _rows(path))


def _rows(path: Path) -> Iterator[Decision]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            Said("fișierul nu este în UTF-8", "the file is not in UTF-8"),
            Said("Salvați-l ca CSV UTF-8.", "Save it as CSV UTF-8."),
            str(path),
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
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


def append(path: Path, rows: Iterable[Decision]) -> int:
    """Adds rows at the end of the file (made when it is not there) and says how many.

    Questions that stand there already are not asked again. Nothing is ever rewritten or removed.
    """
    held = read_decisions(path)
    known = {row.pair for row in held.rows}
    fresh = [row for row in rows if row.answer or row.pair not in known]
    for row in fresh:
        _check(row, path.name)
        if personal_code(f"{row.left} {row.right} {row.left_label}"):
            raise InputError(
                Said(
                    "decizia conține un cod numeric personal", "the decision holds a personal code"
                ),
                Said("Ștergeți codul.", "Delete the code."),
                path.name,
            )
    if not fresh:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        if not new and not path.read_bytes().endswith(b"\n"):
            file.write("\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        for row in fresh:
            writer.writerow({c: neutral(getattr(row, c)) for c in COLUMNS})
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)


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
