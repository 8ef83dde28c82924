"""The small city as a page, in a real browser and served under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    BrowserContext,
    Page,
    Playwright,
)

from graph.network import City
from tests.viz.network_kit import Watched, made
from viz.network import network_page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="module")
def whole() -> City:
    return made()


@pytest.fixture(scope="module")
def page_text(whole) -> str:
    return network_page(whole.nodes, whole.links, lang="ro")


@pytest.fixture(scope="module")
def browser(
    tmp_path_factory, player: Playwright, browser_path: str | None
) -> Iterator[BrowserContext]:
    context = player.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=browser_path,
        headless=True,
        args=FLAGS,
        viewport={"width": 1300, "height": 900},
        accept_downloads=True,
        reduced_motion="reduce",
    )
    yield context
    context.close()


@pytest.fixture
def watched(browser) -> Iterator[Watched]:
    page = browser.new_page()
    found = Watched(page)
    yield found
    page.close()
    assert found.troubles == []


@pytest.fixture
def opened(watched, page_text, tmp_path) -> Page:
    file = tmp_path / "page.html"
    file.write_text(page_text, encoding="utf-8")
    return watched.open(file.as_uri())
