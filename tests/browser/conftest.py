"""A real browser before the real server: the bundled city on a free port, Chromium driven by playwright.

Nothing is skipped in silence: what a machine lacks (a browser, axe-core, Java) is said in red at
the end of the run with what to install, and the files that need it are not collected.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

from api.wiring import Installation
from tests.browser.install import FLAGS
from tests.browser.kit import NEEDS

HERE = Path(__file__).parent
collect_ignore = sorted({name for _, here, _, names in NEEDS if not here for name in names})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for words, here, do, names in NEEDS:
        if not here:
            line = f"!! {words} To check it, {do}. Not run: {', '.join(names)}."
            terminalreporter.write_line(line, red=True, bold=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(installation: Installation) -> Iterator[str]:
    """Where the bundled city is served."""
    from api.web.app import create_app

    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(installation), log_level="warning", lifespan="off")
    )
    thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server did not start within a minute"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium(player: Playwright, browser_path: str | None) -> Iterator[Browser]:
    """One browser with a fresh profile."""
    made = player.chromium.launch(executable_path=browser_path, args=[*FLAGS, "--headless"])
    yield made
    made.close()


@dataclass
class Watch:
    """What a window asked for and complained about while a test used it."""

    host: str
    strays: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Records requests to other hosts, console errors, and scripts that break."""
        context.on("request", lambda request: self._request(request.url))
        context.on("response", lambda found: self._response(found.status, found.url, found.request))
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and (
            urlsplit(url).netloc != self.host
        ):
            self.strays.append(url)

    def _response(self, status: int, url: str, request: Request) -> None:
        """A page may be missing on purpose; what a page is made of may not."""
        if status >= 400 and request.resource_type != "document":
            self.complaints.append(f"{status} {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith("Failed to load resource"):
            self.complaints.append(text)


@pytest.fixture
def window(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens windows (keywords as for playwright's `new_context`).

    When the test is over none of them may have asked another host for anything, or complained.
    """
    watch = Watch(urlsplit(site).netloc)
    contexts: list[BrowserContext] = []

    def open_window(**more: Any) -> Page:
        context = chromium.new_context(
            base_url=site, **{"viewport": {"width": 1200, "height": 900}, **more}
        )
        context.set_default_timeout(60_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
    assert watch.strays == []
    assert watch.complaints == []
