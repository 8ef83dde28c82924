"""Commands while a server runs on the same home: they answer, `ingest` is handed over, pages show the new version."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

Run = Callable[..., Any]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def served(own_home: Path) -> Iterator[tuple[Path, str]]:
    """A real server over a copy of the city; ended by its own id."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("RESURSE_")}
    env |= {
        "RESURSE_HOME": str(own_home),
        "RESURSE_PORT": str(port),
        "RESURSE_LANG": "en",
        "RESURSE_RATE": "0",
    }
    resurse = Path(sys.executable).with_name("resurse")
    process = subprocess.Popen(
        [str(resurse), "serve"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                if httpx.get(f"{url}/readyz", timeout=2).status_code == 200:
                    break
            except httpx.TransportError:
                assert process.poll() is None, (
                    process.stdout.read().decode() if process.stdout else ""
                )
                time.sleep(0.25)
        yield own_home, url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


NEW = """cod;Denumire;Localitate
t1;Asociația de test „Lampadarul Violet” (rând de test, inventat);Timișoara
"""
MAPPING = """slug: test-clubs
title: {ro: Test, en: Test}
publisher: Test
licence: CC0-1.0
identity: false
class: Organisation
id: {column: cod, prefix: org/test-}
columns:
  cod: {use: true}
  Denumire: {field: label, lang: ro}
  Localitate: {field: city}
"""


def test_a_city_is_exported_ingested_and_searched_while_it_is_served(
    served: tuple[Path, str], run_cli: Run, tmp_path: Path
) -> None:
    home, url = served
    before = httpx.get(f"{url}/readyz").json()["version"]
    exported = run_cli("export", "nq", "-o", str(tmp_path / "before.nq"), home=home)
    assert exported.code == 0, exported.err
    (tmp_path / "new.csv").write_text(NEW, encoding="utf-8")
    (tmp_path / "source.yml").write_text(MAPPING, encoding="utf-8")
    done = run_cli(
        "ingest",
        "--file",
        str(tmp_path / "new.csv"),
        "--mapping",
        str(tmp_path / "source.yml"),
        "--json",
        home=home,
    )
    assert done.code == 0, done.err
    assert done.json[0]["accepted"] == 1
    after = httpx.get(f"{url}/readyz").json()["version"]
    assert after != before
    page = httpx.get(f"{url}/ro/r/org/test-t1")
    assert page.status_code == 200
    assert "Lampadarul Violet" in page.text
    found = run_cli("search", "lampadarul violet", "--json", home=home).json
    assert found["edges"][0]["id"] == "org/test-t1"
    counted = run_cli(
        "sparql",
        "--json",
        home=home,
        stdin=b"ASK { <https://w3id.org/resurse/id/org/test-t1> ?p ?o }",
    )
    assert counted.json["boolean"] is True
    assert run_cli("backup", str(tmp_path / "copy"), home=home).code == 0
    assert (tmp_path / "copy" / "statements").exists()
    control = httpx.post(f"{url}/-/control", json={"argv": ["sources"], "folder": "/"})
    assert control.status_code == 404


def test_a_backup_restored_into_an_empty_home_gives_the_same_export(
    own_home: Path, run_cli: Run, tmp_path: Path
) -> None:
    copy, fresh = tmp_path / "copy", tmp_path / "fresh"
    assert run_cli("backup", str(copy), home=own_home).code == 0
    again = run_cli("backup", str(copy), home=own_home)
    assert again.code == 1
    restored = run_cli("restore", str(copy), home=fresh)
    assert restored.code == 0, restored.err
    exports = [run_cli("export", "nq", home=home).raw for home in (own_home, fresh)]
    assert exports[0] == exports[1]
    assert run_cli("restore", str(copy), home=fresh).code == 1
    unchanged = run_cli("ingest", "timisoara-platforms", "--json", home=fresh).json
    assert unchanged[0]["result"] == "unchanged"


def test_a_home_of_a_newer_format_is_refused_with_a_sentence(own_home: Path, run_cli: Run) -> None:
    (own_home / "format").write_text("99\n", encoding="utf-8")
    answer = run_cli("ingest", home=own_home)
    assert answer.code == 1
    assert "99" in answer.err
