"""The EU portal's calls and HSDS directories of services."""

from __future__ import annotations

import pytest

from ingest.connectors import funding_tenders, hsds
from ontology.errors import SourceError


def test_topics_become_calls_judged_by_their_dates(site, reply, example, harvest):
    site.on("/search", reply(example("funding-tenders.json")))
    got = harvest(
        funding_tenders.crawl, url=f"{site.url}/search", programmes={"TEST": "Test programme"}
    )
    new, old = got.ids("call/")
    assert (new, old) == ("call/eu-test/2024", "call/eu-test/2021")
    assert got.value(new, "closes") == "2024-11-20"
    assert got.value(new, "deadlineNote", "en") == "Cut-off dates: 2024-04-10, 2024-11-20."
    assert got.value(new, "description", "en") == "Projects that open data."
    assert got.value(old, "closes") == "2021-05-01"
    assert got.value("programme/eu-test", "label", "en") == "Test programme"
    asked = site.requests[0]
    assert "apiKey=SEDIA" in asked.path
    assert asked.headers["content-type"].startswith("multipart/form-data")
    assert b'"status": ["31094501", "31094502"]' in asked.body


def test_a_search_service_that_changed_is_told(site, reply, harvest):
    site.on("/search", reply({"hits": []}))
    with pytest.raises(SourceError, match="expected form: results"):
        harvest(funding_tenders.crawl, url=f"{site.url}/search")


@pytest.mark.parametrize("name", ["organizations", "services"])
def test_hsds_examples_have_the_published_form(example, fits, name):
    fits(example(f"hsds-{name}.json"), "hsds-3.schema.json", name.capitalize())


def test_organisations_keep_what_they_offer(site, reply, example, harvest):
    site.on("/organizations", reply(example("hsds-organizations.json")))
    site.on("/services", reply(example("hsds-services.json")))
    got = harvest(hsds.crawl, url=site.url)
    org = got["org/ro-cui-12345674"]
    assert org.first("description") == "Ajută oameni.\nServicii: Masă caldă."
    assert (org.first("city"), org.first("address")) == ("Timișoara", "Str. Pâinii 3")
    assert org.first("founded") == "2004"
    assert "cineva@example.org" not in repr(got)


def test_an_organisation_without_a_name_is_refused(site, reply, example, harvest):
    page = example("hsds-organizations.json")
    page["contents"] = [*page["contents"], {"id": "x", "name": None}, "nu"]
    site.on("/organizations", reply(page))
    site.on("/services", reply(example("hsds-services.json")))
    got = harvest(hsds.crawl, url=site.url)
    assert [one.row for one in got.rejects] == [2, 3]
