"""The bundled city as records, read straight from its tables: what search is tried on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.catalogue.base import Record

TABLES = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"
GROUPS = {"working_group", "initiative_group", "platform_community"}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _many(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def ids_of_rows() -> dict[str, str]:
    """By row id of the tables, the id of the thing."""
    ids: dict[str, str] = {}
    for name in ("organisations.csv", "funders_and_beneficiaries.csv"):
        ids |= {row["id"]: "org/" + row["id"].removeprefix("org-") for row in _rows(name)}
    ids |= {
        row["id"]: "project/" + row["id"].removeprefix("proj-") for row in _rows("projects.csv")
    }
    ids |= {row["id"]: "call/" + row["id"].removeprefix("fund-") for row in _rows("funds.csv")}
    for row in _rows("platforms.csv"):
        ids[row["id"]] = "platform/" + row["id"].removeprefix("platform-")
    for row in _rows("bodies.csv"):
        prefix = "group/" if row["kind"] in GROUPS else "council/"
        ids[row["id"]] = prefix + row["id"].partition("-")[2]
    for row in _rows("legal_acts.csv"):
        ids[row["id"]] = ("strategy/" if row["kind"] == "strategy" else "act/") + row["id"]
    return ids


def _texts(ro: str | None, en: str | None = None) -> dict[str, str]:
    return {lang: text for lang, text in (("ro", ro), ("en", en)) if text}


def _values(row: dict[str, str], ids: dict[str, str], **extra: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "topics": [f"topic/{slug}" for slug in _many(row.get("topics"))],
        "altLabels": _many(row.get("alt_names")),
        "legalForm": row.get("kind"),
        "year": int(row["year"]) if row.get("year") else None,
        **extra,
    }
    own = {"scheme": "timisoara", "value": row["id"]}
    values["identifiers"] = [*values.get("identifiers", ()), own]
    for name in ("members", "memberships", "parent", "legal_act", "concerns", "operator",
                 "funder", "fund", "beneficiary"):  # fmt: skip
        values[name] = [ids[one] for one in _many(row.get(name)) if one in ids]
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def city_records() -> list[Record]:
    """Organisations, projects, calls, programmes, bodies, acts and platforms of the city."""
    ids = ids_of_rows()
    made: dict[str, Record] = {}

    def add(id_: str, type_: str, kind: str, values: dict[str, Any]) -> None:
        made.setdefault(id_, Record(id_, type_, kind, values))

    for row in [*_rows("organisations.csv"), *_rows("funders_and_beneficiaries.csv")]:
        about = _texts(row.get("activities_ro"), row.get("activities_en"))
        code = [{"scheme": "RO-CUI", "value": row["fiscal_code"]}] if row.get("fiscal_code") else []
        values = _values(row, ids, label=_texts(row["name"]), description=about,
                         city=row["city"], identifiers=code)  # fmt: skip
        add(ids[row["id"]], "Organisation", "ORGANISATION", values)
    for row in _rows("funds.csv"):
        programme = "programme/" + row["programme"].casefold().replace(" ", "-")
        add(programme, "Programme", "PROGRAMME", {"label": _texts(row["programme"])})
        values = _values(row, ids, label=_texts(row["name"]), programme=programme,
                         description=_texts(row["summary_ro"], row["summary_en"]))  # fmt: skip
        add(ids[row["id"]], "Call", "CALL", values)
    for row in _rows("projects.csv"):
        partners = [row["beneficiary_name"], *_many(row["partners"])]
        values = _values(row, ids, label=_texts(row["title"]), partnerNames=partners,
                         description=_texts(row["summary_ro"]))  # fmt: skip
        add(ids[row["id"]], "Project", "PROJECT", values)
    for row in _rows("bodies.csv"):
        kind = "WORKING_GROUP" if row["kind"] in GROUPS else "COUNCIL"
        values = _values(row, ids, label=_texts(row["name"]), bodyType=row["kind"],
                         description=_texts(row["summary_ro"], row["summary_en"]))  # fmt: skip
        add(ids[row["id"]], "Council", kind, values)
    for row in _rows("legal_acts.csv"):
        kind = "STRATEGY" if row["kind"] == "strategy" else "LEGAL_ACT"
        values = _values(row, ids, label=_texts(row["title_ro"]), number=row["number"])
        add(ids[row["id"]], kind.title(), kind, values)
    for row in _rows("platforms.csv"):
        values = _values(row, ids, label=_texts(row["name"]), software=row["software"],
                         description=_texts(row["purpose_ro"], row["purpose_en"]))  # fmt: skip
        add(ids[row["id"]], "Platform", "PLATFORM", values)
    return list(made.values())
