"""POST /graphql: brief requests are answered at once, long ones hold up nobody, and all give the same."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.web import door, guard
from api.web.app import create_app
from api.wiring import Installation

PAGE = {"query": "{ organisations(first: 20) { totalCount edges { node { id label } } } }"}


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which documents were run, in order."""
    ran: list[str] = []
    really = door.execute

    def execute(*asked: Any) -> dict[str, Any]:
        ran.append(threading.current_thread().name)
        return really(*asked)

    monkeypatch.setattr(door, "execute", execute)
    return ran


def test_a_request_that_was_brief_is_answered_at_once_when_it_comes_again(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 10.0)  # on a busy machine nothing is brief for certain
    monkeypatch.setattr(door, "PATIENCE", 10.0)
    client = TestClient(create_app(installation))
    answers = [client.post("/graphql", json=PAGE).content for _ in range(3)]
    assert len(set(answers)) == 1
    handed_over = [name.startswith("graphql") for name in threads]
    assert handed_over == [True, False, False]


def test_a_request_that_was_long_is_always_handed_over(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 0.0)
    client = TestClient(create_app(installation))
    for _ in range(3):
        client.post("/graphql", json=PAGE)
    assert all(name.startswith("graphql") for name in threads)


def test_what_was_brief_on_another_version_is_not_known_on_this_one(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 10.0)
    monkeypatch.setattr(door, "PATIENCE", 10.0)
    client = TestClient(create_app(installation))
    for version in ("one", "two"):
        monkeypatch.setattr(installation, "data_version", lambda version=version: version)
        client.post("/graphql", json=PAGE)
    assert all(name.startswith("graphql") for name in threads)


def test_what_was_brief_as_another_media_type_is_another_request(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 10.0)
    monkeypatch.setattr(door, "PATIENCE", 10.0)
    client = TestClient(create_app(installation))
    document = PAGE["query"]
    for _ in range(2):  # no JSON: refused at once, without being run
        answer = client.post(
            "/graphql", content=document, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
    answer = client.post(
        "/graphql", content=document, headers={"Content-Type": "application/graphql"}
    )
    assert answer.json()["data"]["organisations"]["totalCount"] > 0
    assert [name.startswith("graphql") for name in threads] == [True]


def test_what_was_brief_yesterday_is_not_known_today(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 10.0)
    monkeypatch.setattr(door, "PATIENCE", 10.0)
    client = TestClient(create_app(installation))
    for day in (25, 26):
        monkeypatch.setattr(door, "today", lambda day=day: date(2026, 11, day))
        client.post("/graphql", json=PAGE)
    assert all(name.startswith("graphql") for name in threads)


def test_only_short_requests_are_remembered(
    installation: Installation, threads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BRIEF", 10.0)
    client = TestClient(create_app(installation))
    long = {**PAGE, "variables": {"unused": "x" * door.LONGEST_BRIEF}}
    assert len(orjson.dumps(long)) > door.LONGEST_BRIEF
    for _ in range(2):
        assert client.post("/graphql", json=long).status_code == 200
    assert all(name.startswith("graphql") for name in threads)


def test_a_body_that_comes_drop_by_drop_gets_an_answer(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.2)
    app = create_app(installation)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
    }
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: a browser's may run in this one
        thread.submit(asyncio.run, asyncio.wait_for(app(scope, receive, send), 10)).result()
    assert sent[0]["status"] == 413
    assert b"too slowly" in sent[1]["body"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'[{"query": "{ statistics { total } }"}]',
        b'{"query": 5}',
        b'{"query": "{ statistics { total } }", "variables": "x"}',
        b'{"query": "\xff\xfe"}',
        b'{"query": "\\ud800"}',
        b'{"query": ' * 5_000,
        b"[" * 100_000,
        b"\xef\xbb\xbf{}",
        b'{"query": "{ statistics { total } }", "operationName": {}}',
        b"\x00" * 1_000,
    ],
)
def test_what_is_no_request_is_told_so(client: TestClient, body: bytes) -> None:
    answer = client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert len(answer.content) < 1_000
