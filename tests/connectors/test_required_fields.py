"""What the published schemas require is held here, and a record without what gives it meaning is refused by name."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.connectors import commongrants, hsds, threesixtygiving
from ingest.texts import plain

HERE = Path(__file__).parent

AWARDS = (threesixtygiving.crawl, "/x", "360giving.json", "grants")
CALLS = (commongrants.crawl, commongrants.ROUTE, "commongrants-2.json", "items")
BODIES = (hsds.crawl, "/organizations", "hsds-organizations.json", "contents")

REQUIRED = {
    AWARDS: (
        "id", "title", "currency", "amountAwarded", "awardDate", "fundingOrganization",
        "recipientOrganization", "recipientOrganization.0.id", "recipientOrganization.0.name",
        "fundingOrganization.0.id", "fundingOrganization.0.name",
    ),
    CALLS: ("id", "title"),
    BODIES: ("id", "name"),
}  # fmt: skip
"""The required fields without which a record says nothing here."""

HELD = {
    AWARDS: ("id", "title", "description", "currency", "amountAwarded", "awardDate",
             "fundingOrganization.0.name", "recipientOrganization.0.name"),
    CALLS: ("id", "title", "description"),
    BODIES: ("id", "name", "description"),
}  # fmt: skip
"""The required fields whose values must be found again in what is made of the record."""


def schema_of(name: str) -> dict[str, Any]:
    return json.loads((HERE / "schemas" / name).read_text(encoding="utf-8"))["$defs"]


def without(record: dict[str, Any], place: str) -> dict[str, Any]:
    made = copy.deepcopy(record)
    *steps, last = place.split(".")
    node: Any = made
    for step in steps:
        node = node[int(step) if step.isdigit() else step]
    del node[last]
    return made


def at(record: Any, place: str) -> Any:
    for step in place.split("."):
        record = record[int(step) if step.isdigit() else step]
    return record


@pytest.fixture
def crawled(site, reply, example, harvest):
    def run(service: tuple[Any, str, str, str], change: Any = lambda record: record) -> Any:
        crawl, path, name, key = service
        answer = example(name)
        answer[key] = [change(answer[key][0])]
        for holder, count in (
            ("paginationInfo", "totalPages"),
            ("paginationInfo", "totalItems"),
            (None, "total_pages"),
            (None, "total_items"),
        ):
            inside = answer.get(holder, {}) if holder else answer
            if count in inside:
                inside[count] = 1
        site.on("/services", reply({"contents": [], "total_pages": 1}))
        site.on(path, reply(answer))
        root = site.url + (path if crawl is threesixtygiving.crawl else "")
        return answer[key][0], harvest(crawl, url=root, programme="Fond de probă")

    return run


@pytest.mark.parametrize(
    ("service", "place"), [(one, place) for one, places in REQUIRED.items() for place in places]
)
def test_a_record_without_it_is_refused_and_says_which(crawled, service, place: str) -> None:
    _, got = crawled(service, lambda record: without(record, place))
    (refused,) = got.rejects
    assert any(error.column.startswith(place.split(".")[0]) for error in refused.errors)
    assert all(error.fix.ro and error.fix.en for error in refused.errors)


@pytest.mark.parametrize("service", HELD)
def test_what_the_schema_requires_is_held(crawled, service) -> None:
    record, got = crawled(service)
    assert got.rejects == []
    said = " ".join(
        str(value.value)
        for entity in got.entities
        for part in entity.parts()
        for values in part.values.values()
        for value in values
    )
    for place in HELD[service]:
        assert plain(at(record, place)).split("T")[0] in said, place


def test_the_lists_above_are_those_of_the_schemas() -> None:
    grants = schema_of("360giving-1.4.schema.json")["Grant"]["required"]
    assert set(grants) <= {place.split(".")[0] for place in HELD[AWARDS]}
    calls = schema_of("commongrants-opportunities.schema.json")["OpportunityBase"]["required"]
    assert set(calls) - {"createdAt", "lastModifiedAt", "status"} == set(HELD[CALLS])
    bodies = schema_of("hsds-3.schema.json")["Organization"]["required"]
    assert set(bodies) == set(HELD[BODIES])
