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

from api.home import Home, building, settle
from graph import heap
from graph.catalogue.build import build
from graph.catalogue.schema import FORMAT as CATALOGUE_FORMAT
from graph.catalogue.sqlite import SqliteCatalogue
from graph.search.embed import Embedder
from graph.search.hybrid import INDEX_FORMAT, Search
from graph.search.reading import documents
from graph.store import Store, Version, open_store
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

    An engine keeps some 10 MB in memory for every million statements it has read or written, until
    its folder is closed: so the store itself rests, and what follows is read from the copy.
    """
    store.backup(folder)
    store.rest()
    unite(folder, store.base, graphs)
    heap.give_back()
    return open_store(str(folder), base=store.base, read_only=True)


def rebuild(
    home: Home,
    store: Store,
    versions: list[Version],
    retired: Mapping[str, str],
    model: str,
    embedder: Callable[[], Embedder],
    progress: Progress | None = None,
    *,
    remote: bool = False,
) -> Path:
    """Builds the snapshot of the current versions beside the one in use, and switches to it.

    Does nothing when the one in use is already of these versions and can be read. `model` is the
    name of the `embedder`, which is loaded when the index is built.
    """
    name = data_version(versions, retired, model)
    current = home.current_snapshot()
    if current is not None and current.name == name and _opens(current):
        return current
    graphs = [one.graph(store.base) for one in versions]
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
        catalogue = SqliteCatalogue(draft / "catalogue.sqlite")
        try:
            previous = current / "search" if current is not None else None
            Search.write(documents(catalogue, draft), draft / "search", embedder(), previous)
        finally:
            catalogue.close()
        if remote:
            store.unite(graphs)
        final = home.snapshots / name
        shutil.rmtree(final, ignore_errors=True)
        os.replace(draft, final)
        settle(final)
    home.switch(name)
    return final
