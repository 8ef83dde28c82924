"""Reads CSV and TSV: encoding and delimiter found, damaged rows refused one by one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ingest.readers.encoding import find_encoding, has_strays
from ingest.readers.grid import grid_table
from ingest.readers.heading import Line
from ingest.readers.lines import MAX_LINE, Piece, pieces
from ingest.readers.rows import BadLine, BadRow, Table, bad_row, file_error
from ontology.errors import FileError, Said

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*(<!doctype\s+html|<html|<head|<body|<\?xml)", re.I | re.S)


_TOO_LONG = (
    Said(
        f"o linie are peste {MAX_LINE:,} de caractere", f"a line has over {MAX_LINE:,} characters"
    ),
    Said("Verificați dacă fișierul este un tabel.", "Check that the file is a table."),
)
_LONG_CELL = (
    Said("o celulă are peste 131.072 de caractere", "a cell has over 131,072 characters"),
    Said("Scurtați textul din celulă.", "Shorten the text in the cell."),
)
_OPEN_QUOTE = (
    Said(
        "o celulă începe cu ghilimele care nu se mai închid",
        "a cell begins with a quote that is never closed",
    ),
    Said('Închideți ghilimelele (") sau ștergeți-le.', 'Close the quote (") or delete it.'),
)
_ZERO_BYTES = (
    Said("rândul conține octeți nuli", "the row contains zero bytes"),
    Said("Salvați din nou fișierul ca text UTF-8.", "Save the file again as UTF-8 text."),
)
_OUTSIDE = (
    Said(
        "rândul conține octeți care nu sunt în codarea fișierului",
        "the row contains bytes outside the file's encoding",
    ),
    Said("Salvați din nou fișierul ca UTF-8.", "Save the file again as UTF-8."),
)


def read_delimited(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    usual: str = ",",
    known: frozenset[str] | None = None,
) -> Table:
    """The table in a CSV or TSV file; `usual` is the delimiter that files of its name should have."""
    encoding = encoding or find_encoding(path)
    sample = _sample(path, encoding)
    _refuse_page(path, sample)
    found = delimiter or find_delimiter(sample, usual)
    _, width = _evenness(sample, found)

    def read() -> Iterator[Line | BadRow]:
        source = pieces(path, encoding, tabs=found == "\t")
        return _Records(path, found, width).read(source)

    return grid_table(path, read, delimited=True, known=known)


def _sample(path: Path, encoding: str) -> list[str]:
    first: list[Piece] = list(islice(pieces(path, encoding), 2))
    return [line for piece in first for line in piece.lines][:_SAMPLE_LINES]


def _refuse_page(path: Path, sample: list[str]) -> None:
    if _HTML.match("".join(sample[:20])):
        raise web_page(path)


def web_page(path: Path) -> FileError:
    """A page came instead of a table."""
    return file_error(
        path,
        "conține o pagină web (poate un mesaj de eroare al serverului), nu un tabel",
        "holds a web page (perhaps an error message of the server), not a table",
        "Descărcați din nou tabelul, sau declarați format: html.",
        "Download the table again, or declare format: html.",
    )


def find_delimiter(sample: list[str], usual: str = ",") -> str:
    """The delimiter that cuts the sample into the most even table; the usual one when none does."""
    return max(usual + _DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[float, int]:
    """The share of rows with the usual number of cells, and that number."""
    widths = [len(row) for row in _parsed(sample, delimiter) if row]
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)


def _parsed(sample: list[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        # A cell of the sample is too long for the parser: what was cut before it still counts.
        return rows
    return rows


class _Records:
    """Cuts pieces of a file into records, each with its number, and refuses what is damaged.

    A quote that never closes would swallow the rest of the file. So a record over several lines
    must have the usual number of cells; else only its first line is refused, and the lines after
    it are read again.
    """

    def __init__(self, path: Path, delimiter: str, width: int) -> None:
        self._name = path.name
        self._delimiter = delimiter
        self._width = width
        self._number = 0
        self._carry: list[str] = []

    def read(self, source: Iterator[Piece]) -> Iterator[Line | BadRow]:
        """Every record as (number, cells), or the reason why it cannot be read."""
        for piece in source:
            if piece.lines:
                yield from self._piece(piece, last=False)
            else:
                yield from self._piece(piece, last=True)
                yield self._refused(_TOO_LONG)
        yield from self._piece(Piece([]), last=True)

    def _piece(self, piece: Piece, *, last: bool) -> Iterator[Line | BadRow]:
        """The records in these lines; one left open at the end waits for more, unless `last`."""
        lines, damaged = self._carry + piece.lines, piece.damaged
        self._carry = []
        start = 0
        while start < len(lines):
            reader = csv.reader(islice(lines, start, None), delimiter=self._delimiter, strict=True)
            done, why = 0, ""
            try:
                for cells in reader:
                    if reader.line_num - done > 1 and len(cells) != self._width:
                        break
                    done = reader.line_num
                    self._number += 1
                    if damaged and (wrong := _damage(cells)) is not None:
                        yield self._damaged(cells, *wrong)
                    else:
                        yield self._number, cells
                else:
                    return
            except csv.Error as error:
                why = str(error)
            start += done
            record = lines[start : start + reader.line_num - done]
            if "end of data" in why and not last and sum(map(len, record)) < MAX_LINE:
                self._carry = record
                return
            mended = self._mended(record, why)
            start += len(record) if isinstance(mended, tuple) else 1
            yield mended

    def _mended(self, record: list[str], why: str) -> Line | BadRow:
        """A record that the strict parser refused: read leniently when it stands on one line."""
        if len(record) > 1 or not why or "end of data" in why:
            return self._refused(_OPEN_QUOTE, record[0])
        if "field larger" in why:
            return self._refused(_LONG_CELL, record[0])
        self._number += 1
        return self._number, next(csv.reader(record, delimiter=self._delimiter))

    def _damaged(self, cells: list[str], what: Said, fix: Said) -> BadRow:
        """A row with characters that are none: its cells are known all the same."""
        at = next(i for i, cell in enumerate(cells) if _damage([cell]))
        bad = bad_row(self._name, self._number, what, fix, value=cells[at])
        if len(cells) != self._width:
            return bad
        readable = tuple(cell.replace("\0", "") for cell in cells)
        return BadLine(bad.number, bad.place, bad.error, raw=readable, wrong=at)

    def _refused(self, why: tuple[Said, Said], line: str = "") -> BadRow:
        self._number += 1
        return bad_row(self._name, self._number, *why, value=line[:200].rstrip("\n"))


def _damage(cells: list[str]) -> tuple[Said, Said] | None:
    """What is wrong with the characters of a row, if anything."""
    text = "".join(cells)
    if "\0" in text:
        return _ZERO_BYTES
    return _OUTSIDE if has_strays(text) else None
