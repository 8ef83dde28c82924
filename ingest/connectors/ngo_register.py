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

from ingest.mapping import slug
from ingest.readers import BadRow, Table, open_table
from ingest.records import Crawling, Made, Record, Seen, fetcher, option, options
from ingest.rejects import Reject
from ontology.errors import FileError, Said

_HEADINGS = {
    "name": ("denumire",),
    "number": ("numar-de-inregistrare", "numar-inreg", "nr-inreg", "numar-registru", "nr-registru"),
    "state": ("stare",),
    "county": ("judet",),
    "city": ("localitate",),
    "address": ("adresa", "sediu"),
    "purpose": ("scop",),
}
_NEEDED = ("name", "number", "county")
_CLOSED = re.compile(r"radiat|dizolvat|lichidat|incetat", re.I)


def crawl(context: Crawling) -> Iterator[Made]:
    """Every body of the wanted counties that stands in the register."""
    with TemporaryDirectory() as folder:
        table = _table(context, Path(folder))
        columns = _columns(table)
        wanted = {slug(name) for name in options(context, "counties") or ("Timiș",)}
        seen = Seen()
        for row in table:
            if isinstance(row, BadRow):
                yield Reject(table.path.name, row.number, (row.error,), {})
                continue
            told = {name: row.values[column] for name, column in columns.items()}
            if slug(told["county"]) in wanted and not _CLOSED.search(slug(told.get("state", ""))):
                yield from _record(context, table.path.name, row.number, told).done(seen)


def _table(context: Crawling, folder: Path) -> Table:
    if "path" in context.options:
        return open_table(context.source.folder / option(context, "path"))
    answer = fetcher(context).get(option(context, "url"))
    file = folder / "register.xlsx"
    file.write_bytes(answer.body)
    return open_table(file)


def _columns(table: Table) -> dict[str, str]:
    """Our names for the register's columns. Raises FileError when one that we need is missing."""
    found: dict[str, str] = {}
    for column in table.columns:
        folded = slug(column)
        for name, starts in _HEADINGS.items():
            if name not in found and folded.startswith(starts):
                found[name] = column
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise _no_register(table)
    return found


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
    wanted = f"org/{slug(name, 60)}-{slug(key)}"
    id_ = context.resolve(f"{context.source.scheme}:{key}") or wanted
    made = record.entity("Organisation", id_)
    record.put(made, "identifiers", key, scheme=context.source.scheme)
    record.put(made, "label", name, lang="ro")
    record.put(made, "legalForm", option(context, "form", "association"))
    record.put(made, "city", told.get("city"))
    record.put(made, "address", told.get("address"))
    record.put(made, "description", told.get("purpose"), lang="ro")
    return record
