"""Counts of a list by kind, topic, legal form, place, year and state, from columns of numbers.

Every value that a thing can be narrowed by has a number; a thing is the run of its values' numbers.
Counting a list is gathering the runs of its things: what it costs grows with the list, not with the map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.base import Facet
from graph.catalogue.calls import state_of

Numbers = NDArray[np.int64]
Scan = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a query and gives its rows one by one."""

_NAMES: Final = {"kind": "kind", "topics*": "topics", "legalForm": "legalForm", "place": "place"}
"""By the name that a facet is kept under, the name it is told under."""

_FACETS: Final = (
    "SELECT f.name, f.value, r.n FROM facet f JOIN record r ON r.id = f.id "
    f"WHERE f.name IN ({','.join(repr(name) for name in _NAMES)}) ORDER BY f.name, f.value"
)
_YEARS: Final = "SELECT year, n FROM record WHERE year IS NOT NULL"
_CALLS: Final = "SELECT opens, closes, year, n FROM record WHERE kind = 'CALL'"
_SPANS: Final = "state"


class Tally:
    """The values of every thing, by its number in the catalogue; made once, read by any thread."""

    def __init__(self, scan: Scan) -> None:
        number: dict[tuple[str, Any], int] = {}
        flat = np.fromiter(
            chain.from_iterable(
                (thing, number.setdefault((name, value), len(number)))
                for name, value, thing in _stated(scan)
            ),
            dtype=np.int64,
        ).reshape(-1, 2)
        things, values = flat[:, 0], flat[:, 1]
        order = np.argsort(things, kind="stable")
        self._values = values[order].astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(things, minlength=1))])
        self._labels = list(number)
        self._spans = [value for name, value in number if name == _SPANS]
        self._states = lru_cache(maxsize=4)(self._states_on)

    def counted(self, numbers: Numbers, today: date) -> list[Facet]:
        """The counts over the things with some numbers, the largest first."""
        counts = np.bincount(self._of(numbers), minlength=len(self._labels))
        found: dict[str, list[tuple[Any, int]]] = {
            name: [] for name in (*_NAMES.values(), "year", _SPANS)
        }
        states = self._states(today)
        open_: dict[str, int] = {}
        for at in np.flatnonzero(counts).tolist():
            name, value = self._labels[at]
            if name == _SPANS:
                open_[states[value]] = open_.get(states[value], 0) + int(counts[at])
            else:
                found[name].append((value, int(counts[at])))
        found[_SPANS] = list(open_.items())
        found["year"].sort(reverse=True)
        for name, pairs in found.items():
            if name != "year":
                pairs.sort(key=lambda pair: (-pair[1], pair[0]))
        return [
            Facet(name, tuple((str(value), n) for value, n in pairs))
            for name, pairs in found.items()
        ]

    def _of(self, numbers: Numbers) -> NDArray[np.int32]:
        """The values of all of some things, one after the other."""
        numbers = numbers[(numbers >= 0) & (numbers < len(self._starts) - 1)]
        starts = self._starts[numbers]
        lengths = self._starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        places = np.repeat(starts - (ends - lengths), lengths) + np.arange(lengths.sum())
        return np.asarray(self._values[places])

    def _states_on(self, today: date) -> dict[Any, str]:
        """The state on a day of calls that open and close as some do."""
        return {
            (opens, closes, year): state_of(opens, closes, year, today)
            for opens, closes, year in self._spans
        }


def _stated(scan: Scan) -> Iterator[tuple[str, Any, int]]:
    """Every (facet, value, number of a thing); of calls, when they open and close."""
    for name, value, thing in scan(_FACETS):
        yield _NAMES[name], value, thing
    for year, thing in scan(_YEARS):
        yield "year", year, thing
    for opens, closes, year, thing in scan(_CALLS):
        yield _SPANS, (opens, closes, year), thing
