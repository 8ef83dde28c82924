"""Stores to test: one in a folder, and one behind a real SPARQL server started for the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.store import Iri, Literal, Store, Triple, open_store
from ontology.vocab import Base

BASE = Base()
GRAPH = BASE.source_graph("synthetic", "1")
NAME = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
LEADS = Iri("https://w3id.org/resurse/ns#lead")


def thing(name: str) -> Iri:
    """The IRI of a synthetic organisation."""
    return Iri(BASE.thing(f"org/{name}"))


def named(number: int, start: int = 0) -> list[Triple]:
    """So many synthetic organisations with a name."""
    return [
        Triple(thing(f"o{i}"), NAME, Literal(f"Asociația {i}", lang="ro"))
        for i in range(start, start + number)
    ]


def server_binary() -> str:
    """The oxigraph server that the test extra installs."""
    found = Path(sys.executable).parent / "oxigraph"
    return str(found) if found.exists() else shutil.which("oxigraph") or "oxigraph"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def sparql_server() -> Iterator[str]:
    """The address of a real SPARQL 1.1 server; its queries stop after two seconds."""
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [server_binary(), "serve", "--bind", address, "--timeout-s", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            httpx.get(f"http://{address}/", timeout=1)
            break
        except httpx.TransportError:
            time.sleep(0.05)
    yield f"http://{address}/query"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def clean_server(sparql_server: str) -> str:
    """The server's query address, with nothing in it."""
    answer = httpx.post(sparql_server.replace("/query", "/update"), data={"update": "DROP ALL"})
    answer.raise_for_status()
    return sparql_server


@pytest.fixture(params=["folder", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    where = (
        str(tmp_path / "store")
        if request.param == "folder"
        else str(request.getfixturevalue("clean_server"))
    )
    with open_store(where, base=BASE) as opened:
        yield opened


@pytest.fixture
def folder_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder."""
    with open_store(str(tmp_path / "store"), base=BASE) as opened:
        yield opened


@pytest.fixture
def endpoint_store(clean_server: str) -> Iterator[Store]:
    """An empty store behind the server."""
    with open_store(clean_server, base=BASE) as opened:
        yield opened
