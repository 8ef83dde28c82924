"""360Giving awards as publishers vary them: what has no field of its own is told in words (all synthetic)."""

from __future__ import annotations

import pytest

from ingest.connectors.threesixtygiving import crawl

AWARD = {
    "id": "360G-proba-1",
    "title": "Grădina",
    "description": "Ateliere.",
    "currency": "RON",
    "amountAwarded": 40000,
    "awardDate": "2023-08-10",
    "recipientOrganization": [{"id": "RO-CUI-12345674", "name": "Asociația Grădini"}],
    "fundingOrganization": [{"id": "RO-CUI-14399840", "name": "Centrul de Probă"}],
}


@pytest.fixture
def awards(site, reply, harvest):
    def run(*grants):
        site.on("/g.json", reply({"version": "1.4", "grants": list(grants)}))
        return harvest(crawl, url=f"{site.url}/g.json")

    return run


def test_a_grant_leads_to_its_programme(awards, fits):
    award = {**AWARD, "grantProgramme": [{"code": "IC", "title": "Impuls de probă"}]}
    fits({"grants": [award]}, "360giving-1.4.schema.json")
    got = awards(award)
    assert got.value("grant/360g-proba-1", "programme") == "programme/impuls-de-proba"


def test_recipients_beside_the_first_are_partners_and_named(awards):
    two = [*AWARD["recipientOrganization"], {"id": "360G-proba-2", "name": "Bistro de Probă"}]
    dates = [{"startDate": "2023-09", "endDate": "2024-01-31"}]
    got = awards({**AWARD, "recipientOrganization": two, "plannedDates": dates})
    project = got["project/360g-proba-1"]
    assert (project.first("partners"), project.first("start")) == ("org/bistro-de-proba", "2023-09")
    assert "Bistro de Probă" in got.value("grant/360g-proba-1", "description")
    assert got.value("grant/360g-proba-1", "recipient") == "org/ro-cui-12345674"


def test_funders_beside_the_first_are_named(awards):
    two = [*AWARD["fundingOrganization"], {"id": "360G-proba-3", "name": "Fundația de Probă"}]
    got = awards({**AWARD, "fundingOrganization": two})
    assert got.value("grant/360g-proba-1", "funder") == "org/ro-cui-14399840"
    assert "Și alți finanțatori: Fundația de Probă." in got.value(
        "grant/360g-proba-1", "description"
    )


def test_classifications_and_places_are_told(awards):
    got = awards(
        {
            **AWARD,
            "classifications": [{"vocabulary": "Teme", "code": "E1", "title": "Educație"}],
            "beneficiaryLocation": [{"name": "Fabric"}, {"geoCode": "RO424"}],
        }
    )
    assert got.value("grant/360g-proba-1", "description") == (
        "Ateliere.\nClasificare: Educație.\nLocul beneficiarilor: Fabric, RO424."
    )


def test_a_recipient_stands_on_the_map_where_its_location_is(awards):
    place = [{"latitude": "45.75", "longitude": "21.22"}]
    recipient = {**AWARD["recipientOrganization"][0], "location": place}
    got = awards({**AWARD, "recipientOrganization": [recipient]})
    assert got.value("org/ro-cui-12345674", "location") == (45.75, 21.22)


def test_two_awards_of_one_id_that_differ_are_not_both_right(awards):
    got = awards(AWARD, AWARD, {**AWARD, "amountAwarded": 50000})
    assert got.ids("grant/") == ["grant/360g-proba-1"]
    (refused,) = got.rejects
    assert "record 1 has the same id" in refused.errors[0].message()


def test_a_midnight_in_another_zone_is_the_citys_day(awards):
    got = awards({**AWARD, "awardDate": "2023-08-09T21:00:00Z"})
    assert got.value("grant/360g-proba-1", "awarded") == "2023-08-10"


def test_a_fiscal_code_keeps_no_letters(awards):
    recipient = [{"id": "RO-CUI-RO12345674", "name": "Asociația Grădini"}]
    got = awards({**AWARD, "recipientOrganization": recipient})
    assert got.value("grant/360g-proba-1", "recipient") == "org/ro-cui-12345674"
