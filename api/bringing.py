"""How facts are brought in to an installation; loaded only by what brings facts in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import yaml

from api.home import Home, building
from api.settings import TOOL, Settings
from graph.catalogue.sqlite import SqliteCatalogue
from graph.store import Store, Versions
from ingest.declaration import load_source
from ingest.fetch import Fetcher, Policy
from ingest.identify import Identify
from ingest.links import LinkState, check_links
from ingest.memory import Memory, RunMemory
from ingest.names import Names
from ingest.pipeline import Outcome, Place, Progress, ingest
from ingest.source import Source
from ontology.errors import ModelError
from ontology.vocab import Base

if TYPE_CHECKING:
    from api.snapshot import Snapshot
    from ingest.registry import Registry


class Into(Protocol):
    """What facts are brought into: the parts of an installation that this needs."""

    settings: Settings
    home: Home
    base: Base

    @property
    def registry(self) -> Registry:
        """Ids that were minted."""

    @property
    def store(self) -> Store:
        """The triple store."""

    @property
    def snapshot(self) -> Snapshot:
        """The data version in use."""

    def refresh(self, progress: Progress | None = None) -> Path:
        """Builds what is served anew, and switches to it."""


def _held(into: Into) -> SqliteCatalogue:
    """What is held; built anew first, if it is broken or of another format."""
    try:
        return into.snapshot.catalogue
    except ModelError:
        into.refresh()
        return into.snapshot.catalogue


def bring(
    into: Into,
    sources: Iterable[Source],
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Brings sources in and switches to the new data version. The caller holds `writing`."""
    store = into.store  # first of all: a home of an older format is cleaned when it is opened
    known = _held(into) if into.home.current_snapshot() is not None else None
    with building(into.home.snapshots) as work, _fetcher(into, work) as fetch:
        identify = Identify(into.home.decisions, known, asks=not dry_run, work=work)
        if not dry_run:
            identify.apply(into.registry)
        place = Place(
            store=store,
            versions=Versions(store),
            registry=into.registry,
            base=into.base,
            home=into.home.folder,
            tool=TOOL,
            fetch=fetch,
            identify=identify,
            named=None if known is None else Names(known, work),
            work=work,
        )
        outcomes = ingest(sources, place, today=today, dry_run=dry_run, progress=progress)
    for first in outcomes[:1]:
        doubts = identify.decisions.contradictions()
        first.problems[:0] = [one.error(f"decisions/{identify.file.name}") for one in doubts]
    if not dry_run:
        into.refresh(progress)
    return outcomes


def _fetcher(into: Into, work: Path) -> Fetcher:
    """What asks publishers' servers; what they answer in this run lies in the folder for large work."""
    kept = Memory(into.home.folder / "fetched")
    return Fetcher(Policy(agent=_agent(into)), cache=kept, seen=RunMemory(work))


def _agent(into: Into) -> str:
    contact = f" (+{into.settings.contact})" if into.settings.contact else ""
    return f"{TOOL.replace(' ', '/')}{contact}"


def check_pages(into: Into, addresses: Iterable[str]) -> Iterator[LinkState]:
    """Whether pages still answer: asked politely, and never inside the own network."""
    policy = Policy(agent=_agent(into), attempts=2, timeout=15.0, private=False)
    yield from check_links(addresses, Fetcher(policy))


def adopt(into: Into, mapping: Path, file: Path) -> Source:
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
