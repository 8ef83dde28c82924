"""POST /graphql as plain ASGI: what a framework does for a request in general is not done for each.

Routing over fifty pages, dependencies and request objects cost as much as the answer itself. Only
this one address has its own door; the GET form and everything else go on to the application.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson

from api.graphql.run import execute
from api.web.guard import App, Receive, Scope, Send
from api.web.problems import as_json, bad_request, fault, problem_of
from api.wiring import Installation
from graph.catalogue.calls import today
from graph.catalogue.memory import Memory
from ontology.errors import ResurseError
from viz.shelf import TAKES_GZIP, Header

LOG = logging.getLogger("uvicorn.error")

THREADS = 16
"""Documents that run at once; more wait their turn."""

LEAST_ZIPPED = 1_000
"""Bytes of an answer below which compressing it is not worth the while."""

BRIEF = 0.002
"""Seconds of work up to which a request is answered at once when it comes again; see `Door`."""

PATIENCE = 0.05
"""Seconds that such a request may have waited, for the disk or for other threads."""

KEPT_BRIEF = 1_000
LONGEST_BRIEF = 2_000
"""Requests known to be brief, and the bytes of the longest of them."""

Headers = Mapping[bytes, bytes]

_NOTHING: list[Header] = []
_TOO_LARGE = "The body is longer than 1 MB, came too slowly, or ended too early."
_JSON = [(b"content-type", b"application/json"), (b"vary", b"Accept-Encoding")]


class BadRequestError(Exception):
    """A body that is no GraphQL request; the message says what to send."""


class Door:
    """ASGI middleware that answers POST /graphql over an installation.

    A request runs in a thread, so that a long one holds up nobody. Handing it over and back costs as
    much as a page of a list, and threads take turns at the processor anyway: one that was brief on
    this data version and day is run where it is when it comes again.
    """

    def __init__(self, app: App, *, installation: Installation) -> None:
        self.app = app
        self.installation = installation
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="graphql")
        self._brief: Memory[bytes, str] = Memory(KEPT_BRIEF)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the one address, passes everything else on."""
        if scope["type"] != "http" or scope["path"] != "/graphql" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        status, answer, more = 413, bad_request(_TOO_LARGE), _NOTHING
        if body is not None:
            headers = dict(scope["headers"])
            kind = headers.get(b"content-type", b"")
            # Another media type makes another document of the same bytes; another day, other answers.
            asked = b"\0".join((kind, body))
            edition = f"{self.installation.data_version()} {today()}"
            if self._brief.get(asked) == edition:
                status, answer, more = self._timed(asked, edition, headers, body)
            else:
                status, answer, more = await asyncio.get_running_loop().run_in_executor(
                    self.threads, self._timed, asked, edition, headers, body
                )
        head = [*_JSON, *more, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": answer})

    def _timed(
        self, asked: bytes, edition: str, headers: Headers, body: bytes
    ) -> tuple[int, bytes, list[Header]]:
        """The answer; remembers whether it was brief."""
        worked, begun = time.thread_time(), time.perf_counter()
        answer = self._respond(headers, body)
        if len(asked) <= LONGEST_BRIEF:
            brief = time.thread_time() - worked < BRIEF and time.perf_counter() - begun < PATIENCE
            self._brief.put(asked, edition if brief else "")
        return answer

    def _respond(self, headers: Headers, body: bytes) -> tuple[int, bytes, list[Header]]:
        status, answer = self._answer(headers.get(b"content-type", b""), body)
        if len(answer) < LEAST_ZIPPED or TAKES_GZIP not in headers.items():
            return status, answer, []
        return status, gzip.compress(answer, 6, mtime=0), [(b"content-encoding", b"gzip")]

    def _answer(self, kind: bytes, body: bytes) -> tuple[int, bytes]:
        try:
            asked = asked_of(kind, body)
            return 200, as_json(execute(self.installation, *asked))
        except BadRequestError as error:
            return 400, bad_request(str(error))
        except ResurseError as error:
            return problem_of(error)
        except Exception:  # a fault of ours: the client gets an answer, the log the whole story
            LOG.exception("a GraphQL request could not be answered")
            return 500, fault()


def asked_of(kind: bytes, body: bytes) -> tuple[str, dict[str, Any] | None, str | None]:
    """The document, its variables and the operation. Raises BadRequestError."""
    if kind.partition(b";")[0].strip().lower() == b"application/graphql":
        return body.decode("utf-8", "replace"), None, None
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequestError(f'The body is no JSON ({error}). Send {{"query": "…"}}.') from error
    if not isinstance(given, dict) or not isinstance(given.get("query"), str):
        raise BadRequestError('The body has no query. Send {"query": "…", "variables": {…}}.')
    operation = given.get("operationName")
    if operation is not None and not isinstance(operation, str):
        raise BadRequestError("operationName must be a text.")
    return given["query"], variables_of(given.get("variables")), operation


def variables_of(given: Any) -> dict[str, Any] | None:
    """The variables of a request, by POST or by GET. Raises BadRequestError for anything but an object."""
    if given is not None and not isinstance(given, dict):
        raise BadRequestError("variables must be an object.")
    return given


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when the client went away before its end."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)
