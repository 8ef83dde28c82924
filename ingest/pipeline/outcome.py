"""How a run over one source ended: what became of its rows and things, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ontology.errors import ResurseError


@dataclass
class Counts:
    """What became of the rows (`read = accepted + rejected + merged + unchanged`) and the entities."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    merged: int = 0
    unchanged: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def good(self) -> int:
        """Rows that were not refused."""
        return self.read - self.rejected


@dataclass(frozen=True)
class Change:
    """What a dry run would do to one entity; `fields` holds `(field, before, after)`.

    `what` is `added`, `changed`, `removed`, or `merged`: the row at `where` is about a thing that
    another row or source speaks of. A removed thing, and all but the first added, come without fields.
    """

    id: str
    what: str
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    where: str = ""


@dataclass
class Outcome:
    """How a run over one source ended: `updated`, `unchanged`, `stopped` or `dry-run`."""

    source: str
    result: str
    version: str | None
    counts: Counts
    rejects: Path | None = None
    problems: list[ResurseError] = field(default_factory=list)
    changes: Iterable[Change] = ()
    """Of a dry run; may be very many, and can be gone through again."""

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "source": self.source,
            "result": self.result,
            "version": self.version,
            **asdict(self.counts),
            "rejects": str(self.rejects) if self.rejects else None,
            "problems": [{"ro": p.message("ro"), "en": p.message("en")} for p in self.problems],
            "changes": [
                {
                    "id": c.id,
                    "what": c.what,
                    "where": c.where,
                    "fields": [
                        {"field": f, "before": list(b), "after": list(a)} for f, b, a in c.fields
                    ],
                }
                for c in self.changes
            ],
        }
