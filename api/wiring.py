"""Puts the parts together: one installation, its store, its snapshots, and how facts are brought in."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.home import Home
from api.settings import Settings
from graph.catalogue.calls import today
from graph.store import Store, Versions, open_store
from ontology.errors import NotFoundError, Said
from ontology.vocab import Base

# A command loads what it uses: reading and matching are imported where they are first called.
if TYPE_CHECKING:
    from api.reports import Report
    from api.snapshot import Snapshot
    from graph.search.embed import Embedder
    from ingest.links import LinkState
    from ingest.pipeline import Outcome
    from ingest.registry import Registry
    from ingest.source import Source
    from viz.ground import Ground

Progress = Callable[[str, int], None]


class Installation:
    """One installation: settings, home, store and the snapshot that is served.

    The store is opened when first needed and stays with this process until `close`; the snapshot
    can be read by any number of processes. Writing is one at a time.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self.base = Base(settings.base)
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._snapshot: Snapshot | None = None
        # A model may take seconds to load: who only reads lists and records need not wait for it.
        self._loading = threading.Lock()
        self._store: Store | None = None
        self._embedder: Embedder | None = None
        self._ground: Ground | None = None
        self.serving = False
        """True in the process that serves: it opens a data version ahead of its first visitors."""

    # -- parts ----------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """The triple store. Raises StoreLockedError when another process holds the folder."""
        with self._lock:
            if self._store is None:
                older = self.home.prepare()
                store = self.cleanse() if older else self._open()
                if not self.settings.remote:
                    Versions(store).sweep()
                self.home.sweep()
                self.home.upgraded()
                self._store = store
            return self._store

    def cleanse(self) -> Store:
        """Opens the store without what earlier versions kept of private persons."""
        from api.cleansing import cleanse
        from graph.store.backup import take_back, write_anew

        folder = None if self.settings.remote else Path(self.settings.store_place)
        if folder is not None:
            take_back(folder)
        store = self._open()
        if cleanse(self.home, store, self.registry) and folder is not None:
            store.close()
            write_anew(folder, self.base)
            store = self._open()
        return store

    def reopen_older(self, mark: Path) -> None:
        """What lies in the home came from an older one: it is upgraded when the store is opened again.

        `mark` is the file that says its format.
        """
        self.close()
        shutil.copyfile(mark, self.home.folder / "format")

    def _open(self, *, read_only: bool = False) -> Store:
        s = self.settings
        return open_store(
            s.store_place,
            base=self.base,
            update_url=s.store_update,
            user=s.store_user,
            password=s.store_password,
            read_only=read_only,
        )

    @cached_property
    def _endpoint(self) -> Store:
        """The endpoint for who only reads: what two sources state counts once."""
        return self._open(read_only=True)

    def read_store(self) -> Store:
        """The store for reading what is served: the snapshot's own copy, or the endpoint. Close it."""
        if self.settings.remote:
            return self.store
        triples = self.snapshot.triples
        if triples is None:
            return self.store
        return open_store(str(triples), base=self.base, read_only=True)

    @cached_property
    def registry(self) -> Registry:
        """Ids that were minted."""
        from ingest.registry import Registry

        self.home.prepare()
        return Registry(self.home.registry)

    def embedder(self) -> Embedder:
        """The model that turns texts into vectors; loaded once."""
        from graph.search.models import load_embedder

        with self._loading:
            if self._embedder is None:
                self._embedder = load_embedder(self.settings.model)
            return self._embedder

    @property
    def snapshot(self) -> Snapshot:
        """The data version in use; the newest one, also when another process switched.

        Raises NotFoundError while nothing has been ingested.
        """
        with self._lock:
            folder = self.home.current_snapshot()
            if folder is None:
                raise NotFoundError(
                    Said("harta este goală", "the map is empty"),
                    Said("Rulați întâi `resurse ingest`.", "Run `resurse ingest` first."),
                    str(self.home.folder),
                )
            if self._snapshot is None or self._snapshot.folder != folder:
                from api.snapshot import Snapshot
                from graph.match.score import parse_weights

                self._snapshot = Snapshot(
                    folder, self.embedder, parse_weights(self.settings.weights)
                )
                if self.serving:
                    self._snapshot.open_ahead()
            return self._snapshot

    # -- bringing facts in ----------------------------------------------------------------------

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
            return bring(self, sources, today=today, dry_run=dry_run, progress=progress)

    def page_addresses(self) -> list[str]:
        """The pages that facts rest on: landing pages of the sources, and every page that is cited."""
        landing = [one.landing_page for one in self.source_reports() if one.landing_page]
        cited = [one.text("url") for one in self.snapshot.catalogue.scan_type("Source")]
        return list(dict.fromkeys(url for url in [*landing, *cited] if url and "://" in url))

    def check_pages(self, addresses: Iterable[str]) -> Iterator[LinkState]:
        """Whether pages still answer: asked politely, and never inside the own network."""
        from api.bringing import check_pages

        yield from check_pages(self, addresses)

    def refresh(self, progress: Progress | None = None) -> Path:
        """Builds the snapshot of the current versions if the one in use is another."""
        from api.rebuilding import rebuild
        from graph.search.models import embedder_name

        if self.settings.model is not None:
            self.embedder()  # one's own may be missing: better told before minutes of building
        current = [
            v for v in (Versions(self.store).current(s) for s in self._series()) if v is not None
        ]
        return rebuild(
            self.home,
            self.store,
            current,
            self.registry.retired(),
            embedder_name(self.settings.model),
            self.embedder,
            progress,
            remote=self.settings.remote,
        )

    def _series(self) -> list[str]:
        return sorted({version.source for version in Versions(self.store).list()})

    def forget_registry(self) -> None:
        """Closes the registry, so that its file may be replaced."""
        self._ground = None
        if "registry" in self.__dict__:
            self.registry.close()
            del self.__dict__["registry"]

    # -- what the ways in ask for ---------------------------------------------------------------

    @property
    def store_if_open(self) -> Store | None:
        """The store, if this process has opened it."""
        return self._store

    def data_version(self) -> str:
        """The name of the data version in use; `empty` before the first ingest. Cheap: asked on every request."""
        folder = self.home.current_snapshot()
        return folder.name if folder is not None else "empty"

    def edition(self) -> str:
        """What pages are made of: the data version, the last reading of a source, the settings they show.

        Cheap: asked on every request.
        """
        version = self.data_version()
        if version == "empty":
            return version
        return f"{version} {self.registry.stamp()} {self._shown}"

    @cached_property
    def _shown(self) -> str:
        s = self.settings
        return repr((s.base, s.contact, s.tiles, s.weights, s.model))

    def sparql_place(self) -> Path | Store | None:
        """Where public SPARQL reads: the snapshot's copy of the triples, or the endpoint."""
        if self.settings.remote:
            return self._endpoint
        return self.snapshot.triples if self.home.current_snapshot() is not None else None

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

    def adopt(self, mapping: Path, file: Path) -> Source:
        """A table of the user's own becomes a source of this home, so that it can be read again by name."""
        from api.bringing import adopt

        return adopt(self, mapping, file)

    def plan_source(self, path: Path) -> Source:
        """A reviewed plan.yml as a source of its own."""
        from ingest.connectors.plan import plan_source

        return plan_source(path, self.home.folder / "plans")

    def close(self) -> None:
        """Gives back the store and every file."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
            if "_endpoint" in self.__dict__:
                self._endpoint.close()
                del self.__dict__["_endpoint"]
            if self._snapshot is not None:
                self._snapshot.close()
                self._snapshot = None
            self.forget_registry()
