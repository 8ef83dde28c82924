"""What a dry run tells: each thing that would be added, removed or changed, and its fields."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain

import orjson

from graph.spelling import Speller, Stated
from graph.store import Iri, Triple
from graph.store.nquads import triples_in
from ingest.pipeline.above import Above
from ingest.pipeline.item import Item
from ingest.pipeline.judging import wrong_with
from ingest.pipeline.outcome import Change
from ingest.pipeline.place import Place
from ingest.tables import scratch

_Fields = dict[str, set[str]]

_TABLES = """
CREATE TABLE told (id TEXT NOT NULL, what TEXT NOT NULL, fields BLOB NOT NULL, place TEXT NOT NULL);
CREATE TABLE changed (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE after (id TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (id, path, value)) WITHOUT ROWID;
"""
_PAGE = 1_000


class Changes(Container[str]):
    """The changes of a run, as often as they are asked for: added, removed, then changed, by id.

    On disk, in a file of its own that is gone with the list: they may be millions. It contains the
    ids of the things that change.
    """

    def __init__(self) -> None:
        self._db = scratch(_TABLES)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM told").fetchone()[0])

    def __iter__(self) -> Iterator[Change]:
        for id_, what, fields, where in self._db.execute("SELECT * FROM told ORDER BY rowid"):
            told = ((path, tuple(old), tuple(new)) for path, old, new in orjson.loads(fields))
            yield Change(id_, what, tuple(told), where)

    def __contains__(self, id_: object) -> bool:
        row = self._db.execute("SELECT 1 FROM changed WHERE id = ?", (id_,)).fetchone()
        return row is not None

    def tell(
        self,
        id_: str,
        what: str,
        fields: Iterable[tuple[str, list[str], list[str]]] = (),
        where: str = "",
    ) -> None:
        """Adds one change at the end."""
        told = (id_, what, orjson.dumps(list(fields)), where)
        self._db.execute("INSERT INTO told VALUES (?, ?, ?, ?)", told)

    def mark(self, id_: str) -> None:
        """Remembers that a thing changes; its fields are told later."""
        self._db.execute("INSERT OR IGNORE INTO changed VALUES (?)", (id_,))

    def marked(self) -> Iterator[str]:
        """The things that change, by id."""
        last = ""
        sql = f"SELECT id FROM changed WHERE id > ? ORDER BY id LIMIT {_PAGE}"
        while page := self._db.execute(sql, (last,)).fetchall():
            yield from (id_ for (id_,) in page)
            last = page[-1][0]

    def gather(self, id_: str, triples: Iterable[Triple]) -> None:
        """Remembers what would be stated about a thing that changes."""
        rows = ((id_, str(one.predicate), one.object.value) for one in triples)
        self._db.executemany("INSERT OR IGNORE INTO after VALUES (?, ?, ?)", rows)

    def after(self, id_: str) -> _Fields:
        """What would be stated about a thing, its values by property."""
        found: _Fields = {}
        for path, value in self._db.execute("SELECT path, value FROM after WHERE id = ?", (id_,)):
            found.setdefault(path, set()).add(value)
        return found


def changes(
    source: str,
    held: str | None,
    items: Iterable[list[Item]],
    first: Iterable[Stated],
    completing: Iterable[Stated],
    place: Place,
    spell: Speller,
    above: Above,
) -> Changes:
    """Everything the run would do; `items` are read once more where fields have changed, and are held
    against what stands under what as they were the first time.

    `first` are the first things stated: those that would be added are told with their fields.
    `completing` is what no single row states.
    """
    made = Changes()
    fresh: dict[str, _Fields] = {}
    for one in first:
        fields = fresh.setdefault(one.id, {})
        for triple in _own(one, place):
            fields.setdefault(str(triple.predicate), set()).add(triple.object.value)
    some = False
    for id_, what in place.registry.prints.changes(source, held):
        if what == "changed":
            made.mark(id_)
            some = True
        else:
            made.tell(id_, what, _differing({}, fresh.get(id_, {}) if what == "added" else {}))
    if not some or held is None:
        return made
    above.begin(source)
    for one in chain(_stated(items, made, spell, above), completing):
        if one.id in made:
            made.gather(one.id, _own(one, place))
    graph = place.base.source_graph(source, held)
    for id_ in made.marked():
        before: _Fields = {}
        for quad in place.store.match(Iri(place.base.thing(id_)), graph=graph):
            before.setdefault(str(quad.predicate), set()).add(quad.object.value)
        made.tell(id_, "changed", _differing(before, made.after(id_)))
    return made


def _own(one: Stated, place: Place) -> Iterator[Triple]:
    """What is stated about the thing itself."""
    own = Iri(place.base.thing(one.id))
    return (triple for triple in triples_in(one.lines) if triple.subject == own)


def _differing(before: _Fields, after: _Fields) -> Iterator[tuple[str, list[str], list[str]]]:
    """Every property whose values differ, with the old and the new ones."""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path, set()), after.get(path, set())
        if old != new:
            yield path, sorted(old), sorted(new)


def _stated(
    items: Iterable[list[Item]], wanted: Container[str], spell: Speller, above: Above
) -> Iterator[Stated]:
    """What the rows that come in state about the things wanted, and their pages."""
    for batch in items:
        for item in batch:
            if wrong_with(item) or above.take(item):
                continue
            yield from (spell(entity) for entity in item.entities if entity.id in wanted)
            yield from (page.stated for page in item.pages)
