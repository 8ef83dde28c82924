"""Whatever a server does, a connector ends soon, with all of the data or a sentence about it."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator

import pytest

from ingest.connectors import (
    ckan,
    commongrants,
    decidim,
    funding_tenders,
    hsds,
    kohesio,
    ngo_register,
    sparql,
    threesixtygiving,
)
from ontology.errors import ResurseError, SourceError

CONNECTORS = {
    "360Giving": (threesixtygiving.crawl, "/", {}),
    "CommonGrants": (commongrants.crawl, commongrants.ROUTE, {"programme": "F"}),
    "CKAN": (ckan.crawl, ckan.ROUTE, {}),
    "Decidim": (decidim.crawl, "/api", {}),
    "SPARQL": (sparql.crawl, "/", {"query": "CONSTRUCT {?s ?p ?o} WHERE {?s ?p ?o}"}),
    "HSDS": (hsds.crawl, "/services", {}),
    "Kohesio": (kohesio.crawl, "/", {}),
    "EU Funding & Tenders": (funding_tenders.crawl, "/", {}),
    "Register of associations": (ngo_register.crawl, "/", {}),
}
PAGE = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"


@pytest.fixture(params=CONNECTORS)
def ask(request, site, harvest) -> Callable[..., object]:
    """Runs one connector against a server that answers everything with the reply."""
    crawl, route, options = CONNECTORS[request.param]

    def run(*replies: object) -> object:
        for path in (route, "/organizations", "/services"):
            site.on(path, *replies)
        url = f"{site.url}/" if route == "/" else site.url
        return harvest(crawl, url=url, **options)

    return run


@pytest.mark.parametrize(
    "body",
    [
        PAGE, b"", b"null", b"[]", b"{}", b"42", b'"x"', b'{"error": "no"}', b"\xff\xfe\x00", b"not json",
        b'{"items": {}, "grants": 3, "result": [], "contents": null, "data": 1}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_nonsense_with_a_good_status_is_refused(ask, reply, body) -> None:
    with pytest.raises(ResurseError):
        ask(reply(body, 200, {"content-type": "application/json"}))


@pytest.mark.parametrize("status", [204, 206, 304, 302, 400, 401, 403, 404, 410, 418, 451])
def test_a_status_that_is_no_answer_is_told(ask, reply, status) -> None:
    with pytest.raises(SourceError) as caught:
        ask(reply(b"{}", status))
    assert str(status) in caught.value.message()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_server_that_stumbles_is_given_up_in_the_end(ask, reply, slept, status) -> None:
    with pytest.raises(SourceError, match="after 4 attempts"):
        ask(reply(b"{}", status, {"retry-after": "7"}))
    assert slept == [7.0, 7.0, 7.0]


def test_another_host_is_not_followed(ask, reply) -> None:
    with pytest.raises(SourceError, match="another host"):
        ask(reply(b"", 302, {"location": "https://elsewhere.example/data"}))


PACKED = {
    "a small file that unpacks into very much": (gzip.compress(b"0" * (40 << 20)), "gzip", "exceeds"),
    "layer upon layer": (gzip.compress(gzip.compress(b"0" * (40 << 20))), "gzip, gzip", "content-encoding"),
    "an unknown way": (b"xxxx", "br", "content-encoding"),
    "cut in the middle": (gzip.compress(json.dumps(list(range(9999))).encode())[:-400], "gzip", "cut short"),
    "not packed at all": (b'{"grants": []}', "gzip", "cut short"),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKED)
def test_packed_answers_that_are_bombs_or_broken(site, fetcher, reply, name) -> None:
    body, packing, said = PACKED[name]
    site.on("/", reply(body, 200, {"content-encoding": packing}))
    with pytest.raises(SourceError, match=said):
        fetcher(max_bytes=8 << 20).get(f"{site.url}/")


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(b'{"a": 1}')),
        ("deflate", zlib.compress(b'{"a": 1}')),
        ("deflate", zlib.compress(b'{"a": 1}')[2:-4]),
        ("identity", b'{"a": 1}'),
    ],
)
def test_packed_answers_that_are_right(site, fetcher, reply, packing, body) -> None:
    site.on("/", reply(body, 200, {"content-encoding": packing}))
    assert fetcher().get(f"{site.url}/").json() == {"a": "1"}
    assert site.requests[0].headers["accept-encoding"] == "gzip, deflate"


def test_what_was_never_asked_for_with_a_condition_cannot_be_unchanged(
    site, fetcher, reply, tmp_path
) -> None:
    from ingest.memory import Memory

    site.on("/", reply(b"", 304, {"etag": '"1"'}), reply({"a": 1}, 200, {"etag": '"1"'}))
    with pytest.raises(SourceError, match="304"):
        fetcher(cache=Memory(tmp_path)).get(f"{site.url}/")
    assert fetcher(cache=Memory(tmp_path)).get(f"{site.url}/").json() == {"a": "1"}


def test_pages_that_repeat_with_a_new_clock_each_time(site, harvest, reply, example) -> None:
    clock = iter(range(1_000_000))

    def search(_request):
        told = example("ckan.json")
        told["result"]["count"] = 1_000_000
        return reply({**told, "answered": next(clock)})

    site.on(ckan.ROUTE, search)
    with pytest.raises(SourceError, match="again and again"):
        harvest(ckan.crawl, url=site.url)
    assert len(site.requests) == 2


def test_a_list_that_stops_before_its_end_is_no_whole_list(site, harvest, reply, example) -> None:
    told = example("ckan.json")
    told["result"]["count"] = 100
    empty = {**told, "result": {"count": 100, "results": []}}
    site.on(ckan.ROUTE, reply(told), reply(empty))
    with pytest.raises(SourceError, match="stops after 3 of 100"):
        harvest(ckan.crawl, url=site.url)
    page = {"items": [], "paginationInfo": {"totalPages": 5}}
    site.on(commongrants.ROUTE, reply(page))
    with pytest.raises(SourceError, match="stops after 0 of 5"):
        harvest(commongrants.crawl, url=site.url, programme="F")


class Dripping:
    """A server that sends an answer byte by byte; it counts who came, and how much each was sent."""

    PATIENCE = 2_000
    """Bytes after which it stops: no test hangs on it."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._done = threading.Event()

    def begin(self, begin: bytes) -> str:
        """Starts, each answer with these bytes; the address."""
        threading.Thread(target=self._accept, args=(begin,), daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/"

    def _accept(self, begin: bytes) -> None:
        while not self._done.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.sent.append(0)
            number = len(self.sent) - 1
            threading.Thread(
                target=self._drip, args=(connection, begin, number), daemon=True
            ).start()

    def _drip(self, connection: socket.socket, begin: bytes, number: int) -> None:
        with connection:
            try:
                connection.sendall(begin)
                while self.sent[number] < self.PATIENCE and not self._done.wait(0.05):
                    connection.sendall(b"x")
                    self.sent[number] += 1
            except OSError:
                return

    def close(self) -> None:
        """Stops."""
        self._done.set()
        self._socket.close()


@pytest.fixture
def dripping() -> Iterator[Dripping]:
    made = Dripping()
    yield made
    made.close()


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\nx-", b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"]
)
def test_an_answer_that_trickles_ends_at_its_deadline(
    dripping: Dripping, fetcher, begin: bytes
) -> None:
    one = fetcher(deadline=0.4, attempts=2, timeout=5.0)
    with pytest.raises(SourceError, match="after 2 attempts"):
        one.get(dripping.begin(begin))
    assert len(dripping.sent) == 2
    assert max(dripping.sent) < dripping.PATIENCE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"success": false, "error": {"message": "undefined field foo"}}', "application/json"),
        (b'{"detail": "undefined field foo"}', "application/problem+json"),
        (b"undefined field foo", "text/plain"),
    ],
)
def test_a_refusal_says_why_in_the_servers_own_words(site, fetcher, reply, body, kind) -> None:
    site.on("/x", reply(body, 400, {"content-type": kind}))
    with pytest.raises(SourceError, match="400 Bad Request: undefined field foo"):
        fetcher().get(f"{site.url}/x")


def test_a_page_of_a_refusal_is_not_repeated(site, fetcher, reply) -> None:
    site.on("/x", reply("<html><b>stack trace</b></html>", 403))
    with pytest.raises(SourceError, match=r"answered 403 Forbidden\. Check"):
        fetcher().get(f"{site.url}/x")


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", "windows-1250"),
        ("utf-16", "utf-8"),
        ("iso-8859-16", "iso-8859-16"),
    ],
)
def test_json_is_read_right_whatever_its_label_says(site, fetcher, reply, charset, label) -> None:
    told = '{"nume": "Școala Țării"}'.encode(charset)
    site.on("/x", reply(told, 200, {"content-type": f"application/json; charset={label}"}))
    assert fetcher().get(f"{site.url}/x").json() == {"nume": "Școala Țării"}
