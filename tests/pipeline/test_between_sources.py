"""Several sources at once: no circle of parents closes between two, and one that fails stops itself only."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.reports import reports
from api.settings import Settings
from api.wiring import Installation
from graph.store.versions import Versions
from ingest.declaration import load_source
from ingest.pipeline import Outcome
from tests.pipeline.conftest import TODAY

SOURCE = """slug: SLUG
title: {ro: Consilii de test, en: Test councils}
publisher: Test
licence: CC0-1.0
scheme: t
identity: false
read: {path: table.csv}
class: Council
id: {column: cod, prefix: council/t-}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  sub: {field: parent}
"""


class Office:
    """A home with several sources whose rows may speak of the same things."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.installation = Installation(Settings(home=folder / "home"))

    def write(self, slug: str, rows: str, more: str = "") -> None:
        folder = self.folder / slug
        folder.mkdir(exist_ok=True)
        (folder / "source.yml").write_text(SOURCE.replace("SLUG", slug) + more, encoding="utf-8")
        (folder / "table.csv").write_text("cod,nume,sub\n" + rows, encoding="utf-8")

    def run(self, *slugs: str, **more: Any) -> list[Outcome]:
        sources = [load_source(self.folder / slug) for slug in slugs]
        return self.installation.ingest(sources, today=TODAY, **more)

    def parent(self, id_: str) -> object:
        (record,) = self.installation.snapshot.catalogue.records([id_])
        return record.values.get("parent")


@pytest.fixture
def office(tmp_path: Path):
    made = Office(tmp_path)
    yield made
    made.installation.close()


def refused(outcome: Outcome) -> list[dict[str, str]]:
    if outcome.rejects is None:
        return []
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_sources_that_put_each_under_the_other(office: Office) -> None:
    office.write("first", "x,Consiliul X,y\ny,Consiliul Y,\n")
    office.write("second", "y,Consiliul Y,x\nz,Consiliul Z,x\n")
    first, second = office.run("first", "second")
    assert (first.counts.accepted, first.counts.rejected) == (2, 0)
    (row,) = refused(second)
    assert (row["_row"], row["_column"]) == ("2", "sub")
    assert "council/t-y → council/t-x → council/t-y" in row["_reason_en"]
    assert "the rest is said by first" in row["_reason_en"]
    assert row["_hint_ro"]
    assert second.counts.rejected == 1
    assert office.parent("council/t-x") == "council/t-y"
    assert office.parent("council/t-y") is None
    assert office.parent("council/t-z") == "council/t-x"


def test_a_longer_way_round_through_three_sources(office: Office) -> None:
    office.write("first", "a,A,b\nb,B,\n")
    office.write("second", "b,B,c\nc,C,\n")
    office.write("third", "c,C,a\nd,D,a\n")
    office.run("first")
    office.run("second")
    (outcome,) = office.run("third")
    (row,) = refused(outcome)
    assert "council/t-c → council/t-a → council/t-b → council/t-c" in row["_reason_en"]
    assert "first, second" in row["_reason_en"]


def test_a_source_that_changes_its_mind_is_held_against_what_the_other_says_now(
    office: Office,
) -> None:
    office.write("first", "x,X,y\ny,Y,\n")
    office.write("second", "y,Y,\n")
    office.run("first", "second")
    office.write("second", "y,Y,x\n")
    (outcome,) = office.run("second")
    assert outcome.counts.rejected == 1
    office.write("first", "x,X,\ny,Y,\n")
    office.write("second", "y,Y,x\nw,W,\n")
    assert [one.counts.rejected for one in office.run("first", "second")] == [0, 0]
    assert office.parent("council/t-y") == "council/t-x"


def test_a_dry_run_of_both_tells_the_circle_too(office: Office) -> None:
    office.write("first", "x,X,y\ny,Y,\n")
    office.write("second", "y,Y,x\n")
    first, second = office.run("first", "second", dry_run=True)
    assert (first.counts.rejected, second.counts.rejected) == (0, 1)


def test_a_dry_run_tells_no_field_of_a_row_that_is_refused_for_its_circle(office: Office) -> None:
    """Another row of the source changes the same thing, so its fields are told: without the refused link."""
    office.write("first", "x,X,y\n")
    office.write("second", "z,Z,\n")
    (office.folder / "second" / "source.py").write_text(
        "from ontology.entity import Entity\n\n\n"
        "def extend(entity, row, context):\n"
        "    if row['cod'] == 'z':\n"
        "        made = Entity.of('Council', 'council/t-y')\n"
        "        made.add('label', 'Y ' + row['nume'], lang='ro')\n"
        "        yield made\n",
        encoding="utf-8",
    )
    office.write("first", "x,X,y\ny,Y,\n")
    office.run("first", "second")
    office.write("second", "z,Zet,\ny,Y,x\n")
    (dry,) = office.run("second", dry_run=True)
    assert dry.counts.rejected == 1
    (told,) = [one for one in dry.changes if one.id == "council/t-y"]
    assert [path.rsplit("#", 1)[-1] for path, _, _ in told.fields] == ["prefLabel"]
    (real,) = office.run("second")
    assert real.counts.rejected == 1
    assert office.parent("council/t-y") is None


def test_what_a_stopped_source_said_counts_for_nobody(office: Office) -> None:
    office.write("first", "x,X,y\ny,Y,\n", more="minimum: {rows: 9}\n")
    office.write("second", "y,Y,x\nx,X,\n")
    first, second = office.run("first", "second")
    assert (first.result, second.counts.rejected) == ("stopped", 0)


def test_links_that_a_function_makes_are_held_to_the_same(office: Office) -> None:
    office.write("made", "x,X,\ny,Y,\n")
    (office.folder / "made" / "source.py").write_text(
        "def extend(entity, row, context):\n"
        "    other = {'x': 'y', 'y': 'x'}[row['cod']]\n"
        "    entity.add('parent', f'council/t-{other}')\n"
        "    return []\n",
        encoding="utf-8",
    )
    (outcome,) = office.run("made")
    assert [row["_row"] for row in refused(outcome)] == ["3"]
    assert outcome.counts.accepted == 1


def test_a_way_up_that_is_endless_is_a_mistake(office: Office) -> None:
    rows = "".join(f"n{n},N,n{n - 1}\n" for n in range(1, 1_200))
    office.write("deep", "n0,N,\n" + rows)
    (outcome,) = office.run("deep")
    assert outcome.counts.rejected == 1
    assert "over 1000 levels" in refused(outcome)[0]["_reason_en"]


def test_a_source_that_cannot_be_read_does_not_keep_the_others_out(office: Office) -> None:
    office.write("first", "x,X,\n")
    office.write("broken", "")
    (office.folder / "broken" / "table.csv").write_bytes(b"")
    office.write("second", "z,Z,\n")
    first, broken, second = office.run("first", "broken", "second")
    assert (first.result, broken.result, second.result) == ("updated", "stopped", "updated")
    assert "the file is empty" in broken.problems[0].message()
    ids = [r.id for r in office.installation.snapshot.catalogue.scan(("COUNCIL",))]
    assert ids == ["council/t-x", "council/t-z"]


HALF = "half a character"
FUNCTIONS = {
    "raises before anything": ("raise KeyError('cheie')\n    yield", "KeyError: 'cheie'"),
    "raises in the middle": ("yield good\n    yield {}['cheie']", "KeyError: 'cheie'"),
    "gives nothing that can be walked": ("return 7", "TypeError"),
    "runs deep": ("yield from crawl(context)", "RecursionError"),
}


def crawled(office: Office, body: str) -> Outcome:
    folder = office.folder / "own"
    folder.mkdir(exist_ok=True)
    (folder / "source.yml").write_text(
        "slug: own\ntitle: {ro: Proprie, en: Own}\npublisher: Test\nlicence: CC0-1.0\n",
        encoding="utf-8",
    )
    (folder / "source.py").write_text(
        "from ontology.entity import Entity\n\n\n"
        "def thing(id_, label):\n"
        "    made = Entity.of('Council', id_)\n"
        "    made.add('label', label, lang='ro')\n"
        "    return made\n\n\n"
        f"def crawl(context):\n    good = thing('council/own-a', 'Bun')\n    {body}\n",
        encoding="utf-8",
    )
    return office.run("own")[0]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_fails_stops_its_source_and_says_where(office: Office, name: str) -> None:
    body, says = FUNCTIONS[name]
    held = crawled(office, "yield good")
    outcome = crawled(office, body)
    assert (outcome.result, outcome.version) == ("stopped", held.version)
    said = outcome.problems[0].message()
    assert said.startswith("own: the source's own function failed")
    assert says in said
    assert "source.py, line " in said or name == "gives nothing that can be walked"
    assert outcome.problems[0].fix.ro
    ids = [r.id for r in office.installation.snapshot.catalogue.scan(("COUNCIL",))]
    assert ids == ["council/own-a"]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (r"thing('council/own-b', 'Jum\ud800ătate')", HALF),
        (r"thing('council/own b', 'Spațiu')", "an id that is none"),
        (r"thing('council/own-b> <x', 'Injectat')", "an id that is none"),
        (r"thing('council/own-\udfff', 'Jumătate')", "an id that is none"),
        ("'text'", "gave str, no thing"),
        ("None", "gave NoneType, no thing"),
        ("thing('council/own-b', 7)", "is not a text"),
    ],
)
def test_a_thing_that_cannot_be_kept_is_refused_and_the_rest_goes_on(
    office: Office, made: str, says: str
) -> None:
    outcome = crawled(
        office, f"yield good\n    yield {made}\n    yield thing('council/own-c', 'C')"
    )
    assert (outcome.counts.read, outcome.counts.accepted, outcome.counts.rejected) == (3, 2, 1)
    (row,) = refused(outcome)
    assert says in row["_reason_en"]
    ids = [r.id for r in office.installation.snapshot.catalogue.scan(("COUNCIL",))]
    assert ids == ["council/own-a", "council/own-c"]


def test_a_function_that_fails_on_one_row_refuses_that_row(
    desk: Any, counts: Callable[[Outcome], dict[str, int]]
) -> None:
    (desk.folder / "source.py").write_text(
        "def extend(entity, row, context):\n    return [][{'a2': 1}.get(row['cod'], slice(0))]\n",
        encoding="utf-8",
    )
    outcome = desk.run()
    assert counts(outcome)["rejected"] == 1
    (row,) = refused(outcome)
    assert row["_row"] == "3"
    assert "IndexError" in row["_reason_en"]
    assert "source.py, line 2" in row["_reason_en"]


def test_the_rejects_of_the_version_held_outlive_a_run_that_was_stopped(desk: Any) -> None:
    mapping = desk.folder / "source.yml"
    mapping.write_text(
        mapping.read_text(encoding="utf-8") + "minimum: {rows: 2}\n", encoding="utf-8"
    )
    good = "a1,Asociația Unu,association,,,,,,\na2,Asociația Doi,association,,,,,,\n"
    desk.write(good, "a3,,association,,,,,,\n")
    held = desk.run()
    desk.write("b1,,association,,,,,,\n", "b2,Bun,association,,,,,,\n")
    stopped = desk.run()
    assert (stopped.result, held.rejects != stopped.rejects) == ("stopped", True)
    assert [row["cod"] for row in refused(held)] == ["a3"]
    assert [row["cod"] for row in refused(stopped)] == ["b1"]
    told = desk.run(dry_run=True)
    assert [row["cod"] for row in refused(told)] == ["b1"]
    assert [row["cod"] for row in refused(held)] == ["a3"]
    desk.write(good)
    assert desk.run().rejects is None
    assert not held.rejects.exists()
    assert not stopped.rejects.exists()


def test_a_source_that_fails_again_and_again_is_not_fresh(desk: Any) -> None:
    mapping = desk.folder / "source.yml"
    mapping.write_text(mapping.read_text(encoding="utf-8") + "every: P30D\n", encoding="utf-8")
    desk.run()
    held = desk.installation
    source, versions = load_source(desk.folder), Versions(held.store).list()
    (fresh,) = reports([source], versions, held.registry, TODAY)
    assert not fresh.stale
    held.registry.readings.log(source.slug, "2027-02-01T08:00:00+00:00", "stopped", "{}")
    (stale,) = reports([source], versions, held.registry, date(2027, 2, 1))
    assert (stale.stale, stale.result) == (True, "stopped")
