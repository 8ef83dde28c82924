"""A page that a browser has already is not sent again; one that would say something else always is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.web.app import create_app
from api.wiring import Installation
from tests.conftest import TODAY
from viz.shelf import Finished, Shelf


@pytest.fixture
def opened(own_home: Path) -> Iterator[Callable[..., tuple[Installation, TestClient]]]:
    """Opens the test's own copy of the city, with other settings where given."""
    made: list[Installation] = []

    def open_city(**settings: str) -> tuple[Installation, TestClient]:
        for before in made:
            before.close()
        made.append(Installation(replace(Settings(home=own_home, rate=0), **settings)))  # type: ignore[arg-type]
        return made[-1], TestClient(create_app(made[-1]))

    yield open_city
    for one in made:
        one.close()


def again(client: TestClient, path: str, tag: str) -> int:
    """The status for a browser that has the page with this tag."""
    return client.get(path, headers={"If-None-Match": tag}).status_code


def test_a_page_of_the_same_edition_is_not_sent_again(
    opened: Callable[..., tuple[Installation, TestClient]],
) -> None:
    _, client = opened()
    first = client.get("/ro/sources")
    assert first.headers["cache-control"] == "no-cache"
    assert again(client, "/ro/sources", first.headers["etag"]) == 304
    assert again(client, "/en/sources", first.headers["etag"]) == 200
    assert again(client, "/ro/sources?x=1", first.headers["etag"]) == 200


def test_after_a_reading_that_changed_nothing_pages_say_when_it_was(
    opened: Callable[..., tuple[Installation, TestClient]],
) -> None:
    city, client = opened()
    version, tag = city.data_version(), client.get("/en/sources").headers["etag"]
    outcomes = city.ingest(city.chosen(()), today=TODAY)
    assert {one.counts.added for one in outcomes} == {0}
    assert city.data_version() == version
    answer = client.get("/en/sources", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    checked = {report.last_run for report in city.source_reports() if report.last_run}
    for day in {date.fromisoformat(one[:10]) for one in checked}:
        assert f"{day.day} {day:%B %Y}" in answer.text


def test_a_reading_by_another_process_is_seen_too(
    opened: Callable[..., tuple[Installation, TestClient]], own_home: Path
) -> None:
    _, client = opened()
    tag = client.get("/ro").headers["etag"]
    other = Installation(Settings(home=own_home))
    other.registry.readings.log(
        other.chosen(())[0].slug, "2031-05-06T07:08:09+00:00", "unchanged", "{}"
    )
    other.close()
    answer = client.get("/ro/sources", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "6 mai 2031" in answer.text


def test_a_page_made_with_other_settings_is_another_page(
    opened: Callable[..., tuple[Installation, TestClient]],
) -> None:
    _, client = opened()
    tag = client.get("/ro/r/org/fitt").headers["etag"]
    _, client = opened(contact="harta@example.org")
    answer = client.get("/ro/r/org/fitt", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "mailto:harta@example.org" in answer.text


def test_a_page_that_is_ready_is_the_page_that_was_made(client: TestClient) -> None:
    path = "/ro/search?q=tineri&n=ready"
    made, ready = client.get(path), client.get(path)
    assert ready.content == made.content
    for name in ("content-type", "content-language", "etag", "vary", "content-security-policy"):
        assert ready.headers[name] == made.headers[name], name
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == made.content
    assert ready.headers["content-encoding"] == "gzip"
    assert client.head(path).status_code == 200
    assert client.head(path).content == b""


def test_refusals_and_files_are_never_kept_as_pages(client: TestClient) -> None:
    for path, status in (("/ro/r/org/nobody", 404), ("/ro/network?depth=zzz", 400)):
        assert [client.get(path).status_code for _ in range(3)] == [status] * 3
    for _ in range(2):
        table = client.get("/ro/groups?format=csv")
        assert table.headers["content-type"].startswith("text/csv")


def test_a_shelf_is_bounded_and_lets_the_oldest_go() -> None:
    shelf, day = Shelf(size=3_000), TODAY
    for number in range(5):
        shelf.put("e", day, b"/ro", b"n=%d" % number, Finished(b"x" * 1_000, "ro"))
    kept = [shelf.take("e", day, b"/ro", b"n=%d" % number) is not None for number in range(5)]
    assert kept == [False, False, False, True, True]
    assert shelf.take("another edition", day, b"/ro", b"n=4") is None
    assert shelf.take("e", date(2026, 11, 26), b"/ro", b"n=4") is None
