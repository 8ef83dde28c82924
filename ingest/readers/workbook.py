"""What an XLSX workbook holds beside its cells: sheets, shared texts, which styles are dates."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel

from ingest.readers.archive import check_markup, open_archive, refusing
from ingest.readers.rows import file_error, number_text
from ontology.money import known_currency

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
    dates: frozenset[int]
    durations: frozenset[int]
    percents: frozenset[int]
    currencies: Mapping[int, str]
    """By style, the currency that its cells show beside the number."""
    epoch: datetime

    def number(self, text: str, style: int) -> str:
        """A number as it looks: a date in ISO form, a percentage or an amount with its currency where
        the style says so, else as typed.

        Raises ValueError or OverflowError when it is no number, or no date.
        """
        value = float(text)
        if style in self.percents:
            return number_text(value * 100) + "%"
        if style not in self.dates:
            number = text if text.isdecimal() else number_text(value)
            return f"{number} {self.currencies[style]}" if style in self.currencies else number
        moment = from_excel(value, self.epoch, timedelta=style in self.durations)
        return moment_text(moment)


_CUSTOM = 164
"""Formats below this number are Excel's own; their currency is that of each reader's computer."""

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]')
_PLACED = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")


def _formats(book: Any) -> dict[int, str]:
    """By style, the format that its cells show a number in."""
    found: dict[int, str] = {}
    for style, cell in enumerate(book._cell_styles):
        number = int(cell.numFmtId)
        custom = number - _CUSTOM
        if 0 <= custom < len(book._number_formats):
            found[style] = str(book._number_formats[custom])
        elif custom < 0:
            found[style] = _OWN.get(number, "")
    return found


_OWN = {9: "0%", 10: "0.00%"}


def _bare(form: str) -> str:
    """A format without the words in it, which are shown as they stand."""
    return _QUOTED.sub("", form)


def _currency(form: str) -> str | None:
    """The one currency that a format shows; None when it shows none, or several."""
    words = [
        *_PLACED.findall(form),
        *(m[0] for m in _QUOTED.findall(form)),
        *re.findall("[€£]", _bare(form)),
    ]
    found = {code for word in words if (code := known_currency(word.strip()))}
    return found.pop() if len(found) == 1 else None


def moment_text(moment: object) -> str:
    """A date, time or duration in ISO form; a day's midnight is the day. Durations in days."""
    if isinstance(moment, datetime):
        whole = moment.time() == time()
        return moment.date().isoformat() if whole else moment.isoformat(timespec="seconds")
    if isinstance(moment, timedelta):
        return number_text(moment / timedelta(days=1))
    if isinstance(moment, date | time):
        return moment.isoformat()
    return "" if moment is None else str(moment)


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
        formats = _formats(reader.wb)
        return Workbook(
            path=path,
            sheets=sheets,
            texts=reader.shared_strings,
            dates=frozenset(reader.wb._date_formats),
            durations=frozenset(reader.wb._timedelta_formats),
            percents=frozenset(style for style, form in formats.items() if "%" in _bare(form)),
            currencies={
                style: code for style, form in formats.items() if (code := _currency(form))
            },
            epoch=reader.wb.epoch,
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
