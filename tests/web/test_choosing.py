"""Whoever chooses among partners and money sees only the sort she looks for, compares, and learns what is closed to her."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from fastapi.testclient import TestClient

from api.wiring import Installation
from viz.pages import query
from viz.pages.sorts import filter_for

MATCH = re.compile(r'<li class="match [^"]*">.*?(?=<li class="match|</ol>)', re.S)
PICK = re.compile(r'name="pick" value="([^"]+)"')


def block(page: str, id_: str) -> str:
    """The section under a heading."""
    found = re.search(rf'<section[^>]*aria-labelledby="{id_}".*?</section>', page, re.S)
    assert found is not None
    return found.group()


def picks(text: str) -> list[str]:
    """The ids that may be chosen, in order."""
    return [html.unescape(one) for one in PICK.findall(text)]


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("sort", ["ngo", "public", "education"])
def test_an_official_sees_only_the_sort_of_partners_she_looks_for(
    client: TestClient, installation: Installation, lang: str, sort: str
) -> None:
    page = client.get(f"/{lang}/actions/A1.2?who={sort}").text
    found = picks(block(page, "partners"))
    assert found
    narrowed = filter_for(sort)
    assert narrowed is not None
    records = installation.snapshot.catalogue.records(found)
    assert all(r is not None and r.values["legalForm"] in narrowed.legal_forms for r in records)
    assert f'<input type="hidden" name="who" value="{sort}">' in page  # choosing keeps it
    everyone = picks(block(client.get(f"/{lang}/actions/A1.2").text, "money"))
    assert picks(block(page, "money")) == everyone


@pytest.mark.parametrize("where", ["/ro/actions/A1.2?", "/ro/match?text=tineri&"])
def test_another_sort_keeps_what_was_chosen_in_the_first(client: TestClient, where: str) -> None:
    page = client.get(f"{where}who=ngo").text
    chosen = next(one for one in picks(page) if one.startswith("org/"))
    other = client.get(f"{where}who=ngo&pick={chosen}&who=public").text  # as the form sends it
    assert 'name="who" value="public"' in other
    assert f'<input type="hidden" name="pick" value="{chosen}">' in other
    again = client.get(f"{where}who=ngo&pick={chosen}").text
    assert picks(again).count(chosen) == 1  # its box is in the list and keeps it


def test_a_sort_that_there_is_not_is_told(client: TestClient) -> None:
    answer = client.get("/ro/actions/A1.2?who=circus")
    assert answer.status_code == 404
    assert "ngo" in answer.text


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("where", ["/actions/A1.2?", "/match?text=festival&"])
def test_two_chosen_ones_stand_side_by_side_with_the_scores_of_the_list(
    client: TestClient, lang: str, where: str
) -> None:
    first, second = picks(client.get(f"/{lang}{where}").text)[:2]
    address = f"/{lang}{where}pick={first}&pick={second}"
    page = client.get(address).text
    table = re.search(r'<details class="compare".*?</details>', page, re.S)
    assert table is not None
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{address}&format=csv").text.lstrip("\ufeff")))
    )
    scores = [row["scor" if lang == "ro" else "score"] for row in rows]
    assert re.findall(r"<td><strong>(\d+)</strong><span", table.group()) == scores
    assert table.group().count('scope="col"') == 2
    assert 'class="compare"' not in client.get(f"/{lang}{where}pick={first}").text


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_an_idea_with_its_applicant_sets_apart_the_money_that_is_closed_to_it(
    client: TestClient, lang: str
) -> None:
    address = f"/{lang}/match?text=tineri&want=PROGRAMME&want=CALL"
    open_to_it = client.get(f"{address}&org=org/fitt").text
    told = re.search(r'<details class="refused">.*?</details>', open_to_it, re.S)
    assert told is not None
    assert '<span class="no">' in told.group()  # which rule, and why
    lines = MATCH.findall(open_to_it)
    assert lines
    assert not any(re.search(r'<summary>[^<]*<span class="no">', line) for line in lines)
    closed = re.findall(r"/r/((?:programme|call)/[^\"]+)", told.group())
    assert closed
    assert not set(closed) & set(picks("".join(lines)))


@pytest.mark.parametrize("address", ["/ro/match?text=festival de teatru", "/en/match?text=youth"])
def test_sending_the_form_as_it_stands_asks_for_the_same(client: TestClient, address: str) -> None:
    page = client.get(address).text
    boxes = re.findall(r'name="want" value="([^"]+)" checked', page)
    again = client.get(address, params={"text": address.partition("text=")[2], "want": boxes}).text
    assert picks(again) == picks(page)
    assert {one.partition("/")[0] for one in picks(page)} > {"programme", "call", "council"}


def test_money_for_an_organisation_that_is_asked_about_is_judged_for_no_other(
    client: TestClient,
) -> None:
    def judged(address: str) -> list[str]:
        return re.findall(r"<summary>.*?</summary>", client.get(address).text)

    asked = "/ro/match?subject=org/uvt&want=PROGRAMME&want=CALL"
    other = "/ro/match?text=tineri&want=PROGRAMME&want=CALL&org=org/ardor-banat"
    assert "refused" in client.get(other).text
    assert judged(f"{asked}&org=org/ardor-banat") == judged(asked)


def test_what_finds_no_room_in_the_comparison_is_told(client: TestClient) -> None:
    address = "/en/match?text=festival&want=ORGANISATION"
    chosen = picks(client.get(address).text)[:8]
    page = client.get(address, params={"text": "festival", "pick": chosen}).text
    table = re.search(r'<details class="compare".*?</details>', page, re.S)
    assert table is not None
    shown = table.group().count('scope="col"')
    assert 1 < shown < 8
    assert f"{8 - shown} more are on the shortlist" in table.group()


def test_a_name_that_means_nobody_is_asked_about(client: TestClient) -> None:
    page = client.get("/ro/match?text=tineri&org=qzxwv").text
    assert "Nicio organizație de pe hartă" in html.unescape(page)


def subscribed(page: str, name: str) -> str:
    """The address under which the page offers a file."""
    found = re.search(rf'href="(/ro/{name}\?[^"]+)"', html.unescape(page))
    assert found is not None
    return found.group(1)


def test_a_calendar_holds_only_what_the_organisation_may_apply_for(client: TestClient) -> None:
    def events(address: str) -> set[str]:
        return set(re.findall(r"UID:(\S+)", client.get(address).text.replace("\r\n ", "")))

    page = client.get("/ro/funding?org=org/fitt").text
    mine = events(subscribed(page, "funding.ics"))
    assert mine < events("/ro/funding.ics")
    rows = re.findall(r"<tr>.*?</tr>", page, re.S)
    refused = re.findall(r"/r/(programme/[^\"]+)", "".join(r for r in rows if 'class="no"' in r))
    assert refused
    assert not any(f"forecast/{one}/" in event for one in refused for event in mine)


def test_a_programme_is_judged_by_the_sum_that_is_needed_too(client: TestClient) -> None:
    def closed(address: str) -> set[str]:
        rows = re.findall(r"<tr><th.*?</tr>", client.get(address).text, re.S)
        found = (re.search(r"/r/(programme/[^\"]+)", row) for row in rows if 'class="no"' in row)
        return {one.group(1) for one in found if one is not None}

    whatever = closed("/en/funding?org=org/fitt")
    too_little = closed("/en/funding?org=org/fitt&amount=100")
    assert whatever < too_little  # some give no grant so small


def test_a_feed_holds_only_calls_that_a_legal_form_may_apply_for(
    client: TestClient, installation: Installation
) -> None:
    address = subscribed(client.get("/ro/funding?form=company").text, "funding.atom")
    ids = re.findall(r"<entry><id>[^<]*/id/([^<]+)", client.get(address).text)
    assert ids
    for call in installation.snapshot.catalogue.records(ids):
        assert call is not None
        rules = [r for r in call.values.get("rules", ()) if r["kind"] == "legal_form"]
        assert all("company" in r["legalForms"] for r in rules if r.get("legalForms")), call.id
    assert client.get("/ro/funding.atom").text != client.get(address).text


def test_every_example_of_a_question_has_an_answer(client: TestClient) -> None:
    for lang in ("ro", "en"):
        first = client.get(f"/{lang}/query").text
        names = re.findall(r"example=([a-z-]+)", first)
        assert len(set(names)) == len(list(query.EXAMPLES.glob("*.rq")))
        for name in dict.fromkeys(names):
            page = client.get(f"/{lang}/query?example={name}").text
            asked = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
            assert asked is not None
            text = html.unescape(asked.group(1))
            answer = client.get("/sparql", params={"query": text, "format": "csv"})
            assert answer.status_code == 200
            assert len(answer.text.splitlines()) > 3, name
    assert client.get("/ro/query?example=none").status_code == 404


def test_an_example_says_each_thing_once_and_compares_sums_of_one_currency(
    client: TestClient,
) -> None:
    def rows(example: str) -> list[dict[str, str]]:
        page = client.get(f"/ro/query?example={example}").text
        asked = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
        assert asked is not None
        form = {"query": html.unescape(asked.group(1)), "format": "csv"}
        return list(csv.DictReader(io.StringIO(client.post("/sparql", data=form).text)))

    workers = [row["organisation"] for row in rows("who-works-with-youth")]
    actors = [(row["code"], row["organisation"]) for row in rows("actors-of-commitments")]
    projects = rows("largest-projects")
    for said in (workers, actors, [row["project"] for row in projects]):
        assert len(said) == len(set(said))
    order = [(row["currency"], -float(row["amount"])) for row in projects]
    assert order == sorted(order)
    assert {row["currency"] for row in projects} >= {"EUR", "RON"}


@pytest.mark.parametrize("format", ["csv", "json", "tsv", "xml"])
def test_the_longest_question_is_answered_as_a_file(client: TestClient, format: str) -> None:
    page = client.get("/en/query").text
    assert re.search(r'<form action="/sparql" method="post"', page)
    longest = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 2 #"
    longest += "x" * (query.MAX_QUERY - len(longest))
    answer = client.post("/sparql", data={"query": longest, "format": format})
    assert answer.status_code == 200
    assert format in answer.headers["content-type"].replace("tab-separated-values", "tsv")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_browser_without_a_question_gets_a_page_to_write_one(client: TestClient) -> None:
    answer = client.get(
        "/sparql", headers={"Accept": "text/html", "Accept-Language": "en"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/query")
    assert "Accept" in answer.headers["vary"]
    assert client.get("/sparql", headers={"Accept": "*/*"}).status_code == 400


def test_numerals_agree_with_what_they_count(client: TestClient) -> None:
    page = client.get("/ro").text
    counts = re.findall(r"<strong>([\d.]+)</strong> ([^<]+)</a>", page)
    assert len(counts) >= 8
    for shown, words in counts:
        number = int(shown.replace(".", ""))
        of = number % 100 >= 20 or (number >= 100 and number % 100 == 0)
        assert words.startswith("de ") is of, (shown, words)
