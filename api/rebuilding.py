"""Builds what is served anew after facts changed, beside the one in use, and switches to it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import orjson

from api.home import building, settle
from api.parts import Parts
from graph import heap
from graph.catalogue.build import build
from graph.catalogue.schema import FORMAT as CATALOGUE_FORMAT
from graph.catalogue.sqlite import SqliteCatalogue
from graph.search.embed import Embedder
from graph.search.hybrid import INDEX_FORMAT, Search
from graph.search.models import embedder_name
from graph.search.reading import documents
from graph.store import Store, Version, Versions, open_store
from graph.store.united import unite
from ontology.errors import ModelError

Progress = Callable[[str, int], None]


def data_version(versions: Iterable[Version], retired: Mapping[str, str], embedder: str) -> str:
    """Twelve hex digits over everything a snapshot is made of."""
    digest = hashlib.sha256(f"{CATALOGUE_FORMAT} {INDEX_FORMAT} {embedder}".encode())
    for one in sorted(versions, key=lambda v: v.source):
        digest.update(f"{one.source} {one.version} {one.priority}\n".encode())
    for old, new in sorted(retired.items()):
        digest.update(f"{old} {new}\n".encode())
    return digest.hexdigest()[:12]


def _opens(snapshot: Path) -> bool:
    """Whether the catalogue of a snapshot can be read."""
    try:
        SqliteCatalogue(snapshot / "catalogue.sqlite").close()
    except ModelError:
        return False
    return True


def _copy(store: Store, folder: Path, graphs: Sequence[str]) -> Store:
    """The copy that public SPARQL reads, where the current graphs are one, open for reading.

    An engine keeps what it read and an index of what it wrote until its folder is closed: so the
    store itself rests, and what follows is read from the copy.
    """
    store.backup(folder)
    store.rest(wholly=True)
    unite(folder, store.base, graphs)
    heap.give_back()
    return open_store(str(folder), base=store.base, read_only=True)


def _current(store: Store) -> list[Version]:
    """The current version of each source, by source."""
    held = Versions(store)
    series = sorted({version.source for version in held.list()})
    return [version for one in series if (version := held.current(one)) is not None]


def rebuild(parts: Parts, progress: Progress | None = None) -> Path:
    """Builds the snapshot of the current versions beside the one in use, and switches to it.

    Does nothing when the one in use is already of these versions and can be read.
    """
    home, remote, model = parts.home, parts.settings.remote, parts.settings.model
    if model is not None:
        parts.embedder()  # a model of one's own may be missing: better told before minutes of building
    store = parts.store
    versions, retired = _current(store), parts.registry.retired()
    name = data_version(versions, retired, embedder_name(model))
    current = home.current_snapshot()
    if current is not None and current.name == name and _opens(current):
        return current
    graphs = [one.graph(store.base) for one in versions]
    parts.registry.rest()
    with building(home.snapshots) as draft, heap.kept_small():
        (draft / "versions.json").write_bytes(orjson.dumps([asdict(one) for one in versions]))
        build(
            nullcontext(store) if remote else _copy(store, draft / "triples", graphs),
            store.base,
            versions,
            draft / "catalogue.sqlite",
            version=name,
            retired=retired,
            progress=progress,
        )
        heap.give_back()
        _index(draft, current, parts.embedder)
        if remote:
            store.unite(graphs)
        final = home.snapshots / name
        shutil.rmtree(final, ignore_errors=True)
        os.replace(draft, final)
        settle(final)
    home.switch(name)
    return final


def _index(draft: Path, current: Path | None, embedder: Callable[[], Embedder]) -> None:
    """The index of search over a new catalogue; the model is loaded now, and what did not change is not
    encoded again."""
    catalogue = SqliteCatalogue(draft / "catalogue.sqlite")
    try:
        previous = current / "search" if current is not None else None
        Search.write(documents(catalogue, draft), draft / "search", embedder(), previous)
    finally:
        catalogue.close()
