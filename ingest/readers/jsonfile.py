"""Reads JSON and JSON Lines: nested objects as dotted columns, numbers exactly as written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import orjson

from ingest.readers.encoding import find_encoding
from ingest.readers.flatten import column_names, completed, flatten
from ingest.readers.grid import grid_table
from ingest.readers.lines import MAX_LINE, pieces
from ingest.readers.rows import (
    BadRow,
    Row,
    Table,
    bad_row,
    bounded,
    file_error,
    number_text,
    place,
    with_decimals,
)
from ontology.errors import RowError, Said

MAX_JSON = 256 << 20
"""Bytes of a JSON document, which is held in memory; JSON Lines has no such limit."""

_MAX_DEPTH = 60


class _DuplicateKey(ValueError):
    """An object names a key twice: one of the two values would be lost."""


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [key for key, _ in pairs]
        raise _DuplicateKey(next(key for key in names if names.count(key) > 1))
    return made


def _number(text: str) -> str:
    """A number as written; an exponent is written out."""
    if "e" in text or "E" in text:
        return number_text(float(text))
    return with_decimals(text.removesuffix(".0"))


def _constant(text: str) -> str:
    """`NaN` and `Infinity` are no values: the cell is empty."""
    return ""


_DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=_pairs
)


def read_json(
    path: Path,
    *,
    encoding: str | None = None,
    records: str | None = None,
    known: frozenset[str] | None = None,
) -> Table:
    """The list of records in a JSON document.

    `records` is its place, dotted (`result.results`); without it the document is the list, or
    holds exactly one list of objects. Records that are lists are rows, the first with the names of
    the columns. Raises FileError.
    """
    if path.stat().st_size > MAX_JSON:
        raise file_error(
            path,
            "documentul JSON are peste 256 MB",
            "the JSON document exceeds 256 MB",
            "Salvați-l ca JSON Lines (un obiect pe linie).",
            "Save it as JSON Lines (one object a line).",
        )
    if not records and _is_lines(path, encoding):
        return read_jsonl(path, encoding=encoding)
    found = _find(path, _parse(path, encoding), records)
    if found and all(isinstance(one, list) for one in found):
        grid = [
            (n, [_cell(cell) for cell in one])
            for n, one in enumerate(found, 1)
            if isinstance(one, list)
        ]
        return grid_table(path, lambda: ((n, list(cells)) for n, cells in grid), known=known)
    made = list(_rows(path.name, iter(enumerate(found, 1))))
    columns = bounded(path, column_names(made))
    return Table(path, columns, lambda: completed(iter(made), columns))


def _cell(value: object) -> str:
    """A cell of a row that is a list."""
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


def _parse(path: Path, encoding: str | None) -> object:
    text = path.read_bytes().decode(encoding or find_encoding(path), "replace").lstrip("\ufeff")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        where = f"{error.lineno}, {error.colno}"
        raise file_error(
            path,
            f"JSON greșit sau trunchiat (linia, coloana: {where})",
            f"broken or truncated JSON (line, column: {where})",
            "Descărcați fișierul din nou.",
            "Download the file again.",
        ) from None
    except _DuplicateKey as error:
        raise file_error(
            path,
            f"cheia „{error}” apare de două ori în același obiect",
            f"the key '{error}' stands twice in one object",
            "Păstrați o singură valoare.",
            "Keep one value only.",
        ) from None
    except RecursionError:
        raise file_error(
            path,
            "JSON-ul este imbricat prea adânc",
            "the JSON is nested too deep",
            "Salvați lista de înregistrări ca un tabel simplu.",
            "Save the list of records as a plain table.",
        ) from None


def _find(path: Path, document: object, records: str | None) -> list[object]:
    if records:
        node = document
        for step in records.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        if isinstance(node, list):
            return node
    elif isinstance(document, list):
        return document
    lists = [name for name, _ in _lists(document, "", 0)]
    if not records and len(lists) == 1:
        return next(found for _, found in _lists(document, "", 0))
    shown = ", ".join(lists[:20]) or "—"
    raise file_error(
        path,
        "nu se vede care este lista de înregistrări",
        "it is not clear which list holds the records",
        f"Declarați records; listele sunt: {shown}.",
        f"Declare records; the lists are: {shown}.",
    )


def _lists(node: object, name: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """Every list of objects that can be reached by keys alone, with its dotted place."""
    if isinstance(node, list) and any(isinstance(item, dict) for item in node):
        yield name, node
    elif isinstance(node, dict) and depth < _MAX_DEPTH:
        for key, child in node.items():
            yield from _lists(child, f"{name}.{key}" if name else key, depth + 1)


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
            flat = isinstance(record, dict) and not any(
                isinstance(value, dict | list) for value in record.values()
            )
            if flat and tuple(record) in forms:
                continue
            if flat:
                forms.add(tuple(record))
            names.update(dict.fromkeys(column_names(_record(path.name, 0, line))))
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
        record = _DECODER.decode(line)
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
