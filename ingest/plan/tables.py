"""Tables whose shape is not the template's, written as the template would: before anything is read.

A row for each commitment under a row of headings; headings in the last column; a column that only
numbers the rows; columns that stand side by side in typed lines, or in a frame of signs. The words
stay, their order changes: positions in such a document count the characters of the text as written
anew, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.plan.headings import COMMITMENT_HEAD, HEADING
from ingest.plan.pdf_columns import Columns, limited, limits_of, right_edge
from ingest.plan.pdf_page import Letter
from ingest.plan.pdf_words import is_exact, paragraphs
from ingest.plan.records import PlanWarning
from ingest.plan.text import fold

MOVED = PlanWarning(
    "tot documentul",
    "Coloanele s-au pus una după alta ca să se poată citi; pozițiile numără literele textului astfel rearanjat.",
    "The columns were put one after the other to be read; positions count the letters of the text so arranged.",
)

_MOST_TYPED = 400_000
"""Characters of a text whose typed columns are looked for."""

_WIDE, _HIGH, _SIZE = 6.0, 20.0, 16.0
"""A typed letter: one space between words is no gap between columns, two are."""

_TWO = re.compile(r"(?m)^[ ]*(\S[^\n]{2,58}?)[ ]{3,}(\S[^\n]*)$")
_FRAME = re.compile(r"^[ ]*\+(?:[-=]{2,}\+){2,}[ ]*$")


def arranged(raw: str, *, hard: bool) -> str:
    """The text with its tables in the template's shape; the same text when there is nothing to do.

    `hard`: empty lines part the rows of its tables (DOCX, HTML, PDF); else every line is a row.
    """
    if "\t" in raw:
        parts = re.split(r"(\n\n+|\n?\f\n?)" if hard else r"(\n)", raw)
        rows = [part.split("\t") if "\t" in part else None for part in parts]
        _turn_labels(rows)
        _turn_heads(rows)
        pairs = zip(rows, parts, strict=True)
        raw = "".join(part if row is None else "\t".join(row) for row, part in pairs)
    return raw if hard else _side_by_side(_framed(raw))


Row = list[str] | None


def _label(cell: str) -> bool:
    if len(cell) > 90:
        return False
    words = " ".join(fold(cell).split()).strip(" *_")
    return HEADING.fullmatch(words.rstrip(": ")) is not None


def _turn_labels(rows: Sequence[Row]) -> None:
    """Headings that stand in the last of two columns are put first."""
    pairs = [row for row in rows if row is not None and len(row) == 2]
    turned = [row for row in pairs if _label(row[1]) and row[0].strip() and not _label(row[0])]
    straight = sum(_label(row[0]) for row in pairs)
    if len(turned) >= 4 and not straight:
        for row in turned:
            row.reverse()


def _turn_heads(rows: Sequence[Row]) -> None:
    """A row for each commitment, under a row of headings: each cell under its heading.

    A row that a page cut goes on as another one, whose first cells are empty.
    """
    heads: list[str] = []
    held: tuple[list[str], list[str]] | None = None  # the row to write, and its cells
    for row in rows:
        if row is None:
            continue
        if len(row) == len(heads) and sum(map(_repeats, heads, row)) >= 4:
            row[:] = [
                cell.partition("\n")[2] for cell in row
            ]  # the row of headings, and what goes on under it
        if sum(map(_label, row)) >= 4 and len(row) >= 5:
            heads = [cell.strip().rstrip(":") if _label(cell) else "" for cell in row]
            row[:] = [""]
        elif heads and len(row) == len(heads):
            unnamed = [cell.strip() for head, cell in zip(heads, row, strict=True) if not head]
            if any(COMMITMENT_HEAD.match(fold(cell[:40])) for cell in unnamed):
                held = row, [cell.strip() for cell in row]
            elif held is not None and not any(unnamed):
                held = held[0], ["\n".join(filter(None, (a, b.strip()))) for a, b in zip(held[1], row, strict=True)]  # fmt: skip
                row[:] = [""]
            else:
                continue
            held[0][:] = ["\n\n".join(_under(heads, held[1]))]


def _repeats(head: str, cell: str) -> bool:
    first, parted, _ = cell.strip().partition("\n")
    return bool(head and parted) and fold(first).strip(" :") == fold(head)


def _under(heads: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """The commitment's title, what else has no heading, and each other cell under its heading."""
    pairs = list(zip(heads, cells, strict=True))
    unnamed = [cell for head, cell in pairs if not head]
    code = next(cell for cell in unnamed if COMMITMENT_HEAD.match(fold(cell[:40])))
    yield code
    yield from (one for one in unnamed if one is not code and not re.fullmatch(r"[\d.\s]*", one))
    yield from (f"{head}:\n{cell}" for head, cell in pairs if head and cell)


def _framed(raw: str) -> str:
    """Tables in a frame of `+---+`: the lines of a row between two rules become one row."""
    if "+-" not in raw and "+=" not in raw:
        return raw
    out: list[str] = []
    held: list[list[str]] | None = None
    for line in raw.split("\n"):
        if _FRAME.match(line):
            out += _row_of(held)
            held = []
        elif held is not None and line.strip().startswith("|") and line.rstrip().endswith("|"):
            held.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
        else:
            out += _row_of(held)
            held = None
            out.append(line)
    out += _row_of(held)
    return "\n".join(out)


def _row_of(held: list[list[str]] | None) -> Iterator[str]:
    if held:
        columns = zip_longest(*held, fillvalue="")
        yield "\t".join("\n".join(part for part in column if part) for column in columns)
        yield ""


def _side_by_side(raw: str) -> str:
    """Columns typed side by side: a line holds two headings, and wide gaps between them."""
    if len(raw) > _MOST_TYPED:
        return raw
    heads = [
        m for m in _TWO.finditer(raw) if HEADING.match(fold(m[1])) and HEADING.match(fold(m[2]))
    ]
    if len(heads) < 2:
        return raw
    lines = raw.split("\n")
    at = {m.start(2) - raw.rfind("\n", 0, m.start(2)) - 1 for m in heads}
    out: list[str] = []
    letters: list[Letter] = []
    for number, line in enumerate(lines):
        for x, char in enumerate(line):
            if not char.isspace():
                box = (_WIDE * x, _HIGH * number, _WIDE * (x + 1), _HIGH * number + _SIZE)
                letters.append(Letter(char, box, _SIZE, ""))
    edge = right_edge(letters)
    if edge is None or not any(abs(edge - _WIDE * x) <= 2 * _WIDE for x in at):
        return raw
    rows = Columns().rows(letters, (), edge)
    limits = limits_of(rows)
    rows = [limited(row, limits) for row in rows]
    exact = is_exact([cell for row in rows for cell in row])
    for row in rows:
        cells = [paragraphs(cell, exact=exact) for cell in row]
        out.append(
            cells[0] if len(cells) == 1 else "\t".join(c.replace("\n\n", "\n") for c in cells)
        )
    return "\n\n".join(out)
