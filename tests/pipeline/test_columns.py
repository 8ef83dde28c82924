"""Cells become values; what is remembered of them is bounded by their size, not by the table."""

from __future__ import annotations

import tracemalloc
from typing import Any

from ingest.columns import ReadColumn, read_columns
from ingest.declaration import load_source
from ontology.loading import load_model

Desk = Any


def column(desk: Desk, name: str) -> ReadColumn:
    cls = load_model().cls("Organisation")
    found = read_columns(load_source(desk.folder), cls, lambda _key: None)
    return next(one for one in found if one.name == name)


def test_long_texts_leave_the_memory(desk: Desk) -> None:
    names = column(desk, "nume")
    tracemalloc.start()
    for number in range(500):
        ((_, value),) = names.read(f"{number} " + "text de test " * 2_000)
        assert str(value.value).startswith(f"{number} ")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 2 << 20


def test_a_cell_that_comes_again_is_the_same_value(desk: Desk) -> None:
    towns = column(desk, "localitate")
    assert towns.read("Timișoara") == towns.read("Timișoara")
    assert towns.read("Lugoj") != towns.read("Timișoara")
