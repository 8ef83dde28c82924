"""The drawn parts of a chart: rows of bars, squares in a grid, marks in a grid, as SVG elements."""

from __future__ import annotations

import hashlib
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

BAR, MISSING = "#3b7dbd", "#c2571a"
"""Both stand out by 3:1 from white and from the dark page (WCAG 1.4.11)."""

NAMES, ROW, HEAD = 290, 30, 34
"""Pixels: the column of names, the height of a row, the height of the column heads."""

LONGEST = 40
"""Letters of a line that fit the column of names; what two lines do not hold is in the tooltip and the table."""


@dataclass(frozen=True)
class Drawing:
    """Elements and the size they need, in pixels."""

    body: Markup
    width: int
    height: int


def svg(drawing: Drawing, title: str, summary: str) -> Markup:
    """The whole picture, named and described for who cannot see it."""
    told = f"{title}{summary}{drawing.width}"  # the narrow one of a chart needs ids of its own
    name = "chart-" + hashlib.sha256(told.encode()).hexdigest()[:8]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" width="{w}" height="{h}" '
        'viewBox="0 0 {w} {h}" fill="currentColor" font-family="system-ui, sans-serif" '
        'font-size="13" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{summary}</desc>{body}</svg>'
    ).format(
        w=drawing.width, h=drawing.height, id=name, title=title, summary=summary, body=drawing.body
    )


def bars(rows: Sequence[tuple[str, float]], said: Sequence[str]) -> Drawing:
    """One bar per row from a common base, its figure at the end."""
    longest, room = max(value for _, value in rows) or 1.0, 420
    parts = []
    for at, ((name, value), figure) in enumerate(zip(rows, said, strict=True)):
        y, long = at * ROW, max(round(room * value / longest, 1), 1)
        parts.append(_name(name, y))
        parts.append(bar(NAMES, y + 6, long, ROW - 12))
        parts.append(text(NAMES + long + 8, y + 20, figure))
    return Drawing(Markup("").join(parts), NAMES + room + 170, ROW * len(rows) + 6)


def squares(
    names: Sequence[str],
    heads: Sequence[str],
    values: Sequence[Sequence[float]],
    short: Sequence[Sequence[str]],
) -> Drawing:
    """A grid of squares, each as large in area as its value, with the value in short beside it."""
    cell, side = 78, ROW - 6
    most = max((value for row in values for value in row), default=0.0) or 1.0
    parts = [_heads(heads, cell, side / 2)]
    for at, (name, row, texts) in enumerate(zip(names, values, short, strict=True)):
        y = HEAD + at * ROW
        parts.append(_name(name, y))
        parts.append(rule(y, NAMES + cell * len(heads)))
        for column, (value, figure) in enumerate(zip(row, texts, strict=True)):
            if value > 0:
                edge = max(round(side * math.sqrt(value / most), 1), 2)
                x = NAMES + column * cell + (side - edge) / 2
                parts.append(bar(x, y + (ROW - edge) / 2, edge, edge))
                parts.append(text(NAMES + column * cell + side + 4, y + 20, figure, small=True))
    return Drawing(Markup("").join(parts), NAMES + cell * len(heads), HEAD + ROW * len(names) + 4)


def marks(names: Sequence[str], heads: Sequence[str], filled: Sequence[Sequence[bool]]) -> Drawing:
    """A grid of marks: a disc where there is something, an open cross where not."""
    cell = 112
    parts = [_heads(heads, cell, cell / 2, centred=True)]
    for at, (name, row) in enumerate(zip(names, filled, strict=True)):
        y = HEAD + at * ROW
        parts.append(_name(name, y))
        parts.append(rule(y, NAMES + cell * len(heads)))
        for column, there in enumerate(row):
            parts.append(mark(NAMES + column * cell + cell / 2, y + ROW / 2, there))
    return Drawing(Markup("").join(parts), NAMES + cell * len(heads), HEAD + ROW * len(names) + 4)


def _name(name: str, y: float) -> Markup:
    first, *rest = textwrap.wrap(name, LONGEST) or [""]
    tip = Markup("<title>{}</title>").format(name)
    if not rest:
        return Markup('<text x="0" y="{}">{}{}</text>').format(round(y + 20, 1), first, tip)
    second = textwrap.shorten(" ".join(rest), LONGEST, placeholder="…")
    return Markup(
        '<text y="{}" font-size="12"><tspan x="0">{}</tspan> <tspan x="0" dy="13">{}</tspan>{}</text>'
    ).format(round(y + 13, 1), first, second, tip)


def text(x: float, y: float, words: str, small: bool = False) -> Markup:
    """Words that begin at a point."""
    size = Markup(' font-size="11"') if small else ""
    return Markup('<text x="{}" y="{}"{}>{}</text>').format(round(x, 1), round(y, 1), size, words)


def bar(x: float, y: float, width: float, height: float) -> Markup:
    """A filled rectangle in the colour of figures."""
    return Markup(
        '<rect class="chart-bar" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
    ).format(round(x, 1), round(y, 1), width, height, BAR)


def rule(y: float, width: float) -> Markup:
    """A thin line across."""
    return Markup('<path d="M0 {}H{}" stroke="currentColor" stroke-opacity="0.15"/>').format(
        y, width
    )


def mark(x: float, y: float, there: bool) -> Markup:
    """A disc, or an open cross, around a point."""
    if there:
        return Markup('<circle class="chart-has" cx="{}" cy="{}" r="7" fill="{}"/>').format(
            x, y, BAR
        )
    return Markup(
        '<path class="chart-lacks" d="M{} {}l10 10m0-10l-10 10" stroke="{}" stroke-width="2.5"/>'
    ).format(x - 5, y - 5, MISSING)


def _heads(heads: Sequence[str], cell: float, shift: float, centred: bool = False) -> Markup:
    anchor = Markup(' text-anchor="middle"') if centred else ""
    shift = shift if centred else 0
    return Markup("").join(
        Markup('<text x="{}" y="20" font-weight="600"{}>{}</text>').format(
            round(NAMES + at * cell + shift, 1), anchor, escape(head)
        )
        for at, head in enumerate(heads)
    )
