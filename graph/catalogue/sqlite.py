"""The catalogue in one SQLite file, read by any number of threads."""

from __future__ import annotations

import base64
import binascii
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from rapidfuzz import fuzz, process

from graph.catalogue.base import SORTS, Facet, Filter, Page, Record, SourceRef, Statement
from graph.catalogue.calls import state_of
from graph.catalogue.schema import FORMAT, sort_key
from ontology.errors import InputError, ModelError, Said
from ontology.model import load_model

_CHUNK = 900
_KEYS = {
    "label": "key_ro",
    "updated": "updated",
    "year": "year",
    "opens": "opens",
    "closes": "closes",
    "amount": "amount",
    "id": "id",
}


class SqliteCatalogue:
    """Answers from the file at `path`; one connection per thread, read-only.

    `calls` counts the statements run, so that a test can see that it does not grow with a page.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.calls = 0
        try:
            held = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            row = self._db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError:
            held, row = -1, None
        if held != FORMAT or row is None:
            raise ModelError(
                Said(
                    "catalogul lipsește, este stricat sau are alt format",
                    "the catalogue is missing, broken or of another format",
                ),
                Said(
                    "Se reface la pornire: rulați `resurse serve` sau `resurse ingest`.",
                    "It is built anew at start: run `resurse serve` or `resurse ingest`.",
                ),
                str(path.name),
            )
        self.version = str(row[0])

    @property
    def _db(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(
                f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._local.db = found
            with self._lock:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Closes every thread's connection."""
        with self._lock:
            for one in self._all:
                one.close()
            self._all.clear()

    def _run(self, sql: str, args: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.calls += 1
        return self._db.execute(sql, args).fetchall()

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
        found: dict[str, Record] = {}
        for chunk, marks in _chunks(list(dict.fromkeys(ids))):
            sql = f"SELECT id, type, kind, doc, updated FROM record WHERE id IN ({marks})"
            for row in self._run(sql, chunk):
                found[row[0]] = _record(row)
        return [found.get(one) for one in ids]

    def links(self, ids: Sequence[str], field: str) -> dict[str, list[str]]:
        """By id, what its reference field points at, in order."""
        found: dict[str, list[str]] = {one: [] for one in ids}
        for chunk, marks in _chunks(list(found)):
            sql = f"SELECT src, dst FROM link WHERE field = ? AND src IN ({marks}) ORDER BY src, ord, dst"
            for src, dst in self._run(sql, (field, *chunk)):
                found[src].append(dst)
        return found

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
        self.calls += 1
        for row in self._db.cursor().execute(sql, args):
            yield _record(row)

    # -- lists ----------------------------------------------------------------------------------

    def page(self, filter: Filter, sort: str, first: int, after: str | None, today: date) -> Page:
        """One page of the filtered list, unknown sort values last."""
        key, down = _sort(sort)
        where, args = _where(filter, today)
        total = int(self._run(f"SELECT count(*) FROM record r WHERE {where}", args)[0][0])
        seek, seek_args = _seek(key, down, after)
        order = "DESC" if down else "ASC"
        sql = (
            f"SELECT r.id, r.{key} FROM record r WHERE {where}{seek} "
            f"ORDER BY r.{key} IS NULL, r.{key} {order}, r.id LIMIT ?"
        )
        rows = self._run(sql, (*args, *seek_args, first + 1))
        shown = rows[:first]
        return Page(
            ids=tuple(row[0] for row in shown),
            cursors=tuple(_cursor(sort, row[1], row[0]) for row in shown),
            total=total,
            has_next=len(rows) > first,
            has_previous=after is not None,
        )

    def matching(self, filter: Filter, today: date) -> frozenset[str]:
        """The ids of the whole filtered list."""
        where, args = _where(filter, today)
        return frozenset(
            row[0] for row in self._run(f"SELECT r.id FROM record r WHERE {where}", args)
        )

    def facets(self, filter: Filter, today: date) -> list[Facet]:
        """Counts by kind, topic, legal form, place, year and state over the filtered list."""
        where, args = _where(filter, today)
        return self._counted(f"SELECT r.id FROM record r WHERE {where}", args, today)

    def facets_of(self, ids: Sequence[str], today: date) -> list[Facet]:
        """The same counts over a list of ids, for a search result."""
        return self._counted(
            "SELECT value FROM json_each(?)", (orjson.dumps(list(ids)).decode(),), today
        )

    def _counted(self, inner: str, args: Sequence[Any], today: date) -> list[Facet]:
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
            rows = self._run(sql, (table, *args))
            found.append(Facet(name, tuple((str(v), int(n)) for v, n in rows)))
        years = self._run(
            f"SELECT year, count(*) FROM record WHERE year IS NOT NULL AND id IN ({inner}) GROUP BY year ORDER BY year DESC",
            args,
        )
        found.append(Facet("year", tuple((str(v), int(n)) for v, n in years)))
        calls = self._run(
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
        """Ids whose id or name looks like `text`: for "did you mean"."""
        names: dict[str, str] = {}
        for id_, ro in self._run("SELECT id, key_ro FROM record WHERE kind IS NOT NULL"):
            names[id_] = f"{id_} {ro}"
        wanted = sort_key(text.replace("/", " "))
        found = process.extract(
            wanted,
            {k: v.replace("/", " ") for k, v in names.items()},
            scorer=fuzz.WRatio,
            limit=first,
            score_cutoff=60,
        )
        return [key for _, _, key in found]


def _record(row: tuple[Any, ...]) -> Record:
    return Record(row[0], row[1], row[2], orjson.loads(row[3]), row[4])


def _chunks(ids: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        yield chunk, ",".join("?" * len(chunk))


def _sort(sort: str) -> tuple[str, bool]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise InputError(
            Said(f"nu se poate ordona după „{sort}”", f"cannot sort by '{sort}'"),
            Said(f"Se poate după: {', '.join(SORTS)}.", f"Sort by one of: {', '.join(SORTS)}."),
        )
    return _KEYS[name], sort.startswith("-")


def _cursor(sort: str, key: object, id_: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([sort, key, id_])).decode().rstrip("=")


def _seek(key: str, down: bool, after: str | None) -> tuple[str, list[Any]]:
    """The SQL that starts a page behind a cursor; InputError when the cursor is not of this list."""
    if after is None:
        return "", []
    try:
        sort, value, id_ = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if (
            _sort(str(sort)) != (key, down)
            or not isinstance(id_, str)
            or isinstance(value, (list, dict))
        ):
            raise ValueError(sort)
    except (ValueError, TypeError, binascii.Error, InputError):
        raise InputError(
            Said("cursorul nu este al acestei liste", "the cursor does not belong to this list"),
            Said(
                "Luați cursorul din pageInfo.endCursor al aceleiași cereri.",
                "Take the cursor from pageInfo.endCursor of the same query.",
            ),
            "after",
        ) from None
    if value is None:
        return f" AND r.{key} IS NULL AND r.id > ?", [id_]
    sign = "<" if down else ">"
    return f" AND (r.{key} IS NULL OR r.{key} {sign} ? OR (r.{key} = ? AND r.id > ?))", [
        value,
        value,
        id_,
    ]


def _where(filter: Filter, today: date) -> tuple[str, list[Any]]:
    """The condition of a filter over `record r`, and its arguments."""
    parts: list[str] = []
    args: list[Any] = []

    def facet(name: str, values: Sequence[str]) -> None:
        marks = ",".join("?" * len(values))
        parts.append(f"r.id IN (SELECT id FROM facet WHERE name = ? AND value IN ({marks}))")
        args.extend((name, *values))

    if filter.kinds:
        parts.append(f"r.kind IN ({','.join('?' * len(filter.kinds))})")
        args.extend(filter.kinds)
    else:
        parts.append("r.kind IS NOT NULL")
    if filter.topics:
        facet("topics*", filter.topics)
    if filter.legal_forms:
        facet("legalForm", filter.legal_forms)
    if filter.place is not None:
        facet("place", (filter.place,))
    if filter.amount_min is not None:
        parts.append("r.amount >= ?")
        args.append(filter.amount_min)
    if filter.amount_max is not None:
        parts.append("r.amount <= ?")
        args.append(filter.amount_max)
    if filter.year_from is not None:
        parts.append("r.year >= ?")
        args.append(filter.year_from)
    if filter.year_to is not None:
        parts.append("r.year <= ?")
        args.append(filter.year_to)
    if filter.open is not None:
        parts.append(_OPEN if filter.open else f"NOT {_OPEN}")
        args.extend([today.isoformat(), today.isoformat()])
    if filter.text:
        for word in sort_key(filter.text).split():
            parts.append("(r.key_ro || ' ' || r.key_en) LIKE ? ESCAPE '\\'")
            args.append(
                "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            )
    return " AND ".join(parts), args


# Open means a stated closing day that has not passed, and an opening day that is not ahead
# (see calls.py); moments compare by their day.
_OPEN = "(r.closes IS NOT NULL AND substr(r.closes, 1, 10) >= ? AND (r.opens IS NULL OR substr(r.opens, 1, 10) <= ?))"
