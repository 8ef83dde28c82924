"""Things of the catalogue by their ids: records, links, statements, and the sources that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from graph.catalogue.base import Record, SourceRef, Statement
from graph.catalogue.file import CatalogueFile
from graph.catalogue.memory import Memory
from graph.catalogue.schema import ALSO

_CHUNK = 900

KEPT_RECORDS = 4_000
"""Records kept in memory, some 3 KB each."""

KEPT_LINKS = 40_000
"""Ends of links kept, each list of them counted as one more."""


class LookUps(CatalogueFile):
    """Answers about things whose ids are known, from the file at `path`.

    What was read lately is kept, since the file never changes: a record from memory costs a look-up,
    one from the file a statement, its parsing, and under load the wait for other threads.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._records: Memory[str, Record] = Memory(KEPT_RECORDS)
        self._links: Memory[tuple[str, str], tuple[str, ...]] = Memory(
            KEPT_LINKS, lambda ends: 1 + len(ends)
        )

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


_NOTHING: Mapping[str, list[str]] = MappingProxyType({})


def _record(row: tuple[Any, ...]) -> Record:
    values = orjson.loads(row[3])
    return Record(row[0], row[1], row[2], values, row[4], values.pop(ALSO, _NOTHING))


def _chunks(ids: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        yield chunk, ",".join("?" * len(chunk))
