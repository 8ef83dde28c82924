"""Cells of one column as values of one field: prepared once for the column, remembered for the cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from ingest.identifiers import clean_identifier
from ingest.labels import code_of, topic_of
from ingest.marks import refuse_above, refuse_total, says_nothing
from ingest.ranges import ends
from ingest.references import ColumnOfReferences, Found, Resolve, items_of
from ingest.source import Column, Source
from ontology.days import clean_calendar, clean_day
from ontology.entity import Value, statable
from ontology.errors import ResurseError, RowError, Said, UnknownWordError
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.money import money

ReadItem = Callable[[str], Found]
"""Reads one item of a cell. Raises ResurseError."""

_KEPT = 4_000
"""How many cells of a column are remembered: most columns have few different ones."""

_LONG = 200
"""Cells of more characters are not: long texts seldom come twice, and would fill the memory."""


@dataclass(frozen=True)
class CellProblems(Exception):
    """What is wrong with the items of one cell: each item with its error."""

    found: tuple[tuple[str, ResurseError], ...]


@dataclass(frozen=True)
class ReadColumn:
    """A column with what turns its cells into values. `read` raises CellProblems."""

    name: str
    read: Callable[[str], Found]
    keys: Callable[[str], Iterator[str]] | None = None
    """For a column of references: the keys that a cell may stand for."""


def read_columns(source: Source, cls: ClassDef, resolve: Resolve) -> tuple[ReadColumn, ...]:
    """The columns that rows of a class fill."""
    return tuple(
        _prepared(source, cls, column, resolve)
        for column in source.columns.values()
        if column.target is not None and (not column.only or cls.name in column.only)
    )


def _prepared(source: Source, cls: ClassDef, column: Column, resolve: Resolve) -> ReadColumn:
    assert column.target is not None
    try:
        prop = statable(cls, column.target)
    except UnknownWordError as error:
        return ReadColumn(column.name, _cells(column, partial(_refuse, error)))
    if prop.kind.name == "reference" and prop.targets != ("Topic",):
        reference = ColumnOfReferences(source, cls, column, prop, resolve)
        return ReadColumn(column.name, _cells(column, reference.one), reference.keys)
    if column.to is not None:
        both = _both_ends(source, cls, prop, statable(cls, column.to))
        return ReadColumn(column.name, _remembering(_cells(column, both)))
    return ReadColumn(
        column.name, _remembering(_cells(column, _item_of(source, cls, column, prop)))
    )


def _item_of(source: Source, cls: ClassDef, column: Column, prop: PropertyDef) -> ReadItem:
    """What reads one item of a column of plain values: an amount may say its currency."""
    beside = _currency_of(cls, prop)
    if beside is not None:
        return lambda text: _amount(prop.name, beside, *money(text))
    one = _value_of(source, column, prop)

    def item(text: str) -> Found:
        value = one(text)
        return () if value is None else ((prop.name, value),)

    return item


def _currency_of(cls: ClassDef, prop: PropertyDef) -> str | None:
    """The field that says in which currency the amounts of a class are; None for other numbers."""
    if prop.kind.name != "decimal":
        return None
    return next((p.name for p in cls.properties.values() if p.kind.name == "currency"), None)


def _amount(name: str, beside: str, amount: Decimal, currency: str | None) -> Found:
    said = ((beside, Value(currency)),) if currency else ()
    return ((name, Value(amount)), *said)


def _both_ends(source: Source, cls: ClassDef, lower: PropertyDef, upper: PropertyDef) -> ReadItem:
    """What reads a cell that holds two ends."""
    beside = _currency_of(cls, lower)
    clean = money if beside else _clean(source, lower)
    dates = lower.kind.name in ("date", "calendar")

    def both(text: str) -> Found:
        found: list[tuple[str, Value]] = []
        for prop, end in zip((lower, upper), ends(text, clean, dates=dates), strict=True):
            if end is not None:
                found += _amount(prop.name, beside, *end) if beside else ((prop.name, Value(end)),)
        return tuple(dict.fromkeys(found))

    return both


def _remembering(read: Callable[[str], Found]) -> Callable[[str], Found]:
    """The same, that knows the short cells it read last."""
    known = lru_cache(maxsize=_KEPT)(read)
    return lambda cell: known(cell) if len(cell) <= _LONG else read(cell)


def _refuse(error: UnknownWordError, _item: str) -> Found:
    """For a class that has not the field: every item is told."""
    raise error


def _cells(column: Column, one: ReadItem) -> Callable[[str], Found]:
    """A whole cell from what reads one item of it; all items that are wrong are told together.

    Marks for no value are passed over, unless the source gives them a meaning.
    """
    prose = column.target not in _NAMES and column.lang is not None

    def read(cell: str) -> Found:
        found: list[tuple[str, Value]] = []
        wrong: list[tuple[str, ResurseError]] = []
        for text in items_of(
            column, cell if prose or "\n" not in cell else _one_line(column, cell)
        ):
            try:
                if text not in column.codes:
                    if says_nothing(text):
                        continue
                    refuse_above(text)
                    if column.target == "label":
                        refuse_total(text)
                found += one(text)
            except ResurseError as error:
                wrong.append((text, error))
        if wrong:
            raise CellProblems(tuple(wrong))
        return tuple(found)

    return read


_NAMES = ("label", "altLabels", "title")
"""Texts that are no prose: a line break in one is the width of its column."""


def _one_line(column: Column, cell: str) -> str:
    """A cell without its line breaks, which part several values where nothing else does."""
    if column.split and column.split not in cell:
        return column.split.join(cell.splitlines())
    return " ".join(cell.split())


def _value_of(source: Source, column: Column, prop: PropertyDef) -> Callable[[str], Value | None]:
    """What makes a value of an item that stands for itself; None drops the item."""
    kind = prop.kind
    if kind.name == "code":
        assert prop.code_list is not None
        name = prop.code_list
        codes = load_model().codes[name]

        def code(item: str) -> Value | None:
            word = column.codes.get(item, item)
            return None if word is None else Value(codes[code_of(name, word) or word].value)

        return code
    if kind.name == "reference":
        return _topic
    if kind.name == "identifier":
        scheme = column.scheme or source.scheme
        return lambda item: Value(clean_identifier(scheme, item), scheme=scheme)
    clean = _clean(source, prop)
    return lambda item: Value(clean(item), column.lang)


_DATES = {"date": clean_day, "calendar": clean_calendar}


def _clean(source: Source, prop: PropertyDef) -> Callable[[str], object]:
    """What cleans a value of a field; the source says whether its dates have the month first."""
    dated = _DATES.get(prop.kind.name) if source.month_first else None
    return prop.kind.clean if dated is None else partial(dated, month_first=True)


def _topic(item: str) -> Value:
    if (slug := topic_of(item)) is None:
        raise RowError(
            Said(f"„{item}” nu este o temă", f"'{item}' is no topic"),
            Said(
                "Temele sunt în `resurse ref Topic`.",
                "The topics are listed by `resurse ref Topic`.",
            ),
        )
    return Value(f"topic/{slug}")
