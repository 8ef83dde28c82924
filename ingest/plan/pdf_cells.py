"""Finds the cells of tables on a page by the lines drawn around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.plan.pdf_page import Box, Page

_NEAR = 3.0
"""Points within which two lines stand on one place."""

_MOST_CORNERS = 4000

Rule = tuple[float, float, float]
"""Where a ruling line stands, and from where to where it goes."""


def cells_of(page: Page) -> list[Box]:
    """The smallest closed cells; a table that a page cuts is closed at its end."""
    across = _merged((top, left, right) for left, top, right, _ in page.across)
    down = _merged((left, top, bottom) for left, top, _, bottom in page.down)
    across = _merged([*across, *_closing(across, down)])
    corners: dict[float, list[float]] = {}
    for y, left, right in across:
        for x, top, bottom in down:
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                corners.setdefault(y, []).append(x)
    if sum(map(len, corners.values())) > _MOST_CORNERS:
        return []
    rows = {y: sorted(set(xs)) for y, xs in corners.items()}
    return [box for y, xs in rows.items() for x in xs if (box := _cell(x, y, rows, across, down))]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules on one place put together where they touch."""
    places: list[float] = []
    grouped: dict[float, list[tuple[float, float]]] = {}
    for at, start, end in sorted(rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
        grouped.setdefault(places[-1], []).append((start, end))
    made: list[Rule] = []
    for at, parts in grouped.items():
        first, last = None, 0.0
        for start, end in sorted(parts):
            if first is None:
                first, last = start, end
            elif start <= last + _NEAR:
                last = max(last, end)
            else:
                made.append((at, first, last))
                first, last = start, end
        if first is not None:
            made.append((at, first, last))
    return made


def _closing(across: Sequence[Rule], down: Sequence[Rule]) -> list[Rule]:
    """The lines that a cut table lacks: where several rules go down to one height and none crosses."""
    made: list[Rule] = []
    ends = sorted({end for _, start, end in down} | {start for _, start, _ in down})
    for y in ends:
        xs = [x for x, start, end in down if abs(start - y) < _NEAR or abs(end - y) < _NEAR]
        open_ = len(xs) > 1 and not any(
            abs(at - y) < _NEAR and left <= min(xs) + _NEAR and right >= max(xs) - _NEAR for at, left, right in across
        )  # fmt: skip
        if open_:
            made.append((y, min(xs), max(xs)))
    return made


def _cell(
    x: float, y: float, rows: dict[float, list[float]], across: Sequence[Rule], down: Sequence[Rule]
) -> Box | None:
    """The smallest cell whose upper left corner this is."""
    below = [other for other in rows if other > y + _NEAR and _joins(down, x, y, other)]
    for bottom in sorted(below):
        xs = rows[bottom]
        if not any(abs(one - x) < _NEAR for one in xs):
            continue
        for right in rows[y][bisect_left(rows[y], x + _NEAR) :]:
            closed = (
                any(abs(one - right) < _NEAR for one in xs)
                and _joins(across, y, x, right)
                and _joins(across, bottom, x, right)
                and _joins(down, right, y, bottom)
            )
            if closed:
                return x, y, right, bottom
    return None


def _joins(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    return any(
        abs(place - at) < _NEAR and first <= start + _NEAR and last >= end - _NEAR
        for place, first, last in rules
    )
