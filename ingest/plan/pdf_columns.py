"""Finds the columns of a page without ruling lines, and puts their lines together to table rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ingest.plan.headings import COMMITMENT_HEAD, FULL_WIDTH, HEADING
from ingest.plan.near_headings import FIELD_NAMES
from ingest.plan.pdf_page import Box, Letter, Line, lines_of, rows_of, segments
from ingest.plan.text import fold

Row = list[list[Line]]
"""The lines of each cell of a table's row; one cell: lines over the whole width."""


def right_edge(letters: Sequence[Letter]) -> float | None:
    """Where the right column begins: the leftmost place where second parts of lines often begin.

    A heading of the template counts three times: items are indented under it.
    """
    starts: Counter[int] = Counter()
    leftmost = min((one.box[0] for one in letters), default=0.0)
    for row in rows_of(letters):
        parts = segments(row)
        if len(parts) != 2 or parts[1][0].box[0] < leftmost + 80:
            continue
        words = lines_of(parts[1])[0].text
        starts[round(parts[1][0].box[0])] += 3 if HEADING.match(fold(words)) else 1
    if not starts:
        return None
    near = {at: sum(n for other, n in starts.items() if abs(other - at) <= 2) for at in starts}
    often = max(near.values())
    return min((at for at, n in near.items() if n >= 2 and n >= 0.2 * often), default=None)


def _cut(row: list[Letter], edge: float | None) -> tuple[list[Letter], list[Letter]]:
    """A row's letters left and right of the edge; all left where words run across it.

    The words of a justified line have wide gaps between them: only the one at the edge counts.
    """
    if edge is None:
        return row, []
    left = [one for one in row if one.box[0] < edge - 3 and not one.text.isspace()]
    right = [one for one in row if one.box[0] >= edge - 3 and not one.text.isspace()]
    if left and right:
        gap = right[0].box[0] - left[-1].box[2]
        if gap < 0.45 * right[0].size or right[0].box[0] > edge + 4 * right[0].size:
            return row, []
    return left, right


def _labelled(rows: Sequence[tuple[list[Line], ...]]) -> bool:
    """Whether headings stand in the left column only, each beside what it heads."""
    heads = [[part and _begins_label(fold(part[0].text)) for part in row] for row in rows]
    beside = sum(bool(left and rows[at][1] and not right) for at, (left, right) in enumerate(heads))
    return beside > 3 and not any(right for _, right in heads)


def _begins_label(words: str) -> bool:
    """Whether a line of the left column is a heading, or the first words of one."""
    words = words.strip(" :")
    return HEADING.fullmatch(words) is not None or (
        len(words) > 6 and any(name.startswith(words) for name in FIELD_NAMES)
    )


@dataclass
class Columns:
    """Puts lines of two columns together to rows, page by page. `open`: a row is being put together.

    `frames`: the left and right sides of frames drawn around columns, which are no cells.
    """

    open: bool = False
    frames: set[tuple[int, int]] = field(default_factory=set)

    def rows(self, letters: Sequence[Letter], dots: Sequence[Box], edge: float | None) -> list[Row]:
        """The rows of one page; a row that the page before left open goes on."""
        page = _Rows(self.open)
        rows = rows_of(letters)
        size = median([one.size for one in letters]) if letters else 0.0
        cuts = [_cut(row, edge if row[0].size < 1.4 * size else None) for row in rows]
        parted = [tuple(lines_of(part, dots) for part in cut) for cut in cuts]
        page.labelled = _labelled(parted)
        for left, right in parted:
            across = edge is not None and bool(left) and left[0].box[2] > edge + 1
            if left or right:
                page.add(left[0] if left else None, right[0] if right else None, across=across)
        page.end()
        self.open = page.open
        return page.out


@dataclass
class _Rows:
    open: bool
    out: list[Row] = field(default_factory=list)
    _left: list[Line] = field(default_factory=list)
    _right: list[Line] = field(default_factory=list)

    labelled: bool = False
    """Whether headings stand left, and what they head stands right of them."""

    def __post_init__(self) -> None:
        self._inside = self.open

    def add(self, left: Line | None, right: Line | None, *, across: bool) -> None:
        """One line of the page: its left and its right part."""
        head = fold(left.text) if left else ""
        both_heads = left and right and HEADING.match(head) and HEADING.match(fold(right.text))
        whole = right is None and (across or bool(FULL_WIDTH.match(head)))
        first = not self.out and not self._left
        if self.labelled and left and right and _begins_label(head):
            self.end()
        if whole and self._inside and first and COMMITMENT_HEAD.match(head):
            self._whole(left)  # the head of the table, repeated on the new page
            return
        if whole or both_heads:
            self.end()
            self.open = False
        self.open = self.open or right is not None
        if self.open:
            self._left += [left] if left else []
            self._right += [right] if right else []
        else:
            self._whole(left)

    def _whole(self, line: Line | None) -> None:
        if line is not None:
            if not self.out or len(self.out[-1]) > 1:
                self.out.append([[]])
            self.out[-1][0].append(line)

    def end(self) -> None:
        """Writes what the page holds of the row that is open, which may go on over the page."""
        if self._left or self._right:
            self.out.append([self._left, self._right])
        self._left, self._right = [], []


Limits = dict[int, float]


def limits_of(rows: Sequence[Row]) -> Limits:
    """Where each unruled column ends: by how many cells its row has and which of them it is."""
    ends: Limits = {}
    for row in rows:
        for place, cell in enumerate(row):
            key = 2 * len(row) + place
            ends[key] = max([ends.get(key, 0.0), *(line.box[2] for line in cell if not line.right)])
    return ends


def limited(row: Row, limits: Limits) -> Row:
    """The row, each of whose unruled lines knows where its column ends."""
    return [
        [line if line.right else replace(line, right=limits[2 * len(row) + place]) for line in cell]
        for place, cell in enumerate(row)
    ]
