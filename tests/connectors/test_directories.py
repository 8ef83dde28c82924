"""An HSDS directory: what organisations offer, where they are, what they are part of (all synthetic)."""

from __future__ import annotations

import pytest

from ingest.connectors.hsds import crawl

OWN = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
OTHER = OWN[:-1] + "9"
CANTEEN = {"id": OWN, "name": "Cantina de Probă", "description": "Ajută."}
MEAL = {"id": "s", "organization_id": OWN, "name": "Masă caldă", "status": "active"}


@pytest.fixture
def directory(site, reply, harvest):
    def page(items):
        return {"total_items": len(items), "total_pages": 1, "contents": list(items)}

    def run(organisations, services=()):
        site.on("/organizations", reply(page(organisations)))
        site.on("/services", reply(page(services)))
        return harvest(crawl, url=site.url)

    return run


def test_a_service_tells_what_it_is_for_whom_and_where(directory):
    meal = {
        **MEAL,
        "description": "<p>Prânz zilnic.</p>",
        "eligibility_description": "vârstnici",
        "attributes": [{"taxonomy_term": {"name": "Cantină socială"}}],
        "service_areas": [{"name": "Timiș"}],
    }
    got = directory([CANTEEN], [meal])
    assert got.entities[0].first("description") == (
        "Ajută.\nServicii: Masă caldă.\n"
        "Masă caldă: Prânz zilnic.; pentru: vârstnici; Cantină socială; zona: Timiș"
    )


@pytest.mark.parametrize(
    ("status", "told"),
    [("inactive", None), ("defunct", None), ("temporarily closed", "Masă caldă (închis temporar)")],
)
def test_services_that_are_closed_for_good_are_left_out(directory, status, told):
    description = (
        directory([CANTEEN], [{**MEAL, "status": status}]).entities[0].first("description")
    )
    assert description == ("Ajută." if told is None else f"Ajută.\nServicii: {told}.")


def test_a_service_belongs_to_its_organisation_in_capitals_too(directory):
    got = directory([CANTEEN], [{**MEAL, "organization_id": OWN.upper()}])
    assert "Masă caldă" in got.entities[0].first("description")


def test_services_of_no_organisation_that_came_are_told_one_by_one(directory):
    got = directory([CANTEEN], [{**MEAL, "id": n, "organization_id": OTHER} for n in ("1", "2")])
    assert [one.row for one in got.rejects] == [1, 2]
    assert "did not come" in got.rejects[0].errors[0].message()


def test_an_organisation_that_is_part_of_another_is_its_member(directory):
    branch = {"id": OTHER, "name": "Filiala", "description": "", "parent_organization_id": OWN}
    got = directory([branch, CANTEEN])
    (member,) = got.ids("membership/")
    assert got.value(member, "organisation") == "org/filiala"
    assert got.value(member, "body") == "org/cantina-de-proba"


def test_a_parent_that_did_not_come_is_told(directory):
    got = directory([{**CANTEEN, "parent_organization_id": OTHER}])
    assert len(got.ids("org/")) == 1
    assert "did not come" in got.rejects[0].errors[0].message()


def test_it_stands_on_the_map_where_its_address_is(directory):
    places = [
        {"id": "1", "location_type": "virtual", "url": "https://x.example.org"},
        {
            "id": "2",
            "latitude": "45.75",
            "longitude": "21.22",
            "addresses": [{"city": "Timișoara"}],
        },
    ]
    made = directory([{**CANTEEN, "locations": places}]).entities[0]
    assert (made.first("city"), made.first("location")) == ("Timișoara", (45.75, 21.22))


@pytest.mark.parametrize("name", ["RO-CUI", "CUI", "CIF", "Cod fiscal"])
def test_a_fiscal_code_is_known_by_what_publishers_call_it(directory, name):
    told = [{"id": "1", "identifier_type": name, "identifier": "RO12345674"}]
    got = directory([{**CANTEEN, "organization_identifiers": told}])
    assert got.ids("org/") == ["org/ro-cui-12345674"]


def test_an_organisation_that_would_be_part_of_itself_stands_alone_and_it_is_told(directory):
    got = directory([{**CANTEEN, "parent_organization_id": OWN}])
    assert len(got.ids("org/")) == 1
    assert not got.ids("membership/")
    assert "stands under itself" in got.rejects[0].errors[0].message()


def test_a_place_at_zero_degrees_is_no_place(directory):
    made = directory([{**CANTEEN, "locations": [{"latitude": 0, "longitude": "0.0"}]}]).entities[0]
    assert made.first("location") is None


@pytest.mark.parametrize("route", ["/organizations", "/services/", "/"])
def test_the_address_of_a_list_is_an_address_of_the_api(site, reply, harvest, route):
    for name, items in (("organizations", [CANTEEN]), ("services", [])):
        site.on(f"/{name}", reply({"total_items": len(items), "contents": items}))
    assert harvest(crawl, url=site.url + route).ids("org/")
