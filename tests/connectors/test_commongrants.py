"""CommonGrants: opportunities become calls with dates, money and a rule about applicants."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.connectors.commongrants import crawl
from ontology.errors import SourceError

ROUTE = "/common-grants/opportunities"


@pytest.fixture
def api(site, reply, example):
    """Two pages of opportunities."""

    def page(request):
        number = parse_qs(urlsplit(request.path).query)["page"][0]
        return reply(example(f"commongrants-{number}.json"))

    site.on(ROUTE, page)
    return site


@pytest.mark.parametrize("number", [1, 2])
def test_the_examples_have_the_published_form(example, fits, number):
    fits(example(f"commongrants-{number}.json"), "commongrants-opportunities.schema.json")


def test_an_opportunity_becomes_a_call(api, harvest):
    got = harvest(crawl, url=api.url, programme="Fondul de probă", page_size=2)
    assert got.ids("call/") == [
        "call/fondul-de-proba/2024",
        "call/fondul-de-proba/2024-2",
        "call/fondul-de-proba/sport-2024",
    ]
    call = got["call/fondul-de-proba/2024"]
    assert call.first("programme") == "programme/fondul-de-proba"
    assert call.first("label", "ro") == "Cultură în cartiere 2024"
    assert call.first("description") == "Granturi pentru evenimente în cartiere."
    assert (call.first("opens"), call.first("closes")) == ("2024-05-13", "2024-06-07T16:00:00")
    assert (call.first("budget"), call.first("maxGrant")) == (Decimal("1000000.00"), Decimal(40000))
    assert call.first("currency") == "RON"
    assert call.first("landingPage") == "https://proba.example.org/apeluri/cultura-2024"
    assert call.first("funder") == "org/centrul-de-proba"


def test_applicant_types_become_a_rule(api, harvest):
    got = harvest(crawl, url=api.url, programme="F", page_size=2)
    (rule,) = (v.value for v in got["call/f/2024"].values["rules"])
    assert rule.first("kind") == "legal_form"
    assert rule.first("machineCheckable") is True
    assert [v.value for v in rule.values["legalForms"]] == [
        "association",
        "foundation",
        "federation",
        "owners_association",
    ]
    assert rule.first("text", "ro") == "nonprofit without 501c3; asociații de proprietari"


def test_a_type_that_is_no_legal_form_is_text_only(api, harvest):
    got = harvest(crawl, url=api.url, programme="F", page_size=2)
    (rule,) = (v.value for v in got["call/f/2024-2"].values["rules"])
    assert rule.first("machineCheckable") is False
    assert [v.value for v in rule.values["legalForms"]] == ["individual"]
    assert "rules" not in got["call/f/sport-2024"].values


def test_a_deadline_in_words_is_kept_as_words(api, harvest):
    got = harvest(crawl, url=api.url, programme="F", page_size=2)
    assert got.value("call/f/2024-2", "closes") is None
    assert got.value("call/f/2024-2", "deadlineNote") == "până la epuizarea fondurilor"
    assert got.value("call/f/sport-2024", "deadlineNote") == "Închis, după sursă."


def test_calls_keep_their_ids_from_run_to_run(api, harvest):
    known = {"proba:30a12e5e-5940-4c08-921c-17a8960fcf4c": "call/f/2024"}
    got = harvest(crawl, known, url=api.url, programme="F", page_size=2)
    assert got.value("call/f/2024", "label") == "Tineret 2024"


def test_mixed_currencies_are_refused(site, reply, example, harvest):
    page = example("commongrants-1.json")
    page["items"][0]["funding"]["maxAwardAmount"]["currency"] = "EUR"
    page["paginationInfo"] |= {"totalPages": 1, "totalItems": 2}
    site.on(ROUTE, reply(page))
    got = harvest(crawl, url=site.url, programme="F")
    assert "different currencies" in got.rejects[0].errors[0].message()


def test_a_page_that_repeats_for_ever_is_noticed(site, reply, example, harvest):
    page = example("commongrants-1.json")
    page["paginationInfo"]["totalPages"] = 1_000_000
    site.on(ROUTE, reply(page))
    with pytest.raises(SourceError, match="same page again"):
        harvest(crawl, url=site.url, programme="F")
    assert len(site.requests) == 2


def test_a_server_that_stumbles_in_the_middle(site, reply, example, harvest, slept):
    page = example("commongrants-2.json")
    site.on(
        ROUTE,
        reply(example("commongrants-1.json")),
        reply(b"", 500),
        reply(b"", 429, {"retry-after": "3"}),
        reply(page),
    )
    got = harvest(crawl, url=site.url, programme="F")
    assert len(got.ids("call/")) == 3
    assert slept[-1] == 3.0
