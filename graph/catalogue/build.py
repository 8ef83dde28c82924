"""Builds the read model from the current graphs, in bounded memory, into a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from graph import heap
from graph.catalogue.gathering import NOTHING, Gathering, Own, Stated
from graph.catalogue.linking import link
from graph.catalogue.merge import Fact, Merged, merge
from graph.catalogue.schema import ALSO, FORMAT, INDEXES, TABLES, sort_key
from graph.entities import DC_SOURCE, Reader
from graph.store import Store
from graph.store.versions import Version
from ontology.model import ClassDef
from ontology.vocab import RDF_TYPE, Base

_CHUNK = 2_000

Progress = Callable[[str, int], None]


def build(
    opened: AbstractContextManager[Store],
    base: Base,
    versions: Iterable[Version],
    path: Path,
    *,
    version: str,
    retired: Mapping[str, str],
    progress: Progress | None = None,
) -> None:
    """Writes the catalogue of the current versions to `path` (which must not exist).

    The store is left as soon as everything is read: what an engine keeps in memory of millions of
    statements would lie beside all that follows.
    """
    say = progress or (lambda _stage, _count: None)
    db = sqlite3.connect(path)
    try:
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000; "
            "PRAGMA temp_store=FILE; PRAGMA temp.cache_size=-8000;"
        )
        db.executescript(TABLES)
        gathered = Gathering(db, base)
        with opened as store:
            ranks = _gather(gathered, store, versions, say)
        heap.give_back()
        _Records(db, base, ranks).write(gathered, say)
        link(db)
        db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", retired.items())
        db.executescript(INDEXES)
        db.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
        db.execute(f"PRAGMA user_version={FORMAT}")
        db.commit()
        db.execute("ANALYZE")
        db.commit()
    finally:
        db.close()


def _gather(
    gathered: Gathering, store: Store, versions: Iterable[Version], say: Progress
) -> dict[int, int]:
    """Takes the current graphs, the most trusted first; gives the priority of each by its number."""
    ranks: dict[int, int] = {}
    before = 0
    for number, held in enumerate(sorted(versions, key=lambda v: (v.priority, v.source))):
        ranks[number] = held.priority
        taken = 0

        def count(done: int, start: int = before) -> None:
            nonlocal taken
            taken = done
            say("triples", start + done)

        graph = store.base.source_graph(held.source, held.version)
        gathered.take(number, store.match(graph=graph), count)
        before += taken
    return ranks


class _Records:
    """Writes a record for each thing, with its links, facets and other names."""

    def __init__(self, db: sqlite3.Connection, base: Base, ranks: Mapping[int, int]) -> None:
        self.db = db
        self.base = base
        self.reader = Reader(base)
        self.ranks = ranks

    def write(self, gathered: Gathering, say: Progress) -> None:
        """Goes through the things in the order of their ids."""
        made = (
            record
            for id_, facts, owns in gathered.things()
            if (record := self._record(id_, facts, owns)) is not None
        )
        done = 0
        while chunk := list(islice(made, _CHUNK)):
            self._write(chunk)
            done += len(chunk)
            say("records", done)

    def _record(
        self, id_: str, stated: list[Stated], owns: Mapping[tuple[str, str], Own]
    ) -> _Made | None:
        cls = self.reader.class_of(one.object for one in stated if one.predicate == RDF_TYPE)
        if cls is None:
            return None
        paths = self.reader.paths[cls.name]
        pages: dict[int, tuple[str, ...]] = {}
        for one in stated:
            if one.predicate == DC_SOURCE:
                page = self.base.id_of(one.object) or one.object
                pages[one.graph] = (*pages.get(one.graph, ()), page)
        facts = [
            Fact(
                prop.name,
                self.reader.plain(prop, one.object, one.datatype),
                one.lang,
                self.ranks[one.graph],
                own.pages or pages.get(one.graph, ()),
                own.place,
            )
            for one in stated
            if (prop := paths.get(one.predicate)) is not None
            for own in (owns.get((one.predicate, one.object), NOTHING),)
        ]
        sources = tuple(dict.fromkeys(page for g in sorted(pages) for page in pages[g]))
        return _Made(id_, cls, merge(id_, cls, facts), sources)

    def _write(self, records: list[_Made]) -> None:
        self.db.executemany(
            "INSERT INTO record (id, type, kind, label_ro, label_en, key_ro, key_en, year, opens, closes, amount, doc, facts, sources, contradictions)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [one.row() for one in records],
        )
        links = [row for one in records for row in _links(one.id, one.cls, one.merged.values)]
        facets = [row for one in records for row in _facets(one.id, one.cls.kind, one.merged)]
        aliases = [row for one in records for row in one.aliases()]
        self.db.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", links)
        self.db.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", facets)
        self.db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)


@dataclass(frozen=True)
class _Made:
    """One record before it is written."""

    id: str
    cls: ClassDef
    merged: Merged
    sources: tuple[str, ...]

    def names(self) -> tuple[str, str]:
        """What it is called in Romanian and in English; the one stands in for the other."""
        label = self.merged.values.get("label") or {}
        return label.get("ro") or label.get("en") or "", label.get("en") or label.get("ro") or ""

    def row(self) -> tuple[Any, ...]:
        """Its row of the table."""
        values = self.merged.values
        also = self.merged.also if self.cls.kind else {}  # parts are read as plain values
        ro, en = self.names()
        amount = next((values[f] for f in ("amount", "maxGrant", "budget") if f in values), None)
        return (
            self.id,
            self.cls.name,
            self.cls.kind,
            ro,
            en,
            sort_key(ro),
            sort_key(en),
            _year(values),
            values.get("opens"),
            values.get("closes"),
            amount,
            orjson.dumps({**values, ALSO: also} if also else values),
            orjson.dumps(self.merged.statements),
            orjson.dumps(self.sources),
            orjson.dumps(self.merged.contradictions),
        )

    def aliases(self) -> Iterator[tuple[str, str]]:
        """What else it answers to: its identifiers, and its names if it is a resource."""
        values = self.merged.values
        for one in values.get("identifiers", ()):
            yield f"{one['scheme']}:{one['value']}", self.id
        if self.cls.kind:
            names = (*self.names(), *values.get("altLabels", ()))
            for name in dict.fromkeys(name for name in names if name):
                yield f"name {sort_key(name)}", self.id


_DATES = ("start", "awarded", "date", "established", "founded", "opens")


def _year(values: Mapping[str, Any]) -> int | None:
    """The year a thing states, else that of its first date."""
    if values.get("year") is not None:
        return int(values["year"])
    dated = next((values[name] for name in _DATES if name in values), None)
    return int(str(dated)[:4]) if dated else None


def _links(
    id_: str, cls: ClassDef, values: Mapping[str, Any]
) -> Iterator[tuple[str, str, str, int]]:
    for name, value in values.items():
        prop = cls.properties[name]
        if prop.kind.name not in ("reference", "part"):
            continue
        many = value if isinstance(value, list) else [value]
        for order, target in enumerate(many):
            yield id_, name, str(target), order


_PLACES = ("place", "places", "activeIn")


def _facets(id_: str, kind: str | None, merged: Merged) -> Iterator[tuple[str, str, str]]:
    if kind is None:
        return
    values = merged.values
    yield "kind", kind, id_
    for topic in values.get("topics", ()):
        yield "topics", topic, id_
    for name in _PLACES:
        value = values.get(name, ())
        for place in [value] if isinstance(value, str) else value:
            yield "place", place, id_
    if "legalForm" in values:
        yield "legalForm", values["legalForm"], id_
    for form in merged.also.get("legalForm", ()):
        yield "legalForm", form, id_
