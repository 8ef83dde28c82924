"""While somebody types, the pages offer what the words may go on to: names, codes of the plan, topics."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient


def offered(client: TestClient, lang: str, typed: str, **more: object) -> list[dict[str, Any]]:
    answer = client.get(f"/{lang}/suggest", params={"q": typed, "field": "go", **more})
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize(
    "typed", ["Universitatea de V", "universitatea de v", "UNIVERSITATEA DE V"]
)
def test_a_name_goes_on_from_its_beginning(client: TestClient, typed: str) -> None:
    first = offered(client, "ro", typed)[0]
    assert first["name"] == "Universitatea de Vest din Timișoara"
    assert first["kind"] == "organizație"
    assert first["url"] == "/ro/r/org/uvt"
    assert client.get(first["url"]).status_code == 200


def test_a_thing_found_by_its_other_name_says_both(client: TestClient) -> None:
    first = offered(client, "en", "fitt")[0]
    assert first["name"] == "Fundația Județeană pentru Tineret Timiș"
    assert first["also"] == "FITT"
    assert first["kind"] == "organisation"


def test_a_code_of_the_plan_leads_to_its_dossier(client: TestClient) -> None:
    found = offered(client, "ro", "a1.6")
    assert [one["url"] for one in found] == ["/ro/actions/A1.6"]
    assert found[0]["name"].startswith("A1.6 Maparea resurselor")
    codes = [one["name"].split()[0] for one in offered(client, "en", "A4.")]
    assert codes[:7] == [f"A4.{n}" for n in range(1, 8)]


def test_a_search_box_leads_to_topics_a_field_for_a_name_does_not(client: TestClient) -> None:
    assert "/ro/search?topic=youth" in [one["url"] for one in offered(client, "ro", "tineret")]
    named = offered(client, "ro", "tineret", field="name")
    assert named
    assert not [one for one in named if "topic=" in one["url"]]


def test_a_field_for_organisations_offers_only_these(client: TestClient) -> None:
    found = offered(client, "en", "timi", kind="ORGANISATION")
    assert len(found) > 3
    assert {one["kind"] for one in found} == {"organisation"}


@pytest.mark.parametrize("typed", ["festival de t", "a1.6", "COM’ON T"])
def test_what_a_field_would_hold_is_understood_by_the_page(client: TestClient, typed: str) -> None:
    for one in offered(client, "ro", typed, field="name"):
        page = client.get("/ro/network", params={"around": one["value"]})
        assert page.status_code == 200
        assert "Nimic de pe hartă nu se numește" not in page.text


@pytest.mark.parametrize(
    "typed", ["", " ", "...", "qzxwv", "<script>", "🎭", "שלום", "a" * 900, "'; DROP", "%"]
)
def test_what_goes_on_to_nothing_gets_an_empty_list(client: TestClient, typed: str) -> None:
    assert offered(client, "ro", typed) == []


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [("ro", "universitatea politehnica", "sugestii"), ("ro", "maparea", "o sugestie"), ("en", "maparea", "1 suggestion"), ("ro", "qzxwv", "0 sugestii")],
)  # fmt: skip
def test_a_screen_reader_hears_how_many(
    client: TestClient, lang: str, typed: str, said: str
) -> None:
    assert said in client.get(f"/{lang}/suggest", params={"q": typed}).json()["said"]


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_one_may_begin_to_match_from_a_name(client: TestClient, lang: str) -> None:
    page = client.get(
        f"/{lang}/match", params={"subject": "Fundația Județeană pentru Tineret Timiș"}
    )
    assert 'value="org/fitt"' in page.text
    unsure = client.get(f"/{lang}/match", params={"subject": "intercultural"})
    assert unsure.status_code == 200
    assert "subject=org%2Finstitutul-intercultural-timisoara" in unsure.text
