"""Topics of the EU portal: the sums of the topic itself, the call it stands in, odd values (synthetic)."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from ingest.connectors.funding_tenders import crawl

TOPIC = {
    "identifier": ["TEST-2024-DEM-01"],
    "title": ["Democracy (test)"],
    "status": ["31094502"],
    "startDate": ["2024-03-01T00:00:00.000+0000"],
    "deadlineDate": ["2024-11-20T00:00:00.000+0000"],
}


@pytest.fixture
def topics(site, reply, harvest):
    def run(*metadata):
        results = [{"reference": f"{n}en", "metadata": one} for n, one in enumerate(metadata)]
        site.on("/search", reply({"totalResults": len(results), "results": results}))
        return harvest(crawl, url=f"{site.url}/search")

    return run


def one(got):
    (id_,) = got.ids("call/")
    return got[id_]


def overview(**actions):
    """A budget overview as the service sends it: JSON in a text, the actions of the whole call."""
    told = {
        str(n): [{"action": k.replace("_", "-"), **v}] for n, (k, v) in enumerate(actions.items())
    }
    return [json.dumps({"budgetTopicActionMap": told})]


def test_the_sums_are_those_of_the_topic_and_not_of_its_neighbours(topics):
    own = {"budgetYearMap": {"2024": "9000000", "2025": 1000000}, "minContribution": 2000000,
           "maxContribution": 3000000}  # fmt: skip
    told = overview(**{"TEST-2024-DEM-01 - RIA": own, "TEST-2024-DEM-01-2 - RIA": {**own}})
    made = one(topics({**TOPIC, "budgetOverview": told}))
    assert made.first("budget") == Decimal(10000000)
    assert (made.first("minGrant"), made.first("maxGrant")) == (2000000, 3000000)


def test_cents_are_kept(topics):
    own = {"budgetYearMap": {"2024": "9000000.50", "2025": 1000000.25}, "minContribution": 0.5}
    made = one(topics({**TOPIC, "budgetOverview": overview(**{"TEST-2024-DEM-01": own})}))
    assert (made.first("budget"), made.first("minGrant")) == (
        Decimal("10000000.75"),
        Decimal("0.5"),
    )


@pytest.mark.parametrize(
    "told", [["{no json"], [None], [7], "[]", ['{"budgetTopicActionMap": []}']]
)
def test_sums_that_cannot_be_read_stay_unknown(topics, told):
    assert one(topics({**TOPIC, "budgetOverview": told})).first("budget") is None


@pytest.mark.parametrize("year", ["to be decided", None, {}])
def test_a_budget_of_which_a_year_cannot_be_read_is_unknown_and_not_smaller(topics, year):
    told = overview(**{"TEST-2024-DEM-01": {"budgetYearMap": {"2024": "9000000", "2025": year}}})
    assert one(topics({**TOPIC, "budgetOverview": told})).first("budget") is None


def test_the_call_and_the_sort_of_action_are_told(topics):
    made = one(topics({**TOPIC, "callTitle": ["Culture"], "typesOfAction": ["Research Actions"]}))
    assert "Call: Culture.\nType of action: Research Actions." in made.first("description", "en")


def test_plain_values_count_as_lists_of_one(topics):
    made = one(topics({key: value[0] for key, value in TOPIC.items()}))
    assert (made.first("label", "en"), made.first("closes")) == ("Democracy (test)", "2024-11-20")


def test_a_topic_without_a_status_is_refused_and_not_dropped(topics):
    got = topics({k: v for k, v in TOPIC.items() if k != "status"})
    assert "'status': is missing" in got.rejects[0].errors[0].message()


def test_an_identifier_in_other_letters_is_the_same_call(topics):
    assert one(topics(TOPIC, {**TOPIC, "identifier": ["test-2024-dem-01"]}))
