"""What servers answered: from run to run with the headers that ask for news, and within one run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
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
    """What was read in this run, on disk; it goes with the run.

    It lies in the folder for large work, so that what a killed run read is gone at the next start;
    in the system's for temporary files when there is none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.within = folder
        self._folder: TemporaryDirectory[str] | None = None

    def recall(self, method: str, url: str, body: bytes = b"") -> Answer | None:
        """The answer to the same request, if it was made already."""
        if self._folder is None:
            return None
        head, kept = self._files(self._folder, method, url, body)
        if not head.exists():
            return None
        told: dict[str, Any] = json.loads(head.read_bytes())
        return Answer(**told, body=kept.read_bytes())

    def keep(self, method: str, url: str, body: bytes, answer: Answer) -> Answer:
        """Keeps an answer, and gives it back."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="resurse-", dir=self.within)
        head, kept = self._files(self._folder, method, url, body)
        told = {
            "url": answer.url,
            "status": answer.status,
            "headers": dict(answer.headers),
            "unchanged": answer.unchanged,
        }
        kept.write_bytes(answer.body)
        head.write_text(json.dumps(told), encoding="utf-8")
        return answer

    def close(self) -> None:
        """Forgets everything."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @staticmethod
    def _files(
        folder: TemporaryDirectory[str], method: str, url: str, body: bytes
    ) -> tuple[Path, Path]:
        name = sha256(b"\n".join((method.encode(), url.encode(), body))).hexdigest()
        return Path(folder.name, f"{name}.json"), Path(folder.name, f"{name}.body")
