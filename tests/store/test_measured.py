"""The measurement of the store runs, however small the city: figures that nobody can make again say nothing."""

from __future__ import annotations

from tests.bench.bench_store import bench


def test_every_way_of_the_store_is_measured_beside_the_bare_engine() -> None:
    found = bench(30, 1)
    assert found["statements"] == 300
    ratios = found["speed_as_a_fraction"]
    assert isinstance(ratios, dict)
    assert len(ratios) == 7
    assert all(ratio > 0 for ratio in ratios.values())
