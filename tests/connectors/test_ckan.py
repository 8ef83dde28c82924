"""CKAN: the portal is a platform, publishers are organisations, data sets are sources of data."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.connectors.ckan import ROUTE, crawl
from ontology.errors import SourceError


@pytest.fixture
def portal(site, reply, example):
    """A portal that pages as it is asked to."""

    def search(request):
        asked = parse_qs(urlsplit(request.path).query)
        start, rows = int(asked["start"][0]), int(asked["rows"][0])
        answer = example("ckan.json")
        answer["result"]["results"] = answer["result"]["results"][start : start + rows]
        return reply(answer)

    site.on(ROUTE, search)
    return site


def test_the_example_has_the_documented_form(example, fits):
    fits(example("ckan.json"), "ckan-package-search.schema.json")


@pytest.mark.parametrize("size", [1, 2, 100])
def test_data_sets_come_page_by_page(portal, harvest, size):
    got = harvest(crawl, url=f"{portal.url}/", page_size=size, query="buget", filter="state:active")
    titles = [got.value(id_, "title") for id_ in got.ids("source/")]
    assert titles == ["Bugete locale (probă)", "ONG-uri (probă)", "Transport (probă)"]
    assert len(portal.requests) == -(-3 // size)
    assert "q=buget" in portal.requests[0].path
    assert "fq=state%3Aactive" in portal.requests[0].path


def test_a_data_set_says_who_publishes_it_under_what_licence(portal, harvest):
    got = harvest(crawl, url=portal.url)
    first = got[got.ids("source/")[0]]
    assert first.first("publisher") == "Primăria de Probă"
    assert first.first("licence") == "Creative Commons Attribution"
    assert first.first("url") == f"{portal.url}/dataset/bugete-locale-proba"
    assert got.ids("org/") == ["org/primaria-de-proba"]
    assert got.value("org/primaria-de-proba", "description") == "Administrația."
    assert got.value("platform/127-0-0-1", "software") == "CKAN"


def test_a_portal_that_refuses_in_a_good_status(site, reply, harvest):
    site.on(ROUTE, reply({"help": "", "success": False, "error": {"message": "Search error"}}))
    with pytest.raises(SourceError, match="Search error"):
        harvest(crawl, url=site.url)


def test_a_portal_that_counts_more_than_it_gives(site, reply, example, harvest):
    answer = example("ckan.json")
    answer["result"]["count"] = 50
    site.on(ROUTE, reply(answer))
    with pytest.raises(SourceError, match="same page again"):
        harvest(crawl, url=site.url)


def test_a_redirect_to_a_declared_host_is_followed(site, reply, example, harvest):
    goal = site.url.replace("127.0.0.1", "localhost")
    site.on(ROUTE, reply(b"", 301, {"location": f"{goal}/moved"}))
    site.on("/moved", reply(example("ckan.json")))
    got = harvest(crawl, url=site.url, hosts=["localhost"])
    assert len(got.ids("source/")) == 3


def test_truncated_and_foreign_answers(site, reply, harvest):
    site.on(ROUTE, reply(b'{"success": true, "result": {"count": 3, "res'))
    with pytest.raises(SourceError, match="cut short"):
        harvest(crawl, url=site.url)
    site.on(ROUTE, reply("<html>login</html>"))
    with pytest.raises(SourceError, match="web page"):
        harvest(crawl, url=site.url)
    site.on(ROUTE, reply(b"", 302, {"location": "http://localhost/elsewhere"}))
    with pytest.raises(SourceError, match="another host"):
        harvest(crawl, url=site.url)


def test_a_portal_of_several_languages_gives_the_sources_own(site, reply, harvest):
    one = {
        "name": "apa",
        "title": {"de": "Wasser", "en": "Water", "ro": "Apă"},
        "title_translated": None,
        "organization": {
            "name": "apa",
            "title": {"en": "Waterworks"},
            "description": {"ro": "Apa orașului"},
        },
    }
    two = {
        "name": "aer",
        "title": "aer",
        "title_translated": {"ro": "Aer", "en": "Air"},
        "organization": None,
    }
    three = {
        "name": "foc",
        "title": None,
        "license_title": None,
        "organization": {"title": "Pompierii"},
    }
    site.on(ROUTE, reply({"success": True, "result": {"count": 3, "results": [one, two, three]}}))  # fmt: skip
    got = harvest(crawl, url=site.url)
    assert got.rejects == []
    assert sorted(got.value(id_, "title") for id_ in got.ids("source/")) == ["Aer", "Apă", "foc"]
    assert got.value("org/waterworks", "description") == "Apa orașului"
    assert got["org/pompierii"].sources == [site.url]


def test_a_portal_without_data_sets_is_a_platform_all_the_same(site, reply, harvest):
    site.on(ROUTE, reply({"success": True, "result": {"count": 0, "results": []}}))
    got = harvest(crawl, url=site.url)
    assert (got.rejects, got.ids("source/")) == ([], [])


def test_sets_that_were_deleted_or_are_private_are_left_out(site, reply, example, harvest):
    answer = example("ckan.json")
    answer["result"]["results"][0]["state"] = "deleted"
    answer["result"]["results"][1]["private"] = True
    site.on(ROUTE, reply(answer))
    got = harvest(crawl, url=f"{site.url}{ROUTE}")  # the address that documentation prints
    assert [got.value(id_, "title") for id_ in got.ids("source/")] == ["Transport (probă)"]


def test_a_licence_without_a_name_is_told_by_its_page(site, reply, example, harvest):
    answer = example("ckan.json")
    page = "https://creativecommons.org/publicdomain/zero/1.0/"
    answer["result"]["results"][0] |= {"license_title": None, "license_url": page}
    site.on(ROUTE, reply(answer))
    got = harvest(crawl, url=site.url)
    assert got.value(got.ids("source/")[0], "licence") == page
