"""What an XLSX workbook holds beside its cells: sheets, shared texts, how its styles show numbers."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_REVERSE
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS

from ingest.readers.archive import check_markup, open_archive, refusing
from ingest.readers.markup import Element, each, local
from ingest.readers.number_formats import CUSTOM, Looks, looks_of
from ingest.readers.shared_texts import SharedTexts

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


def open_workbook(path: Path) -> Workbook:
    """Reads everything but the cells, whatever the file is called. Raises FileError."""
    with open_archive(path) as archive, refusing(path, *BROKEN):
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                check_markup(path, archive, member.filename)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader: Any = ExcelReader(file, read_only=True, keep_links=False)
            reader.read_manifest()
            reader.read_workbook()
            shared = reader.package.find(SHARED_STRINGS)
            return Workbook(
                path=path,
                sheets=tuple(
                    Sheet(sheet.name, link.target, sheet.state == "visible")
                    for sheet, link in reader.parser.find_sheets()
                    if "chartsheet" not in link.Type
                ),
                texts=SharedTexts(
                    () if shared is None else _texts(path, archive, shared.PartName[1:])
                ),
                looks=looks_of(_formats(path, archive), reader.wb.epoch),
            )


def _texts(path: Path, archive: zipfile.ZipFile, member: str) -> Iterator[str]:
    """The shared texts: parts in several fonts joined, reading aids for Asian scripts left out."""
    with archive.open(member) as source:
        for shared in each(path, source, "si"):
            yield "".join(
                part.text or ""
                for child in shared
                for part in ((child,) if local(child.tag) == "t" else child)
                if local(child.tag) in ("t", "r") and local(part.tag) == "t"
            )


def _formats(path: Path, archive: zipfile.ZipFile) -> dict[int, tuple[int, str]]:
    """By style, the number of its format and the format; those written out in the file count from CUSTOM."""
    if ARC_STYLE not in archive.namelist():
        return {}
    with archive.open(ARC_STYLE) as source:
        custom = {
            int(one.get("numFmtId", "0")): one.get("formatCode", "")
            for one in each(path, source, "numFmt", _within("numFmts"))
        }
    found: dict[int, tuple[int, str]] = {}
    with archive.open(ARC_STYLE) as source:
        for style, one in enumerate(each(path, source, "xf", _within("cellXfs"))):
            number = int(one.get("numFmtId", "0"))
            if number in custom:
                form = custom[number]
                found[style] = BUILTIN_FORMATS_REVERSE.get(form, CUSTOM), form
            else:
                found[style] = number, BUILTIN_FORMATS.get(number, "")
    return found


def _within(name: str) -> Any:
    """Whether an element stands right below one of that name."""

    def stands(element: Element) -> bool:
        above = element.getparent()
        return above is not None and local(above.tag) == name

    return stands
