"""How facts are brought in to an installation; loaded only by what brings facts in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from api.settings import TOOL
from graph.store import Versions
from ingest.fetch import Fetcher, Policy
from ingest.identify import Identify
from ingest.links import LinkState, check_links
from ingest.memory import Memory
from ingest.names import Names
from ingest.pipeline import Outcome, Place, Progress, ingest
from ingest.source import Source, load_source

if TYPE_CHECKING:
    from api.wiring import Installation


def bring(
    into: Installation,
    sources: Iterable[Source],
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Brings sources in and switches to the new data version. The caller holds `writing`."""
    known = into.snapshot.catalogue if into.home.current_snapshot() is not None else None
    identify = Identify(into.home.decisions, known)
    if not dry_run:
        identify.retire(into.registry)
    place = Place(
        store=into.store,
        versions=Versions(into.store),
        registry=into.registry,
        base=into.base,
        home=into.home.folder,
        tool=TOOL,
        fetch=Fetcher(Policy(agent=_agent(into)), cache=Memory(into.home.folder / "fetched")),
        identify=identify,
        named=None if known is None else Names(known),
    )
    outcomes = ingest(sources, place, today=today, dry_run=dry_run, progress=progress)
    if not dry_run:
        into.refresh(progress)
    return outcomes


def _agent(into: Installation) -> str:
    contact = f" (+{into.settings.contact})" if into.settings.contact else ""
    return f"{TOOL.replace(' ', '/')}{contact}"


def check_pages(into: Installation, addresses: Iterable[str]) -> Iterator[LinkState]:
    """Whether pages still answer: asked politely, and never inside the own network."""
    policy = Policy(agent=_agent(into), attempts=2, timeout=15.0, private=False)
    yield from check_links(addresses, Fetcher(policy))


def adopt(into: Installation, mapping: Path, file: Path) -> Source:
    """A table of the user's own becomes a source of this home, so that it can be read again by name."""
    declared = load_source(mapping)
    own = into.home.folder / "sources" / declared.slug
    own.mkdir(parents=True, exist_ok=True)
    for given, name in ((file, file.name), (mapping, "source.yml")):
        if given.resolve() != (own / name).resolve():
            shutil.copyfile(given, own / name)
    raw = yaml.safe_load((own / "source.yml").read_text(encoding="utf-8"))
    raw["slug"] = declared.slug
    raw["read"] = {**(raw.get("read") or {}), "path": f"./{file.name}"}
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
    (own / "source.yml").write_text(text, encoding="utf-8")
    return load_source(own)
