"""What a publisher's server answered, read with distrust."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ingest import failures


@dataclass(frozen=True)
class Answer:
    """One answer of a server: where it came from in the end, its status, headers and bytes.

    `unchanged` says that the server has nothing newer than what was kept from last time: the
    bytes are those kept. Header names are lower case.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    unchanged: bool = False

    def text(self) -> str:
        """The body as text, in the charset the server names, else UTF-8."""
        _, _, charset = self.headers.get("content-type", "").partition("charset=")
        try:
            return self.body.decode(charset.split(";")[0].strip(" \"'") or "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")

    def _json_text(self) -> str:
        """JSON is UTF-8, or UTF-16 by its mark, whatever its label says; else the label decides."""
        try:
            return self.body.decode(json.detect_encoding(self.body))
        except UnicodeDecodeError:
            return self.text()

    def json(self) -> Any:
        """The body as JSON, numbers as the text that was sent, half characters as U+FFFD.

        Raises SourceError for a web page, for broken or truncated JSON, and for an answer that
        says it is an error although its status says it is not.
        """
        text = self._json_text().lstrip("\ufeff \t\r\n")
        if text.startswith("<"):
            raise failures.web_page(self.url)
        try:
            made = json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)
            if _ESCAPED_HALF.search(text):
                made = _whole(made)
        except (ValueError, RecursionError):
            raise failures.broken(self.url, len(self.body)) from None
        if isinstance(made, dict) and (said := _error_inside(made)) is not None:
            raise failures.says_error(self.url, said)
        return made


_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character beyond the first 65,536, an emoji: alone where a server cut a text after it."""


def _whole(made: Any) -> Any:
    """JSON whose texts hold whole characters alone."""
    text = json.dumps(made, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _error_inside(made: dict[str, Any]) -> str | None:
    """The error that an answer with status 200 reports in its body, in the usual shapes."""
    message = made.get("message") or made.get("detail")
    for key in ("errors", "error"):
        found = made.get(key)
        if isinstance(found, list) and found:
            found = found[0]
        if isinstance(found, dict) and found:
            return str(found.get("message") or found.get("detail") or found)
        if isinstance(found, str) and found:
            return f"{message}: {found}" if isinstance(message, str) and message else found
    if made.get("success") is False:
        return str(message or "success: false")
    if _ERROR.fullmatch(str(made.get("status"))):
        return str(message or made.get("status"))
    return None


_ERROR = re.compile(r"[45]\d\d")
"""A status inside the body that says what the status of the answer should have said."""


def reason(answer: Answer, kind: str) -> str:
    """What an answer with an error status says about it, in JSON or plain text; `""` for a page."""
    text = answer.text().strip()
    if "json" in kind or text.startswith("{"):
        try:
            made = json.loads(text)
        except (ValueError, RecursionError):
            return ""
        told = made if isinstance(made, dict) else {}
        return _error_inside(told) or str(told.get("message") or told.get("detail") or "")
    return "" if "html" in kind or text.startswith("<") or "\0" in text else text


class PageGuard:
    """Notices that a server sends the same page again, or never stops."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._seen: set[bytes] = set()

    def check(self, answer: Answer, held: object = None) -> None:
        """Raises SourceError when this page was seen already, or is one too many.

        `held`: what the page holds, for servers that say beside it when they answered.
        """
        said = answer.body if held is None else json.dumps(held, sort_keys=True).encode()
        print_ = sha256(said).digest()
        if print_ in self._seen or len(self._seen) >= self._limit:
            raise failures.endless(answer.url)
        self._seen.add(print_)
