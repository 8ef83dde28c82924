"""An answer comes compressed to who takes it so, and each form of it has a name of its own."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.web.coding import takes_gzip

QUERY = {"query": "{ organisations(first: 50) { edges { node { id label } } } }"}
WISHES = {
    "gzip": True,
    "x-gzip": True,
    "GZIP": True,
    "deflate, gzip;q=0.5": True,
    "*": True,
    "br, *;q=0.1": True,
    "gzip;q=1.0, *;q=0": True,
    "": False,
    "identity": False,
    "br": False,
    "gzip;q=0": False,
    "gzip; q=0.000": False,
    "gzip;q=0, *": False,
    "*;q=0": False,
    "notgzip": False,
    "gzip;q=much": False,
    ",;=,;q=,": False,
}


@pytest.mark.parametrize("wish", WISHES)
def test_what_a_client_takes_is_read_as_it_is_written(wish: str) -> None:
    assert takes_gzip(wish.encode()) is WISHES[wish]


@pytest.mark.parametrize("path", ["/ro", "/ro/search?q=dans&n=coding", "/static/site.css"])
@pytest.mark.parametrize("turn", ["made", "ready"])
def test_no_page_is_compressed_for_who_refuses_it(client: TestClient, path: str, turn: str) -> None:
    refusing = client.get(path, headers={"Accept-Encoding": "gzip;q=0, *;q=0"})
    taking = client.get(path, headers={"Accept-Encoding": "br;q=0.9, gzip;q=0.1"})
    assert refusing.status_code == 200, turn
    assert "content-encoding" not in refusing.headers
    assert taking.headers["content-encoding"] == "gzip"
    assert refusing.content == taking.content


def test_graphql_keeps_to_the_same_rule(client: TestClient) -> None:
    refusing = client.post("/graphql", json=QUERY, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refusing.headers
    whole = client.post("/graphql", json=QUERY, headers={"Accept-Encoding": "*"})
    assert whole.headers["content-encoding"] == "gzip"
    assert whole.json() == refusing.json()


def test_a_strong_tag_names_one_form(client: TestClient) -> None:
    path = "/en/sources"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    small = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert plain.headers["etag"] != small.headers["etag"]
    for held, accepted, status in (
        (plain, "identity", 304),
        (plain, "gzip", 200),
        (small, "gzip", 304),
        (small, "gzip;q=0", 200),
    ):
        asked = {"If-None-Match": held.headers["etag"], "Accept-Encoding": accepted}
        answer = client.get(path, headers=asked)
        assert answer.status_code == status
        assert "Accept-Encoding" in answer.headers["vary"]


def test_a_file_that_is_compressed_has_a_weak_tag(client: TestClient) -> None:
    path = "/static/site.css"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    small = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert not plain.headers["etag"].startswith("W/")
    assert small.headers["etag"] == "W/" + plain.headers["etag"]
    again = client.get(path, headers={"If-None-Match": small.headers["etag"]})
    assert again.status_code == 304
