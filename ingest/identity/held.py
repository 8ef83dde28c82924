"""Very many parties in a table on disk: found by id, made again with their parsed names when asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from graph.catalogue.memory import Memory
from ingest.identity.lexicon import Role
from ingest.identity.names import Name
from ingest.identity.party import Party
from ingest.identity.words import Word
from ingest.tables import chunks, scratch

_TABLES = """
CREATE TABLE party (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE known (n INTEGER PRIMARY KEY, doc BLOB NOT NULL);
CREATE TABLE word (word TEXT PRIMARY KEY, parties INTEGER NOT NULL) WITHOUT ROWID;
"""
_KEPT = 2_000
"""Parties kept made, some 2.5 KB each; at most twice as many."""
_KEPT_WORDS = 20_000
"""Words whose count is kept."""
_SOME = 1_000

_ROLES = {role.value: role for role in Role}
_word = lru_cache(maxsize=1 << 12)(Word)


class Parties(Mapping[str, Party]):
    """Parties by id. Each has a number, too: they are counted as they come."""

    def __init__(self, folder: Path | None = None) -> None:
        self._db = scratch(_TABLES, folder)
        self._made: Memory[str, Party] = Memory(_KEPT)
        self._count = 0
        self.words = Words(self._db)

    def add(self, party: Party) -> int | None:
        """The number of a party that is held from now on; None when its id is held already."""
        if party.id in self:
            return None
        self._count += 1
        self._db.execute("INSERT INTO party VALUES (?, ?)", (self._count, party.id))
        self._db.execute("INSERT INTO known VALUES (?, ?)", (self._count, _doc(party)))
        return self._count

    def number(self, id_: str) -> int | None:
        """The number of the party with an id."""
        row = self._db.execute("SELECT n FROM party WHERE id = ?", (id_,)).fetchone()
        return int(row[0]) if row else None

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """The ids of the parties with some numbers."""
        found: dict[int, str] = {}
        for chunk, marks in chunks(numbers):
            found.update(self._db.execute(f"SELECT n, id FROM party WHERE n IN ({marks})", chunk))
        return found

    def __getitem__(self, id_: str) -> Party:
        made = self._made.get(id_)
        if made is None:
            sql = "SELECT doc FROM known WHERE n = (SELECT n FROM party WHERE id = ?)"
            row = self._db.execute(sql, (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            made = self._made.put(id_, _party(id_, row[0]))
        return made

    def __contains__(self, id_: object) -> bool:
        return self._db.execute("SELECT 1 FROM party WHERE id = ?", (id_,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        last = 0
        sql = "SELECT n, id FROM party WHERE n > ? ORDER BY n LIMIT ?"
        while page := self._db.execute(sql, (last, _SOME)).fetchall():
            yield from (id_ for _, id_ in page)
            last = page[-1][0]

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Forgets everything."""
        self._db.close()


class Words(Mapping[str, int]):
    """By word, how many parties have it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[str, int] = {}

    def count(self, words: Collection[str]) -> None:
        """One more party has these words."""
        self._db.executemany(
            "INSERT INTO word VALUES (?, 1) ON CONFLICT DO UPDATE SET parties = parties + 1",
            [(word,) for word in words],
        )
        for word in words:
            if word in self._known:
                self._known[word] += 1

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]
        """How many parties have a word."""
        found = self._known.get(word)
        if found is None:
            found = self._read(word)
        return found or default

    def _read(self, word: str) -> int:
        row = self._db.execute("SELECT parties FROM word WHERE word = ?", (word,)).fetchone()
        if len(self._known) >= _KEPT_WORDS:
            self._known.clear()
        self._known[word] = found = int(row[0]) if row else 0
        return found

    def __getitem__(self, word: str) -> int:
        if found := self.get(word):
            return found
        raise KeyError(word)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) > 0

    def __iter__(self) -> Iterator[str]:
        return (word for (word,) in self._db.execute("SELECT word FROM word ORDER BY word"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM word").fetchone()[0])


def _doc(party: Party) -> bytes:
    """A party with all that took long to find out."""
    names = [
        [
            name.written,
            [[word.text, word.key, word.role.value, word.quoted] for word in name.words],
            name.aside,
            name.key,
            name.compact,
            name.shortened,
            name.part,
        ]
        for name in party.parsed
    ]
    stated = [party.names, party.kind, party.cui, party.city, party.website, party.county]
    return orjson.dumps([*stated, names, party.branch, sorted(party.cities)])


def _party(id_: str, doc: bytes) -> Party:
    names, kind, cui, city, website, county, parsed, branch, cities = orjson.loads(doc)
    party = Party(id_, tuple(names), kind, None, city, website, county)
    # What was found out once is put back where the party would keep it; the code was checked.
    vars(party).update(
        cui=cui, parsed=tuple(map(_name, parsed)), branch=branch, cities=frozenset(cities)
    )
    return party


def _name(parts: list[Any]) -> Name:
    written, words, aside, key, compact, shortened, part = parts
    return Name(
        written,
        tuple(_word(text, key_, _ROLES[role], quoted) for text, key_, role, quoted in words),
        tuple(aside),
        tuple(key),
        compact,
        shortened,
        part,
    )
