"""The bundled city as parties, read straight from its two lists."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.identity import Index, Party

CITY = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"


def _read() -> list[Party]:
    found: dict[str, dict[str, str]] = {}
    names: dict[str, list[str]] = {}
    for file in ("organisations.csv", "funders_and_beneficiaries.csv"):
        with (CITY / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                id_ = "org/" + row["id"].removeprefix("org-")
                held = found.setdefault(id_, {})
                for column in ("kind", "fiscal_code", "city", "website"):
                    held[column] = held.get(column) or row.get(column) or ""
                names.setdefault(id_, []).extend(
                    n for n in [row["name"], *(row.get("alt_names") or "").split(";")] if n
                )
    return [
        Party(
            id_,
            tuple(dict.fromkeys(names[id_])),
            held["kind"] or None,
            held["fiscal_code"] or None,
            held["city"] or None,
            held["website"] or None,
        )
        for id_, held in found.items()
    ]


@pytest.fixture(scope="session")
def city_parties() -> list[Party]:
    return _read()


@pytest.fixture(scope="session")
def city_index(city_parties: list[Party]) -> Index:
    return Index(city_parties)
