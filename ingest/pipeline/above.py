"""What stands under itself once all sources are taken together: the statement that closes the circle is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from graph.store import Iri, Store
from ingest.circles import LONGEST
from ingest.pipeline.circles import UPWARD
from ingest.pipeline.item import Item
from ingest.tables import scratch
from ontology.entity import Entity
from ontology.errors import RowError, Said
from ontology.loading import load_model
from ontology.vocab import Base

DEEPEST = 1_000
"""Levels that may stand above a thing. No city has as many; a longer way up is a mistake or an attack."""

_TABLES = """
CREATE TABLE up (id TEXT NOT NULL, above TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (id, above, source)) WITHOUT ROWID;
"""
"""By thing, what it stands under, and the source that says so."""

_WAY = """
WITH RECURSIVE way (id) AS (VALUES (?) UNION SELECT up.above FROM way JOIN up ON up.id = way.id)
SELECT id FROM way LIMIT ?
"""
"""A thing and all that is above it, up to so many."""


class Above:
    """What stands under what, as every source that counts says; one for all the sources of a command.

    A source that comes in is held against the others and against its own earlier rows. On disk:
    every row of a source may stand under another.
    """

    def __init__(self, store: Store, base: Base, folder: Path | None = None) -> None:
        self._store = store
        self._base = base
        self._db = scratch(_TABLES, folder)
        self._said: set[str] = set()
        """The sources of this command, which speak for themselves."""
        self._source = ""
        self._ready = False

    def begin(self, source: str) -> None:
        """The source whose statements come next; what it said before counts no more."""
        self._source, self._ready = source, False
        self._said.add(source)
        self._db.execute("DELETE FROM up WHERE source = ?", (source,))

    def forget(self, source: str) -> None:
        """The source was stopped: what it said before counts again."""
        self._said.discard(source)
        self._db.execute("DELETE FROM up WHERE source = ?", (source,))
        self._ready = False

    def take(self, item: Item) -> tuple[RowError, ...]:
        """Remembers what the item states, or says which of its links leads back to where it began."""
        links = [link for entity in item.entities for link in _links(entity)]
        if not links:
            return ()
        if not self._ready:
            self._gather()
        wrong = [self._circle(item, *link) for link in links]
        if errors := tuple(error for error in wrong if error is not None):
            return errors
        self._add((id_, up, self._source) for id_, up, _ in links)
        return ()

    def close(self) -> None:
        """Forgets everything."""
        self._db.close()

    def _add(self, stated: Iterable[tuple[str, str, str]]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO up VALUES (?, ?, ?)", stated)

    def _above(self, id_: str) -> list[str]:
        rows = self._db.execute("SELECT DISTINCT above FROM up WHERE id = ? ORDER BY 1", (id_,))
        return [above for (above,) in rows]

    def _who(self, id_: str, up: str) -> set[str]:
        """The other sources that say it, where this one does not."""
        rows = self._db.execute("SELECT source FROM up WHERE id = ? AND above = ?", (id_, up))
        found = {source for (source,) in rows}
        return set() if self._source in found else found

    def _gather(self) -> None:
        """What the other sources say: those of this command as they said it, the rest as held."""
        heads = {self._base.source_graph(slug, ""): slug for slug in self._said}
        for graph in self._store.current():
            if any(graph.startswith(head) for head in heads):
                continue
            source = graph.removeprefix(self._base.graphs + "source/").rpartition("/")[0]
            for path in _paths():
                quads = self._store.match(p=Iri(path), graph=graph)
                self._add((self._id(quad.subject), self._id(quad.object), source) for quad in quads)
        self._ready = True

    def _id(self, end: object) -> str:
        return str(end).removeprefix(self._base.ids)

    def _circle(self, item: Item, id_: str, up: str, field: str) -> RowError | None:
        """What is wrong with the link, when the way up from its end comes back to its beginning."""
        way = {one for (one,) in self._db.execute(_WAY, (up, DEEPEST))}
        if id_ not in way and len(way) < DEEPEST:
            return None
        came: dict[str, str] = {up: id_}
        level, depth = [up], 0
        while level and id_ not in came and depth < DEEPEST:
            level = [
                above
                for one in level
                for above in self._above(one)
                if above not in came and came.setdefault(above, one)
            ]
            depth += 1
        column = item.columns.get(field, field)
        if id_ == up or id_ in came:
            return self._refusal(item, [*_way(came, id_, up)], column)
        return _too_deep(item, column, up) if level else None

    def _refusal(self, item: Item, way: list[str], column: str) -> RowError:
        shown = " → ".join(way if len(way) <= LONGEST else [*way[:LONGEST], "…"])
        others = sorted({who for a, b in pairwise(way[1:]) for who in self._who(a, b)})
        who = ", ".join(others)
        ro = f"; restul îl spune {who}" if others else ""
        en = f"; the rest is said by {who}" if others else ""
        return RowError(
            Said(f"stă sub el însuși: {shown}{ro}", f"it stands under itself: {shown}{en}"),
            Said(
                f"Corectați „{column}” aici, sau legătura din cealaltă sursă.",
                f"Correct '{column}' here, or the link in the other source.",
            ),
            item.place,
            column=column,
            value=way[1],
        )


def _way(came: Mapping[str, str], id_: str, up: str) -> Iterator[str]:
    """From the thing up and back to it."""
    back, at = [id_], id_
    while at != up:
        at = came[at]
        back.append(at)
    yield id_
    yield from reversed(back)


def _too_deep(item: Item, column: str, up: str) -> RowError:
    return RowError(
        Said(
            f"stă sub un șir de peste {DEEPEST} de niveluri",
            f"it stands under over {DEEPEST} levels",
        ),
        Said(f"Verificați „{column}”.", f"Check '{column}'."),
        item.place,
        column=column,
        value=up,
    )


def _links(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Thing, what it stands under, and the field that says so."""
    for field in UPWARD:
        for value in entity.values.get(field, ()):
            yield entity.id, str(value.value), field


def _paths() -> set[str]:
    """The properties that say what a thing stands under."""
    return {
        prop.path
        for cls in load_model().classes.values()
        for prop in cls.properties.values()
        if prop.name in UPWARD and not prop.inverse
    }
