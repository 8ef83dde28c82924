"""One nested record as one row: dotted columns, lists of plain values joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ingest.readers.rows import MAX_COLUMNS, BadRow, Row, tidied
from ontology.errors import RowError, Said
from ontology.kinds import tidy

JOINER = ";"
"""Between the items of a list of plain values."""

_MAX_DEPTH = 60
_SURROGATE = re.compile("[\ud800-\udfff]")


def flatten(record: dict[str, object]) -> dict[str, str]:
    """One level of columns: `a.b` for nested objects, `a.0.b` for lists of objects.

    Lists of plain values are joined by `;`; null is empty. Raises RowError when two values claim
    one column, or the nesting has no end.
    """
    flat: dict[str, str] = {}
    _flatten(record, "", flat, 0)
    return flat


def _flatten(node: object, name: str, flat: dict[str, str], depth: int) -> None:
    if depth > _MAX_DEPTH or len(flat) > MAX_COLUMNS:
        raise RowError(
            Said(
                "înregistrarea are prea multe niveluri sau câmpuri",
                "the record has too many levels or fields",
            ),
            Said("Simplificați înregistrarea.", "Simplify the record."),
            column=name[:80],
        )
    if isinstance(node, dict):
        for key, child in node.items():
            _flatten(child, f"{name}.{_key(key)}" if name else _key(key), flat, depth + 1)
    elif isinstance(node, list) and any(isinstance(item, dict | list) for item in node):
        for index, child in enumerate(node):
            _flatten(child, f"{name}.{index}", flat, depth + 1)
    elif name in flat:
        raise RowError(
            Said(f"două valori pentru coloana „{name}”", f"two values for the column '{name}'"),
            Said("Redenumiți una dintre chei.", "Rename one of the keys."),
            column=name,
        )
    else:
        flat[name] = JOINER.join(map(_plain, node)) if isinstance(node, list) else _plain(node)


_key = lru_cache(maxsize=4096)(tidy)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _SURROGATE.search(text):
        raise RowError(
            Said("un text conține o jumătate de caracter", "a text holds half a character"),
            Said("Scrieți din nou textul.", "Write the text again."),
            value=text.encode("ascii", "backslashreplace").decode(),
        )
    return tidied(text)


def column_names(made: Iterable[Row | BadRow]) -> tuple[str, ...]:
    """The names of all columns, in the order in which rows first use them."""
    names: dict[str, None] = {}
    for row in made:
        if isinstance(row, Row):
            names.update(dict.fromkeys(row.values))
    return tuple(names)


def completed(made: Iterator[Row | BadRow], columns: tuple[str, ...]) -> Iterator[Row | BadRow]:
    """The rows with every column, empty where the record has no such field."""
    for row in made:
        if isinstance(row, BadRow):
            yield row
        else:
            yield Row(row.number, {c: row.values.get(c, "") for c in columns}, row.place)
