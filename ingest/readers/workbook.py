"""What an XLSX workbook holds beside its cells: sheets, shared texts, which styles are dates."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet

from ingest.readers.archive import check_markup, open_archive, refusing
from ingest.readers.number_formats import CUSTOM, Looks, looks_of
from ingest.readers.rows import file_error

MAX_SHARED = 512 << 20
"""Bytes of the shared strings, which are held in memory."""

BROKEN = (ParseError, KeyError, TypeError, AttributeError, IndexError, AssertionError)
"""What openpyxl raises, beside ValueError, on workbooks that are not as Excel writes them."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, the archive member that holds it, and whether people see it."""

    title: str
    member: str
    visible: bool


@dataclass(frozen=True)
class Workbook:
    """An XLSX file without its cells."""

    path: Path
    sheets: tuple[Sheet, ...]
    texts: Sequence[str]
    looks: Looks


def _formats(book: Any) -> dict[int, str]:
    """By style, the format that its cells show a number in."""
    found: dict[int, str] = {}
    for style, cell in enumerate(book._cell_styles):
        number = int(cell.numFmtId)
        custom = number - CUSTOM
        if 0 <= custom < len(book._number_formats):
            found[style] = str(book._number_formats[custom])
        elif custom < 0:
            found[style] = _OWN.get(number, "")
    return found


_OWN = {9: "0%", 10: "0.00%"}


def open_workbook(path: Path) -> Workbook:
    """Reads everything but the cells, whatever the file is called. Raises FileError."""
    with open_archive(path) as archive:
        _refuse_traps(path, archive)
    with path.open("rb") as file, refusing(path, *BROKEN), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader: Any = ExcelReader(file, read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        sheets = tuple(
            Sheet(sheet.name, link.target, sheet.state == "visible")
            for sheet, link in reader.parser.find_sheets()
            if "chartsheet" not in link.Type
        )
        return Workbook(
            path=path,
            sheets=sheets,
            texts=reader.shared_strings,
            looks=looks_of(
                _formats(reader.wb),
                reader.wb.epoch,
                dates=frozenset(reader.wb._date_formats),
                durations=frozenset(reader.wb._timedelta_formats),
            ),
        )


def _refuse_traps(path: Path, archive: zipfile.ZipFile) -> None:
    """Entities anywhere, and more shared texts than can be held."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            check_markup(path, archive, member.filename)
        if member.filename.endswith("sharedStrings.xml") and member.file_size > MAX_SHARED:
            raise file_error(
                path,
                "textele registrului depășesc 512 MB",
                "the texts of the workbook exceed 512 MB",
                "Salvați foaia ca CSV.",
                "Save the sheet as CSV.",
            )
