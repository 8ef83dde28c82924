"""How well it does: real spellings, near misses and strangers, written by hand from the lists.

`spellings.csv`: the rows of the half `tuned` were read while the words and rules were made; those
of the half `held-out` were written and measured once before anything was changed for them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.identity import Index, Party, resolve

ROWS = list(
    csv.DictReader((Path(__file__).parent / "spellings.csv").read_text("utf-8").splitlines())
)


@pytest.mark.parametrize("half", ["tuned", "held-out", "second", "third"])
def test_the_rates_hold(half: str, city_index: Index) -> None:
    same = wrong = real = merged = found = 0
    mistakes = []
    for row in ROWS:
        if row["half"] != half:
            continue
        answer = resolve(Party("row", (row["written"],), cui=row["cui"] or None), city_index)
        right = answer.id is not None and answer.id == row["id"]
        same += answer.answer == "same"
        if answer.answer == "same" and not right:
            wrong += 1
            mistakes.append((row["written"], answer.id))
        if row["relation"] == "real":
            real += 1
            found += right
            merged += right and answer.answer == "same"
    assert real > 100
    assert wrong <= 0.01 * same, mistakes
    assert found >= 0.97 * real
    assert merged >= 0.85 * real


def test_the_rows_are_many_and_of_every_relation() -> None:
    count = {r: sum(row["relation"] == r for row in ROWS) for r in ("real", "near", "outside")}
    assert len(ROWS) >= 800
    assert min(count.values()) >= 100


def test_strangers_are_seldom_asked_about(city_index: Index) -> None:
    outside = [row for row in ROWS if row["relation"] == "outside"]
    asked = [
        row["written"]
        for row in outside
        if resolve(Party("row", (row["written"],)), city_index).answer != "none"
    ]
    assert len(asked) <= 0.05 * len(outside), asked
