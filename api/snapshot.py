"""One data version, ready to answer: catalogue, search, network and matching, opened when needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path

import orjson

from api.home import Home
from graph.catalogue.build import build
from graph.catalogue.schema import FORMAT as CATALOGUE_FORMAT
from graph.catalogue.sqlite import SqliteCatalogue
from graph.match.engine import Matcher
from graph.network import City, Survey, project, survey
from graph.search.documents import documents
from graph.search.embed import Embedder
from graph.search.hybrid import INDEX_FORMAT, Search
from graph.store import Store, Version
from graph.store.united import unite
from ontology.errors import ModelError

Progress = Callable[[str, int], None]


class Snapshot:
    """What is served. Its parts are opened once, by whichever thread needs them first."""

    def __init__(
        self, folder: Path, embedder: Callable[[], Embedder], weights: Mapping[str, float]
    ) -> None:
        self.folder = folder
        self.catalogue = SqliteCatalogue(folder / "catalogue.sqlite")
        self.version = self.catalogue.version
        self._embedder = embedder
        self._weights = weights
        self._lock = threading.RLock()

    @cached_property
    def _search(self) -> Search:
        """The index; built again from the catalogue when it is missing, damaged or of another format."""
        folder, embedder = self.folder / "search", self._embedder()
        try:
            return Search.open(folder, embedder)
        except ModelError:
            draft = self.folder / f".search-{os.getpid()}-{threading.get_ident()}"
            shutil.rmtree(draft, ignore_errors=True)
            Search.build(documents(self.catalogue), draft, embedder)
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(draft, folder)
            return Search.open(folder, embedder)

    @property
    def search(self) -> Search:
        """The search index of this version."""
        with self._lock:
            return self._search

    @cached_property
    def _network(self) -> City:
        return project(self.catalogue)

    @property
    def network(self) -> City:
        """Who is linked to whom in this version."""
        with self._lock:
            return self._network

    @cached_property
    def _survey(self) -> Survey:
        return survey(self._network)

    @property
    def survey(self) -> Survey:
        """The measures of the whole network, taken once."""
        with self._lock:
            return self._survey

    @property
    def triples(self) -> Path | None:
        """A read-only copy of the store for this version; None when the store is an endpoint."""
        folder = self.folder / "triples"
        return folder if folder.is_dir() else None

    @cached_property
    def versions(self) -> list[Version]:
        """The versions of the sources that this snapshot is made of."""
        return [
            Version(**one) for one in orjson.loads((self.folder / "versions.json").read_bytes())
        ]

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.catalogue, self.search, self.network, weights=self._weights)

    @property
    def matcher(self) -> Matcher:
        """Partners, money and actions, with reasons."""
        with self._lock:
            return self._matcher

    def close(self) -> None:
        """Lets go of the files."""
        self.catalogue.close()


def data_version(versions: Iterable[Version], retired: Mapping[str, str], embedder: str) -> str:
    """Twelve hex digits over everything a snapshot is made of."""
    digest = hashlib.sha256(f"{CATALOGUE_FORMAT} {INDEX_FORMAT} {embedder}".encode())
    for one in sorted(versions, key=lambda v: v.source):
        digest.update(f"{one.source} {one.version} {one.priority}\n".encode())
    for old, new in sorted(retired.items()):
        digest.update(f"{old} {new}\n".encode())
    return digest.hexdigest()[:12]


def rebuild(
    home: Home,
    store: Store,
    versions: list[Version],
    retired: Mapping[str, str],
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    remote: bool = False,
) -> Path:
    """Builds the snapshot of the current versions beside the one in use, and switches to it.

    Does nothing when the one in use is already of these versions.
    """
    name = data_version(versions, retired, embedder.name)
    current = home.current_snapshot()
    if current is not None and current.name == name:
        return current
    draft = home.snapshots / f".building-{os.getpid()}-{threading.get_ident()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        (draft / "versions.json").write_bytes(orjson.dumps([asdict(one) for one in versions]))
        build(
            store,
            versions,
            draft / "catalogue.sqlite",
            version=name,
            retired=retired,
            progress=progress,
        )
        catalogue = SqliteCatalogue(draft / "catalogue.sqlite")
        try:
            previous = current / "search" if current is not None else None
            Search.build(documents(catalogue), draft / "search", embedder, previous=previous)
        finally:
            catalogue.close()
        if not remote:
            store.backup(draft / "triples")
            unite(draft / "triples", store.base, [v.graph(store.base) for v in versions])
        final = home.snapshots / name
        shutil.rmtree(final, ignore_errors=True)
        os.replace(draft, final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    home.switch(name)
    return final


def today() -> date:
    """Today, the day by which the dates of calls are judged."""
    return date.today()
