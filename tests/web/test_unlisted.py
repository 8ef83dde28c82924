"""A small organisation that is on no map says its legal form and town, and learns what it may apply for and why."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.wiring import Installation

SMALL = "form=association&town=Timisoara"
ROW = re.compile(r'<tr><th scope="row"><a href="/../r/programme/.*?</tr>', re.S)


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_each_programme_is_judged_rule_by_rule_for_the_form_and_town_that_are_said(
    client: TestClient, lang: str
) -> None:
    page = client.get(f"/{lang}/funding?{SMALL}").text
    rows = ROW.findall(page)
    assert rows
    assert all('<dl class="rules">' in row for row in rows)  # why, beside every answer
    assert not any('<summary><span class="no">' in row for row in rows)  # closed ones are left out
    told = html.unescape(page.split('id="for"')[1][:400])
    assert ("asociație, Timisoara" if lang == "ro" else "association, Timisoara") in told
    assert client.get(f"/{lang}/funding").text.count('<dl class="rules">') == 0


def test_an_unknown_name_leads_to_the_fields_that_describe_it(client: TestClient) -> None:
    page = client.get("/en/funding?org=Asociatia+Rotile+Vesele").text
    assert "say its legal form" in page
    told = client.get(f"/en/funding?org=Asociatia+Rotile+Vesele&{SMALL}").text
    assert "say its legal form" not in told
    assert 'id="for"' in told


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_the_money_for_its_idea_is_judged_too(client: TestClient, lang: str) -> None:
    address = f"/{lang}/match?text=patinaj+pe+role+pentru+copii&want=PROGRAMME&want=CALL"
    nobody, small = client.get(address).text, client.get(f"{address}&{SMALL}").text
    fits = "Forma juridică se potrivește" if lang == "ro" else "The legal form fits"
    assert fits not in html.unescape(nobody)
    assert fits in html.unescape(small)
    assert 'name="form"' in small
    assert re.search(r'<option value="association" selected>', small)  # kept when sent again


def test_the_money_page_leads_on_to_an_idea_of_the_same_organisation(client: TestClient) -> None:
    page = html.unescape(client.get(f"/en/funding?{SMALL}&topic=sport").text)
    found = re.search(r'href="(/en/match\?form=association[^"]*)"', page)
    assert found is not None
    assert "Checked for" in client.get(f"{found.group(1)}&text=skating").text


def test_calls_about_other_topics_are_not_said_to_be_closed_by_a_condition(
    client: TestClient,
) -> None:
    page = client.get("/en/funding?topic=disability").text
    assert "they are about other topics" in page
    assert "a stated condition excludes you" not in page


def test_a_sum_in_lei_closes_no_call_that_gives_euros(
    client: TestClient, installation: Installation
) -> None:
    page = client.get("/en/funding?amount=250000").text
    hidden = re.search(r"([0-9]+) calls are not shown: a stated condition", page)
    assert hidden is not None
    closed = [
        call.id
        for call in installation.snapshot.catalogue.scan(("CALL",))
        if call.values.get("currency", "RON") == "RON"
        and not call.values.get("minGrant", 0) <= 250_000 <= call.values.get("maxGrant", 1e9)
    ]
    assert int(hidden.group(1)) == len(closed)


def test_a_calendar_and_a_feed_are_named_after_whom_they_are_for(client: TestClient) -> None:
    """Who subscribes to several tells them apart."""
    calendar = client.get(f"/ro/funding.ics?{SMALL}&topic=sport&amount=15000").text
    whole = calendar.replace("\r\n ", "").replace("\\,", ",")
    assert "X-WR-CALNAME:Termene" in whole
    assert "asociație, Timisoara, Sport, 15.000" in whole.replace("\xa0", " ")
    feed = client.get("/en/funding.atom?org=org/fitt").text
    assert "Fundația Județeană pentru Tineret Timiș</title>" in feed
    assert "<title>Funding calls for Timișoara</title>" in client.get("/en/funding.atom").text


def test_a_town_of_several_lines_makes_a_sound_calendar(client: TestClient) -> None:
    answer = client.get("/en/funding.ics?form=association&town=a%0D%0AX-MORE:1%00b")
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.text)["x-wr-calname"].endswith(
        "association, a X-MORE:1\ufffdb"
    )


def test_an_opening_that_was_seen_is_told_with_its_years_and_none_is_called_usual(
    client: TestClient,
) -> None:
    """One past opening is no habit: whoever plans by it must see that."""
    page = html.unescape(client.get("/en/funding").text)
    row = next(one for one in ROW.findall(page) if "programme/impuls-in-comunitate" in one)
    assert 'May <span class="quiet">(2024)</span>' in row
    thing = html.unescape(client.get("/en/r/programme/impuls-in-comunitate").text)
    assert "(2024) it may open then again: a forecast" in thing
    assert "sually" not in page + thing + client.get("/en").text
    for event in Calendar.from_ical(client.get("/en/funding.ics").text).walk("VEVENT"):
        if event["summary"].startswith("Forecast"):
            assert event["summary"].endswith("may open this month")
            assert re.match(r"It opened in this month in 20[0-9, –]+\.", event["description"])


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_the_page_of_a_programme_says_when_it_opens_on_which_conditions_and_for_whom(
    client: TestClient, lang: str
) -> None:
    page = html.unescape(client.get(f"/{lang}/r/programme/impuls-in-comunitate").text)
    told = re.search(r'aria-labelledby="editions".*?</section>', page, re.S)
    assert told is not None
    assert "2023–2024" in told.group()
    assert ("mai" if lang == "ro" else "May") in told.group()
    assert "call/impuls-in-comunitate-2024" in told.group()
    rules = re.search(r'aria-labelledby="rules".*?</section>', page, re.S)
    assert rules is not None
    assert ("asociație, fundație" if lang == "ro" else "association, foundation") in rules.group()
    answer = client.get(
        f"/{lang}/match?why=programme/impuls-in-comunitate&subject=Institutul Intercultural Timișoara"
    ).text
    checked = re.search(r'aria-labelledby="whynot".*?</section>', answer, re.S)
    assert checked is not None
    assert '<dl class="rules">' in checked.group()
