"""Operations of EU cohesion policy as Kohesio exports them (CSV): projects, beneficiaries, grants.

Options: `url` of the export, or `path` of a file beside source.yml; `regions` (NUTS 3 codes; RO424,
Timiș, unless given). The place of an operation may be the seat of its beneficiary: it is told in
the description with that warning and never becomes the project's place. Beneficiaries that the
publisher made anonymous stay unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from stdnum.ro import cui as fiscal

from ingest.crawl import Crawling, Made, fetcher, option, options, room
from ingest.given import Seen, organisation_id
from ingest.identifiers import bare_cui
from ingest.mapping import slug
from ingest.readers import BadRow, Table, open_table
from ingest.records import Record
from ingest.rejects import Reject
from ontology.entity import Entity
from ontology.errors import FileError, Said

_NAMES = {
    name.lower(): name
    for name in (
        "Operation_Unique_Identifier", "Operation_Local_Identifier", "Operation_Name_English",
        "Operation_Name_Programme_Language", "Operation_Summary_English",
        "Operation_Summary_Programme_Language", "Operation_Start_Date", "Operation_End_Date",
        "Cofinancing_Rate", "Total_Eligible_Expenditure_amount",
        "Total_Eligible_Expenditure_Currency", "Project_EU_Budget", "Beneficiary_Unique_Identifier",
        "Beneficiary_Local_Identifier", "Beneficiary_Name", "Location_Indicator_latitude_longitude",
        "LAU_Labels", "NUTS3_Code", "Programme_Code", "Programme_Name", "Category_Label",
        "Thematic_Objective_Label", "Policy_Objective_Label",
    )
}  # fmt: skip
"""The columns that are read; other copies of the export write them in small letters."""

_LEFT_OUT = re.compile(
    r"country|postal_code|region$|nuts\d|lau_|fund_|programming_period|managingauthority|image_"
    r"|inforegio|.*_(id|of_intervention)$|project_web|coordinates"
)
"""Columns that are left out on purpose: places and codes told otherwise, pictures, offices."""

_SAMPLE = 1_000
"""Numbers of beneficiaries by which it is told whether they are fiscal codes."""

_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_THEMES = ("Category_Label", "Thematic_Objective_Label", "Policy_Objective_Label")
_SAID = {
    "ro": {"theme": "Domeniu", "rate": "Cofinanțare din fonduri europene"},
    "en": {"theme": "Field", "rate": "Co-financing by the Union"},
}
_NEEDED = ("Operation_Unique_Identifier", "Operation_Name_Programme_Language", "NUTS3_Code")
_ANONYMOUS = re.compile(
    r"^\W*$|^(private|natural) person|^persoan[aă] fizic[aă]|anonymi[sz]ed", re.I
)
_SEAT = {
    "ro": "Locația indicată: {place} (poate fi sediul beneficiarului, nu locul proiectului).",
    "en": "Location given: {place} (may be the beneficiary's seat, not the project's place).",
}


def crawl(context: Crawling) -> Iterator[Made]:
    """Every operation in the wanted regions."""
    with TemporaryDirectory(dir=room(context)) as folder:
        table = _table(context, Path(folder))
        names = {column.lower(): column for column in table.columns}
        missing = [name for name in _NEEDED if name.lower() not in names]
        if missing:
            raise _no_export(table.path.name, ", ".join(missing))
        context.unread.see("csv", (n for n in names if not _LEFT_OUT.match(n)), frozenset(_NAMES))
        coded = _fiscal_codes(table, names.get("beneficiary_local_identifier"))
        regions = {code.upper() for code in options(context, "regions") or ("RO424",)}
        seen, leads = Seen(), dict[str, str]()
        for row in table:
            if isinstance(row, BadRow):
                yield Reject(table.path.name, row.number, (row.error,), {})
                continue
            values = {_NAMES.get(name.lower(), name): text for name, text in row.values.items()}
            if not coded:
                values.pop("Beneficiary_Local_Identifier", None)
            if regions.intersection(_CODE.findall(values["NUTS3_Code"].upper())):
                record = _record(context, table.path.name, row.number, values, leads)
                yield from record.done(seen)


def _fiscal_codes(table: Table, column: str | None) -> bool:
    """Whether a country's own numbers of beneficiaries are fiscal codes: nearly all of the first agree.

    One of ten numbers of any other register has the right check digit by chance.
    """
    if column is None:
        return False
    rows = (row.values[column] for row in table if not isinstance(row, BadRow))
    some = list(islice(filter(None, rows), _SAMPLE))
    return sum(_cui(one) is not None for one in some) > 0.9 * len(some)


def _cui(written: str) -> str | None:
    bare = bare_cui(written)
    return bare if fiscal.is_valid(bare) else None


def _no_export(name: str, missing: str) -> FileError:
    return FileError(
        Said(f"lipsesc coloanele: {missing}", f"columns are missing: {missing}"),
        Said("Descărcați exportul de proiecte Kohesio.", "Download the project export of Kohesio."),
        name,
    )


def _table(context: Crawling, folder: Path) -> Table:
    if "path" in context.options:
        return open_table(context.source.folder / option(context, "path"))
    answer = fetcher(context).get(option(context, "url"))
    file = folder / "kohesio.csv"
    file.write_bytes(answer.body)
    return open_table(file, format="csv")


def _record(
    context: Crawling, file: str, number: int, row: Mapping[str, str], leads: dict[str, str]
) -> Record:
    record = Record(file, number, row)
    page = record.require("Operation_Unique_Identifier", row["Operation_Unique_Identifier"])
    key = page.rstrip("/").rsplit("/", 1)[-1]
    title = row["Operation_Name_Programme_Language"] or row.get("Operation_Name_English", "")
    record.require("Operation_Name_Programme_Language", title)
    project = record.entity("Project", f"project/kohesio-{slug(key)}", page)
    record.put(project, "identifiers", key, scheme=context.source.scheme)
    local = row.get("Operation_Local_Identifier")
    record.put(project, "identifiers", local, scheme=f"{context.source.scheme}-local")
    record.put(project, "label", title, lang="ro")
    record.put(project, "label", row.get("Operation_Name_English"), lang="en")
    for lang, column in (("ro", "Programme_Language"), ("en", "English")):
        told = row.get(f"Operation_Summary_{column}", "")
        record.put(project, "description", _with_notes(told, row, lang), lang=lang)
    record.put(project, "start", row.get("Operation_Start_Date"))
    record.put(project, "end", row.get("Operation_End_Date"))
    record.put(project, "amount", row.get("Total_Eligible_Expenditure_amount"))
    record.put(project, "currency", row.get("Total_Eligible_Expenditure_Currency") or "EUR")
    project.add("status", "funded")
    project.add(
        "amountStatus", "awarded" if row.get("Total_Eligible_Expenditure_amount") else "unknown"
    )
    _programme(record, row, page)
    beneficiary = _beneficiary(context, record, row, page)
    if beneficiary is not None:
        # an operation of several beneficiaries stands on several rows: the first one leads
        if leads.setdefault(project.id, beneficiary.id) == beneficiary.id:
            project.add("lead", beneficiary.id)
            _grant(record, row, project, beneficiary, page)
        else:
            project.add("partners", beneficiary.id)
    return record


def _with_notes(told: str, row: Mapping[str, str], lang: str) -> str:
    """The summary, its field and rate, and the place with its warning."""
    said, lines = _SAID[lang], [told]
    if themes := ", ".join(dict.fromkeys(filter(None, (row.get(name) for name in _THEMES)))):
        lines.append(f"{said['theme']}: {themes}.")
    if rate := row.get("Cofinancing_Rate"):
        lines.append(f"{said['rate']}: {rate.removesuffix('.0')} %.")
    place = row.get("LAU_Labels") or row.get("Location_Indicator_latitude_longitude") or ""
    lines.append(_SEAT[lang].format(place=place) if place else "")
    return "\n".join(filter(None, lines))


def _programme(record: Record, row: Mapping[str, str], page: str) -> None:
    name, code = row.get("Programme_Name", ""), row.get("Programme_Code", "")
    if not name:
        return
    made = record.entity("Programme", f"programme/{slug(code or name)}", page)
    record.put(made, "label", name, lang="ro")
    record.put(made, "identifiers", code, scheme="eu-cci")
    record.put(made, "level", "EU")


def _beneficiary(
    context: Crawling, record: Record, row: Mapping[str, str], page: str
) -> Entity | None:
    name = row.get("Beneficiary_Name", "")
    if _ANONYMOUS.search(name):
        return None
    key = row.get("Beneficiary_Unique_Identifier", "").rstrip("/").rsplit("/", 1)[-1]
    keys = (f"{context.source.scheme}:{key}",) if key else ()
    cui = _cui(row.get("Beneficiary_Local_Identifier", ""))
    made = record.entity("Organisation", organisation_id(context, name, cui=cui, keys=keys), page)
    record.put(made, "identifiers", cui, scheme="ro-cui")
    record.put(made, "label", name, lang="ro")
    record.put(made, "identifiers", key, scheme=context.source.scheme)
    return made


def _grant(
    record: Record, row: Mapping[str, str], project: Entity, beneficiary: Entity, page: str
) -> None:
    """The Union's share; its currency is the euro."""
    if not row.get("Project_EU_Budget"):
        return
    grant = record.entity("Grant", project.id.replace("project/", "grant/", 1), page)
    for value in project.values.get("label", ()):
        grant.add("label", value.value, lang=value.lang)
    record.put(grant, "amount", row["Project_EU_Budget"])
    grant.add("currency", "EUR")
    grant.add("recipient", beneficiary.id)
    grant.add("project", project.id)
