"""Puts the parts together: one installation, how facts are brought in to it, and what the ways in ask of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.parts import Parts
from api.settings import Settings
from graph.catalogue.calls import today

# A command loads what it uses: reading and matching are imported where they are first called.
if TYPE_CHECKING:
    from api.reports import Report
    from ingest.links import LinkState
    from ingest.pipeline import Outcome
    from ingest.source import Source
    from viz.ground import Ground

Progress = Callable[[str, int], None]


class Installation(Parts):
    """One installation: its parts, its sources, and what pages stand on. Writing is one at a time."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._writing = threading.Lock()
        self._ground: Ground | None = None

    # -- sources --------------------------------------------------------------------------------

    def source_reports(self) -> list[Report]:
        """Every declared source with what is held of it."""
        from api.reports import reports

        held = self.snapshot.versions if self.home.current_snapshot() else []
        return reports(self._declared().values(), held, self.registry, today())

    def _declared(self) -> dict[str, Source]:
        from api.declared import declared

        return declared(self.home.folder)

    def chosen(self, names: Sequence[str]) -> list[Source]:
        """The sources of these names, in reading order; when none is named, all but those read only by name."""
        from api.declared import chosen

        return chosen(self._declared(), names)

    def adopt(self, mapping: Path, file: Path) -> Source:
        """A table of the user's own becomes a source of this home, so that it can be read again by name."""
        from api.declared import adopt

        return adopt(self.home.folder, mapping, file)

    def plan_source(self, path: Path) -> Source:
        """A reviewed plan.yml as a source of its own."""
        from ingest.connectors.plan import plan_source

        return plan_source(path, self.home.folder / "plans")

    def page_addresses(self) -> list[str]:
        """The pages that facts rest on: landing pages of the sources, and every page that is cited."""
        landing = [one.landing_page for one in self.source_reports() if one.landing_page]
        cited = [one.text("url") for one in self.snapshot.catalogue.scan_type("Source")]
        return list(dict.fromkeys(url for url in [*landing, *cited] if url and "://" in url))

    def check_pages(self, addresses: Iterable[str]) -> Iterator[LinkState]:
        """Whether pages still answer: asked politely, and never inside the own network."""
        from api.bringing import check_pages

        yield from check_pages(self.settings, addresses)

    # -- bringing facts in ----------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time in this process."""
        with self._writing:
            yield

    def ingest(
        self,
        sources: Iterable[Source],
        *,
        today: date,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> list[Outcome]:
        """Brings sources in and switches to the new data version."""
        from api.bringing import bring

        with self.writing():
            outcomes = bring(self, sources, today=today, dry_run=dry_run, progress=progress)
            if not dry_run:
                self.refresh(progress)
        return outcomes

    def refresh(self, progress: Progress | None = None) -> Path:
        """Builds the snapshot of the current versions if the one in use is another."""
        from api.rebuilding import rebuild

        return rebuild(self, progress)

    # -- what pages stand on --------------------------------------------------------------------

    def edition(self) -> str:
        """What pages are made of: the data version, the last reading of a source, the settings they show.

        Cheap: asked on every request.
        """
        version = self.data_version()
        if version == "empty":
            return version
        return f"{version} {self.registry.readings.stamp()} {self._shown}"

    @cached_property
    def _shown(self) -> str:
        s = self.settings
        return repr((s.base, s.contact, s.tiles, s.weights, s.model))

    def ground(self) -> Ground:
        """What the pages of one request stand on; the same for all requests of one edition and day."""
        edition, day = self.edition(), today()
        held = self._ground
        if held is None or (held.edition, held.today) != (edition, day):
            self._ground = held = self._new_ground(edition, day)
        return held

    def _new_ground(self, edition: str, day: date) -> Ground:
        from viz.ground import Ground

        rejects = {path.stem: str(path) for path in (self.home.folder / "rejects").glob("*.csv")}
        return Ground(
            data=self.snapshot,
            base=self.base,
            today=day,
            edition=edition,
            sources=self.source_reports(),
            rejects=rejects,
            contact=self.settings.contact,
            tiles=self.settings.tiles,
        )

    def forget_registry(self) -> None:
        """Closes the registry, so that its file may be replaced; what pages stood on goes with it."""
        self._ground = None
        super().forget_registry()
