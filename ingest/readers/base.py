"""Opens a table in any format we read; the format is found from the bytes, then from the name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ingest.readers.archive import damaged, open_archive
from ingest.readers.delimited import read_delimited, web_page
from ingest.readers.document import missing
from ingest.readers.docxtable import read_docx
from ingest.readers.htmltable import read_html
from ingest.readers.jsonfile import read_json, read_jsonl
from ingest.readers.ods import read_ods
from ingest.readers.rows import BadRow, Row, Table, file_error
from ingest.readers.xls import read_xls
from ingest.readers.xlsx import read_xlsx
from ingest.readers.xmlfile import read_xml

__all__ = ["FORMATS", "BadRow", "Row", "Table", "open_table"]

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".json": "json",
    ".geojson": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "xml",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
}
FORMATS = tuple(dict.fromkeys(_SUFFIXES.values()))
"""The formats that can be declared."""

_NO_TABLES = {
    b"\x1f\x8b": ("o arhivă (.gz)", "an archive (.gz)"),
    b"7z\xbc\xaf": ("o arhivă (.7z)", "an archive (.7z)"),
    b"Rar!": ("o arhivă (.rar)", "an archive (.rar)"),
    b"\x89PNG": ("o imagine", "a picture"),
    b"\xff\xd8\xff": ("o imagine", "a picture"),
    b"SQLite format 3": ("o bază de date", "a database"),
}
"""How other files begin that come under the name of a table."""

_PAGE = re.compile(rb"<(?:!doctype html|html|table)\b", re.IGNORECASE)
"""Many a service sends a web page under the name .xls; Excel opens it with a warning."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of old Word and Excel files, and of files under a password."""

_BARE_WORKBOOK = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
"""An old workbook without the container."""


def open_table(
    path: Path,
    *,
    format: str | None = None,
    sheet: str | int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    records: str | None = None,
    known: frozenset[str] | None = None,
) -> Table:
    """The table in a file: iterate it for rows (Row, or BadRow where one cannot be read).

    `format` is one of FORMATS, found when omitted. `sheet` chooses a sheet or an HTML table by
    name or number (from 1); `encoding` and `delimiter` are for text, found when omitted;
    `records` is the dotted place of the records in JSON and XML. `known` are the names that columns
    are expected to have: the sheet, the table and the row that have them are the right ones, and a
    header that is printed again is no row. Raises FileError when the file
    as a whole cannot be read, here or while iterating.
    """
    if not path.is_file():
        raise missing(path)
    kind = format or find_format(path)
    readers: dict[str, Callable[[], Table]] = {
        "csv": lambda: read_delimited(path, encoding=encoding, delimiter=delimiter, known=known),
        "tsv": lambda: read_delimited(
            path, encoding=encoding, delimiter=delimiter, usual="\t", known=known
        ),
        "xlsx": lambda: read_xlsx(path, sheet=sheet, known=known),
        "xls": lambda: read_xls(path, sheet=sheet, known=known),
        "ods": lambda: read_ods(path, sheet=sheet, known=known),
        "json": lambda: read_json(path, encoding=encoding, records=records, known=known),
        "jsonl": lambda: read_jsonl(path, encoding=encoding),
        "xml": lambda: read_xml(path, records=records),
        "html": lambda: read_html(path, sheet=sheet, encoding=encoding, known=known),
        "docx": lambda: read_docx(path, sheet=sheet, known=known),
    }
    if kind not in readers:
        formats = ", ".join(FORMATS)
        raise file_error(
            path,
            f"formatul „{kind}” nu este cunoscut",
            f"the format '{kind}' is not known",
            f"Formatele sunt: {formats}.",
            f"The formats are: {formats}.",
        )
    return readers[kind]()


def find_format(path: Path) -> str:
    """The format of a file: an archive by what it holds, anything else by its name."""
    with path.open("rb") as file:
        head = file.read(2048)
    if not head:
        raise file_error(
            path,
            "fișierul este gol",
            "the file is empty",
            "Descărcați-l sau salvați-l din nou.",
            "Download it or save it again.",
        )
    if head.startswith(_OLD_OFFICE) or _BARE_WORKBOOK.match(head):
        return "xls"
    if head.startswith(b"PK"):
        return _archive(path)
    if head.startswith(b"%PDF"):
        raise file_error(
            path,
            "este un PDF, nu un tabel",
            "this is a PDF, not a table",
            "Cereți tabelul ca XLSX sau CSV.",
            "Ask for the table as XLSX or CSV.",
        )
    for start, (ro, en) in _NO_TABLES.items():
        if head.startswith(start):
            raise file_error(
                path,
                f"este {ro}, nu un tabel",
                f"this is {en}, not a table",
                "Dezarhivați fișierul, sau cereți tabelul ca XLSX ori CSV.",
                "Unpack the file, or ask for the table as XLSX or CSV.",
            )
    if path.suffix.lower() == ".xls":
        return "html" if _PAGE.search(head) else "csv"
    found = _SUFFIXES.get(path.suffix.lower(), "csv")
    if found in ("xlsx", "ods", "docx"):
        raise web_page(path) if _PAGE.search(head) else damaged(path)
    return found


def _archive(path: Path) -> str:
    with open_archive(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if "word/document.xml" in names:
        return "docx"
    raise file_error(
        path,
        "este o arhivă în care nu se află un tabel XLSX, ODS sau DOCX",
        "this is an archive that holds no XLSX, ODS or DOCX table",
        "Dezarhivați-o și dați fișierul dinăuntru.",
        "Unpack it and give the file inside.",
    )
