"""Whoever writes a name that is no exact one is offered the things that may be meant, never a guess as an answer."""

from __future__ import annotations

import io
import re
from html import unescape

import networkx as nx
import pytest
from fastapi.testclient import TestClient

OFFERS = {"ro": "La care vă gândiți?", "en": "Which one do you mean?"}


def offers(page: str, lang: str) -> list[str]:
    """The addresses offered after the question."""
    assert OFFERS[lang] in page
    told = page.split(OFFERS[lang])[1].split("</ul>")[0]
    return [unescape(url) for url in re.findall(r'href="([^"]+)"', told)]


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_why_not_asks_which_one_is_meant(client: TestClient, lang: str) -> None:
    page = client.get(f"/{lang}/match", params={"text": "festival", "why": "intercultural"}).text
    assert 'id="whynot"' not in page
    links = offers(page, lang)
    assert 2 <= len(links) <= 6
    chosen = next(url for url in links if url.endswith("institutul-intercultural-timisoara"))
    answer = client.get(chosen).text
    assert 'id="whynot"' in answer
    assert "Institutul Intercultural Timișoara" in answer.split('id="whynot"')[1][:200]


@pytest.mark.parametrize(
    "name",
    ["org/fitt", "FITT", "fundatia judeteana pentru tineret timis", "timisoara:org-fitt"],
)
def test_an_id_or_a_whole_name_needs_no_question(client: TestClient, name: str) -> None:
    page = client.get("/ro/match", params={"text": "tineri", "why": name}).text
    assert 'id="whynot"' in page
    assert OFFERS["ro"] not in page
    page = client.get("/ro/network", params={"around": name}).text
    assert "<h1>Rețeaua din jurul: Fundația Județeană pentru Tineret Timiș</h1>" in page


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_the_network_draws_what_is_sure_and_asks_about_the_rest(
    client: TestClient, lang: str
) -> None:
    page = client.get(f"/{lang}/network", params={"around": "FITT, intercultural"}).text
    assert "Fundația Județeană pentru Tineret Timiș</h1>" in page
    chosen = next(
        url for url in offers(page, lang) if url.endswith("institutul-intercultural-timisoara")
    )
    assert "FITT" in chosen
    both = client.get(chosen).text
    assert OFFERS[lang] not in both
    assert "Institutul Intercultural Timișoara" in re.findall(r"<h1>(.*?)</h1>", both)[0]


def test_a_download_of_the_network_holds_what_the_page_draws(client: TestClient) -> None:
    page = client.get("/en/network", params={"around": "FITT", "depth": "1"}).text
    drawn = unescape(re.findall(r'href="(/export/network.gexf[^"]*)"', page)[0])
    graph = nx.read_gexf(io.BytesIO(client.get(drawn).content))
    assert "org/fitt" in graph
    assert 3 < len(graph) < 100
    lost = client.get("/export/network.gexf?around=intercultural")
    assert lost.status_code == 404
    assert "org/" in lost.json()["error"] or "act/" in lost.json()["error"]


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_paths_ask_which_end_is_meant(client: TestClient, lang: str) -> None:
    page = client.get(f"/{lang}/network", params={"from": "intercultural", "to": "org/fitt"}).text
    chosen = next(url for url in offers(page, lang) if "institutul-intercultural-timisoara" in url)
    assert "to=org%2Ffitt" in chosen
    assert re.search(r"<h3>(Calea|Path|Drumul) 1", client.get(chosen).text)


def test_what_resembles_nothing_is_said_to(client: TestClient) -> None:
    page = client.get("/en/match", params={"text": "festival", "why": "qzxwvk"}).text
    assert "Nothing on the map looks like it." in page
    page = client.get("/ro/r/org/qzxwvk").text
    assert "Poate ați vrut" not in page


def test_a_name_is_shown_as_it_was_written_and_does_nothing(client: TestClient) -> None:
    page = client.get("/en/match", params={"text": "a", "why": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_idea_may_come_from_the_search_box(client: TestClient) -> None:
    """The words a visitor typed elsewhere are `q`; they are an idea here."""
    asked = client.get("/ro/match", params={"q": "cursuri de dans"}).text
    said = client.get("/ro/match", params={"text": "cursuri de dans"}).text
    picks = re.compile(r'name="pick" value="([^"]+)"')
    assert picks.findall(asked) == picks.findall(said) != []
    assert ">cursuri de dans</textarea>" in asked
