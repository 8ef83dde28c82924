"""What a published schema does not require may be missing, null or new: the record comes in all the same."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from ingest.connectors import ckan, commongrants, hsds, threesixtygiving

SERVICES = {
    "360giving": (threesixtygiving.crawl, "/x", "360giving.json", ("grants",), "id"),
    "commongrants": (
        commongrants.crawl,
        commongrants.ROUTE,
        "commongrants-2.json",
        ("items",),
        "id",
    ),
    "hsds": (hsds.crawl, "/organizations", "hsds-organizations.json", ("contents",), "id"),
    "ckan": (ckan.crawl, ckan.ROUTE, "ckan.json", ("result", "results"), "name"),
}
GRANT = "id title description currency amountAwarded awardDate fundingOrganization recipientOrganization"
REQUIRED = {
    "360giving": set(GRANT.split()),
    "commongrants": {"id", "title", "status", "description", "createdAt", "lastModifiedAt"},
    "hsds": {"id", "name", "description"},
    "ckan": {"name"},
}


def variants(record: dict[str, Any], required: set[str], key: str) -> list[dict[str, Any]]:
    """The record without each optional field, with null in it, and with fields that no schema has."""
    made = [{**record, "x_new": {"a": [1, {"b": None}]}, "altceva": "text"}]
    for name in sorted(record.keys() - required):
        made += [{**record, name: None}, {k: v for k, v in record.items() if k != name}]
    for number, one in enumerate(made):
        one[key] = str(UUID(int=number)) if len(str(record[key])) == 36 else f"r-{number}"
    return made


@pytest.mark.parametrize("name", SERVICES)
def test_a_record_without_an_optional_field_is_taken(name, site, reply, example, harvest) -> None:
    crawl, path, file, steps, key = SERVICES[name]
    answer = example(file)
    inside = answer
    for step in steps[:-1]:
        inside = inside[step]
    records = inside[steps[-1]] = variants(inside[steps[-1]][0], REQUIRED[name], key)
    for holder in (answer, answer.get("paginationInfo", {}), answer.get("result", {})):
        for count, value in (
            ("totalPages", 1),
            ("total_pages", 1),
            ("count", len(records)),
            ("totalItems", len(records)),
            ("total_items", len(records)),
        ):
            if count in holder:
                holder[count] = value
    site.on("/services", reply({"contents": [], "total_pages": 1}))
    site.on(path, reply(json.dumps(answer).encode()))
    got = harvest(crawl, url=site.url + (path if name == "360giving" else ""), programme="P")
    told = [one.errors[0].message("en") for one in got.rejects]
    assert told == []
