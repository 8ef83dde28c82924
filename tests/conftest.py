"""Fixtures that many folders share: the bundled city, ingested once per test run, really served.

`city_home` is a home with all bundled facts: read-only for tests. A test that writes copies it
(`own_home`). `installation` opens it, `client` asks its web application, `run_cli` runs the command
`resurse` as a person would, in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.wiring import Installation

TODAY = date(2026, 11, 25)
RESURSE = Path(sys.executable).with_name("resurse")


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled city."""
    home = tmp_path_factory.mktemp("city") / "home"
    made = Installation(Settings(home=home))
    made.ingest(made.chosen(()), today=TODAY)
    made.close()
    return home


@pytest.fixture(scope="session")
def installation(city_home: Path) -> Iterator[Installation]:
    """The bundled city, open for reading."""
    made = Installation(Settings(home=city_home, rate=0))
    yield made
    made.close()


@pytest.fixture(scope="session")
def client(installation: Installation) -> Iterator[TestClient]:
    """The web application over the bundled city."""
    from api.web.app import create_app

    with TestClient(create_app(installation), follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="session")
def graphql(client: TestClient) -> Callable[..., dict[str, Any]]:
    """Asks a GraphQL document; gives `data`, or fails with the errors."""

    def ask(query: str, **variables: Any) -> dict[str, Any]:
        answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    return ask


@pytest.fixture(scope="session")
def browser_path() -> str | None:
    """The browser that tests drive."""
    from tests.browser.install import browser

    return browser()


@pytest.fixture(scope="session")
def player(browser_path: str | None) -> Iterator[Any]:
    """Playwright, once for all tests with a browser: its loop lets no second one start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made


@pytest.fixture
def own_home(city_home: Path, tmp_path: Path) -> Path:
    """A copy of the bundled city that a test may write to."""
    home = tmp_path / "home"
    shutil.copytree(city_home, home)
    (home / "serve.json").unlink(missing_ok=True)
    return home


class Ran:
    """What a command gave back."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.raw = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return orjson.loads(self.raw)


@pytest.fixture(scope="session")
def run_cli() -> Callable[..., Ran]:
    """Runs `resurse …` with a home; `stdin` is what it reads."""

    def run(*words: str, home: Path, stdin: bytes = b"", lang: str = "en", **more: str) -> Ran:
        env = {k: v for k, v in os.environ.items() if not k.startswith("RESURSE_")}
        env |= {"RESURSE_HOME": str(home), "RESURSE_LANG": lang, "COLUMNS": "200", **more}
        done = subprocess.run(
            [str(RESURSE), *words],
            input=stdin,
            capture_output=True,
            env=env,
            timeout=180,
            check=False,
        )
        return Ran(done)

    return run
