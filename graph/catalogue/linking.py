"""What follows once all records are there: parts in their wholes, links from the other end, wider facets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any

import orjson

from ontology.loading import load_model

_CHUNK = 2_000


def link(db: sqlite3.Connection) -> None:
    """Completes the records; SQLite sorts and joins on disk."""
    db.execute("CREATE INDEX link_field ON link (field, src)")
    _embed_parts(db)
    _tell_updates(db)
    _inverse_links(db)
    _widen_facets(db)


def _embed_parts(db: sqlite3.Connection) -> None:
    """Puts the values of parts into the record they live in; a call's legal forms become facets."""
    classes = load_model().classes.values()
    parts = {
        p.name
        for c in classes
        for p in c.properties.values()
        if p.kind.name == "part" and not p.inverse
    }
    names = sorted(parts)
    rows = db.cursor().execute(
        "SELECT l.src, l.field, r.doc, p.id, p.type, p.doc FROM link l JOIN record r ON r.id = l.src "
        f"JOIN record p ON p.id = l.dst WHERE l.field IN ({_marks(names)}) "
        "ORDER BY l.src, l.field, length(p.id), p.id",
        names,
    )
    db.execute("CREATE TEMP TABLE whole (id TEXT PRIMARY KEY, doc BLOB NOT NULL) WITHOUT ROWID")
    wholes = (_whole(src, list(held)) for src, held in groupby(rows, key=lambda row: row[0]))
    while chunk := list(islice(wholes, _CHUNK)):
        db.executemany("INSERT INTO whole VALUES (?, ?)", [(i, orjson.dumps(d)) for i, d in chunk])
        db.executemany(
            "INSERT OR IGNORE INTO facet VALUES ('legalForm', ?, ?)",
            [
                (form, id_)
                for id_, doc in chunk
                for rule in doc.get("rules", ())
                for form in rule.get("legalForms", ())
            ],
        )
    db.execute(
        "UPDATE record SET doc = (SELECT doc FROM whole w WHERE w.id = record.id) "
        "WHERE id IN (SELECT id FROM whole)"
    )
    db.execute("DROP TABLE whole")


def _whole(id_: str, rows: list[tuple[Any, ...]]) -> tuple[str, dict[str, Any]]:
    """A record's values with the parts that its fields hold."""
    doc: dict[str, Any] = orjson.loads(rows[0][2])
    for name, held in groupby(rows, key=lambda row: row[1]):
        doc[name] = [
            {"id": part, "type": kind, **orjson.loads(own)} for _, _, _, part, kind, own in held
        ]
    return id_, doc


def _tell_updates(db: sqlite3.Connection) -> None:
    """When a thing's newest source was read."""
    db.execute(
        "UPDATE record SET updated = (SELECT max(json_extract(s.doc, '$.retrieved')) FROM json_each(record.sources) j "
        "JOIN record s ON s.id = j.value) WHERE kind IS NOT NULL"
    )


def _inverse_links(db: sqlite3.Connection) -> None:
    """For every inverse field of the ontology, the links from the other end."""
    classes = load_model().classes.values()
    forward: dict[str, list[str]] = {}
    for cls in classes:
        for prop in cls.properties.values():
            if not prop.inverse and prop.kind.name in ("reference", "part"):
                forward.setdefault(prop.path, []).append(prop.name)
    for cls in classes:
        for prop in cls.properties.values():
            if not prop.inverse:
                continue
            names = tuple(dict.fromkeys(forward.get(prop.path, ())))
            db.execute(
                "INSERT INTO link SELECT l.dst, ?, l.src, row_number() OVER (PARTITION BY l.dst ORDER BY length(r.id), r.id) "
                "FROM link l JOIN record r ON r.id = l.src JOIN record t ON t.id = l.dst "
                f"WHERE l.field IN ({_marks(names)}) AND r.type IN ({_marks(prop.targets)}) AND t.type = ?",
                (prop.name, *names, *prop.targets, cls.name),
            )


def _widen_facets(db: sqlite3.Connection) -> None:
    """Broader topics count for their narrower ones."""
    model = load_model()
    rows = [
        (f"topic/{slug}", f"topic/{up}") for slug in model.topics for up in model.ancestors(slug)
    ]
    db.execute("CREATE TEMP TABLE wider (narrow TEXT, broad TEXT)")
    db.executemany("INSERT INTO wider VALUES (?, ?)", rows)
    db.execute(
        "INSERT OR IGNORE INTO facet SELECT 'topics*', w.broad, f.id FROM facet f JOIN wider w ON w.narrow = f.value WHERE f.name = 'topics'"
    )
    db.execute(
        "INSERT OR IGNORE INTO facet SELECT 'topics*', value, id FROM facet WHERE name = 'topics'"
    )


def _marks(words: Iterable[str]) -> str:
    return ",".join("?" for _ in words)
