"""Whatever is asked, a page answers in the visitor's language, with the right status, and never with our insides."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.web.app import create_app
from api.wiring import Installation
from ingest.declaration import load_source
from ontology.loading import load_model
from viz.pages import PAGES, funding

LONG = "a" * 10_000


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *[(f"/search?{name}={LONG}", 400) for name in ("q", "place", "topic", "form", "after")],
        (f"/match?text=x&why={LONG}", 400),
        (f"/network?around={LONG}", 400),
        (f"/actions/A1.3?pick={LONG}", 400),
        (f"/r/{LONG}", 404),
        ("/search?" + "&".join(f"topic=t{n}" for n in range(99)), 400),
        ("/network?around=" + ",".join("abcdefghij" * 9), 400),
        ("/network?around=...", 200),
        ("/match?text=dans&why=...", 200),
        ("/network?from=%22&to=*", 200),
        ("/network?depth=²", 400),
        ("/match?text=dans&w-topics=²", 400),
        ("/search?year=zzz", 400),
        ("/search?year=١٢٣٤", 400),
        ("/search?min=nan", 400),
        ("/search?min=1e999", 400),
        ("/match?text=dans&want=NOTHING", 404),
        ("/network?topic=nothing", 404),
        ("/match?text=...", 400),
        ("/search?q=%ff%fe", 200),
        ("/r/%ff%fe", 404),
        ("/network?around=%00", 200),
    ],
)
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_absurd_addresses_get_a_page_that_helps(
    client: TestClient, lang: str, path: str, status: int
) -> None:
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == status
    assert f'<html lang="{lang}">' in answer.text
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1
    assert "Traceback" not in answer.text


def test_a_fault_of_ours_is_a_page_too_and_goes_to_the_log(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(funding, "who_asks", fail)
    answer = client.get("/en/funding?town=fault")
    assert answer.status_code == 500
    assert "A fault of the program stopped this page" in answer.text
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("place", "status"), [("api.web.door.execute", 500), ("api.graphql.roots.things.by_code", 200)]
)
def test_a_fault_behind_graphql_is_told_and_goes_to_the_log(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    place: str,
    status: int,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(place, fail)
    answer = client.post("/graphql", json={"query": '{ action(code: "A1.3") { id } }'})
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "greșeală" in error["extensions"]["message_ro"]
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example/ro/", "/ro//evil.example/", "/ro/", "/en/map/?a=b"]
)
def test_no_redirect_leads_to_another_host(client: TestClient, path: str) -> None:
    answer = client.get(f"http://testserver{path}", headers={"X-Forwarded-Host": "evil.example"})
    place = answer.headers.get("location")
    assert place is None or re.match(r"/(ro|en)(/|$)", place)


def test_an_address_with_a_last_stroke_is_the_same_page(client: TestClient) -> None:
    answer = client.get("/en/search/?q=a%26b")
    assert (answer.status_code, answer.headers["location"]) == (308, "/en/search?q=a%26b")


def test_a_filter_that_finds_nothing_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/en/search?topic=youth&year=1949&q=dans").text
    chosen = page.split('class="chosen"')[1].split("</ul>")[0]
    assert "Youth" in chosen
    assert "1949" in chosen
    assert 'href="/en/search?year=1949&amp;q=dans"' in chosen


def test_a_tag_that_a_proxy_weakened_still_says_that_nothing_changed(client: TestClient) -> None:
    tag = client.get("/en/about").headers["etag"]
    for held in (f"W/{tag}", f'"other", W/{tag}'):
        assert client.get("/en/about", headers={"If-None-Match": held}).status_code == 304


def test_a_marked_passage_shows_signs_as_they_were_written() -> None:
    from viz.pages.search import marked

    assert marked("A &amp; B &lt;em&gt; <em>C</em>") == (("A & B <em> ", False), ("C", True))


# -- a hostile source -------------------------------------------------------------------------------

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;"
FORMULA = '=HYPERLINK("http://evil.example","x")'
FIELDS = {
    "Organisation": ("label", "description", "altLabels", "address", "city"),
    "Project": ("label", "description", "altLabels", "partnerNames"),
    "Council": ("label", "description", "altLabels"),
    "Programme": ("label", "description"),
    "Call": ("label", "description", "edition", "deadlineNote", "programme"),
    "Place": ("label", "description", "altLabels"),
    "Platform": ("label", "description"),
}
"""Classes and the fields of theirs that take any text."""


MORE = {"text": ", lang: en", "reference": ", refer: [nasty-programme]"}
"""What a column must say beside its field, by the kind of value."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The city with things whose every free text is hostile. Made up: nothing of it is real."""
    place = tmp_path_factory.mktemp("hostile")
    city = Installation(Settings(home=place / "home", rate=0))
    sources = [source for source in city.chosen(()) if source.slug in ("topics", "timisoara-plan")]
    for cls, texts in FIELDS.items():
        folder = place / f"nasty-{cls.lower()}"
        folder.mkdir()
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["id", *texts, "topics", "url"])
            for name, text in (("nasty", NASTY), ("formula", FORMULA), ("long", "ăț" * 150)):
                values = ["nasty" if field == "programme" else f"{text} {field}" for field in texts]
                rows.writerow(
                    [name, *values, "civic-participation", "https://example.org/a?b=1&c='d'"]
                )
        kinds = {name: prop.kind.name for name, prop in load_model().cls(cls).properties.items()}
        columns = "\n".join(
            f"  {field}: {{field: {field}{MORE.get(kinds[field], '')}}}" for field in texts
        )
        (folder / "source.yml").write_text(
            f"""slug: nasty-{cls.lower()}
title: {{ro: "{cls} <b>ostil</b>", en: "{cls} <b>hostile</b>"}}
publisher: "<i>Nobody</i>"
licence: "CC0-1.0 <u>"
read: {{path: rows.csv, format: csv, encoding: utf-8, delimiter: ","}}
page: {{url: url}}
class: {cls}
id: {{column: id}}
columns:
  id: {{use: true}}
{columns}
  topics: {{field: topics}}
  url: {{use: true}}
""",
            encoding="utf-8",
        )
        sources.append(load_source(folder))
    outcomes = city.ingest(sources, today=date.today())
    taken = {one.source: one.counts.accepted for one in outcomes}
    assert all(taken[f"nasty-{cls.lower()}"] >= 2 for cls in FIELDS), taken
    with TestClient(create_app(city), follow_redirects=False) as made:
        yield made
    city.close()


class Tags(HTMLParser):
    """What in a page could act: scripts of its own text, handlers, pictures and marks that we never write."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        quiet = "src" in held or str(held.get("type")).startswith("application/")
        if (
            tag in ("img", "b", "i", "u")
            or (tag == "script" and not quiet)
            or any(name.startswith("on") or name == "style" for name in held)
            or str(held.get("href")).startswith(("javascript:", "data:"))
        ):
            self.live.append((tag, attrs))


def test_a_hostile_source_does_nothing_on_any_page(hostile: TestClient) -> None:
    catalogue = hostile.app.state.installation.snapshot.catalogue  # type: ignore[attr-defined]
    things = [r.id for r in catalogue.scan() if "nasty" in r.id or "formula" in r.id]
    assert len(things) >= 2 * len(FIELDS)
    paths = [f"/r/{id_}" for id_ in things]
    paths += [page.path for page in PAGES if page.template and "{" not in page.path]
    paths += [f"/match?subject={things[0]}&why={things[1]}&pick={things[0]}"]
    paths += [
        "/search?q=script",
        "/search?q=alert",
        "/actions/A1.3",
        f"/network?around={things[0]}",
    ]
    shown = 0
    for path in paths:
        answer = hostile.get(f"/en{path}")
        assert answer.status_code == 200, path
        shown += "&lt;script&gt;" in answer.text
        seen = Tags()
        seen.feed(answer.text)
        assert seen.live == [], path
    assert shown > len(FIELDS)


def test_a_hostile_source_gives_tables_without_formulas(hostile: TestClient) -> None:
    table = hostile.get("/en/search?kind=ORGANISATION&kind=COUNCIL&kind=CALL&format=csv").text
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(rows) > 6
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_hostile_ids_make_no_file_names(hostile: TestClient, tmp_path: Path) -> None:
    answer = hostile.get("/en/sources/..%2f..%2fregistry/rejects.csv")
    assert answer.status_code == 404
    assert list(tmp_path.iterdir()) == []


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_person_whose_request_is_turned_away_gets_a_page(client: TestClient, lang: str) -> None:
    answer = client.get(f"/{lang}/search?q=" + "a" * 20_000, headers=BROWSER)
    assert answer.status_code == 414
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<html lang="{lang}">' in answer.text
    for said in ("Adresa este prea lungă", "The address is too long"):
        assert said in answer.text
    program = client.get(f"/{lang}/search?q=" + "a" * 20_000, headers={"Accept": "*/*"})
    assert set(program.json()) == {"error", "ro", "en"}


@pytest.mark.parametrize(
    ("speaks", "said"), [("ro-RO,ro", "Pagina nu există"), ("en-GB", "There is no such page")]
)
@pytest.mark.parametrize("path", ["/nothing", "/road", "/english", "/static/nothing.css"])
def test_an_address_outside_the_languages_is_answered_in_the_visitors(
    client: TestClient, path: str, speaks: str, said: str
) -> None:
    answer = client.get(path, headers={**BROWSER, "Accept-Language": speaks})
    assert answer.status_code == 404
    assert said in answer.text
    assert 'href="/ro"' in answer.text
    program = client.get(path)
    assert (program.status_code, program.json()["ro"]) == (404, "Pagina nu există.")


def test_a_person_with_an_unknown_id_comes_to_the_page_with_guesses(client: TestClient) -> None:
    answer = client.get("/id/org/fundatia-comunitara-timis", headers=BROWSER, follow_redirects=True)
    assert answer.status_code == 404
    assert "Fundația Comunitară Timișoara" in answer.text


@pytest.mark.parametrize(
    "words",
    ["שלום עולם", "مرحبا", "🎭🎪", "\u202eabc", "<script>alert(1)</script>", "'\"><img src=x onerror=a>", "a\u0000b", "%s%n", "{{7*7}}", "../../etc/passwd", "ＦＵＬＬ", "e\u0301" * 200],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_words_of_any_script_are_searched_and_shown_as_they_are(
    client: TestClient, lang: str, words: str
) -> None:
    for path, name in (("search", "q"), ("match", "text"), ("funding", "org"), ("network", "from")):
        answer = client.get(f"/{lang}/{path}", params={name: words})
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "49" not in re.findall(r"<h1>(.*?)</h1>", answer.text)[0]


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_question_too_long_for_an_address_is_sent_elsewhere(
    client: TestClient, lang: str
) -> None:
    answer = client.get(f"/{lang}/query", params={"query": "SELECT " + "x" * 4_001})
    assert answer.status_code == 400
    assert "/sparql" in answer.text
