"""What the pointer of a home names is on the disk before the pointer is: a power cut loses no map."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from api import home as homes


def test_a_snapshot_is_on_the_disk_before_it_is_the_one_in_use(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: set[int] = set()
    at_switch: list[set[int]] = []
    really, replaced = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        really(descriptor)
        settled.add(os.fstat(descriptor).st_ino)

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "current":
            at_switch.append(set(settled))
        replaced(source, target)

    monkeypatch.setattr(homes.os, "fsync", fsync)
    monkeypatch.setattr(homes.os, "replace", replace)
    desk.run()
    (known,) = at_switch
    snapshot = desk.installation.home.current_snapshot()
    parts = [snapshot.parent, snapshot, *snapshot.rglob("*")]
    lost = [
        str(one.relative_to(snapshot.parent)) for one in parts if one.stat().st_ino not in known
    ]
    assert not lost
    assert {one.name for one in parts} >= {"catalogue.sqlite", "versions.json", "search", "triples"}
