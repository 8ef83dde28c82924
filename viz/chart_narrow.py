"""Charts for a screen of a phone's width: names stand above their bars, and marks close to their codes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from markupsafe import Markup

from viz.chart_shapes import Drawing, bar, mark, rule, text

WIDTH = 340
"""Pixels; the page draws it as wide as the screen lets it."""

ROW, HEADS, CODES = 44, 118, 46
"""Pixels: a name with its bar, the room of heads that stand upright, the column of codes."""

BARS = 225
"""Pixels of the longest bar: its figure finds room behind it."""

LONGEST = 50
"""Letters of a name; the whole one is in the tooltip and the table."""


def narrow_bars(rows: Sequence[tuple[str, float]], said: Sequence[str]) -> Drawing:
    """One bar per row: its name above it, its figure behind it."""
    longest = max(value for _, value in rows) or 1.0
    parts = []
    for at, ((name, value), figure) in enumerate(zip(rows, said, strict=True)):
        y, long = at * ROW, max(round(BARS * value / longest, 1), 1)
        short = textwrap.shorten(name, LONGEST, placeholder="…") or name[:LONGEST]
        parts.append(
            Markup('<text x="0" y="{}">{}<title>{}</title></text>').format(y + 14, short, name)
        )
        parts.append(bar(0, y + 21, long, 12))
        parts.append(text(long + 8, y + 31, figure))
    return Drawing(Markup("").join(parts), WIDTH, ROW * len(rows))


def narrow_marks(
    codes: Sequence[str],
    names: Sequence[str],
    heads: Sequence[str],
    filled: Sequence[Sequence[bool]],
) -> Drawing:
    """A grid of marks that fits the width: codes at the left, heads upright above their columns."""
    cell, high = (WIDTH - CODES) / len(heads), 26
    parts = [
        Markup('<text transform="translate({} {})rotate(-90)" font-weight="600">{}</text>').format(
            round(CODES + (at + 0.5) * cell + 5, 1), HEADS - 8, head
        )
        for at, head in enumerate(heads)
    ]
    for at, (code, name, row) in enumerate(zip(codes, names, filled, strict=True)):
        y = HEADS + at * high
        parts.append(rule(y, WIDTH))
        parts.append(Markup("<g><title>{}</title>{}</g>").format(name, text(0, y + 18, code)))
        parts += [
            mark(round(CODES + (column + 0.5) * cell, 1), y + high / 2, there)
            for column, there in enumerate(row)
        ]
    return Drawing(Markup("").join(parts), WIDTH, HEADS + high * len(codes) + 4)
