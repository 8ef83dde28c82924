"""The catalogue is the same whatever the order in which a store gives its statements."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from api.settings import Settings
from api.wiring import Installation
from graph.catalogue.build import build
from graph.store import Quad, Store

ORDERS: dict[str, Callable[[Quad], tuple[str, ...]]] = {
    "by predicate, as a column store": lambda quad: (str(quad.predicate), str(quad.subject)),
    "by value": lambda quad: (str(quad.object), str(quad.subject)),
}


class Ordered:
    """The statements of a store in an order of its own: a server promises none."""

    def __init__(self, store: Store, order: Callable[[Quad], tuple[str, ...]]) -> None:
        self.base = store.base
        self._store = store
        self._order = order

    def match(self, *, graph: str) -> Iterator[Quad]:
        """One graph."""
        return iter(sorted(self._store.match(graph=graph), key=self._order))


@pytest.mark.parametrize("order", ORDERS)
def test_pages_and_places_of_single_values_are_kept_in_any_order(
    installation: Installation, tmp_path: Path, order: str
) -> None:
    with installation.reading() as store:
        versions, path = installation.snapshot.versions, tmp_path / "catalogue.sqlite"
        ordered = cast(Store, Ordered(store, ORDERS[order]))
        build(nullcontext(ordered), store.base, versions, path, version="test", retired={})
    assert _rows(path) == _rows(installation.snapshot.folder / "catalogue.sqlite")


def _of_another_format(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=0")
    db.close()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("harm", [_of_another_format, _cut, Path.unlink])
def test_a_catalogue_that_cannot_be_read_is_built_anew_by_the_next_ingest(
    installation: Installation, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(installation.settings.home, home)
    mended = Installation(Settings(home=home))
    current = mended.home.current_snapshot()
    assert current is not None
    harm(current / "catalogue.sqlite")
    mended.ingest(mended.chosen(["topics"]), today=date(2026, 11, 25))
    assert mended.snapshot.catalogue.records(["org/fitt"]) != [None]
    mended.close()


def _rows(path: Path) -> list[Any]:
    db = sqlite3.connect(path)
    try:
        return db.execute("SELECT id, doc, facts, sources FROM record ORDER BY id").fetchall()
    finally:
        db.close()
