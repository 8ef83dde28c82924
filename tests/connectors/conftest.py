"""A real HTTP server on this machine that answers as each test says; nothing leaves the machine."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ingest.context import Context
from ingest.declaration import load_source
from ingest.fetch import Fetcher
from ingest.manners import Policy
from ingest.rejects import Reject
from ontology.entity import Entity
from ontology.validate import check

HERE = Path(__file__).parent
TODAY = date(2024, 5, 20)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    body: bytes | str | object = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Script = Callable[[Request], Reply]


class Site:
    """The server: `on` says what a path answers, one reply after the other, the last for ever."""

    def __init__(self, *, tls: bool = False) -> None:
        self.requests: list[Request] = []
        self._scripts: dict[str, list[Reply | Script]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer()

            do_POST = do_HEAD = do_GET

            def _answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                request = Request(
                    self.command,
                    self.path,
                    {k.lower(): v for k, v in self.headers.items()},
                    self.rfile.read(length),
                )
                site.requests.append(request)
                reply = site._reply(request)
                body = reply.body
                kind = "text/html" if isinstance(body, str) else "application/json"
                if isinstance(body, str):
                    body = body.encode()
                elif not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                self.send_response(reply.status)
                given = {"content-type": kind, "content-length": str(len(body)), **reply.headers}
                for name, value in given.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD" and reply.status != 304:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The test's output is the test's."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(HERE / "tls/cert.pem", HERE / "tls/key.pem")
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def on(self, path: str, *replies: Reply | Script) -> None:
        self._scripts[path] = list(replies)

    def _reply(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        script = self._scripts.get(request.path) or self._scripts.get(path)
        if not script:
            return Reply("nu există", 404)
        step = script.pop(0) if len(script) > 1 else script[0]
        return step if isinstance(step, Reply) else step(request)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def reply() -> type[Reply]:
    """What the server answers: `reply(body, status, headers)`; a str is a page, bytes are bytes."""
    return Reply


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def tls_site() -> Iterator[Site]:
    made = Site(tls=True)
    yield made
    made.close()


@pytest.fixture
def slept() -> list[float]:
    """The pauses that were made, in seconds; none is really waited."""
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Iterator[Callable[..., Fetcher]]:
    """Makes fetchers that do not wait: `fetcher(delay=…, cache=…)`."""
    made: list[Fetcher] = []

    def make(
        *, cache: Any = None, progress: Any = None, verify: Any = True, **policy: Any
    ) -> Fetcher:
        policy = {"agent": "resurse-test/1 (+mailto:test@example.org)", "delay": 0.0, **policy}
        one = Fetcher(
            Policy(**policy), cache=cache, progress=progress, verify=verify, sleep=slept.append
        )
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


@pytest.fixture
def example() -> Callable[[str], Any]:
    """A synthetic answer by its file name."""
    return lambda name: json.loads((HERE / "examples" / name).read_text(encoding="utf-8"))


@pytest.fixture
def fits() -> Callable[..., None]:
    """Checks an answer against the published schema it must have; `at` names a definition."""

    def fit(answer: Any, schema: str, at: str | None = None) -> None:
        rules = json.loads((HERE / "schemas" / schema).read_text(encoding="utf-8"))
        if at is not None:
            rules = {**rules, "$ref": f"#/$defs/{at}"}
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        jsonschema.Draft202012Validator(rules, format_checker=checker).validate(answer)

    return fit


@dataclass
class Harvest:
    """What a crawl gave: entities by id (the last one), in order, and the refused records."""

    entities: list[Entity]
    rejects: list[Reject]
    unread: str = ""
    """What is told of fields that nobody reads."""

    def __getitem__(self, id_: str) -> Entity:
        return {entity.id: entity for entity in self.entities}[id_]

    def ids(self, prefix: str = "") -> list[str]:
        return [entity.id for entity in self.entities if entity.id.startswith(prefix)]

    def value(self, id_: str, field: str, lang: str | None = None) -> object:
        return self[id_].first(field, lang)


@pytest.fixture
def harvest(tmp_path: Path, fetcher: Callable[..., Fetcher]) -> Callable[..., Harvest]:
    """Runs a connector with options, as source.yml would give them; known keys have their ids.

    Every entity must pass the gate that the pipeline sets.
    """

    def run(
        crawl: Callable[..., Iterator[Entity | Reject]],
        known: dict[str, str] | None = None,
        files: dict[str, bytes] | None = None,
        policy: dict[str, Any] | None = None,
        cache: Any = None,
        progress: Any = None,
        **options: Any,
    ) -> Harvest:
        folder = tmp_path / "proba"
        folder.mkdir(exist_ok=True)
        for name, content in (files or {}).items():
            (folder / name).write_bytes(content)
        told = {"title": {"ro": "Probă", "en": "Test"}, "scheme": "proba", "options": options}
        (folder / "source.yml").write_text(yaml.safe_dump(told), encoding="utf-8")
        fetch = fetcher(cache=cache, progress=progress, **(policy or {}))
        context = Context(load_source(folder), (known or {}).get, TODAY, fetch)
        made = list(crawl(context))
        entities = [one for one in made if isinstance(one, Entity)]
        for entity in entities:
            assert check([entity]) == ()
        left = context.unread.told("")
        told = left.message() if left is not None else ""
        return Harvest(entities, [one for one in made if isinstance(one, Reject)], told)

    return run
