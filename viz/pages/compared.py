"""The chosen ones side by side: what each is, its score, and each reason in one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viz.pages.cards import Card
from viz.pages.matching import FEATURE_NAMES, Line, Why

MOST = 6
"""Columns that a page has room for."""


@dataclass(frozen=True)
class Side:
    """One of the chosen ones as a column: its card, score, answer, and its reason of each row (None where it has none)."""

    card: Card
    line: Line
    reasons: tuple[Why | None, ...]


@dataclass(frozen=True)
class Comparison:
    """`names` are the rows: the features that speak for at least one of them; `more` found no room."""

    names: tuple[str, ...]
    sides: tuple[Side, ...]
    more: int


def compare(lines: Sequence[Line], lang: str) -> Comparison | None:
    """The first of them side by side; None where there are not two."""
    held = lines[:MOST]
    if len(held) < 2:
        return None
    by_name: list[Mapping[str, Why]] = [{why.name: why for why in line.why} for line in held]
    used = {name for reasons in by_name for name in reasons}
    names = tuple(name for said in FEATURE_NAMES.values() if (name := said(lang)) in used)
    return Comparison(
        names,
        tuple(
            Side(line.card, line, tuple(reasons.get(name) for name in names))
            for line, reasons in zip(held, by_name, strict=True)
        ),
        len(lines) - len(held),
    )
