"""What leaves the pages: citations that reference managers read, feeds, calendars, and what a shared link shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import orjson
import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from viz.pages.cite import FORMS, Work
from viz.pages.feed import ATOM

FITT = "Fundația Județeană pentru Tineret Timiș"
IRI = "https://w3id.org/resurse/id/org/fitt"
WORK = Work(
    key="resurse-x", title="100% {R&D} #1\n_x_ ^~\\", whole="Map & more", url=IRI,
    map_url="https://w3id.org/resurse/", version="abc", day=date(2026, 3, 9),
    lang="en", licences=("CC0-1.0",), origins=("https://example.org/a",),
)  # fmt: skip


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("page", ["/r/org/fitt", "/sources"])
def test_a_page_says_how_to_cite_it_and_every_form_downloads(
    client: TestClient, lang: str, page: str
) -> None:
    html = client.get(f"/{lang}{page}").text
    said = unescape(re.findall(r'class="citation">(.*?)</p>', html)[0])
    assert "https://w3id.org/resurse/" in said
    assert "2026" in said
    links = dict.fromkeys(re.findall(rf'<a href="(/{lang}/cite[^"]+)"', html))
    assert len(links) == len(FORMS)
    for link in links:
        answer = client.get(unescape(link))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]


def test_a_reference_manager_reads_the_same_of_every_form(client: TestClient) -> None:
    def form(name: str) -> str:
        return client.get(f"/ro/cite.{name}?id=org/fitt").text

    bibtex = dict(re.findall(r"^  (\w+) = \{+(.*?)\}+,$", form("bib"), re.M))
    ris = dict(re.findall(r"^([A-Z][A-Z0-9])  - (.*)$", form("ris").replace("\r", ""), re.M))
    (csl,) = client.get("/ro/cite.csl.json?id=org/fitt").json()
    datacite = client.get("/ro/cite.datacite.json?id=org/fitt").json()
    assert {bibtex["title"], ris["TI"], csl["title"], datacite["titles"][0]["title"]} == {FITT}
    assert {bibtex["url"], ris["UR"], csl["URL"], datacite["identifiers"][0]["identifier"]} == {IRI}
    assert {bibtex["year"], ris["PY"], str(csl["issued"]["date-parts"][0][0])} == {"2026"}
    assert datacite["publicationYear"] == "2026"
    assert {"relationType": "IsPartOf", "relatedIdentifier": "https://w3id.org/resurse/", "relatedIdentifierType": "URL"} in datacite["relatedIdentifiers"]  # fmt: skip
    assert form("ris").startswith("TY  - DATA\r\n")
    assert form("ris").endswith("ER  - \r\n")


def test_signs_that_mean_something_to_a_format_stay_signs() -> None:
    bibtex = FORMS["bib"].write(WORK)
    assert r"title = {{100\% \textbraceleft{}R\&D\textbraceright{} \#1 \_x\_ \textasciicircum{}\textasciitilde{}\textbackslash{}}}" in bibtex  # fmt: skip
    # BibTeX counts braces whatever stands before them.
    for title in ("a { b", "a } b", r"\{"):
        written = FORMS["bib"].write(replace(WORK, title=title))
        assert written.count("{") == written.count("}"), title
    assert "TI  - 100% {R&D} #1 _x_ ^~\\\r\n" in FORMS["ris"].write(WORK)


def test_what_a_thing_is_part_of_is_the_map_wherever_it_stands() -> None:
    work = replace(WORK, url="https://madrid/id/org/x", map_url="https://madrid/")
    (part,) = (
        one
        for one in orjson.loads(FORMS["datacite.json"].write(work))["relatedIdentifiers"]
        if one["relationType"] == "IsPartOf"
    )
    assert part["relatedIdentifier"] == "https://madrid/"


@pytest.mark.parametrize("path", ["cite.doc", "cite.bib?id=org/nothing", "cite."])
def test_what_cannot_be_cited_is_told(client: TestClient, path: str) -> None:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 404
    assert "<h1" in answer.text


def test_crawlers_are_told_where_there_is_no_end(client: TestClient) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    for path in ("/ro", "/en/r/org/fitt", "/ro/actions/A1.6", "/en/plan", "/ro/organisations"):
        assert rules.can_fetch("*", path), path
    for path in (
        "/graphql?query={a}",
        "/ro/search?q=a&topic=b",
        "/en/match?text=a",
        "/export/city.csv",
    ):
        assert not rules.can_fetch("*", path), path


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_calls_come_as_a_feed_that_pages_announce(client: TestClient, lang: str) -> None:
    for page in ("", "/funding"):
        assert 'type="application/atom+xml" title="' in client.get(f"/{lang}{page}").text
    answer = client.get(f"/{lang}/funding.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    ns = {"a": ATOM}
    entries = feed.findall("a:entry", ns)
    assert entries
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            (held,) = one.findall(f"a:{name}", ns)
            assert held.text
        datetime.fromisoformat(one.findtext("a:updated", "", ns))
    ids = [one.findtext("a:id", "", ns) for one in entries]
    assert len(set(ids)) == len(ids)
    for one in entries[:3]:
        link = one.find("a:link", ns)
        assert link is not None
        assert client.get(link.attrib["href"]).status_code == 200


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_calendar_holds_what_usually_opens_marked_as_a_forecast(
    client: TestClient, lang: str
) -> None:
    raw = client.get(f"/{lang}/funding.ics").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert events
    assert len({str(one["uid"]) for one in events}) == len(events)
    for one in events:
        assert one["dtstamp"].dt.utcoffset() == timedelta(0)  # RFC 5545, 3.8.7.2
        assert one["dtend"].dt > one["dtstart"].dt
        if one.get("transp") == "TRANSPARENT":
            assert str(one["summary"]).startswith({"ro": "Prognoză", "en": "Forecast"}[lang])


@pytest.mark.parametrize(
    "path", ["", "/plan", "/plan/A1", "/actions/A1.6", "/funding", "/network", "/search?q=%22%3Cdans", "/r/org/fitt"]
)  # fmt: skip
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_shared_link_shows_a_title_and_a_sentence(
    client: TestClient, lang: str, path: str
) -> None:
    head = client.get(f"/{lang}{path}").text.partition("</head>")[0]
    shown = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', head))
    assert shown["title"].strip()
    assert len(shown["description"]) > 15
    assert shown["locale"] == {"ro": "ro_RO", "en": "en_GB"}[lang]
    assert "http" not in "".join(shown.values())  # nothing is fetched from elsewhere
