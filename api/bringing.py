"""How facts are brought in to an installation; loaded only by what brings facts in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from api.home import building
from api.parts import Parts
from api.settings import TOOL, Settings
from graph.catalogue.sqlite import SqliteCatalogue
from graph.store import Versions
from ingest.fetch import Fetcher, Policy
from ingest.identify import Identify
from ingest.links import LinkState, check_links
from ingest.memory import Memory, RunMemory
from ingest.names import Names
from ingest.pipeline import Outcome, Place, Progress, ingest
from ingest.source import Source
from ontology.errors import ModelError


def _held(into: Parts) -> SqliteCatalogue:
    """What is held; built anew first, if it is broken or of another format."""
    try:
        return into.snapshot.catalogue
    except ModelError:
        from api.rebuilding import rebuild

        rebuild(into)
        return into.snapshot.catalogue


def bring(
    into: Parts,
    sources: Iterable[Source],
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Brings sources into the store. The caller holds `writing`, and then builds anew what is served."""
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
    return outcomes


def _fetcher(into: Parts, work: Path) -> Fetcher:
    """What asks publishers' servers; what they answer in this run lies in the folder for large work."""
    kept = Memory(into.home.folder / "fetched")
    return Fetcher(Policy(agent=_agent(into.settings)), cache=kept, seen=RunMemory(work))


def _agent(settings: Settings) -> str:
    contact = f" (+{settings.contact})" if settings.contact else ""
    return f"{TOOL.replace(' ', '/')}{contact}"


def check_pages(settings: Settings, addresses: Iterable[str]) -> Iterator[LinkState]:
    """Whether pages still answer: asked politely, and never inside the own network."""
    policy = Policy(agent=_agent(settings), attempts=2, timeout=15.0, private=False)
    yield from check_links(addresses, Fetcher(policy))
