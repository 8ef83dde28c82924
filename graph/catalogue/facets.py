"""Counts of a list by kind, topic, legal form, place, year and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from graph.catalogue.base import Facet
from graph.catalogue.calls import state_of

Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


def counted(run: Run, inner: str, args: Sequence[Any], today: date) -> list[Facet]:
    """The counts over the ids that the query `inner` gives, the largest first."""
    found = []
    for name, table in (
        ("kind", "kind"),
        ("topics", "topics*"),
        ("legalForm", "legalForm"),
        ("place", "place"),
    ):
        sql = (
            f"SELECT f.value, count(*) FROM facet f WHERE f.name = ? AND f.id IN ({inner}) "
            "GROUP BY f.value ORDER BY 2 DESC, 1"
        )
        rows = run(sql, (table, *args))
        found.append(Facet(name, tuple((str(v), int(n)) for v, n in rows)))
    years = run(
        f"SELECT year, count(*) FROM record WHERE year IS NOT NULL AND id IN ({inner}) GROUP BY year ORDER BY year DESC",
        args,
    )
    found.append(Facet("year", tuple((str(v), int(n)) for v, n in years)))
    calls = run(
        f"SELECT opens, closes, year FROM record WHERE kind = 'CALL' AND id IN ({inner})", args
    )
    states: dict[str, int] = {}
    for opens, closes, year in calls:
        state = state_of(opens, closes, year, today)
        states[state] = states.get(state, 0) + 1
    found.append(
        Facet("state", tuple(sorted(states.items(), key=lambda pair: (-pair[1], pair[0]))))
    )
    return found
