"""How a filter, an order and a cursor are said in SQL over `record r`."""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.catalogue.base import SORTS, Filter, decoded
from graph.catalogue.schema import sort_key
from ontology.errors import InputError, Said

_KEYS = {
    "label": "key_ro",
    "updated": "updated",
    "year": "year",
    "opens": "opens",
    "closes": "closes",
    "amount": "amount",
    "id": "id",
}
_ALWAYS = frozenset({"key_ro", "id"})
"""Columns that no record leaves empty."""

MAX_TEXT = 1_000
"""Characters of the words of a filter, and of one of its values."""

MAX_VALUES = 500
"""Values of one kind in a filter."""

MAX_CURSOR = 10_000
"""Characters of a cursor; ours are shorter by far."""


@dataclass(frozen=True)
class Order:
    """By which column a list goes, and which way; equals go by id, unknown values come last."""

    column: str
    down: bool

    def parts(self, after: str | None) -> list[tuple[str, list[Any], str]]:
        """The pieces of the list behind a cursor, each a condition, its arguments and an order.

        Known values come first and unknown ones apart, since only so does an index give the order.
        Raises InputError when the cursor is not of this list.
        """
        key, way = f"r.{self.column}", "DESC" if self.down else "ASC"
        unknown = (f" AND {key} IS NULL", "r.id")
        value, id_ = self._start(after) if after is not None else (None, None)
        if after is not None and value is None:
            return [(f"{unknown[0]} AND r.id > ?", [id_], unknown[1])]
        condition, args = "", []
        if after is not None:
            sign = "<" if self.down else ">"
            # The first half lets the index begin at the cursor; the second skips its equals.
            condition = f" AND {key} {sign}= ? AND ({key} {sign} ? OR r.id > ?)"
            args = [value, value, id_]
        by = f"{key} {way}, r.id"
        if self.column in _ALWAYS:
            return [(condition, args, by)]
        return [(condition or f" AND {key} IS NOT NULL", args, by), (unknown[0], [], unknown[1])]

    def _start(self, after: str) -> tuple[Any, str]:
        try:
            if len(after) > MAX_CURSOR:
                raise ValueError(len(after))
            sort, value, id_ = decoded(after)
            if (
                order_of(str(sort)) != self
                or not isinstance(id_, str)
                or isinstance(value, (list, dict))
            ):
                raise ValueError(sort)
        except (ValueError, TypeError, binascii.Error, InputError):
            raise InputError(
                Said(
                    "cursorul nu este al acestei liste", "the cursor does not belong to this list"
                ),
                Said(
                    "Luați cursorul din pageInfo.endCursor al aceleiași cereri.",
                    "Take the cursor from pageInfo.endCursor of the same query.",
                ),
                "after",
            ) from None
        return value, id_


def order_of(sort: str) -> Order:
    """The order that a word names; a leading `-` turns it round. Raises InputError."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise InputError(
            Said(f"nu se poate ordona după „{sort}”", f"cannot sort by '{sort}'"),
            Said(f"Se poate după: {', '.join(SORTS)}.", f"Sort by one of: {', '.join(SORTS)}."),
        )
    return Order(_KEYS[name], sort.startswith("-"))


def where(filter: Filter, today: date) -> tuple[str, list[Any]]:
    """The condition of a filter over `record r`, and its arguments. Raises InputError for an endless one."""
    found = _Parts()
    if filter.kinds:
        found.add(f"r.kind IN ({_marks(filter.kinds)})", *filter.kinds)
    else:
        found.add("r.kind IS NOT NULL")
    found.facet("topics*", filter.topics)
    found.facet("legalForm", filter.legal_forms)
    found.facet("place", () if filter.place is None else (filter.place,))
    for condition, limit in (
        ("r.amount >= ?", filter.amount_min),
        ("r.amount <= ?", filter.amount_max),
        ("r.year >= ?", filter.year_from),
        ("r.year <= ?", filter.year_to),
    ):
        if limit is not None:
            found.add(condition, limit)
    if filter.open is not None:
        found.add(_OPEN if filter.open else f"NOT {_OPEN}", today.isoformat())
    if filter.states:
        _check("state", len(filter.states), MAX_VALUES, *_VALUES)
        states = f"state_of(r.opens, r.closes, r.year, ?) IN ({_marks(filter.states)})"
        found.add(f"(r.kind = 'CALL' AND {states})", today.isoformat(), *filter.states)
    if filter.text:
        _check("text", len(filter.text), MAX_TEXT, *_CHARACTERS)
        for word in dict.fromkeys(sort_key(filter.text).split()):
            found.add("(r.key_ro || ' ' || r.key_en) LIKE ? ESCAPE '\\'", f"%{_literal(word)}%")
    return " AND ".join(found.conditions), found.args


class _Parts:
    """The conditions of a filter, all of which must hold, and the arguments of their question marks."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.args: list[Any] = []

    def add(self, condition: str, *args: Any) -> None:
        self.conditions.append(condition)
        self.args.extend(args)

    def facet(self, name: str, values: Sequence[str]) -> None:
        """One of the values in a facet; nothing, where none is asked for."""
        values = list(dict.fromkeys(values))
        if values:
            _check(name.rstrip("*"), len(values), MAX_VALUES, *_VALUES)
            _check(name.rstrip("*"), max(map(len, values)), MAX_TEXT, *_CHARACTERS)
            within = f"SELECT id FROM facet WHERE name = ? AND value IN ({_marks(values)})"
            self.add(f"r.id IN ({within})", name, *values)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _literal(word: str) -> str:
    """A word whose signs mean nothing to LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_VALUES = (Said("valori", "values"), Said("Alegeți mai puține.", "Choose fewer."))
_CHARACTERS = (
    Said("de caractere", "characters"),
    Said("Scurtați la câteva cuvinte.", "Shorten it to a few words."),
)


def _check(field: str, size: int, most: int, what: Said, then: Said) -> None:
    """Raises InputError for more than a filter may hold."""
    if size > most:
        raise InputError(
            Said(
                f"sunt {size} {what.ro}; se citesc cel mult {most}",
                f"there are {size} {what.en}; at most {most} are read",
            ),
            then,
            field,
        )


# The one rule of calls.py, for the day in Bucharest; only what states a closing day can be open.
_OPEN = "(r.closes IS NOT NULL AND state_of(r.opens, r.closes, r.year, ?) = 'OPEN')"
