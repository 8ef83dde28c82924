"""The parts of one installation, each opened when it is first needed: store, registry, model, data version."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.home import Home
from api.settings import Settings
from graph.store import Store, Versions, open_store
from ontology.errors import NotFoundError, Said
from ontology.vocab import Base

# A command loads what it uses: reading and matching are imported where they are first called.
if TYPE_CHECKING:
    from api.snapshot import Snapshot
    from graph.search.embed import Embedder
    from ingest.registry import Registry


class Parts:
    """Settings, home, store and the snapshot that is served.

    The store is opened when first needed and stays with this process until `close`; the snapshot
    can be read by any number of processes.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self.base = Base(settings.base)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        # A model may take seconds to load: who only reads lists and records need not wait for it.
        self._loading = threading.Lock()
        self._store: Store | None = None
        self._embedder: Embedder | None = None
        self.serving = False
        """True in the process that serves: it opens a data version ahead of its first visitors."""

    # -- the store ------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """The triple store. Raises StoreLockedError when another process holds the folder."""
        with self._lock:
            if self._store is None:
                older = self.home.prepare()
                store = self._cleansed() if older else self._open()
                if not self.settings.remote:
                    Versions(store).sweep()
                self.home.sweep()
                self.home.upgraded()
                self._store = store
            return self._store

    def _cleansed(self) -> Store:
        """The store without what earlier versions kept of private persons."""
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

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store for reading what is served: the snapshot's own copy, or the endpoint."""
        triples = None if self.settings.remote else self.snapshot.triples
        if triples is None:
            yield self.store
            return
        copy = open_store(str(triples), base=self.base, read_only=True)
        try:
            yield copy
        finally:
            copy.close()

    def sparql_place(self) -> Path | Store | None:
        """Where public SPARQL reads: the snapshot's copy of the triples, or the endpoint."""
        if self.settings.remote:
            return self._endpoint
        return self.snapshot.triples if self.home.current_snapshot() is not None else None

    # -- what stands beside it ------------------------------------------------------------------

    @cached_property
    def registry(self) -> Registry:
        """Ids that were minted."""
        from ingest.registry import Registry

        self.home.prepare()
        return Registry(self.home.registry)

    def forget_registry(self) -> None:
        """Closes the registry, so that its file may be replaced."""
        if "registry" in self.__dict__:
            self.registry.close()
            del self.__dict__["registry"]

    def embedder(self) -> Embedder:
        """The model that turns texts into vectors; loaded once."""
        from graph.search.models import load_embedder

        with self._loading:
            if self._embedder is None:
                self._embedder = load_embedder(self.settings.model)
            return self._embedder

    # -- the data version -----------------------------------------------------------------------

    def data_version(self) -> str:
        """The name of the data version in use; `empty` before the first ingest. Cheap: asked on every request."""
        folder = self.home.current_snapshot()
        return folder.name if folder is not None else "empty"

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
