"""The catalogue in one SQLite file, read by any number of threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from graph.catalogue.base import Facet, Filter, Page, Placed, Record, SourceRef, Statement
from graph.catalogue.conditions import order_of, where
from graph.catalogue.facets import Tally
from graph.catalogue.file import CatalogueFile
from graph.catalogue.memory import Memory
from graph.catalogue.schema import ALSO, sort_key
from ontology.loading import load_model

_CHUNK = 900

KEPT_RECORDS = 4_000
"""Records kept in memory, some 3 KB each."""

KEPT_LINKS = 40_000
"""Ends of links kept, each list of them counted as one more."""

KEPT_LISTED = 50_000
"""Things on the pages of lists that are kept, some 250 bytes each, and `PAGE` more for each page."""

KEPT_LENGTHS = 1_000
"""Lengths of lists kept."""

PAGE = 10

KEPT_CHOICES = 4
"""Whole filtered lists kept: each may hold every id of the map."""

_PIECE = 10_000


class SqliteCatalogue(CatalogueFile):
    """Answers from the file at `path`.

    What was read lately is kept, since the file never changes: a record from memory costs a look-up,
    one from the file a statement, its parsing, and under load the wait for other threads.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._records: Memory[str, Record] = Memory(KEPT_RECORDS)
        self._links: Memory[tuple[str, str], tuple[str, ...]] = Memory(
            KEPT_LINKS, lambda ends: 1 + len(ends)
        )
        self._pages: Memory[Any, Page] = Memory(KEPT_LISTED, lambda page: PAGE + len(page.ids))
        self._totals: Memory[Any, int] = Memory(KEPT_LENGTHS)
        self._matching: Memory[Any, frozenset[str]] = Memory(KEPT_CHOICES)
        self._making = threading.Lock()
        self._tally: Tally | None = None
        self._numbered: tuple[Placed, NDArray[np.int64]] | None = None

    # -- look-ups -------------------------------------------------------------------------------

    def resolve(self, ids: Sequence[str]) -> list[str | None]:
        """The canonical id of each: of itself, of `scheme:value`, or of a retired id."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, str] = {}
        for chunk, marks in _chunks(wanted):
            for (id_,) in self._run(f"SELECT id FROM record WHERE id IN ({marks})", chunk):
                found[id_] = id_
        rest = [one for one in wanted if one not in found and not one.startswith("name ")]
        for chunk, marks in _chunks(rest):
            for alias, id_ in self._run(
                f"SELECT alias, id FROM alias WHERE alias IN ({marks})", chunk
            ):
                found.setdefault(alias, id_)
        return [found.get(one) for one in ids]

    def records(self, ids: Sequence[str]) -> list[Record | None]:
        """The records of canonical ids, in order; None where there is none."""
        kept = self._records.get_all(ids)
        missing = [one for one, record in zip(ids, kept, strict=True) if record is None]
        if not missing:
            return kept
        found = dict(zip(ids, kept, strict=True))
        for chunk, marks in _chunks(list(dict.fromkeys(missing))):
            sql = f"SELECT id, type, kind, doc, updated FROM record WHERE id IN ({marks})"
            for row in self._run(sql, chunk):
                found[row[0]] = self._records.put(row[0], _record(row))
        return [found[one] for one in ids]

    def links(self, ids: Sequence[str], field: str) -> dict[str, tuple[str, ...]]:
        """By id, what its reference field points at, in order."""
        found = dict(zip(ids, self._links.get_all([(one, field) for one in ids]), strict=True))
        missing = [one for one, held in found.items() if held is None]
        read: dict[str, list[str]] = {one: [] for one in missing}
        for chunk, marks in _chunks(missing):
            sql = f"SELECT src, dst FROM link WHERE field = ? AND src IN ({marks}) ORDER BY src, ord, dst"
            for src, dst in self._run(sql, (field, *chunk)):
                read[src].append(dst)
        for src, held in read.items():
            found[src] = self._links.put((src, field), tuple(held))
        return {one: held or () for one, held in found.items()}

    def scan(self, kinds: Sequence[str] = ()) -> Iterator[Record]:
        """Every resource of the kinds (all, if none), by id."""
        if kinds:
            marks = ",".join("?" * len(kinds))
            sql = f"SELECT id, type, kind, doc, updated FROM record WHERE kind IN ({marks}) ORDER BY id"
        else:
            sql = (
                "SELECT id, type, kind, doc, updated FROM record WHERE kind IS NOT NULL ORDER BY id"
            )
        yield from self._scan(sql, tuple(kinds))

    def scan_type(self, type: str) -> Iterator[Record]:
        """Every record of a class, parts that stand alone included, by id."""
        yield from self._scan(
            "SELECT id, type, kind, doc, updated FROM record WHERE type = ? ORDER BY id", (type,)
        )

    def _scan(self, sql: str, args: Sequence[Any]) -> Iterator[Record]:
        yield from map(_record, self._each(sql, args))

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

    # -- where facts come from ------------------------------------------------------------------

    def statements(self, id: str) -> list[Statement]:
        """Every fact about a thing, in the order of the ontology, each with its sources."""
        rows = self._run("SELECT facts FROM record WHERE id = ?", (id,))
        if not rows:
            return []
        return [
            Statement(**{**one, "sources": tuple(one["sources"])})
            for one in orjson.loads(rows[0][0])
        ]

    def contradictions(self, id: str) -> list[str]:
        """The fields on which the sources of a thing disagree."""
        rows = self._run("SELECT contradictions FROM record WHERE id = ?", (id,))
        return list(orjson.loads(rows[0][0])) if rows else []

    def sources(self, ids: Sequence[str]) -> dict[str, list[SourceRef]]:
        """By id, the sources that state something about it."""
        held: dict[str, list[str]] = {one: [] for one in ids}
        for chunk, marks in _chunks(list(held)):
            for id_, raw in self._run(
                f"SELECT id, sources FROM record WHERE id IN ({marks})", chunk
            ):
                held[id_] = orjson.loads(raw)
        wanted = list(dict.fromkeys(one for many in held.values() for one in many))
        known = dict(zip(wanted, self.source(wanted), strict=True))
        return {
            id_: [ref for one in many if (ref := known[one]) is not None]
            for id_, many in held.items()
        }

    def source(self, ids: Sequence[str]) -> list[SourceRef | None]:
        """The sources with these ids."""
        found: dict[str, SourceRef] = {}
        for chunk, marks in _chunks(list(dict.fromkeys(ids))):
            for id_, doc in self._run(
                f"SELECT id, doc FROM record WHERE type = 'Source' AND id IN ({marks})", chunk
            ):
                values = orjson.loads(doc)
                found[id_] = SourceRef(
                    id_,
                    values.get("title"),
                    values.get("url"),
                    values.get("publisher"),
                    values.get("licence"),
                    values.get("retrieved"),
                )
        return [found.get(one) for one in ids]

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


_NOTHING: Mapping[str, list[str]] = MappingProxyType({})


def _spaced(id_: str) -> str:
    return id_.replace("/", " ").replace("-", " ")


def _record(row: tuple[Any, ...]) -> Record:
    values = orjson.loads(row[3])
    return Record(row[0], row[1], row[2], values, row[4], values.pop(ALSO, _NOTHING))


def _chunks(ids: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        yield chunk, ",".join("?" * len(chunk))
