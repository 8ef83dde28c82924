"""A SPARQL 1.1 endpoint over HTTP: queries, updates, and the graph store protocol where it has one.

Reads are tried again when the network fails before an answer begins; writes never are, since one
may have happened although its answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from graph.store import faults
from graph.store.streams import LATE, Challenge, Stream

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
PATIENCE = 120.0
"""Seconds an endpoint may take when the caller sets no time."""

_BUSY = frozenset({502, 503, 504})


class _Unreached(Exception):
    """The network failed, or a gateway was busy, before an answer began."""


@dataclass(frozen=True)
class Answer:
    """What came back: its media type, its body, and the rows at which the server cuts answers."""

    media_type: str
    body: Stream
    cap: int | None


class Endpoint:
    """The addresses of one SPARQL server and the connection to it."""

    def __init__(
        self,
        query_url: str,
        *,
        update_url: str | None = None,
        user: str | None = None,
        password: str | None = None,
    ) -> None:
        self.where = _without_user(query_url)
        self._query_url = query_url
        self._update_url = update_url or _sibling(query_url, "update") or query_url
        self._graph_url: str | None = _sibling(query_url, "store")
        self._probed = False
        auth = Challenge(user, password or "") if user else None
        self._client = httpx.Client(auth=auth, timeout=PATIENCE)

    @contextmanager
    def query(
        self,
        text: str,
        accept: str,
        *,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        timeout: float | None = None,
    ) -> Iterator[Answer]:
        """The answer to a query over a dataset; without graphs, over the server's own."""
        patience = timeout or PATIENCE
        if not text.strip() or not _is_unicode(text):
            raise faults.bad_query("Unicode" if text.strip() else "∅")
        request = self._client.build_request(
            "POST",
            self._query_url,
            data={"query": text, "default-graph-uri": default, "named-graph-uri": named},
            headers={"Accept": accept},
            timeout=httpx.Timeout(patience, connect=min(patience, 10.0)),
        )
        response = self._send_again(request, patience)
        try:
            self._check(response, patience)
            yield Answer(
                response.headers.get("content-type", "").partition(";")[0].strip().lower(),
                Stream(response, self.where, patience),
                _cap(response),
            )
        finally:
            response.close()

    def update(self, text: str) -> None:
        """Runs an update, which the server does as a whole or not at all."""
        if not _is_unicode(text):
            raise faults.bad_term("SPARQL UPDATE", "Unicode")
        request = self._client.build_request("POST", self._update_url, data={"update": text})
        response = self._send_once(request)
        try:
            self._check(response, PATIENCE, update=True)
        finally:
            response.close()

    def post_graph(self, graph: str, ntriples: bytes) -> bool:
        """Adds statements by the graph store protocol; False when the server has none."""
        if not self._has_graph_protocol():
            return False
        request = self._client.build_request(
            "POST",
            str(self._graph_url),
            params={"graph": graph},
            content=ntriples,
            headers={"Content-Type": N_TRIPLES},
        )
        response = self._send_once(request)
        try:
            self._check(response, PATIENCE, update=True)
        finally:
            response.close()
        return True

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _has_graph_protocol(self) -> bool:
        if not self._probed and self._graph_url is not None:
            request = self._client.build_request("GET", self._graph_url, params={"default": ""})
            response = self._send_again(request, PATIENCE)
            response.close()
            if not response.is_success:
                self._graph_url = None
        self._probed = True
        return self._graph_url is not None

    def _send_again(self, request: httpx.Request, patience: float) -> httpx.Response:
        tries = Retrying(
            stop=stop_after_attempt(3),
            wait=wait_exponential(multiplier=0.1, max=1.0),
            retry=retry_if_exception_type(_Unreached),
            reraise=True,
        )
        try:
            return tries(self._send, request)
        except _Unreached as error:
            raise faults.down(self.where, str(error)) from error
        except httpx.TimeoutException as error:
            raise faults.too_slow(patience) from error

    def _send_once(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._send(request)
        except _Unreached as error:
            raise faults.down(self.where, str(error)) from error
        except httpx.TimeoutException as error:
            raise faults.down(self.where, f"no answer in {PATIENCE:g} s") from error

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._client.send(request, stream=True)
        except (httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout):
            raise
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _Unreached(str(error) or type(error).__name__) from error
        if response.status_code in _BUSY:
            response.close()
            raise _Unreached(f"HTTP {response.status_code}")
        return response

    def _check(self, response: httpx.Response, patience: float, *, update: bool = False) -> None:
        if response.is_success:
            if response.headers.get("x-sql-state"):  # Virtuoso: what it had when time ran out
                raise faults.too_slow(patience)
            return
        said = _first_line(response)
        if response.status_code in (401, 403) or "SR186" in said:
            raise faults.not_allowed(self.where, said)
        if any(word in said.lower() for word in LATE):
            raise faults.too_slow(patience)
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise faults.bad_term(said, "HTTP 400") if update else faults.bad_query(said)
        raise faults.down(self.where, f"HTTP {response.status_code} {said}".strip())


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_line(response: httpx.Response) -> str:
    try:
        text = response.read()[:2000].decode("utf-8", "replace")
    except httpx.HTTPError:
        return ""
    if "<html" in text.lower():
        return "HTML"
    return next((line.strip()[:300] for line in text.splitlines() if line.strip()), "")


def _cap(response: httpx.Response) -> int | None:
    said = response.headers.get("x-sparql-maxrows", "")
    return int(said) if said.isdigit() else None


def _sibling(url: str, name: str) -> str | None:
    """The address beside `…/query`, where Oxigraph keeps its other services."""
    parts = urlsplit(url)
    if not parts.path.endswith("/query"):
        return None
    return urlunsplit(parts._replace(path=parts.path.removesuffix("query") + name, query=""))


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
