"""What an earlier version kept of private persons is gone as soon as its home is opened by this one."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from api.settings import Settings
from api.wiring import Installation
from graph.store import Iri, Literal, Triple
from tests.pipeline.conftest import ROWS
from tests.pipeline.test_personal_codes import CODE, _traces

Desk = Any


def _as_an_earlier_version_left_it(desk: Desk) -> Path:
    """The three good rows; a thing whose id is a code, one that names a code, and what lies about them."""
    desk.run()
    installation = desk.installation
    home, base, store = installation.home.folder, installation.base, installation.store
    (graph,) = [g for g in store.current() if "test-bodies" in g]
    person, club = Iri(base.thing(f"org/test-{CODE}")), Iri(base.thing("org/test-club"))
    label = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    member = Iri("http://www.w3.org/ns/org#hasMember")
    store.add(
        graph,
        [
            Triple(person, label, Literal("Cineva", lang="ro")),
            Triple(Iri(base.thing("org/test-a1")), member, person),
            Triple(club, label, Literal(f"Clubul lui Cineva, CNP {CODE}", lang="ro")),
        ],
    )
    installation.close()
    with sqlite3.connect(home / "registry.sqlite") as db:
        db.execute(
            "INSERT INTO key VALUES (?, ?, ?)", (f"test:{CODE}", f"org/test-{CODE}", "test-bodies")
        )
        db.execute("INSERT INTO print VALUES (?, 1, x'00')", (f"org/test-{CODE}",))
    db.close()
    (home / "rejects").mkdir(exist_ok=True)
    (home / "rejects" / "test-bodies.csv").write_text(f"_row,cod\n7,{CODE}\n", encoding="utf-8")
    (home / "fetched").mkdir()
    (home / "fetched" / "aa.body").write_text(f'{{"cnp": "{CODE}"}}', encoding="utf-8")
    (home / "fetched" / "aa.json").write_text("{}", encoding="utf-8")
    (home / "fetched" / "bb.body").write_text('{"cui": "14399840"}', encoding="utf-8")
    (home / "format").write_text("1\n", encoding="utf-8")
    return home


def test_codes_go_and_everything_else_stays(desk: Desk) -> None:
    home = _as_an_earlier_version_left_it(desk)
    assert _traces(home)
    again = Installation(Settings(home=home))
    again.refresh()
    labels = {record.id for record in again.snapshot.catalogue.scan(("ORGANISATION",))}
    assert labels == {"org/test-a1", "org/test-a2", "org/test-a3"}
    assert again.registry.id_of("test:a1") == "org/test-a1"
    again.close()
    assert _traces(home) == []
    assert (home / "fetched" / "bb.body").exists()
    assert not (home / "fetched" / "aa.json").exists()
    assert (home / "format").read_text(encoding="utf-8").strip() != "1"


def test_the_source_is_read_anew_and_still_comes_in(desk: Desk) -> None:
    home = _as_an_earlier_version_left_it(desk)
    desk.installation = Installation(Settings(home=home))
    desk.write(*ROWS, f"{CODE},Cineva,association,,,Timișoara,youth,,\n")
    outcome = desk.run()
    assert (outcome.counts.read, outcome.counts.rejected) == (4, 1)
    assert len(desk.ids()) == 3
    desk.installation.close()
    assert _traces(home) == []


def test_an_answer_of_a_server_that_holds_a_code_is_not_kept(tmp_path: Path) -> None:
    from ingest.answers import Answer
    from ingest.memory import Memory

    memory = Memory(tmp_path)
    for name, body in (("a", f'{{"id": {CODE}}}'), ("b", '{"id": 1}')):
        memory.keep(name, Answer(name, 200, {"etag": "1"}, body.encode()))
    assert (memory.recall("a"), memory.recall("b") is not None) == (None, True)
    assert _traces(tmp_path) == []
