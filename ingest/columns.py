"""Cells of one column as values of one field: prepared once for the column, remembered for the cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from stdnum.ro import cui

from ingest.source import Column, Source
from ontology.entity import Value, statable
from ontology.errors import ResurseError, RowError, Said, UnknownWordError
from ontology.kinds import tidy
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef

Resolve = Callable[[str], str | None]
"""Gives the id a key (`scheme:value`) stands for, or None."""

Found = tuple[tuple[str, Value], ...]
"""The values of one cell, each with its field."""

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
        reference = _Reference(source, cls, column, prop, resolve)
        return ReadColumn(column.name, _cells(column, reference.one), reference.keys)
    one = _value_of(source, column, prop)

    def item(text: str) -> tuple[str, Value] | None:
        value = one(text)
        return None if value is None else (prop.name, value)

    return ReadColumn(column.name, _remembering(_cells(column, item)))


def _remembering(read: Callable[[str], Found]) -> Callable[[str], Found]:
    """The same, that knows the short cells it read last."""
    known = lru_cache(maxsize=_KEPT)(read)
    return lambda cell: known(cell) if len(cell) <= _LONG else read(cell)


def _refuse(error: UnknownWordError, _item: str) -> None:
    """For a class that has not the field: every item is told."""
    raise error


def _cells(
    column: Column, one: Callable[[str], tuple[str, Value] | None]
) -> Callable[[str], Found]:
    """A whole cell from what reads one item of it; all items that are wrong are told together."""

    def read(cell: str) -> Found:
        found: list[tuple[str, Value]] = []
        wrong: list[tuple[str, ResurseError]] = []
        for text in items_of(column, cell):
            try:
                made = one(text)
            except ResurseError as error:
                wrong.append((text, error))
                continue
            if made is not None:
                found.append(made)
        if wrong:
            raise CellProblems(tuple(wrong))
        return tuple(found)

    return read


def items_of(column: Column, cell: str) -> list[str]:
    """The items of a cell, empty ones left out. The readers give tidy cells."""
    if not column.split:
        return [cell] if cell else []
    return [part for raw in cell.split(column.split) if (part := raw.strip())]


def _value_of(source: Source, column: Column, prop: PropertyDef) -> Callable[[str], Value | None]:
    """What makes a value of an item that stands for itself; None drops the item."""
    kind = prop.kind
    if kind.name == "code":
        assert prop.code_list is not None
        codes = load_model().codes[prop.code_list]

        def code(item: str) -> Value | None:
            word = column.codes.get(item, item)
            return None if word is None else Value(codes[word].value)

        return code
    if kind.name == "reference":
        return _topic
    if kind.name == "identifier":
        scheme = column.scheme or source.scheme
        return lambda item: Value(clean_identifier(scheme, item), scheme=scheme)
    return lambda item: Value(kind.clean(item), column.lang)


def _topic(item: str) -> Value:
    if item not in load_model().topics:
        raise RowError(
            Said(f"„{item}” nu este o temă", f"'{item}' is no topic"),
            Said(
                "Temele sunt în `resurse ref Topic`.",
                "The topics are listed by `resurse ref Topic`.",
            ),
        )
    return Value(f"topic/{item}")


@dataclass(frozen=True)
class _Reference:
    """A column whose items stand for other things; `names` takes an item that is no key."""

    source: Source
    cls: ClassDef
    column: Column
    prop: PropertyDef
    resolve: Resolve

    def keys(self, cell: str) -> Iterator[str]:
        """Every key that the cell may stand for."""
        for item in items_of(self.column, cell):
            yield from self._keys(item)

    def _keys(self, item: str) -> Iterator[str]:
        for scheme in self.column.refer or (self.source.scheme,):
            yield item if scheme == "id" else f"{scheme}:{item}"

    def one(self, item: str) -> tuple[str, Value]:
        """The field and the value of one item."""
        for key in self._keys(item):
            if (found := self.resolve(key)) is not None:
                return self.prop.name, Value(found)
        if self.column.names and not looks_like_key(item):
            return statable(self.cls, self.column.names).name, Value(item)
        raise RowError(
            Said(
                f"„{item}” trimite la ceva ce nu există",
                f"'{item}' refers to something that does not exist",
            ),
            Said(
                "Verificați id-ul sau adăugați întâi rândul la care trimite.",
                "Check the id, or add the row that it refers to first.",
            ),
        )


def clean_identifier(scheme: str, text: str) -> str:
    """An identifier as it is kept. A CUI loses its RO and its spaces; RowError when it cannot be one."""
    if scheme != "ro-cui":
        return tidy(text)
    digits = re.sub(r"[\s.]", "", tidy(text)).upper().removeprefix("RO").lstrip("0")
    if len(digits) == 13:
        raise RowError(
            Said(
                "este un cod numeric personal, nu un CUI", "is a personal numeric code, not a CUI"
            ),
            Said(
                "Ștergeți codul: datele persoanelor private nu se păstrează aici.",
                "Remove the code: data about private persons is not kept here.",
            ),
            value="•" * 13,
        )
    if not cui.is_valid(digits):
        raise RowError(
            Said(
                f"„{text}” nu este un CUI (cifra de control nu se potrivește)",
                f"'{text}' is no CUI (its check digit does not fit)",
            ),
            Said(
                "Verificați codul fiscal al organizației.", "Check the organisation's fiscal code."
            ),
            value=text,
        )
    return digits


_KEY = re.compile(
    r"^(org|council|group|committee|proj|fund|platform|nb|hcl|lege|oug|strategia)-[a-z0-9-]+$"
)


def looks_like_key(item: str) -> bool:
    """True for text in the form of an id: such a text that resolves to nothing is a mistake, not a name."""
    return _KEY.match(item) is not None
