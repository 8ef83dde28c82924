"""Answers of any length, piece by piece: JSON lists, tables, and files that are whole or not there."""

from __future__ import annotations

import csv
import io
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import orjson

from ontology.errors import InputError, Said
from viz.xml_text import fit

PIECE = 1 << 16
"""Bytes that are handed on together, about."""

MOST_ROWS = 1 << 20
"""Rows of a sheet of a workbook, its header included: the format has no more."""


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning."""
    file.seek(0)
    yield from iter(lambda: file.read(PIECE), b"")


def joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def json_list(values: Iterable[Any]) -> Iterator[bytes]:
    """A list as indented JSON with a final line break, one value at a time."""
    before = b"[\n  "
    for value in values:
        made = orjson.dumps(value, option=orjson.OPT_INDENT_2)
        yield before + made.replace(b"\n", b"\n  ")
        before = b",\n  "
    yield b"[]\n" if before.startswith(b"[") else b"\n]\n"


def csv_rows(rows: Iterable[Sequence[str]], delimiter: str = ",") -> Iterator[bytes]:
    """The rows as text, marked as UTF-8 so that spreadsheets read the diacritics."""
    yield "\ufeff".encode()
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def workbook(sheets: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> Iterator[bytes]:
    """Sheets with their titles as an XLSX file, by way of files on disk.

    Raises InputError when one has more rows than the format holds.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title[:31])
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise InputError(
                    Said(
                        f"„{title}” are peste {MOST_ROWS:,} de rânduri: un fișier .xlsx nu le cuprinde",
                        f"'{title}' has over {MOST_ROWS:,} rows: an .xlsx file cannot hold them",
                    ),
                    Said("Cereți .csv.", "Ask for .csv."),
                )
            sheet.append([fit(cell) for cell in row])
    with TemporaryFile() as file:
        book.save(file)
        yield from pieces_of(file)


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file that is either as it was or whole, whatever goes wrong on the way."""
    if path.exists() and not path.is_file():  # a pipe, a device: what was written stays written
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    path = path.resolve()  # a link stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
