"""Romania's national register of associations and foundations, as the Ministry of Justice's XLSX.

Options: `url` of the workbook, or `path` of a file beside source.yml; `form` (association,
foundation, federation, union); `counties` (Timiș unless given). Founders and board members are
private persons: those columns are never read. Bodies that were struck off are left out. Columns
are recognised by how their heading begins, since it changes between editions. org-id.guide has no
list for this register, so its numbers are identifiers of the source's own scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.crawl import Crawling, Made, fetcher, option, options, room
from ingest.given import Seen
from ingest.identifiers import bare_cui
from ingest.mapping import slug
from ingest.readers import BadRow, Table, open_table
from ingest.readers.base import find_format
from ingest.readers.workbook import open_workbook
from ingest.records import Record
from ingest.rejects import Reject
from ontology.errors import FileError, Said

_HEADINGS = {
    "county": ("judet",),
    "city": ("localitate",),
    "name": ("denumire",),
    "number": ("numar-de-inregistrare", "numar-inreg", "nr-inreg", "numar-registru", "nr-registru"),
    "state": ("stare",),
    "address": ("adresa", "sediu"),
    "purpose": ("scop",),
    "cui": ("cui", "cif", "cod-fiscal", "cod-unic", "cod-de-inregistrare-fiscala"),
    "founded": ("data-inregistr", "data-inscri", "data-dobandirii", "data-infiint"),
}
_NEEDED = ("name", "number", "county")
"""Without the last one, the name of the sheet is that of the county."""

_LEFT_OUT = re.compile(
    r"asociati|fondator|membr|consili|conduc|reprezent|presedint|lichidator|cenzor|telefon|mail|fax"
    r"|^nr-crt|^numar-crt|^$"
)
"""Columns that are left out on purpose: about persons, and the numbers of rows."""

_WORD = re.compile(r"^(?:jud(?:etul)?|mun(?:icipiul)?)-|-jud(?:etul)?$")
_STANDS = re.compile(r"^(?:inregistrat|inscris|activ|in-functiune)")
_STATE = "Stare în registru"
_CLOSED = re.compile(r"radiat|dizolvat|lichidat|incetat", re.I)


def crawl(context: Crawling) -> Iterator[Made]:
    """Every body of the wanted counties that stands in the register, whatever sheet it is on."""
    with TemporaryDirectory(dir=room(context)) as folder:
        path = _file(context, Path(folder))
        wanted = {_county(name) for name in options(context, "counties") or ("Timiș", "TM")}
        seen = Seen()
        for sheet, table, columns in _sheets(context, path):
            names = (name for name in table.columns if not _LEFT_OUT.search(slug(name)))
            context.unread.see(sheet or "csv", names, frozenset(columns.values()))
            for row in table:
                if isinstance(row, BadRow):
                    yield Reject(path.name, row.number, (row.error,), {})
                    continue
                told = {name: row.values[column] for name, column in columns.items()}
                county = _county(told.get("county", sheet))
                if county in wanted and not _CLOSED.search(slug(told.get("state", ""))):
                    yield from _record(context, path.name, row.number, told).done(seen)


def _county(name: str) -> str:
    """A county's name without the word for it: `Jud. Timiș` is `timis`."""
    return _WORD.sub("", slug(name))


def _file(context: Crawling, folder: Path) -> Path:
    if "path" in context.options:
        return context.source.folder / option(context, "path")
    answer = fetcher(context).get(option(context, "url"))
    file = folder / "register.xlsx"
    file.write_bytes(answer.body)
    return file


def _sheets(context: Crawling, path: Path) -> Iterator[tuple[str, Table, dict[str, str]]]:
    """Every sheet that has the register's columns, with its name and our names for them.

    Where no sheet has a column for the county, the sheets are named by county. A table under other
    headings is told as unread. Raises FileError when no sheet has what we need.
    """
    titles = [sheet.title for sheet in open_workbook(path).sheets] if _is_workbook(path) else [None]
    found, first = [], None
    for title in titles:
        try:
            table = open_table(path, sheet=title)
        except FileError:
            if len(titles) == 1:
                raise
            continue  # a sheet of notes, without a table
        first = first or table
        columns = _columns(table)
        needed = _NEEDED if title is None or len(titles) == 1 else _NEEDED[:2]
        if all(name in columns for name in needed):
            found.append((title or "", table, columns))
        else:
            context.unread.see("sheets", [str(title)], frozenset())
    if not found:
        raise _no_register(first) if first else _no_table(path)
    return iter(found)


def _is_workbook(path: Path) -> bool:
    return path.is_file() and find_format(path) == "xlsx"


def _columns(table: Table) -> dict[str, str]:
    """Our names for the register's columns; a heading over several lines counts by its last one too."""
    found: dict[str, str] = {}
    for column in table.columns:
        parts = [slug(part) for part in (column, *column.split(" / ")[1:])]
        for name, starts in _HEADINGS.items():
            if name not in found and any(part.startswith(starts) for part in reversed(parts)):
                found[name] = column
                break
    return found


def _no_table(path: Path) -> FileError:
    return FileError(
        Said("nicio foaie nu are un tabel", "no sheet has a table"),
        Said("Descărcați din nou registrul.", "Download the register again."),
        path.name,
    )


def _no_register(table: Table) -> FileError:
    shown = ", ".join(table.columns)
    return FileError(
        Said(
            f"nu se recunosc coloanele registrului ({shown})",
            f"the register's columns are not recognised ({shown})",
        ),
        Said(
            "Sunt necesare: Denumire, Număr de înregistrare, Județ.",
            "Needed: Denumire, Număr de înregistrare, Județ.",
        ),
        table.path.name,
    )


def _record(context: Crawling, file: str, number: int, told: Mapping[str, str]) -> Record:
    record = Record(file, number, told)
    name = record.require("name", told["name"])
    key = record.require("number", told["number"])
    key = re.sub(r"\s*/\s*", "/", key)
    wanted = f"org/{slug(name, 60)}-{slug(key)}"
    cui = bare_cui(told.get("cui", ""))
    cui = cui if cui.strip("0-–— ./") and any(map(str.isdigit, cui)) else ""  # `-`, `nu are`
    known = (context.resolve(k) for k in (f"ro-cui:{cui}", f"{context.source.scheme}:{key}"))
    made = record.entity("Organisation", next(filter(None, known), wanted))
    record.put(made, "identifiers", key, scheme=context.source.scheme)
    record.put(made, "identifiers", cui, scheme="ro-cui")
    record.put(made, "label", name, lang="ro")
    record.put(made, "legalForm", option(context, "form", "association"))
    record.put(made, "city", told.get("city"))
    record.put(made, "address", told.get("address"))
    record.put(made, "founded", told.get("founded"))
    lines, state = [told.get("purpose", "")], told.get("state", "")
    if state and not _STANDS.match(slug(state)):
        lines.append(f"{_STATE}: {state}.")
    record.put(made, "description", "\n".join(filter(None, lines)), lang="ro")
    return record
