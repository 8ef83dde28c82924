"""What servers answered last time, kept in a folder with the headers that ask for news."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.answers import Answer

_PAIRS = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))


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
        """Keeps an answer that can be asked for conditionally; others are not worth it."""
        if not validators(answer):
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

    def _files(self, url: str) -> tuple[Path, Path]:
        name = sha256(url.encode()).hexdigest()[:32]
        return self.folder / f"{name}.json", self.folder / f"{name}.body"
