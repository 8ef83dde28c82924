"""The store over HTTP when the other side is down, slow, locked or talks nonsense."""

from __future__ import annotations

import base64
import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from graph.store import Iri, Literal, Store, Triple, open_store
from ontology.errors import RefusedError, StoreDownError, StoreError
from ontology.vocab import XSD, Base

BASE = Base()
GRAPH = BASE.source_graph("synthetic", "1")
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?v { ?s ?p ?v }"
JSON = "application/sparql-results+json"
ONE_ROW = (
    b'{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"uri","value":"http://a"}}]}}'
)

Reply = tuple[int, dict[str, str], bytes]
Script = Callable[[BaseHTTPRequestHandler, dict[str, list[str]]], Reply | None]


class Server:
    """A real HTTP server that answers as the test says, and remembers what it was asked."""

    def __init__(self, script: Script) -> None:
        self.asked: list[dict[str, list[str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers.get("content-length", 0))
                form = parse_qs(self.rfile.read(size).decode())
                server.asked.append(form)
                reply = script(self, form)
                if reply is None:
                    self.close_connection = True
                    return
                status, headers, body = reply
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/sparql"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Server]]:
    """Starts servers that the test scripts."""
    started: list[Server] = []

    def start(script: Script) -> Server:
        started.append(Server(script))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def canned(status: int, media_type: str, body: bytes) -> Script:
    return lambda _handler, _form: (status, {"Content-Type": media_type}, body)


def connect(url: str, **more: str) -> Store:
    return open_store(url, base=BASE, **more)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/query"
    with pytest.raises(StoreDownError) as caught:
        connect(url).graphs()
    message = caught.value.message("en")
    assert message.startswith(url)
    assert "does not answer" in message
    assert "RESURSE_STORE" in message
    assert "nu răspunde" in caught.value.message("ro")


def test_a_password_in_the_address_is_not_repeated() -> None:
    with pytest.raises(StoreDownError) as caught:
        connect("http://user:secret@127.0.0.1:9/query").graphs()
    assert "secret" not in caught.value.message("en")


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param((200, "text/html", b"<html>Welcome</html>"), id="a web page"),
        pytest.param((200, JSON, b"<html>Welcome</html>"), id="a web page that claims to be JSON"),
        pytest.param((200, JSON, b""), id="nothing"),
        pytest.param((200, JSON, b'{"head":{'), id="half an answer"),
        pytest.param((200, JSON, b'{"error": "out of memory"}'), id="an error with status 200"),
        pytest.param((200, JSON, b"[1, 2]"), id="other JSON"),
        pytest.param((200, "", ONE_ROW), id="no media type"),
        pytest.param((404, "text/plain", b"not here"), id="a wrong address"),
        pytest.param((500, "text/html", b"<html>oops</html>"), id="a fault"),
        pytest.param((302, "text/plain", b""), id="a redirect"),
    ],
)
@pytest.mark.parametrize("ask", ["select", "ask", "construct", "graphs"])
def test_garbage_is_an_error_never_an_empty_answer(
    serve: Callable[[Script], Server], reply: tuple[int, str, bytes], ask: str
) -> None:
    store = connect(serve(canned(*reply)).url)
    calls: dict[str, Callable[[], object]] = {
        "select": lambda: store.select(SELECT, graphs=[GRAPH]),
        "ask": lambda: store.ask(ASK, graphs=[GRAPH]),
        "construct": lambda: store.construct("CONSTRUCT WHERE { ?s ?p ?o }", graphs=[GRAPH]),
        "graphs": store.graphs,
    }
    with pytest.raises(StoreDownError):
        calls[ask]()


def test_an_answer_that_breaks_off_between_rows(serve: Callable[[Script], Server]) -> None:
    store = connect(serve(canned(200, JSON, ONE_ROW[:-2])).url)
    with pytest.raises(StoreDownError):
        store.select(SELECT, graphs=[GRAPH])


def test_a_read_is_tried_again_when_the_connection_breaks(
    serve: Callable[[Script], Server],
) -> None:
    def script(_handler: BaseHTTPRequestHandler, _form: dict[str, list[str]]) -> Reply | None:
        if len(server.asked) == 1:
            return None
        if len(server.asked) == 2:
            return 503, {}, b"busy"
        return 200, {"Content-Type": JSON}, ONE_ROW

    server = serve(script)
    assert connect(server.url).select(SELECT, graphs=[GRAPH]).column("v") == [Iri("http://a")]
    assert len(server.asked) == 3


def test_a_write_is_never_sent_twice(serve: Callable[[Script], Server]) -> None:
    server = serve(lambda _handler, _form: None)
    with pytest.raises(StoreDownError):
        connect(server.url).drop(GRAPH)
    assert len(server.asked) == 1


def test_an_answer_that_comes_too_late(serve: Callable[[Script], Server]) -> None:
    wait = threading.Event()

    def script(_handler: BaseHTTPRequestHandler, _form: dict[str, list[str]]) -> Reply:
        wait.wait(5)
        return 200, {"Content-Type": JSON}, ONE_ROW

    store = connect(serve(script).url)
    with pytest.raises(RefusedError, match=r"longer than 0\.2 seconds"):
        store.select(SELECT, graphs=[GRAPH], timeout=0.2)
    wait.set()


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_the_password_is_sent_as_the_server_asks(
    serve: Callable[[Script], Server], scheme: str
) -> None:
    seen: list[str] = []

    def script(handler: BaseHTTPRequestHandler, _form: dict[str, list[str]]) -> Reply:
        header = handler.headers.get("authorization", "")
        seen.append(header)
        if header.startswith(scheme):
            return 204, {}, b""
        extra = ', nonce="abc", qop="auth", algorithm="MD5"' if scheme == "Digest" else ""
        return 401, {"WWW-Authenticate": f'{scheme} realm="SPARQL"{extra}'}, b""

    server = serve(script)
    store = connect(server.url, update_url=server.url + "-auth", user="ana", password="parolă")
    store.drop(GRAPH)
    store.drop(GRAPH)
    assert seen[0] == ""
    assert seen[-1].startswith(scheme)
    if scheme == "Basic":
        assert base64.b64decode(seen[-1].split()[1]).decode() == "ana:parolă"
        assert len(seen) == 3
    else:
        assert re.search(r'username="ana"', seen[-1])
        assert "parol" not in seen[-1]


def test_a_refused_password_says_which_settings_to_set(serve: Callable[[Script], Server]) -> None:
    server = serve(canned(401, "text/plain", b"who are you"))
    with pytest.raises(StoreDownError, match="RESURSE_STORE_USER"):
        connect(server.url).drop(GRAPH)
    virtuoso = serve(canned(500, "text/plain", b"Virtuoso 42000 Error SR186: No permission"))
    with pytest.raises(StoreDownError, match="RESURSE_STORE_UPDATE"):
        connect(virtuoso.url).drop(GRAPH)


def rows(number: int) -> bytes:
    row = b'{"v":{"type":"uri","value":"http://a"}}'
    return b'{"head":{"vars":["v"]},"results":{"bindings":[' + b",".join([row] * number) + b"]}}"


def test_an_answer_the_server_cut_is_an_error_unless_fewer_were_wanted(
    serve: Callable[[Script], Server],
) -> None:
    """Virtuoso's ResultSetMaxRows cuts with status 200 and says so in a header only."""
    headers = {"Content-Type": JSON, "X-SPARQL-MaxRows": "10"}
    store = connect(serve(lambda _handler, _form: (200, headers, rows(10))).url)
    with pytest.raises(StoreError, match=r"cuts answers at 10 rows.*ResultSetMaxRows"):
        store.select(SELECT, graphs=[GRAPH])
    assert len(store.select(SELECT, graphs=[GRAPH], limit=5)) == 5


def test_what_virtuoso_had_when_its_time_ran_out_is_no_answer(
    serve: Callable[[Script], Server],
) -> None:
    headers = {"Content-Type": JSON, "X-SQL-State": "S1TAT"}
    store = connect(serve(lambda _handler, _form: (200, headers, rows(1))).url)
    with pytest.raises(RefusedError, match="longer than"):
        store.select(SELECT, graphs=[GRAPH])


def test_matching_goes_page_by_page_where_answers_are_cut(
    serve: Callable[[Script], Server],
) -> None:
    total, cap = 25, 10

    def script(_handler: BaseHTTPRequestHandler, form: dict[str, list[str]]) -> Reply:
        query = form["query"][0]
        offset = re.search(r"OFFSET (\d+)", query)
        start = int(offset[1]) if offset else 0
        bindings = ",".join(
            f'{{"s":{{"type":"uri","value":"http://a/{i}"}},"p":{{"type":"uri","value":"http://p"}},'
            f'"o":{{"type":"literal","value":"{i}"}}}}'
            for i in range(start, min(start + cap, total))
        )
        body = f'{{"head":{{"vars":["s","p","o"]}},"results":{{"bindings":[{bindings}]}}}}'
        headers = {"Content-Type": JSON}
        if not offset:
            headers["X-SPARQL-MaxRows"] = str(cap)
        return 200, headers, body.encode()

    store = connect(serve(script).url)
    assert len({quad.subject for quad in store.match(graph=GRAPH)}) == total


def test_virtuosos_spelling_of_values_is_mended(serve: Callable[[Script], Server]) -> None:
    body = (
        b'{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"typed-literal","datatype":'
        b'"http://www.w3.org/2001/XMLSchema#boolean","value":"1"}}]}}'
    )
    store = connect(serve(canned(200, JSON, body)).url)
    assert store.select(SELECT, graphs=[GRAPH]).column("v") == [Literal("true", XSD + "boolean")]


def test_without_graph_store_protocol_statements_go_in_by_update(
    serve: Callable[[Script], Server],
) -> None:
    server = serve(canned(204, "text/plain", b""))
    triples = [
        Triple(Iri(BASE.thing(f"org/{i}")), Iri("http://p"), Literal("x")) for i in range(2_500)
    ]
    assert connect(server.url).add(GRAPH, triples) == 2_500
    updates = [form["update"][0] for form in server.asked]
    assert [update.count("<http://p>") for update in updates] == [1_000, 1_000, 500]
    assert all(update.startswith("INSERT DATA") for update in updates)
