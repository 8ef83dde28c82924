"""The guide works: its example is a class that loads, and it names every kind of value."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ontology.entity import Entity
from ontology.kinds import KINDS
from ontology.reading import read_model
from ontology.turtle import HERE

GUIDE = (HERE.parent / "docs" / "add-a-class.md").read_text(encoding="utf-8")


def test_the_class_of_the_guide_loads_and_can_be_filled(tmp_path: Path) -> None:
    for folder in ("classes", "codes"):
        shutil.copytree(HERE / folder, tmp_path / folder)
    turtle = re.search(r"```turtle\n(.*?)```", GUIDE, re.DOTALL)
    assert turtle
    (tmp_path / "classes" / "award.ttl").write_text(turtle[1], encoding="utf-8")
    cls = read_model(tmp_path).cls("Award")
    assert (cls.kind, cls.id_prefix, cls.parent) == ("AWARD", "award", "Resource")
    award = Entity("award/exemplu", cls)
    award.add("label", "Premiu de exemplu", lang="ro")
    award.add("winner", "org/exemplu")
    assert award.first("winner") == "org/exemplu"


def test_the_guide_names_every_kind_of_value() -> None:
    row = next(line for line in GUIDE.splitlines() if "`crs:valueKind`" in line)
    assert row.split("`")[3].split() == list(KINDS)
