"""What servers answered: from run to run with the headers that ask for news, and within one run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from stdnum.ro import cnp

from ingest.answers import Answer

_PAIRS = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))


_THIRTEEN = re.compile(rb"(?<!\d)[1-9]\d{12}(?!\d)")


def _personal(body: bytes) -> bool:
    """Whether a valid personal numeric code stands in an answer."""
    return any(cnp.is_valid(found[0].decode()) for found in _THIRTEEN.finditer(body))


def validators(answer: Answer) -> dict[str, str]:
    """The request headers that ask whether an answer is still the newest."""
    return {ask: answer.headers[tag] for tag, ask in _PAIRS if tag in answer.headers}


@dataclass(frozen=True)
class Memory:
    """Answers by address, two files each; a damaged one counts as none."""

    folder: Path

    def recall(self, url: str) -> Answer | None:
        """The answer kept for an address, marked unchanged."""
        head, body = self._files(url)
        try:
            told: dict[str, Any] = json.loads(head.read_text(encoding="utf-8"))
            held = body.read_bytes()
        except (OSError, ValueError):
            return None
        if told.get("url") != url or told.get("sha256") != sha256(held).hexdigest():
            return None
        return Answer(url, int(told["status"]), told["headers"], held, unchanged=True)

    def keep(self, url: str, answer: Answer) -> None:
        """Keeps an answer that can be asked for conditionally; others are not worth it.

        One that holds a personal numeric code is never kept.
        """
        if not validators(answer) or _personal(answer.body):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        told = {
            "url": url,
            "status": answer.status,
            "headers": dict(answer.headers),
            "sha256": sha256(answer.body).hexdigest(),
        }
        head, body = self._files(url)
        body.write_bytes(answer.body)
        head.write_text(json.dumps(told), encoding="utf-8")

    def cleanse(self) -> None:
        """Removes the answers that hold a personal numeric code: earlier versions kept them."""
        for body in self.folder.glob("*.body"):
            if _personal(body.read_bytes()):
                body.unlink()
                body.with_suffix(".json").unlink(missing_ok=True)

    def _files(self, url: str) -> tuple[Path, Path]:
        name = sha256(url.encode()).hexdigest()[:32]
        return self.folder / f"{name}.json", self.folder / f"{name}.body"


class RunMemory:
    """What was read in this run, bodies on disk; it goes with the run."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._answers: dict[bytes, Answer] = {}

    def recall(self, method: str, url: str, body: bytes = b"") -> Answer | None:
        """The answer to the same request, if it was made already."""
        key = _key(method, url, body)
        answer = self._answers.get(key)
        if answer is None or self._folder is None:
            return None
        return replace(answer, body=(Path(self._folder.name) / key.hex()).read_bytes())

    def keep(self, method: str, url: str, body: bytes, answer: Answer) -> Answer:
        """Keeps an answer, and gives it back."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="resurse-")
        key = _key(method, url, body)
        (Path(self._folder.name) / key.hex()).write_bytes(answer.body)
        self._answers[key] = replace(answer, body=b"")
        return answer

    def close(self) -> None:
        """Forgets everything."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._answers.clear()


def _key(method: str, url: str, body: bytes) -> bytes:
    return sha256(b"\n".join((method.encode(), url.encode(), body))).digest()
