"""Finds held things by their whole name, for documents that name bodies, acts and platforms."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from graph.catalogue.base import Catalogue, Record
from graph.catalogue.schema import sort_key
from ingest.name_keys import act_key, begins, bill_key, group_key, host_key, without_remark
from ingest.tables import scratch

_KINDS = (
    "ORGANISATION", "COUNCIL", "WORKING_GROUP", "LEGAL_ACT", "STRATEGY", "PLATFORM", "PROGRAMME",
)  # fmt: skip
_TABLES = """
CREATE TABLE name (name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE strategy (name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID;
"""
_LAST = chr(0x10FFFF)
_STRATEGY = re.compile(r"strategy of ([^:]+): (.+)")


class Names:
    """Called with a name, gives the id of the one thing called so; None for none or several.

    Letters' case and diacritics do not count. It answers to the keys of `ingest.name_keys` too.
    The table is made when the first name is asked for; it lies on disk (`ingest.tables.scratch`).
    """

    def __init__(self, catalogue: Catalogue, folder: Path | None = None) -> None:
        self._catalogue = catalogue
        self._folder = folder

    def __call__(self, name: str) -> str | None:
        """The id, or None."""
        key = sort_key(name)
        rows = self._table.execute("SELECT id FROM name WHERE name = ? LIMIT 2", (key,))
        found = {id_ for (id_,) in rows}
        if not found and (asked := _STRATEGY.fullmatch(key)) is not None:
            found = set(self._begun(asked[2], city=asked[1]))
        return next(iter(found)) if len(found) == 1 else None

    def _begun(self, name: str, city: str) -> Iterator[str]:
        """The strategies of a city whose names begin like that."""
        sql = "SELECT name, id FROM strategy WHERE name >= ? AND name <= ?"
        for label, id_ in self._table.execute(sql, (name, f"{name}{_LAST}")):
            if begins(name, label, city=city):
                yield id_

    @cached_property
    def _table(self) -> sqlite3.Connection:
        table = scratch(_TABLES, self._folder)
        for record in self._catalogue.scan(_KINDS):
            names = [sort_key(name) for name in _names(record)]
            keys = [*names, *map(sort_key, _keys(record))]
            table.executemany(
                "INSERT OR IGNORE INTO name VALUES (?, ?)", [(key, record.id) for key in keys]
            )
            if record.kind == "STRATEGY":
                table.executemany(
                    "INSERT OR IGNORE INTO strategy VALUES (?, ?)",
                    [(name, record.id) for name in names],
                )
        return table


def _names(record: Record) -> Iterator[str]:
    for value in (record.values.get("label") or {}, *record.values.get("altLabels", ())):
        for name in value.values() if isinstance(value, dict) else (value,):
            yield str(name)
            if record.kind == "STRATEGY" and without_remark(str(name)) != str(name):
                yield without_remark(str(name))


def _keys(record: Record) -> Iterator[str]:
    values = record.values
    keys: list[str | None] = []
    if record.kind == "LEGAL_ACT":
        kind, number, date = (values.get(name) for name in ("actType", "number", "date"))
        keys.append(act_key(kind, number, str(date or "")))
        if not number and sort_key(record.label()).startswith("proiect de lege"):
            keys.append(bill_key(str(date or ""), record.label()))
    elif record.kind == "WORKING_GROUP":
        keys += [group_key(act) for act in record.refs("legalActs")]
    elif record.kind == "PLATFORM":
        keys.append(host_key(str(values.get("page") or "")))
    yield from (key for key in keys if key)
