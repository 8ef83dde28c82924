"""What one response of a server comes to: an answer, a reason to ask again, or a failure for good."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping

import httpx

from ingest import failures
from ingest.answers import Answer, reason
from ingest.manners import Again, Policy, Progress, retry_after
from ingest.unpacking import CutShortError, UnknownPackingError, unpacked
from ontology.errors import SourceError

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_USABLE = frozenset({200, 201, 203, 304})
"""Statuses whose body is the whole of what was asked for, or says that nothing changed."""
_MOST_SAID = 64 << 10
"""The most bytes of an error that are read for its reason."""


def answer_of(
    url: str,
    response: httpx.Response,
    policy: Policy,
    clock: Callable[[], float],
    progress: Progress | None = None,
) -> Answer:
    """The answer, read within the limits of the policy; `progress` is told how far it is.

    Raises Again for what another try may mend, SourceError for what it does not.
    """
    headers = {k.lower(): v for k, v in response.headers.items()}
    _check_status(url, response, headers, policy)
    body = _body(url, response, headers, policy, clock, progress)
    return Answer(url, response.status_code, headers, body)


def failure_of(url: str, error: Exception) -> SourceError | Again:
    """What a broken connection means: for good, or worth another try."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return failures.bad_certificate(url, cause.verify_message)
    if isinstance(error, httpx.UnsupportedProtocol):
        return failures.no_address(url)
    return Again(str(error) or type(error).__name__)


def _check_status(
    url: str, response: httpx.Response, headers: Mapping[str, str], policy: Policy
) -> None:
    """Raises Again or SourceError unless the body is what was asked for, or it is a redirect."""
    status = response.status_code
    if status in _AGAIN:
        wait = retry_after(headers.get("retry-after"))
        if wait is not None and wait > policy.longest_wait:
            raise failures.asks_to_wait(url, wait)
        raise Again(f"{status} {response.reason_phrase}", wait)
    if status >= 400:
        raise failures.refused(url, status, _reason(response, headers))
    if status not in _USABLE and not (300 <= status < 400 and "location" in headers):
        raise failures.unexpected(url, f"{status} {response.reason_phrase}".strip())


def _body(
    url: str,
    response: httpx.Response,
    headers: Mapping[str, str],
    policy: Policy,
    clock: Callable[[], float],
    progress: Progress | None,
) -> bytes:
    expected = headers.get("content-length", "")
    total = int(expected) if expected.isdecimal() else None
    body, start = bytearray(), clock()
    try:
        for chunk in _chunks(response, headers):
            body += chunk
            if len(body) > policy.max_bytes:
                raise failures.too_large(url, policy.max_bytes)
            if clock() - start > policy.deadline:
                raise Again("the answer trickles")
            if progress is not None:
                progress(url, len(body), total)
    except CutShortError as error:
        raise Again(f"the answer is cut short: {error}") from None
    except UnknownPackingError as error:
        raise failures.unexpected(url, f"content-encoding {error}") from None
    return bytes(body)


def _reason(response: httpx.Response, headers: Mapping[str, str]) -> str:
    """Why a server refuses: what its answer says, else the words of the status."""
    start = bytearray()
    try:
        for chunk in _chunks(response, headers):
            start += chunk
            if len(start) > _MOST_SAID:
                break
    except (CutShortError, UnknownPackingError, httpx.HTTPError, httpx.StreamError):
        return response.reason_phrase
    answer = Answer(str(response.url), response.status_code, headers, bytes(start))
    said = reason(answer, headers.get("content-type", ""))
    return f"{response.reason_phrase}: {said}" if said else response.reason_phrase


def _chunks(response: httpx.Response, headers: Mapping[str, str]) -> Iterator[bytes]:
    """The bytes of a response, unpacked as they come."""
    return unpacked(response.iter_raw(), headers.get("content-encoding", ""))
