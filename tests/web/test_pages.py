"""Every page in both languages: content that matters, addresses that keep all state, helpful refusals."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from html import unescape

import pytest
from fastapi.testclient import TestClient

from viz.pages import PAGES
from viz.render import ENVIRONMENT

PATHS = (
    "", "/search", "/search?q=dans", "/organisations", "/projects", "/funding", "/groups", "/plan", "/plan/A1",
    "/actions/A1.6", "/match", "/match?text=festival", "/network", "/map", "/sources", "/about", "/r/org/fitt",
    "/r/call/impuls-in-comunitate-2023", "/r/plan/pla-2022-2023/A1/target/4", "/r/topic/youth", "/r/council/cartier",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_in_its_language(client: TestClient, lang: str, path: str) -> None:
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1
    assert not re.search(r"<script(?![^>]*(src=|application/(ld\+)?json))", answer.text)
    assert " style=" not in answer.text
    assert not re.search(r'(src|href)="https?://(?!www\.|[^"]*)', answer.text)


@pytest.mark.parametrize("path", PATHS)
def test_romanian_pages_have_no_untranslated_sentence(client: TestClient, path: str) -> None:
    from viz.languages import _messages

    known = _messages()
    page = client.get(f"/ro{path}").text
    long = [english for english, said in known.items() if len(english) > 25 and said != english]
    assert [english for english in long if f">{english}<" in page] == []


def test_every_sentence_of_every_template_has_its_romanian() -> None:
    from pathlib import Path

    from viz.languages import _messages

    known = _messages()
    folder = Path(__file__).parents[2] / "viz"
    said: set[str] = set()
    for path in [*folder.rglob("*.html"), *folder.rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'(?<![\w.])(?:_|say|speech\.say)\(\s*"((?:[^"\\]|\\.)*)"', text))
        said |= {
            one
            for one, _ in re.findall(
                r'\b(?:n_|count)\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"', text
            )
        }
    assert sorted(said - known.keys()) == []


def test_documented_contexts_are_what_templates_use() -> None:
    """A field that no template shows is dead; a name that no field gives would stop the page (StrictUndefined)."""
    for page in PAGES:
        if not page.template:
            continue
        assert page.context.__doc__
        source, *_ = ENVIRONMENT.loader.get_source(ENVIRONMENT, page.template)  # type: ignore[union-attr]
        included = re.findall(r'{%-? include "([^"]+)"', source)
        for name in included:
            source += ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0]  # type: ignore[union-attr]
        unused = [
            one.name for one in fields(page.context) if not re.search(rf"\b{one.name}\b", source)
        ]
        assert unused == [], page.name


def test_the_door_leads_to_the_visitors_language(client: TestClient) -> None:
    assert client.get("/", headers={"Accept-Language": "en-GB"}).headers["location"] == "/en"
    assert client.get("/", headers={"Accept-Language": "ro"}).headers["location"] == "/ro"


def test_the_other_language_keeps_the_state(client: TestClient) -> None:
    page = client.get("/ro/search?q=dans&kind=CALL").text
    assert 'href="/en/search?q=dans&amp;kind=CALL"' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ro/r/org/fundatia-comunitara-timis", 404),
        ("/en/actions/A9.9", 404),
        ("/ro/plan/A9", 404),
        ("/ro/search?kind=NOTHING", 404),
        ("/ro/search?after=xyz&sort=label", 400),
        ("/ro/search?sort=colour", 400),
        ("/ro/search?min=12.00O", 400),
        ("/ro/network?depth=zzz", 400),
        ("/ro/network?year=zzz", 400),
        ("/ro/network?kind=NOTHING", 404),
        ("/ro/funding?amount=zzz", 400),
        ("/ro/match?subject=org/nothing", 404),
        ("/ro/nothing", 404),
        ("/ro/search?q=" + "a" * 5000, 400),
        ("/ro/match?w-topics=zzz&text=dans", 400),
    ],
)
def test_a_request_that_cannot_be_answered_gets_a_helpful_page(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text


def test_invalid_utf8_is_no_crash(client: TestClient) -> None:
    assert client.get("/ro/search?q=%ff%fe").status_code == 200
    assert client.get("/ro/r/%ff%fe").status_code == 404


def test_unknown_things_get_suggestions(client: TestClient) -> None:
    page = client.get("/ro/r/org/fundatia-comunitara-timis").text
    assert 'href="/ro/r/org/fundatia-comunitara-timisoara"' in page


def test_a_state_of_calls_narrows_the_list_to_as_many_as_it_says(client: TestClient) -> None:
    whole = client.get("/en/search?kind=CALL").text
    told = re.findall(r'href="([^"]*state=[A-Z]+)">[^<]*</a> <span class="quiet">([0-9]+)<', whole)
    assert told
    for url, count in told:
        rows = client.get(f"{unescape(url)}&format=csv").text.splitlines()
        assert len(rows) == 1 + int(count)
    assert len(client.get("/en/search?kind=CALL&state=NONE&format=csv").text.splitlines()) == 1


def test_a_list_downloads_as_exactly_this_list(client: TestClient) -> None:
    page = client.get("/ro/groups?topic=youth").text
    total = int(re.search(r'role="status">(\d+)', page).group(1))  # type: ignore[union-attr]
    rows = client.get("/ro/groups?topic=youth&format=csv").text.strip().splitlines()
    assert len(rows) == total + 1


def test_the_dossier_keeps_its_shortlist_in_the_address(client: TestClient) -> None:
    page = client.get("/ro/actions/A1.3?pick=org/fitt&pick=council/tineret").text
    assert 'id="shortlist"' in page
    table = (
        client.get("/ro/actions/A1.3?pick=org/fitt&pick=council/tineret&format=csv")
        .text.strip()
        .splitlines()
    )
    assert len(table) == 3
    assert "org/fitt" in table[1]


def test_a_closed_call_is_visibly_closed(client: TestClient) -> None:
    page = client.get("/ro/r/call/impuls-in-comunitate-2024").text
    assert "state-CLOSED" in page


def test_money_for_an_organisation_answers_rule_by_rule(client: TestClient) -> None:
    page = client.get("/en/funding?org=org/fitt").text
    assert "May it apply?" in page
    assert "Legal form" in page or "legal form" in page


def test_the_money_that_fits_is_taken_away_as_a_table(client: TestClient) -> None:
    page = client.get("/ro/funding?org=org/fitt")
    assert 'href="/ro/funding?org=org%2Ffitt&amp;format=csv"' in page.text
    text = client.get("/ro/funding?org=org/fitt&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    held = {row["nume"]: row for row in rows}
    assert len(rows) > 50
    assert held["Impuls în comunitate 2024"]["poate depune"] == "nu"
    assert "2024" in held["Impuls în comunitate 2024"]["motive"]
    assert {row["poate depune"] for row in rows} <= {"da", "nu", "nu se știe"}


def test_money_is_checked_for_whoever_is_surely_meant(client: TestClient) -> None:
    page = client.get("/en/funding?org=institutul intercultural").text
    assert "Institutul Intercultural Timișoara" in page.split('id="for"')[1][:600]


def test_a_name_that_nobody_bears_is_told_with_guesses_never_checked(client: TestClient) -> None:
    page = client.get("/en/funding", params={"org": "Asociația Prietenii Lunii"}).text
    assert 'id="for"' not in page
    assert "No organisation on the map is called “Asociația Prietenii Lunii”" in page
    assert re.search(r'Which one do you mean\?.*?<a href="/en/funding\?org=org%2F', page, re.S)


def test_deadlines_come_as_a_calendar(client: TestClient) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(client.get("/ro/funding.ics").content)
    assert calendar.name == "VCALENDAR"


@pytest.mark.parametrize("path", ["/ro", "/ro/search?q=dans", "/ro/actions/A1.6"])
def test_the_main_pages_are_small(client: TestClient, path: str) -> None:
    """150 kB over the wire: compressed, as a browser asks for it, with the style sheets."""
    sent = 0
    for part in (path, "/static/site.css", "/kinds.css"):
        answer = client.get(part, headers={"Accept-Encoding": "gzip"})
        sent += int(answer.headers.get("content-length") or len(answer.content))
    assert sent < 150_000
