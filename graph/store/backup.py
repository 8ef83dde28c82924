"""Bringing a backup back, from any engine into any engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.store import faults
from graph.store.base import Store
from graph.store.nquads import FILE
from graph.store.oxigraph import OxigraphStore
from ontology.vocab import Base


def restore(folder: Path, store: Store) -> int:
    """Loads a backup into an empty store, and gives the number of its statements.

    Raises StoreError when the folder is no backup, when the store already holds statements, or
    when fewer arrived than the backup has.
    """
    if store.count():
        raise faults.not_empty(str(folder))
    with _lines(folder, store) as lines:
        loaded = store.load(lines)
    if store.count() != loaded:
        raise faults.failed(str(folder), f"{store.count()} ≠ {loaded}")
    return loaded


def write_anew(folder: Path, base: Base) -> None:
    """Writes a closed store's folder anew: the engine keeps the words of what was removed from it."""
    made, old = (folder.with_name(f".{folder.name}.{word}") for word in ("anew", "old"))
    shutil.rmtree(made, ignore_errors=True)
    with OxigraphStore(folder, base, read_only=True) as held, OxigraphStore(made, base) as store:
        store.load(held.dump())
    folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old)


def take_back(folder: Path) -> None:
    """Undoes the first half of `write_anew`, when it was killed between its halves."""
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)


@contextmanager
def _lines(folder: Path, store: Store) -> Iterator[Iterator[bytes]]:
    if (folder / FILE).is_file():
        with (folder / FILE).open("rb") as file:
            yield iter(file)
    elif (folder / "CURRENT").is_file():  # every RocksDB folder has one
        with OxigraphStore(folder, store.base, read_only=True) as kept:
            yield kept.dump()
    else:
        raise faults.no_backup(str(folder))
