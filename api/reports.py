"""What is known of each source: declared, held, last read, stale or not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from graph.store import Version
from ingest.registry import Registry
from ingest.source import Source
from ontology.errors import Said

_PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")


@dataclass(frozen=True)
class Report:
    """One source as people see it. Counts are those of its last reading, in rows."""

    slug: str
    title: Said
    publisher: str
    licence: str
    landing_page: str | None
    version: str | None
    retrieved: str | None
    last_run: str | None
    result: str | None
    read: int
    accepted: int
    rejected: int
    merged: int
    entities: int
    statements: int
    every: str | None
    stale: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {**asdict(self), "title": {"ro": self.title.ro, "en": self.title.en}}


def days_of(period: str) -> int:
    """The days of a period such as P90D or P1Y (a month counts 30, a year 365). Raises ValueError."""
    match = _PERIOD.match(period)
    if match is None:
        raise ValueError(period)
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return years * 365 + months * 30 + weeks * 7 + days


def reports(
    sources: Iterable[Source], versions: Iterable[Version], registry: Registry, today: date
) -> list[Report]:
    """One report per source; stale when its last reading is older than the source says it should be."""
    held = {one.source: one for one in versions}
    made = []
    for source in sources:
        version, last = held.get(source.slug), registry.readings.last(source.slug)
        counts = json.loads(last[2]) if last else {}
        good = registry.readings.last(source.slug, but=("stopped",))
        checked = datetime.fromisoformat(good[0]).date() if good else None
        newest = max((d for d in (checked, _day(version)) if d is not None), default=None)
        stale = bool(
            source.every
            and newest is not None
            and today - newest > timedelta(days=days_of(source.every))
        )
        made.append(
            Report(
                slug=source.slug,
                title=source.title,
                publisher=source.publisher,
                licence=source.licence,
                landing_page=source.landing_page,
                version=version.version if version else None,
                retrieved=version.retrieved if version else None,
                last_run=last[0] if last else None,
                result=last[1] if last else None,
                read=counts.get("read", 0),
                accepted=counts.get("accepted", 0) + counts.get("unchanged", 0),
                rejected=counts.get("rejected", 0),
                merged=counts.get("merged", 0),
                entities=version.entities if version else 0,
                statements=version.statements if version else 0,
                every=source.every,
                stale=stale,
            )
        )
    return made


def _day(version: Version | None) -> date | None:
    return date.fromisoformat(version.retrieved[:10]) if version and version.retrieved else None
