"""Calls open and close by the day in Bucharest, wherever the server stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from api.graphql.run import reading
from api.wiring import Installation
from viz.shelf import Shelf

FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""25 hours apart: at any moment at least one has another day than Bucharest."""


@pytest.fixture(params=FAR)
def abroad(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock set to another zone."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("abroad")
def test_the_day_is_that_of_bucharest(
    installation: Installation, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    really = Shelf.take

    def take(shelf: Shelf, edition: str, day: object, *where: bytes) -> object:
        asked.append(day)
        return really(shelf, edition, day, *where)  # type: ignore[arg-type]

    monkeypatch.setattr(Shelf, "take", take)
    client.get("/ro/funding")
    here = datetime.now(ZoneInfo("Europe/Bucharest")).date()
    assert [installation.ground().today, reading(installation).today, *asked] == [here] * 3


@pytest.mark.usefixtures("abroad")
def test_the_tag_of_a_page_does_not_change_with_the_zone(client: TestClient) -> None:
    abroad = client.get("/ro/funding").headers["etag"]
    with pytest.MonkeyPatch.context() as home:
        home.setenv("TZ", "Europe/Bucharest")
        time.tzset()
        tag = client.get("/ro/funding").headers["etag"]
    time.tzset()
    assert tag == abroad
