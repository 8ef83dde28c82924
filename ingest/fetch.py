"""The only place of ingest that opens the network: politely, within limits, with a memory."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from ingest import failures
from ingest.answers import Answer
from ingest.manners import Again, Policy, Progress, pause
from ingest.memory import Memory, RunMemory, validators
from ingest.reach import check_address
from ingest.responses import answer_of, failure_of
from ingest.unpacking import ACCEPTED

__all__ = ["Fetcher", "Policy", "Progress"]

_MAX_REDIRECTS = 5
_BOUNDARY = "resurse-7f3a9d2e41c84b06"


@dataclass
class Fetcher:
    """Fetches from publishers' servers.

    Within one fetcher an address is read once: asked again, it gives the same answer, so that a
    run which passes over a source twice sees one state of it and presses nobody. `cache` keeps
    answers from run to run with their validators, so that an unchanged page is not sent again.
    `verify` is False, True or the path of a certificate authority. `sleep` and
    `clock` are given by tests.
    """

    policy: Policy
    cache: Memory | None = None
    progress: Progress | None = None
    verify: bool | str = True
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    seen: RunMemory = field(default_factory=RunMemory, repr=False)
    """What this fetcher was answered."""
    _last: dict[str, float] = field(default_factory=dict, repr=False)
    _client: httpx.Client | None = field(default=None, repr=False)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def allowing(self, hosts: frozenset[str]) -> Fetcher:
        """The same fetcher, for a source that declares hosts to which a redirect may lead."""
        self._open()
        return replace(self, policy=replace(self.policy, hosts=self.policy.hosts | hosts))

    def close(self) -> None:
        """Closes the connections and forgets what was read."""
        self.seen.close()
        if self._client is not None:
            self._client.close()
            self._client = None

    def __call__(self, url: str, **params: object) -> Answer:
        """The same as `get(url, params)`."""
        return self.get(url, params)

    def get(
        self,
        url: str,
        params: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a GET; from memory when the server says that nothing changed.

        Raises SourceError with a sentence for whatever went wrong.
        """
        given = {k: str(v) for k, v in (params or {}).items() if v is not None}
        full = str(httpx.URL(url).copy_merge_params(given)) if given else url
        if (read := self.seen.recall("GET", full)) is not None:
            return read
        kept = self.cache.recall(full) if self.cache else None
        asked = {**(headers or {}), **(validators(kept) if kept else {})}
        answer = self._persist("GET", full, asked)
        if answer.status == 304 and kept is not None:
            return self.seen.keep("GET", full, b"", kept)
        if answer.status == 304:
            raise failures.unexpected(full, "304 without a condition")
        if self.cache:
            self.cache.keep(full, answer)
        return self.seen.keep("GET", full, b"", answer)

    def post(self, url: str, payload: object, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a POST of a JSON payload. For queries only: it may be sent again."""
        asked = {"content-type": "application/json", **(headers or {})}
        return self._query(url, asked, json.dumps(payload).encode())

    def post_fields(
        self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a POST of a plain form. For queries only, like `post`."""
        kind = "application/x-www-form-urlencoded"
        return self._query(
            url, {"content-type": kind, **(headers or {})}, urlencode(fields).encode()
        )

    def post_form(
        self, url: str, parts: Mapping[str, object], params: Mapping[str, object] | None = None
    ) -> Answer:
        """The answer to a POST of a form whose parts are JSON. For queries only, like `post`."""
        files = {k: (None, json.dumps(v).encode(), "application/json") for k, v in parts.items()}
        given = {k: str(v) for k, v in (params or {}).items() if v is not None}
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        made = httpx.Request(
            "POST", url, params=given or None, files=files, headers={"content-type": kind}
        )
        return self._query(str(made.url), {"content-type": kind}, made.read())

    def _query(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if (read := self.seen.recall("POST", url, body)) is not None:
            return read
        answer = self._persist("POST", url, headers, body)
        if answer.status == 304:
            raise failures.unexpected(url, "304 without a condition")
        return self.seen.keep("POST", url, body, answer)

    def probe(self, url: str, method: str = "HEAD") -> tuple[int, str | None]:
        """The status of an address, and where it redirects to; nothing is read or followed."""
        check_address(url, private=self.policy.private)
        self._pause(url)
        try:
            with self._open().stream(method, url, timeout=self.policy.timeout) as response:
                target = response.headers.get("location")
                return response.status_code, str(response.url.join(target)) if target else None
        except httpx.HTTPError as error:
            found = failure_of(url, error)
            if isinstance(found, Again):
                raise failures.unavailable(url, str(found), 1) from None
            raise found from None

    # -- one request, as often as it takes ----------------------------------------------------

    def _persist(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        retrying = Retrying(
            stop=stop_after_attempt(self.policy.attempts),
            wait=lambda state: pause(state, self.policy.longest_wait),
            retry=retry_if_exception_type(Again),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(self._follow, method, url, headers, body)
        except Again as error:
            if error.wait is not None and error.wait > self.policy.longest_wait:
                raise failures.asks_to_wait(url, error.wait) from None
            raise failures.unavailable(url, str(error), self.policy.attempts) from None

    def _follow(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        """One attempt, redirects on the same host (or a declared one) followed."""
        place = url
        for _ in range(_MAX_REDIRECTS + 1):
            answer = self._once(method, place, headers, body)
            target = answer.headers.get("location")
            if not (300 <= answer.status < 400 and answer.status != 304 and target):
                return answer
            goal = str(httpx.URL(place).join(target))
            if not self._may_follow(place, goal) or (body and answer.status not in (307, 308)):
                raise failures.elsewhere(url, goal)
            place = goal
        raise failures.unexpected(url, f"over {_MAX_REDIRECTS} redirects")

    def _may_follow(self, place: str, goal: str) -> bool:
        here, there = urlsplit(place), urlsplit(goal)
        known = there.hostname == here.hostname or there.hostname in self.policy.hosts
        return known and not (here.scheme == "https" and there.scheme != "https")

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        check_address(url, private=self.policy.private)
        self._pause(url)
        client = self._open()
        # each byte may come in time and the whole never: even the head of an answer has an end
        watch = threading.Timer(self.policy.deadline, client.close)
        watch.daemon = True
        watch.start()
        try:
            with client.stream(method, url, headers=dict(headers), content=body) as response:
                return answer_of(url, response, self.policy, self.clock, self.progress)
        except (httpx.HTTPError, httpx.StreamError) as error:
            if client.is_closed:
                raise Again("the answer trickles") from None
            raise failure_of(url, error) from None
        except (OSError, RuntimeError):
            if client.is_closed:
                raise Again("the answer trickles") from None
            raise
        finally:
            watch.cancel()

    # -- manners ------------------------------------------------------------------------------

    def _open(self) -> httpx.Client:
        if self._client is None or self._client.is_closed:
            self._client = httpx.Client(
                headers={"user-agent": self.policy.agent, "accept-encoding": ACCEPTED},
                timeout=self.policy.timeout,
                verify=ssl.create_default_context(cafile=self.verify)
                if isinstance(self.verify, str)
                else self.verify,
                follow_redirects=False,
            )
        return self._client

    def _pause(self, url: str) -> None:
        """Waits until `delay` seconds have passed since the last request to the host."""
        host = urlsplit(url).netloc
        due = self._last.get(host, float("-inf")) + self.policy.delay
        if (left := due - self.clock()) > 0:
            self.sleep(left)
        self._last[host] = self.clock()
