"""What a CommonGrants opportunity tells beside its dates and sums is kept with the call (all synthetic)."""

from __future__ import annotations

import pytest

from ingest.connectors.commongrants import ROUTE, crawl
from ontology.errors import SourceError

ID = "30a12e5e-5940-4c08-921c-17a8960fcf4b"
PLAIN = {
    "id": ID,
    "title": "Cultură 2024 (probă)",
    "status": {"value": "open"},
    "description": "Granturi.",
    "keyDates": {"closeDate": {"name": "Termen", "eventType": "singleDate", "date": "2024-06-07"}},
    "createdAt": "2024-05-01T08:00:00Z",
    "lastModifiedAt": "2024-05-02T08:00:00Z",
}
NGO = {"value": "nonprofit_without_501c3"}


@pytest.fixture
def call(site, reply, harvest, fits):
    """The call that comes of one opportunity; `fit` says whether the published schema allows it."""

    def run(*, fit=True, details=None, **more):
        page = {
            "status": 200,
            "message": "Success",
            "items": [{**PLAIN, **more}],
            "paginationInfo": {"page": 1, "pageSize": 100, "totalItems": 1, "totalPages": 1},
        }
        if fit:
            fits(page, "commongrants-opportunities.schema.json")
        site.on(ROUTE, reply(page))
        site.on(f"{ROUTE}/{ID}", reply({"status": 200, "data": {**PLAIN, **(details or {})}}))
        got = harvest(crawl, url=site.url, programme="F", details=details is not None)
        assert not got.rejects
        (id_,) = got.ids("call/")
        return got[id_]

    return run


def rules(made):
    return {rule.value.first("kind"): rule.value for rule in made.values.get("rules", ())}


def test_other_dates_stand_with_the_deadline(call):
    dates = {
        **PLAIN["keyDates"],
        "otherDates": {
            "q": {"name": "Întrebări până la", "date": "2024-05-30", "time": "12:00:00"},
            "p": {"name": "Derulare", "startDate": "2024-09-01", "endDate": "2024-12-31"},
            "i": {"name": "Sesiuni", "eventType": "other", "details": "în fiecare marți"},
        },
    }
    assert call(keyDates=dates).first("deadlineNote") == (
        "Întrebări până la: 2024-05-30 12:00\nDerulare: 2024-09-01 – 2024-12-31"
        "\nSesiuni: în fiecare marți"
    )


def test_a_status_of_its_own_is_told_in_its_words(call):
    status = {"value": "custom", "customValue": "paused", "description": "Suspendat"}
    assert "paused – Suspendat" in call(status=status).first("deadlineNote")
    assert "archived" in call(status={"value": "archived"}, fit=False).first("deadlineNote")


def test_words_about_money_and_other_funders_stand_in_the_description(call):
    made = call(
        funding={"details": "Plata în două rate.", "estimatedAwardCount": 17},
        funders={
            "primary": {"id": ID, "name": "Centrul de Probă"},
            "otherOrgs": {"donor": {"id": ID, "name": "Fundația de Probă"}},
        },
    )
    told = made.first("description")
    assert told == (
        "Granturi.\nPlata în două rate.\nFinanțări estimate: 17.\n"
        "Și alți finanțatori: Fundația de Probă."
    )


def test_fields_of_the_publishers_own_are_kept_but_for_persons_to_write_to(call):
    made = call(
        customFields={
            "area": {"name": "Zona", "fieldType": "string", "value": "Cartierul Ronaț"},
            "contactEmail": {"name": "Contact", "fieldType": "string", "value": "x@example.org"},
            "who": {"name": "Program officer", "fieldType": "string", "value": "Persoană de Probă"},
            "help": {"name": "Ajutor", "fieldType": "string", "value": "Scrieți la y@example.org"},
            "call": {"name": "Ajutor", "fieldType": "string", "value": "Sunați la 0256 000 000"},
        }
    )
    assert made.first("description") == "Granturi.\nZona: Cartierul Ronaț."


def test_required_cost_sharing_is_a_condition(call):
    share = {"name": "costSharing", "fieldType": "object", "value": {"isRequired": True}}
    assert not rules(call())
    assert (
        rules(call(customFields={"costSharing": share}))["cofinancing"].first("machineCheckable")
        is False
    )


def test_who_may_apply_is_found_in_the_competitions_of_the_details(call):
    inside = {"id": ID, "acceptedApplicantTypes": [NGO]}
    made = call(details={"competitions": [inside]})
    assert "association" in [v.value for v in rules(made)["legal_form"].values["legalForms"]]


def test_numbers_of_other_registers_are_identifiers(call):
    made = call(
        identifiers={"opp:us:fon": {"registry": {"code": "opp:us:fon"}, "id": "ABC-2024-7"}},
        fit=False,
    )
    assert ("opp-us-fon", "ABC-2024-7") in [
        (one.scheme, one.value) for one in made.values["identifiers"]
    ]


def test_a_uuid_in_capitals_is_the_same_call(site, reply, harvest):
    items = [PLAIN, {**PLAIN, "id": ID.upper()}]
    site.on(ROUTE, reply({"items": items, "paginationInfo": {"totalItems": 2, "totalPages": 1}}))
    assert len(harvest(crawl, url=site.url, programme="F").ids("call/")) == 1


def test_an_error_inside_a_good_status_is_told_in_its_words(site, reply, harvest):
    site.on(ROUTE, reply({"status": 500, "message": "Baza de date nu răspunde", "errors": []}))
    with pytest.raises(SourceError, match="Baza de date nu răspunde"):
        harvest(crawl, url=site.url, programme="F")


@pytest.mark.parametrize("route", [ROUTE, "/common-grants/", "/"])
def test_the_address_of_the_list_is_an_address_of_the_api(site, reply, harvest, route):
    page = {"items": [PLAIN], "paginationInfo": {"totalItems": 1, "totalPages": 1}}
    site.on(ROUTE, reply(page))
    assert harvest(crawl, url=site.url + route, programme="F").ids("call/")
