"""Reads JSON and JSON Lines: nested objects as dotted columns, numbers exactly as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import orjson

from ingest.readers.encoding import find_encoding
from ingest.readers.flatten import column_names, completed, flatten
from ingest.readers.grid import grid_table
from ingest.readers.heading import Line
from ingest.readers.jsonlists import DECODER, Place, items
from ingest.readers.lines import MAX_LINE, pieces
from ingest.readers.rows import (
    MAX_COLUMNS,
    BadRow,
    Row,
    Table,
    bad_row,
    bounded,
    file_error,
    place,
)
from ontology.errors import RowError, Said

_SHOWN = 20
"""Lists that an error names."""

_FORMS = 1_000
"""Sets of keys that are remembered, so that the columns of records alike are learnt once."""


def read_json(
    path: Path,
    *,
    encoding: str | None = None,
    records: str | None = None,
    known: frozenset[str] | None = None,
) -> Table:
    """The list of records in a JSON document, streamed; its columns take a first pass over the file.

    `records` is its place, dotted (`result.results`); without it the document is the list, or
    holds exactly one list of objects. Records that are lists are rows, the first with the names of
    the columns. Raises FileError.
    """
    if not records and _is_lines(path, encoding):
        return read_jsonl(path, encoding=encoding)
    found = _find(path, encoding, records)

    def each() -> Iterator[tuple[int, object]]:
        return ((n, one) for place, n, one in items(path, encoding) if place == found.place and n)

    def lines() -> Iterator[Line | BadRow]:
        for number, one in each():
            assert isinstance(one, list)
            try:
                yield number, [_cell(cell) for cell in one]
            except RowError as error:
                yield bad_row(path.name, number, error.what, error.fix, value=error.value)

    if found.count and found.lists == found.count:
        return grid_table(path, lines, known=known)
    columns = bounded(path, tuple(found.names))
    return Table(path, columns, lambda: completed(_rows(path.name, each()), columns))


def _cell(value: object) -> str:
    """A cell of a row that is a list. Raises RowError."""
    return next(iter(flatten({"": value}).values()), "")


def _is_lines(path: Path, encoding: str | None) -> bool:
    """Whether a .json file holds one object a line: its first line is a whole object, and more follow."""
    first: list[str] = []
    for piece in pieces(path, encoding or find_encoding(path)):
        first += [line for line in piece.lines if line.strip()][:2]
        if len(first) > 1 or not piece.lines:
            break
    if len(first) < 2 or not first[0].startswith("{"):
        return False
    try:
        return isinstance(orjson.loads(first[0]), dict)
    except ValueError:
        return False


@dataclass
class _List:
    """A list of a document: how many items it has, and of which sort; the columns of those that are objects."""

    place: Place
    count: int = 0
    lists: int = 0
    objects: int = 0
    names: dict[str, None] = field(default_factory=dict)
    forms: set[tuple[str, ...]] = field(default_factory=set)

    def take(self, name: str, one: object) -> None:
        """Counts an item, and learns its columns."""
        self.count += 1
        self.lists += isinstance(one, list)
        if isinstance(one, dict):
            self.objects += 1
            if len(self.names) <= MAX_COLUMNS:
                _learn(one, lambda: _rows(name, iter([(0, one)])), self.names, self.forms)


def _find(path: Path, encoding: str | None, records: str | None) -> _List:
    """The list that is meant, from a pass over the document."""
    wanted = tuple(records.split(".")) if records else ()
    held: list[_List] = []
    for keys, number, one in items(path, encoding):
        if number:
            held[-1].take(path.name, one)
        else:
            held = [*_meant(held, wanted), _List(keys)]
    held = _meant(held, wanted)
    for found in held:
        if found.place == wanted or (not records and len(held) == 1):
            return found
    shown = ", ".join(".".join(one.place) for one in held[:_SHOWN] if one.objects) or "—"
    raise file_error(
        path,
        "nu se vede care este lista de înregistrări",
        "it is not clear which list holds the records",
        f"Declarați records; listele sunt: {shown}.",
        f"Declare records; the lists are: {shown}.",
    )


def _meant(held: list[_List], wanted: Place) -> list[_List]:
    """The first lists of objects, and the one that is asked for."""
    objects = [one for one in held if one.objects or one.place == wanted]
    return [*objects[: _SHOWN + 1], *(one for one in objects[_SHOWN + 1 :] if one.place == wanted)]


def _learn(
    record: object,
    rows: Callable[[], Iterator[Row | BadRow]],
    names: dict[str, None],
    forms: set[tuple[str, ...]],
) -> None:
    """Learns the columns of a record: of records of plain values with the same keys, once."""
    form = None
    if isinstance(record, dict) and not any(
        isinstance(value, dict | list) for value in record.values()
    ):
        form = tuple(record)
        if form in forms:
            return
    found = column_names(rows())
    names.update(dict.fromkeys(found))
    if form is not None and found and len(forms) < _FORMS:
        forms.add(form)


def _rows(name: str, records: Iterator[tuple[int, object]]) -> Iterator[Row | BadRow]:
    for number, record in records:
        if not isinstance(record, dict):
            yield bad_row(
                name,
                number,
                Said("înregistrarea nu este un obiect JSON", "the record is not a JSON object"),
                Said('Scrieți {"coloană": "valoare"}.', 'Write {"column": "value"}.'),
                value=str(record),
            )
            continue
        try:
            yield Row(number, flatten(record), place(name, number))
        except RowError as error:
            yield bad_row(name, number, error.what, error.fix, column=error.column)


def read_jsonl(path: Path, *, encoding: str | None = None) -> Table:
    """The records of a JSON Lines file, streamed; `columns` takes a first pass over the file."""
    found = encoding or find_encoding(path)
    if next(_stream(path, found), None) is None:
        raise file_error(
            path,
            "fișierul este gol",
            "the file is empty",
            "Descărcați-l din nou.",
            "Download it again.",
        )
    columns = _columns(path, found)
    return Table(path, columns, lambda: completed(_stream(path, found), columns))


def _columns(path: Path, encoding: str) -> tuple[str, ...]:
    """The names of all columns: a pass over the file that flattens each form of record once."""
    names: dict[str, None] = {}
    forms: set[tuple[str, ...]] = set()
    for piece in pieces(path, encoding):
        for line in piece.lines:
            try:
                record = orjson.loads(line)
            except ValueError:
                record = None
            _learn(record, partial(_record, path.name, 0, line), names, forms)
            bounded(path, tuple(names))
    return tuple(names)


def _stream(path: Path, encoding: str) -> Iterator[Row | BadRow]:
    number = 0
    for piece in pieces(path, encoding):
        if not piece.lines:
            number += 1
            yield _unread(
                path.name,
                number,
                f"are peste {MAX_LINE:,} de caractere",
                f"has over {MAX_LINE:,} characters",
            )
        for line in piece.lines:
            number += 1
            if line.strip():
                yield from _record(path.name, number, line.strip())


def _record(name: str, number: int, line: str) -> Iterator[Row | BadRow]:
    try:
        record = DECODER.decode(line)
    except (ValueError, RecursionError):
        yield _unread(name, number, "nu este JSON", "is not JSON", line)
        return
    yield from _rows(name, iter([(number, record)]))


def _unread(name: str, number: int, ro: str, en: str, value: str = "") -> BadRow:
    return bad_row(
        name,
        number,
        Said(f"linia {ro}", f"the line {en}"),
        Said("Scrieți un obiect JSON întreg pe linie.", "Write one whole JSON object on the line."),
        value=value,
    )
