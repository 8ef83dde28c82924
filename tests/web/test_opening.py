"""A serving process opens a data version ahead of its first visitors; no part holds up another."""

from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Installation
from graph.search import models


@pytest.fixture
def fresh(city_home: Path) -> Installation:
    """The bundled city, of which nothing is open yet."""
    return Installation(Settings(home=city_home, rate=0))


def test_what_first_visitors_need_is_opened_in_the_background(fresh: Installation) -> None:
    snapshot = fresh.snapshot
    assert not {"_search", "_network", "_matcher"} & vars(snapshot).keys()
    snapshot.open_ahead().join(60)
    assert {"_search", "_network", "_matcher"} <= vars(snapshot).keys()
    fresh.close()


def test_only_a_serving_process_opens_ahead(fresh: Installation) -> None:
    def opening() -> list[str]:
        return [one.name for one in threading.enumerate() if one.name == "open-ahead"]

    _ = fresh.snapshot
    assert opening() == []
    fresh.close()
    fresh.serving = True
    _ = fresh.snapshot
    for one in threading.enumerate():
        if one.name == "open-ahead":
            one.join(60)
    assert "_network" in vars(fresh.snapshot)
    fresh.close()


def test_a_part_that_takes_long_holds_up_no_other(fresh: Installation) -> None:
    snapshot = fresh.snapshot
    with snapshot._locks["network"]:  # as while it is being made
        found: list[int] = []
        asking = threading.Thread(target=lambda: found.append(len(snapshot.search)))
        asking.start()
        asking.join(60)
    assert found
    assert found[0] > 100
    fresh.close()


def test_a_model_that_takes_long_to_load_holds_up_no_list(
    fresh: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, enough = threading.Event(), threading.Event()

    def slowly(name: str) -> object:
        begun.set()
        enough.wait(60)
        return object()

    monkeypatch.setattr(models, "load_embedder", slowly)
    loading = threading.Thread(target=fresh.embedder)
    loading.start()
    assert begun.wait(60)
    counted: list[object] = []
    reading = threading.Thread(target=lambda: counted.append(fresh.snapshot.catalogue.counts()))
    reading.start()
    reading.join(5)
    enough.set()
    assert counted
    for thread in (loading, reading):
        thread.join(60)
    fresh.close()


def test_what_cannot_be_opened_is_noted_and_told_to_who_asks_for_it(
    city_home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    shutil.copytree(city_home, home)
    made = Installation(Settings(home=home, model=str(tmp_path / "no-such-model")))
    with caplog.at_level(logging.WARNING):
        made.snapshot.open_ahead().join(60)
    assert "could not be opened ahead" in caplog.text
    assert made.snapshot.catalogue.counts()
    made.close()
