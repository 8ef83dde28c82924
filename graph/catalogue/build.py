"""Builds the read model from the current graphs, in bounded memory, into a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from graph.catalogue.merge import Fact, Merged, merge
from graph.catalogue.schema import FORMAT, INDEXES, TABLES, sort_key
from graph.entities import DC_SOURCE, STATEMENT, Reader
from graph.store import Literal, Store
from graph.store.versions import Version
from ontology.model import ClassDef
from ontology.vocab import RDF_TYPE, expand

_SUBJECT, _PREDICATE, _OBJECT = (
    expand(f"rdf:{part}") for part in ("subject", "predicate", "object")
)
_CHUNK = 20_000

Progress = Callable[[str, int], None]


def build(
    store: Store,
    versions: Iterable[Version],
    path: Path,
    *,
    version: str,
    retired: Mapping[str, str],
    progress: Progress | None = None,
) -> None:
    """Writes the catalogue of the current versions to `path` (which must not exist)."""
    say = progress or (lambda _stage, _count: None)
    db = sqlite3.connect(path)
    try:
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000; PRAGMA temp_store=FILE;"
        )
        db.executescript(TABLES)
        ranks = _load(db, store, list(versions), say)
        _Builder(db, store, ranks, say).run()
        _aliases(db, retired)
        db.executescript(INDEXES)
        db.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
        db.execute(f"PRAGMA user_version={FORMAT}")
        db.execute("DROP TABLE triple")
        db.commit()
        db.execute("ANALYZE")
        db.commit()
    finally:
        db.close()


def _load(
    db: sqlite3.Connection, store: Store, versions: list[Version], say: Progress
) -> dict[int, int]:
    """Copies the triples of each current graph into a table that sorts by subject on disk."""
    ranks: dict[int, int] = {}
    loaded = 0
    for number, held in enumerate(sorted(versions, key=lambda v: (v.priority, v.source))):
        ranks[number] = held.priority
        graph = store.base.source_graph(held.source, held.version)
        rows: list[tuple[str, str, str, str | None, str | None, int]] = []
        for quad in store.match(graph=graph):
            term = quad.object
            if isinstance(term, Literal):
                rows.append(
                    (
                        str(quad.subject),
                        str(quad.predicate),
                        term.value,
                        term.datatype,
                        term.lang,
                        number,
                    )
                )
            else:
                rows.append((str(quad.subject), str(quad.predicate), str(term), None, None, number))
            if len(rows) >= _CHUNK:
                db.executemany("INSERT INTO triple VALUES (?, ?, ?, ?, ?, ?)", rows)
                loaded += len(rows)
                say("triples", loaded)
                rows = []
        db.executemany("INSERT INTO triple VALUES (?, ?, ?, ?, ?, ?)", rows)
    db.execute("CREATE INDEX triple_s ON triple (s)")
    return ranks


class _Builder:
    """Goes through the subjects in order and writes a record for each."""

    def __init__(
        self, db: sqlite3.Connection, store: Store, ranks: Mapping[int, int], say: Progress
    ) -> None:
        self.db = db
        self.base = store.base
        self.reader = Reader(store.base)
        self.ranks = ranks
        self.say = say
        self.cell_sources = self._statement_sources()

    def run(self) -> None:
        """Records, links, facets, sources."""
        query = "SELECT s, p, o, datatype, lang, g FROM triple ORDER BY s, g, p, o"
        done = 0
        records: list[tuple[Any, ...]] = []
        cursor = self.db.cursor()
        for iri, rows in groupby(cursor.execute(query), key=lambda row: row[0]):
            id_ = self.base.id_of(iri)
            if id_ is None or id_.startswith("statement/"):
                continue
            made = self._record(id_, list(rows))
            if made is None:
                continue
            records.append(made)
            done += 1
            if len(records) >= _CHUNK // 10:
                self._write(records)
                records = []
                self.say("records", done)
        self._write(records)
        self._embed_parts()
        self._inverse_links()
        self._derived_facets()

    def _statement_sources(self) -> dict[tuple[str, str, str], list[str]]:
        """By subject, predicate and object, the page of a single value (rdf:Statement nodes)."""
        sql = (
            "SELECT a.o, b.o, c.o, d.o FROM triple t JOIN triple a ON a.s = t.s AND a.p = ? JOIN triple b ON b.s = t.s AND b.p = ? "
            "JOIN triple c ON c.s = t.s AND c.p = ? JOIN triple d ON d.s = t.s AND d.p = ? WHERE t.p = ? AND t.o = ?"
        )
        found: dict[tuple[str, str, str], list[str]] = {}
        args = (_SUBJECT, _PREDICATE, _OBJECT, DC_SOURCE, RDF_TYPE, STATEMENT)
        for subject, predicate, value, page in self.db.execute(sql, args):
            found.setdefault((subject, predicate, value), []).append(self.base.id_of(page) or page)
        return found

    def _record(
        self, id_: str, rows: list[tuple[str, str, str, str | None, str | None, int]]
    ) -> tuple[Any, ...] | None:
        cls = self.reader.class_of(o for _, p, o, *_ in rows if p == RDF_TYPE)
        if cls is None:
            return None
        paths = self.reader.paths[cls.name]
        pages: dict[int, tuple[str, ...]] = {}
        for _, p, o, _, _, g in rows:
            if p == DC_SOURCE:
                pages[g] = (*pages.get(g, ()), self.base.id_of(o) or o)
        facts = []
        for s, p, o, datatype, lang, g in rows:
            prop = paths.get(p)
            if prop is None:
                continue
            own = tuple(self.cell_sources.get((s, p, o), ()))
            facts.append(
                Fact(
                    prop.name,
                    self.reader.plain(prop, o, datatype),
                    lang,
                    self.ranks[g],
                    own or pages.get(g, ()),
                )
            )
        merged = merge(id_, cls, facts)
        sources = tuple(dict.fromkeys(one for g in sorted(pages) for one in pages[g]))
        return self._row(id_, cls, merged, sources)

    def _row(
        self, id_: str, cls: ClassDef, merged: Merged, sources: tuple[str, ...]
    ) -> tuple[Any, ...]:
        values = merged.values
        label = values.get("label") or {}
        ro = label.get("ro") or label.get("en") or ""
        en = label.get("en") or label.get("ro") or ""
        amount = next((values[f] for f in ("amount", "maxGrant", "budget") if f in values), None)
        year = values.get("year")
        if year is None:
            dated = next(
                (
                    values[f]
                    for f in ("start", "awarded", "date", "established", "founded", "opens")
                    if f in values
                ),
                None,
            )
            year = int(str(dated)[:4]) if dated else None
        facts = [asdict(one) for one in merged.statements]
        return (
            id_,
            cls.name,
            cls.kind,
            ro,
            en,
            sort_key(ro),
            sort_key(en),
            year,
            values.get("opens"),
            values.get("closes"),
            amount,
            orjson.dumps(values),
            orjson.dumps(facts),
            orjson.dumps(sources),
            orjson.dumps(merged.contradictions),
        )

    def _write(self, records: list[tuple[Any, ...]]) -> None:
        self.db.executemany(
            "INSERT INTO record (id, type, kind, label_ro, label_en, key_ro, key_en, year, opens, closes, amount, doc, facts, sources, contradictions)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            records,
        )
        links, facets, aliases = [], [], []
        for id_, name, kind, ro, en, *_, doc, _facts, _sources, _bad in records:
            values = orjson.loads(doc)
            cls = self.reader.model.classes[name]
            links += list(_links(id_, cls, values))
            facets += list(_facets(id_, kind, values))
            aliases += [
                (f"{one['scheme']}:{one['value']}", id_) for one in values.get("identifiers", ())
            ]
            if kind:
                names = (ro, en, *values.get("altLabels", ()))
                aliases += [(f"name {sort_key(n)}", id_) for n in dict.fromkeys(names) if n]
        self.db.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", links)
        self.db.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", facets)
        self.db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)

    def _embed_parts(self) -> None:
        """Puts the values of parts into the record they live in; a call's legal forms become facets."""
        names = sorted(
            {
                p.name
                for c in self.reader.model.classes.values()
                for p in c.properties.values()
                if p.kind.name == "part" and not p.inverse
            }
        )
        marks = ",".join("?" * len(names))
        sql = (
            "SELECT l.src, l.field, r.doc, p.id, p.type, p.doc, r.kind FROM link l JOIN record r ON r.id = l.src JOIN record p ON p.id = l.dst "
            f"WHERE l.field IN ({marks}) ORDER BY l.src, l.field, length(p.id), p.id"
        )
        self.db.execute("CREATE INDEX link_field ON link (field, src)")
        facets: list[tuple[str, str, str]] = []
        updates: list[tuple[bytes, str]] = []
        for src, rows in groupby(self.db.cursor().execute(sql, names), key=lambda row: row[0]):
            held = list(rows)
            doc = orjson.loads(held[0][2])
            for name in dict.fromkeys(row[1] for row in held):
                doc[name] = [
                    {"id": row[3], "type": row[4], **orjson.loads(row[5])}
                    for row in held
                    if row[1] == name
                ]
            updates.append((orjson.dumps(doc), src))
            facets += [
                ("legalForm", form, src)
                for rule in doc.get("rules", ())
                for form in rule.get("legalForms", ())
            ]
        self.db.executemany("UPDATE record SET doc = ? WHERE id = ?", updates)
        self.db.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", facets)

    def _inverse_links(self) -> None:
        """For every inverse field of the ontology, the links from the other end."""
        self._updated()
        model = self.reader.model
        forward: dict[str, list[str]] = {}
        for cls in model.classes.values():
            for prop in cls.properties.values():
                if not prop.inverse and prop.kind.name in ("reference", "part"):
                    forward.setdefault(prop.path, []).append(prop.name)
        for cls in model.classes.values():
            for prop in cls.properties.values():
                if not prop.inverse:
                    continue
                types = tuple(prop.targets)
                names = tuple(dict.fromkeys(forward.get(prop.path, ())))
                marks, kinds = ",".join("?" * len(names)), ",".join("?" * len(types))
                self.db.execute(
                    f"INSERT INTO link SELECT l.dst, ?, l.src, row_number() OVER (PARTITION BY l.dst ORDER BY length(r.id), r.id) "
                    f"FROM link l JOIN record r ON r.id = l.src JOIN record t ON t.id = l.dst "
                    f"WHERE l.field IN ({marks}) AND r.type IN ({kinds}) AND t.type = ?",
                    (prop.name, *names, *types, cls.name),
                )

    def _updated(self) -> None:
        """When a thing's newest source was read."""
        self.db.execute(
            "UPDATE record SET updated = (SELECT max(json_extract(s.doc, '$.retrieved')) FROM json_each(record.sources) j "
            "JOIN record s ON s.id = j.value) WHERE kind IS NOT NULL"
        )

    def _derived_facets(self) -> None:
        """Broader topics count for their narrower ones; a place counts for the place it lies in."""
        model = self.reader.model
        rows = [
            (f"topic/{slug}", f"topic/{up}")
            for slug in model.topics
            for up in model.ancestors(slug)
        ]
        self.db.execute("CREATE TEMP TABLE wider (narrow TEXT, broad TEXT)")
        self.db.executemany("INSERT INTO wider VALUES (?, ?)", rows)
        self.db.execute(
            "INSERT OR IGNORE INTO facet SELECT 'topics*', w.broad, f.id FROM facet f JOIN wider w ON w.narrow = f.value WHERE f.name = 'topics'"
        )
        self.db.execute(
            "INSERT OR IGNORE INTO facet SELECT 'topics*', value, id FROM facet WHERE name = 'topics'"
        )


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


def _facets(
    id_: str, kind: str | None, values: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    if kind is None:
        return
    yield "kind", kind, id_
    for topic in values.get("topics", ()):
        yield "topics", topic, id_
    for name in _PLACES:
        value = values.get(name, ())
        for place in [value] if isinstance(value, str) else value:
            yield "place", place, id_
    if "legalForm" in values:
        yield "legalForm", values["legalForm"], id_


def _aliases(db: sqlite3.Connection, retired: Mapping[str, str]) -> None:
    db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", list(retired.items()))
