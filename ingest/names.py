"""Finds held things by their whole name, for documents that name bodies, acts and platforms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from graph.catalogue.base import Catalogue, Record
from graph.catalogue.schema import sort_key
from ingest.name_keys import act_key, begins, bill_key, group_key, host_key, without_remark

_KINDS = (
    "ORGANISATION", "COUNCIL", "WORKING_GROUP", "LEGAL_ACT", "STRATEGY", "PLATFORM", "PROGRAMME",
)  # fmt: skip
_STRATEGY = re.compile(r"strategy of ([^:]+): (.+)")


class Names:
    """Called with a name, gives the id of the one thing called so; None for none or several.

    Letters' case and diacritics do not count. It answers to the keys of `ingest.name_keys` too.
    The table is made when the first name is asked for.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, name: str) -> str | None:
        """The id, or None."""
        key = sort_key(name)
        found = self._table.get(key, set())
        if not found and (asked := _STRATEGY.fullmatch(key)) is not None:
            found = {
                id_ for label, id_ in self._strategies if begins(asked[2], label, city=asked[1])
            }
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _table(self) -> dict[str, set[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for record in self._catalogue.scan(_KINDS):
            for name in (*_names(record), *_keys(record)):
                table[sort_key(name)].add(record.id)
        return table

    @cached_property
    def _strategies(self) -> list[tuple[str, str]]:
        return [
            (sort_key(name), one.id)
            for one in self._catalogue.scan(("STRATEGY",))
            for name in _names(one)
        ]


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
