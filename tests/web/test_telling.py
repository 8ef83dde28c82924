"""How pages tell facts: sums by locale, what nobody states as unknown, statements in words."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from viz.languages import SPEECH
from viz.pages.programmes import runs


def test_sums_are_written_as_people_of_the_language_write_them() -> None:
    assert SPEECH["ro"].money(40_000, "RON") == "40.000\u00a0lei"
    assert SPEECH["en"].money(40_000, "RON") == "RON\u00a040,000"
    assert SPEECH["ro"].money(1234.5, "EUR") == "1.234,50\u00a0EUR"
    assert SPEECH["en"].money(None, "RON") == ""


def test_what_no_source_states_is_named(client: TestClient) -> None:
    page = client.get("/en/r/call/impuls-in-comunitate-2023").text
    told = re.findall(r"No source states: ([^<]*)\.", page)[0].split(", ")
    assert "closes" in told
    assert "opens" not in told


def test_a_target_tells_its_figure_at_once(client: TestClient) -> None:
    page = client.get("/en/r/plan/pla-2022-2023/A1/target/4").text
    assert re.search(r"<dt[^>]*>target figure</dt>\s*<dd>≥\s3%", page)
    assert "comparator" not in page


def test_an_action_leads_to_its_dossier_and_a_topic_to_its_list(client: TestClient) -> None:
    assert 'href="/ro/actions/A1.3"' in client.get("/ro/r/plan/pla-2022-2023/A1/action/3").text
    assert 'href="/ro/search?topic=youth"' in client.get("/ro/r/topic/youth").text


@pytest.mark.parametrize(("lang", "word"), [("ro", "asociație"), ("en", "association")])
def test_evidence_names_codes_in_words(client: TestClient, lang: str, word: str) -> None:
    page = client.get(f"/{lang}/actions/A1.3").text
    proofs = re.findall(r"<dd><ul>(.*?)</ul></dd>", page, re.S)
    assert any(f"— {word}" in one for one in proofs)
    assert not any("— owners_association" in one for one in proofs)


def test_years_in_a_row_are_told_as_one() -> None:
    assert runs((2018, 2020, 2021, 2022, 2024)) == "2018, 2020–2022, 2024"
    assert runs(()) == ""


def test_the_menu_says_where_one_is_on_a_dossier_too(client: TestClient) -> None:
    page = client.get("/en/actions/A1.3").text
    assert '<a href="/en/plan" aria-current="page">' in page
