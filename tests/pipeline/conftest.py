"""A tiny source in a home of its own; all rows are invented for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.wiring import Installation
from ingest.declaration import load_source
from ingest.pipeline import Outcome

TODAY = date(2026, 11, 25)

HEAD = "cod,nume,forma,cui,fondata,localitate,teme,membru_in,site\n"
ROWS = (
    "a1,Asociația Test Unu,association,14399840,2010,Timișoara,youth;culture,,https://example.org/unu\n",
    "a2,Fundația Test Doi,foundation,,2011-05,Lugoj,education,a1,\n",
    "a3,Grupul Test Trei,informal_group,,,Timișoara,music,,\n",
)

SOURCE = """slug: test-bodies
title: {ro: Corpuri de test, en: Test bodies}
publisher: Test
licence: CC0-1.0
scheme: test
retrieved: 2026-11-25
identity: false
read: {path: table.csv}
class: Organisation
id: {column: cod, prefix: org/test-}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  forma: {field: legalForm}
  cui: {field: identifiers, scheme: ro-cui}
  fondata: {field: founded}
  localitate: {field: city}
  teme: {field: topics, split: ";"}
  membru_in: {use: true}
  site: {field: homepage}
"""

EXTEND = '''"""Memberships of test rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """One membership per body named."""
    for item in context.items(row["membru_in"]):
        yield context.membership(entity.id, context.refer(item, "membru_in"))
'''


class Desk:
    """A home and a source folder: write the table, run, look."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "source"
        self.folder.mkdir()
        (self.folder / "source.yml").write_text(SOURCE, encoding="utf-8")
        (self.folder / "source.py").write_text(EXTEND, encoding="utf-8")
        self.installation = Installation(Settings(home=folder / "home"))

    def beside(self, *rows: str) -> Desk:
        """Another source of the same home, with the scheme `other`, whose rows are looked up by name."""
        made = object.__new__(Desk)
        made.folder, made.installation = self.folder.with_name("other"), self.installation
        made.folder.mkdir()
        text = SOURCE.replace("test-bodies", "other-bodies").replace(
            "scheme: test", "scheme: other"
        )
        text = text.replace("org/test-", "org/other-").replace("identity: false", "identity: true")
        (made.folder / "source.yml").write_text(text, encoding="utf-8")
        (made.folder / "source.py").write_text(EXTEND, encoding="utf-8")
        made.write(*rows)
        return made

    def write(self, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> None:
        (self.folder / "table.csv").write_bytes((head + "".join(rows)).encode(encoding))

    def run(self, **more: Any) -> Outcome:
        source = load_source(self.folder)
        return self.installation.ingest([source], today=TODAY, **more)[0]

    @property
    def catalogue(self) -> Any:
        return self.installation.snapshot.catalogue

    def ids(self) -> list[str]:
        return [record.id for record in self.catalogue.scan(("ORGANISATION",))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the three good rows written."""
    made = Desk(tmp_path)
    made.write(*ROWS)
    yield made
    made.installation.close()


@pytest.fixture
def counts() -> Callable[[Outcome], dict[str, int]]:
    """The counts of an outcome that are not zero."""
    return lambda outcome: {k: v for k, v in vars(outcome.counts).items() if v}
