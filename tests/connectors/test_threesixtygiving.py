"""360Giving: awards become grants with their recipients; private persons are refused unnamed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.connectors.threesixtygiving import crawl
from ontology.errors import MappingError, SourceError


def test_the_example_has_the_published_form(example, fits):
    fits(example("360giving.json"), "360giving-1.4.schema.json")


def test_an_award_becomes_a_grant(site, reply, example, harvest):
    site.on("/a.json", reply(example("360giving.json")))
    got = harvest(crawl, url=f"{site.url}/a.json")
    grant = got["grant/360g-proba-2023-001"]
    assert grant.first("label", "ro") == "Grădina comunitară din cartier"
    assert grant.first("amount") == Decimal("40000.5")
    assert grant.first("awarded") == "2023-08-10"
    assert grant.first("recipient") == "org/ro-cui-12345674"
    assert grant.first("funder") == "org/ro-cui-14399840"
    assert grant.first("project") == "project/360g-proba-2023-001"
    assert grant.first("description") == (
        "Ateliere de grădinărit & compost pentru vecini.\nProgram de finanțare: Impuls de probă."
    )
    assert got.value("project/360g-proba-2023-001", "lead") == "org/ro-cui-12345674"
    assert got.value("project/360g-proba-2023-001", "end") == "2024-03-31"
    assert got.value("programme/impuls-de-proba", "manager") == "org/ro-cui-14399840"


def test_a_recipient_keeps_its_keys_and_no_contact_person(site, reply, example, harvest):
    site.on("/a.json", reply(example("360giving.json")))
    got = harvest(crawl, url=f"{site.url}/a.json")
    org = got["org/ro-cui-12345674"]
    assert org.first("label", "ro") == "Asociația Grădini de Probă"
    assert {(v.scheme, v.value) for v in org.values["identifiers"]} == {
        ("org-id", "RO-CUI-12345674"),
        ("ro-cui", "12345674"),
    }
    assert "Nume De Probă" not in repr(got.entities)
    assert got.ids("org/").count("org/ro-cui-14399840") == 1


def test_a_private_person_is_refused_and_not_named(site, reply, example, harvest):
    site.on("/a.json", reply(example("360giving.json")))
    got = harvest(crawl, url=f"{site.url}/a.json")
    (refused,) = got.rejects
    assert (refused.row, refused.values) == (2, {"id": "360G-proba-2023-002"})
    assert "private person" in refused.errors[0].message()
    assert "Persoană Privată" not in repr(got)


def test_known_organisations_keep_their_ids(site, reply, example, harvest):
    site.on("/a.json", reply(example("360giving.json")))
    known = {"ro-cui:14399840": "org/centrul", "org-id:360G-proba-ORG-7": "org/festival"}
    got = harvest(crawl, known, url=f"{site.url}/a.json")
    grant = got["grant/360g-proba-2023-003"]
    assert grant.first("funder") == "org/centrul"
    assert grant.first("recipient") == "org/festival"


def test_a_broken_award_is_refused_with_every_reason(site, reply, example, harvest):
    package = example("360giving.json")
    bad = package["grants"][0]
    bad["amountAwarded"], bad["awardDate"], bad["title"] = "12.00O", "2023-02-31", ""
    package["grants"].append("nu e un grant")
    site.on("/a.json", reply(package))
    got = harvest(crawl, url=f"{site.url}/a.json")
    refused = {one.row: [e.column for e in one.errors] for one in got.rejects}
    assert refused[1] == ["title", "amount", "awarded"]
    assert 4 in refused
    assert got.ids("grant/") == ["grant/360g-proba-2023-003"]


def test_a_bad_fiscal_code_refuses_the_award(site, reply, example, harvest):
    package = example("360giving.json")
    package["grants"][2]["fundingOrganization"][0]["id"] = "RO-CUI-14399841"
    package["grants"][0]["recipientOrganization"][0]["id"] = "RO-CUI-1960529460016"
    site.on("/a.json", reply(package))
    got = harvest(crawl, url=f"{site.url}/a.json")
    assert [one.row for one in got.rejects] == [1, 2, 3]
    assert "1960529460016" not in " ".join(e.message() for e in got.rejects[0].errors)


def test_several_packages(site, reply, example, harvest):
    other = example("360giving.json")
    for number, grant in enumerate(other["grants"]):
        grant["id"] = f"360G-alta-{number}"
    site.on("/a.json", reply(example("360giving.json")))
    site.on("/b.json", reply(other))
    got = harvest(crawl, url=[f"{site.url}/a.json", f"{site.url}/b.json"])
    assert len(got.ids("grant/")) == 4


def test_what_is_no_package_stops_the_run(site, reply, harvest):
    site.on("/a.json", reply({"data": []}))
    with pytest.raises(SourceError, match="expected form: grants"):
        harvest(crawl, url=f"{site.url}/a.json")
    with pytest.raises(MappingError, match=r"options\.url is missing"):
        harvest(crawl)
