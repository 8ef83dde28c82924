"""The catalogue in one SQLite file, read by any number of threads."""

from __future__ import annotations

import threading
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from graph.catalogue.base import Facet, Filter, Page, Placed
from graph.catalogue.conditions import order_of, where
from graph.catalogue.facets import Tally
from graph.catalogue.lookups import LookUps
from graph.catalogue.memory import Memory
from graph.catalogue.schema import sort_key
from ontology.loading import load_model

KEPT_LISTED = 50_000
"""Things on the pages of lists that are kept, some 250 bytes each, and `PAGE` more for each page."""

KEPT_LENGTHS = 1_000
"""Lengths of lists kept."""

PAGE = 10

KEPT_CHOICES = 4
"""Whole filtered lists kept: each may hold every id of the map."""

_PIECE = 10_000


class SqliteCatalogue(LookUps):
    """The whole catalogue: look-ups, and the lists, counts and names of its things."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._pages: Memory[Any, Page] = Memory(KEPT_LISTED, lambda page: PAGE + len(page.ids))
        self._totals: Memory[Any, int] = Memory(KEPT_LENGTHS)
        self._matching: Memory[Any, frozenset[str]] = Memory(KEPT_CHOICES)
        self._making = threading.Lock()
        self._tally: Tally | None = None
        self._numbered: tuple[Placed, NDArray[np.int64]] | None = None

    # -- lists ----------------------------------------------------------------------------------

    def page(self, filter: Filter, sort: str, first: int, after: str | None, today: date) -> Page:
        """One page of the filtered list, unknown sort values last."""
        key = (filter, sort, first, after, today)
        return self._pages.get(key) or self._pages.put(key, self._page(*key))

    def _page(self, filter: Filter, sort: str, first: int, after: str | None, today: date) -> Page:
        order = order_of(sort)
        condition, args = where(filter, today)
        rows: list[tuple[Any, ...]] = []
        for more, more_args, by in order.parts(after):
            if len(rows) > first:
                break
            sql = (
                f"SELECT r.id, r.{order.column} FROM record r WHERE {condition}{more} "
                f"ORDER BY {by} LIMIT ?"
            )
            rows += self._run(sql, (*args, *more_args, first + 1 - len(rows)))
        shown = rows[:first]
        return Page(
            ids=tuple(row[0] for row in shown),
            sort=sort,
            keys=tuple(row[1] for row in shown),
            total=self._total(condition, tuple(args)),
            has_next=len(rows) > first,
            has_previous=after is not None,
        )

    def _total(self, condition: str, args: tuple[Any, ...]) -> int:
        """How long a list is; counted once, since the file never changes."""
        key = (condition, args)
        found = self._totals.get(key)
        if found is None:
            sql = f"SELECT count(*) FROM record r WHERE {condition}"
            found = self._totals.put(key, int(self._run(sql, args)[0][0]))
        return found

    def matching(self, filter: Filter, today: date) -> frozenset[str]:
        """The ids of the whole filtered list."""
        key = (filter, today)
        found = self._matching.get(key)
        if found is None:
            condition, args = where(filter, today)
            rows = self._run(f"SELECT r.id FROM record r WHERE {condition}", args)
            found = self._matching.put(key, frozenset(id_ for (id_,) in rows))
        return found

    def facets(self, filter: Filter, today: date) -> list[Facet]:
        """Counts by kind, topic, legal form, place, year and state over the filtered list."""
        condition, args = where(filter, today)
        rows = self._run(f"SELECT r.n FROM record r WHERE {condition}", args)
        return self.facets_at(np.fromiter((n for (n,) in rows), np.int64, len(rows)), today)

    def facets_at(self, numbers: NDArray[np.int64], today: date) -> list[Facet]:
        """The same counts over the things with some numbers, for a search result."""
        with self._making:
            if self._tally is None:
                self._tally = Tally(self._each)
        return self._tally.counted(numbers, today)

    def numbered(self, order: Placed) -> NDArray[np.int64]:
        """By place in an order of ids, the number of the thing here; -1 where it is not here (n,).

        The answer for the last order is kept.
        """
        with self._making:
            if self._numbered is None or self._numbered[0] is not order:
                self._numbered = (order, self._numbers(order))
            return self._numbered[1]

    def _numbers(self, order: Placed) -> NDArray[np.int64]:
        found = np.full(len(order), -1, dtype=np.int64)
        rows = self._each("SELECT n, id FROM record WHERE kind IS NOT NULL")
        while chunk := list(islice(rows, _PIECE)):
            places = order.places([id_ for _, id_ in chunk])
            numbers = np.fromiter((n for n, _ in chunk), np.int64, len(chunk))
            found[places[places >= 0]] = numbers[places >= 0]
        return found

    def counts(self) -> dict[str, int]:
        """How many resources of each kind."""
        rows = self._run("SELECT kind, count(*) FROM record WHERE kind IS NOT NULL GROUP BY kind")
        have = {str(kind): int(n) for kind, n in rows}
        return {kind: have.get(kind, 0) for kind in load_model().kinds}

    def nearest(self, text: str, first: int = 5) -> list[str]:
        """Ids whose id or name looks like `text`, the likest first; none where nothing does: for "did you mean"."""
        rows = dict(self._run("SELECT id, key_ro FROM record WHERE kind IS NOT NULL"))
        slugs, wanted = {id_: _spaced(id_) for id_ in rows}, sort_key(text)
        found = [
            *process.extract(
                _spaced(wanted), slugs, scorer=fuzz.ratio, limit=first, score_cutoff=70
            ),
            *process.extract(
                wanted, rows, scorer=fuzz.token_sort_ratio, limit=first, score_cutoff=60
            ),
        ]
        found.sort(key=lambda one: (-one[1], one[2]))
        # Last what holds the words somewhere: "intercultural" for a name of five words.
        found += process.extract(wanted, rows, scorer=fuzz.WRatio, limit=first, score_cutoff=80)
        return list(dict.fromkeys(id_ for _, _, id_ in found))[:first]


def _spaced(id_: str) -> str:
    return id_.replace("/", " ").replace("-", " ")
