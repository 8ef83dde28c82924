"""The registry: ids are kept, a file of an older version is taken over, fingerprints tell what changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.registry import FORMAT, Registry
from ingest.tables import Seen
from ontology.errors import StoreFormatError

OLDER = """
CREATE TABLE key (key TEXT PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX key_by_id ON key (id);
CREATE TABLE retired (old TEXT PRIMARY KEY, new TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE print (source TEXT NOT NULL, version TEXT NOT NULL, id TEXT NOT NULL, print TEXT NOT NULL,
  PRIMARY KEY (source, version, id, print)) WITHOUT ROWID;
CREATE INDEX print_by_id ON print (id, source);
CREATE TABLE run (source TEXT NOT NULL, at TEXT NOT NULL, result TEXT NOT NULL, counts TEXT NOT NULL);
INSERT INTO key VALUES ('test:a', 'org/a', 'test');
INSERT INTO print VALUES ('test', 'v1', 'org/a', '00ff');
PRAGMA user_version = 1;
"""


def test_a_registry_of_format_1_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    older = sqlite3.connect(path)
    older.executescript(OLDER)
    older.close()
    for _ in range(2):  # taken over once, then simply opened
        registry = Registry(path)
        assert registry.id_of("test:a") == "org/a"
        assert registry.prints.known("other", None, ["org/a"]).others == {"org/a"}
        assert registry.prints.known("test", "v1", ["org/a"]).own == {"org/a": {b"00ff"}}
        registry.close()
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_a_registry_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {FORMAT + 1}")
    newer.close()
    with pytest.raises(StoreFormatError):
        Registry(path)


def test_versions_are_compared_by_thing(tmp_path: Path) -> None:
    prints = Registry(tmp_path / "registry.sqlite").prints

    def run(version: str, held: str | None, stated: dict[str, bytes]) -> tuple[int, int, int]:
        prints.begin("test", held)
        prints.add(stated.items())
        prints.end()
        found = prints.count_changes("test", held)
        prints.keep("test", version)
        prints.forget_others("test", version)
        return found

    assert run("v1", None, {"a": b"1", "b": b"1", "c": b"1"}) == (3, 0, 0)
    assert run("v2", "v1", {"a": b"1", "b": b"2", "d": b"1"}) == (1, 1, 1)
    assert prints.known("test", "v2", ["a", "b", "c"]).own == {"a": {b"1"}, "b": {b"2"}}


def test_an_interrupted_run_leaves_no_fingerprints(tmp_path: Path) -> None:
    prints = Registry(tmp_path / "registry.sqlite").prints
    prints.begin("test", None)
    prints.add([("a", b"1")])
    prints.end()
    prints.keep("test", "v1")  # and killed before it was made current
    prints.begin("test", None)
    assert prints.known("other", None, ["a"]).others == set()


def test_what_was_seen_is_told_with_its_first_row() -> None:
    seen = Seen()
    assert seen.before([("a", 2), ("b", 3), ("a", 4)]) == [None, None, 2]
    assert seen.before([("b", 5), ("c", 6), ("c", 7)]) == [3, None, 6]
    seen.close()
