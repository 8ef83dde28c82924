"""What the current graphs state about each thing, gathered on disk and read back thing by thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple

import orjson

from graph.entities import DC_SOURCE, PLACE
from graph.store import Literal, Quad
from ontology.vocab import Base, expand

_SUBJECT, _PREDICATE, _OBJECT = (
    expand(f"rdf:{part}") for part in ("subject", "predicate", "object")
)
_CHUNK = 2_000

_TABLES = """
CREATE TEMP TABLE stated (s TEXT NOT NULL, g INTEGER NOT NULL, facts BLOB NOT NULL);
CREATE TEMP TABLE node (s TEXT NOT NULL, facts BLOB NOT NULL);
CREATE TEMP TABLE own (s TEXT NOT NULL, p TEXT NOT NULL, o TEXT NOT NULL, page TEXT, place INTEGER);
"""
"""One row for each thing and graph, one for each rdf:Statement node, one for each value that has a page or a place of its own."""


class Stated(NamedTuple):
    """One statement about a thing, and the number of the graph that makes it."""

    graph: int
    predicate: str
    object: str
    datatype: str | None
    lang: str | None


class Own(NamedTuple):
    """What one value has of its own: the ids of its pages, and its place in a list of texts."""

    pages: tuple[str, ...] = ()
    place: int | None = None


NOTHING = Own()


class Gathering:
    """Takes graphs one after the other; `things` then gives every thing with all that is said of it.

    Memory does not grow with the graphs: SQLite sorts in its temporary file.
    """

    def __init__(self, db: sqlite3.Connection, base: Base) -> None:
        self._db = db
        self._base = base
        db.executescript(_TABLES)

    def take(self, number: int, quads: Iterable[Quad], say: Callable[[int], None]) -> None:
        """Takes the statements of one graph, in any order; best those of a thing together."""
        things = groupby(quads, key=lambda quad: quad.subject)
        node = self._base.thing("statement/")
        taken = 0
        while chunk := [(str(s), list(held)) for s, held in islice(things, _CHUNK)]:
            stated, nodes = [], []
            for s, held in chunk:
                facts = orjson.dumps([_fact(quad) for quad in held])
                if s.startswith(node):
                    nodes.append((s, facts))
                else:
                    stated.append((s, number, facts))
            self._db.executemany("INSERT INTO temp.stated VALUES (?, ?, ?)", stated)
            self._db.executemany("INSERT INTO temp.node VALUES (?, ?)", nodes)
            taken += sum(len(held) for _, held in chunk)
            say(taken)

    def _read_nodes(self) -> None:
        """What the nodes say of single values, once all statements about each of them are there."""
        rows = self._db.cursor().execute("SELECT s, facts FROM temp.node ORDER BY s")
        nodes = groupby(rows, key=lambda row: row[0])
        own = (
            row
            for _, held in nodes
            for row in self._own([fact for _, text in held for fact in orjson.loads(text)])
        )
        while chunk := list(islice(own, _CHUNK)):
            self._db.executemany("INSERT INTO temp.own VALUES (?, ?, ?, ?, ?)", chunk)
        self._db.execute("DELETE FROM temp.node")

    def _own(self, node: list[list[str]]) -> Iterator[tuple[str, str, str, str | None, int | None]]:
        """What an rdf:Statement node says: subject, predicate, object, page and place of that value."""
        said = {predicate: value for predicate, value, *_ in node}
        if {_SUBJECT, _PREDICATE, _OBJECT} <= said.keys():
            key = (said[_SUBJECT], said[_PREDICATE], said[_OBJECT])
            pages: list[str | None] = [value for p, value, *_ in node if p == DC_SOURCE]
            places = [int(value) for p, value, *_ in node if p == PLACE and value.isdecimal()]
            for page in pages or [None]:
                yield *key, page and (self._base.id_of(page) or page), min(places, default=None)

    def things(self) -> Iterator[tuple[str, list[Stated], dict[tuple[str, str], Own]]]:
        """By IRI, in its order: id, statements by graph, predicate and object, what single values have of their own."""
        self._read_nodes()
        rows = self._db.cursor().execute("SELECT s, g, facts FROM temp.stated ORDER BY s, g")
        own = _Owns(self._db)
        for iri, held in groupby(rows, key=lambda row: row[0]):
            id_ = self._base.id_of(iri)
            if id_ is None:
                continue
            facts = [Stated(g, *fact) for _, g, text in held for fact in orjson.loads(text)]
            facts.sort(key=lambda one: one[:3])
            yield id_, facts, own.of(iri)


class _Owns:
    """What single values have of their own, asked for in the order of their subjects."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.cursor().execute(
            "SELECT s, p, o, page, min(place) FROM temp.own GROUP BY s, p, o, page ORDER BY s, p, o, page"
        )
        self._groups = groupby(rows, key=lambda row: str(row[0]))
        self._ahead: tuple[str, list[tuple[str, str, str, str | None, int | None]]] | None = None
        self._next()

    def _next(self) -> None:
        found = next(self._groups, None)
        self._ahead = None if found is None else (found[0], list(found[1]))

    def of(self, iri: str) -> dict[tuple[str, str], Own]:
        """By predicate and object, what the values of one thing have of their own."""
        while self._ahead is not None and self._ahead[0] < iri:
            self._next()
        made: dict[tuple[str, str], Own] = {}
        if self._ahead is not None and self._ahead[0] == iri:
            for _, predicate, value, page, place in self._ahead[1]:
                have = made.get((predicate, value), NOTHING)
                pages = have.pages if page is None else (*have.pages, page)
                places = [one for one in (have.place, place) if one is not None]
                made[predicate, value] = Own(pages, min(places, default=None))
        return made


def _fact(quad: Quad) -> tuple[str, str, str | None, str | None]:
    value = quad.object
    if isinstance(value, Literal):
        return quad.predicate.value, value.value, value.datatype, value.lang
    return quad.predicate.value, value.value, None, None
