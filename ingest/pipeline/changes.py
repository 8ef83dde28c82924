"""What a dry run tells: each thing that would be added, removed or changed, and its fields."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from graph.spelling import Speller, Stated
from graph.store import Iri, Triple
from graph.store.nquads import triples_in
from ingest.pipeline.item import Item
from ingest.pipeline.judging import wrong_with
from ingest.pipeline.outcome import Change
from ingest.pipeline.place import Place

_Fields = dict[str, set[str]]


@dataclass
class _Changed:
    """A thing before and after, its values by property."""

    before: _Fields = field(default_factory=dict)
    after: _Fields = field(default_factory=dict)

    def fields(self) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Every property whose values differ."""
        for path in sorted(self.before.keys() | self.after.keys()):
            old, new = self.before.get(path, set()), self.after.get(path, set())
            if old != new:
                yield path, tuple(sorted(old)), tuple(sorted(new))


def changes(
    source: str,
    held: str | None,
    items: Iterable[list[Item]],
    completing: Iterable[Stated],
    place: Place,
    spell: Speller,
) -> list[Change]:
    """Everything the run would do; `items` are read once more where fields have to be told.

    `completing` is what no single row states.
    """
    told = list(place.registry.prints.changes(source, held))
    made = [Change(id_, what) for id_, what in told if what != "changed"]
    changed = {id_: _Changed() for id_, what in told if what == "changed"}
    if not changed or held is None:
        return made
    for one in chain(_stated(items, changed, spell), completing):
        if one.id in changed:
            own = Iri(place.base.thing(one.id))
            after = (triple for triple in triples_in(one.lines) if triple.subject == own)
            _gather(changed[one.id].after, after)
    graph = place.base.source_graph(source, held)
    for id_, fields in changed.items():
        found = place.store.match(Iri(place.base.thing(id_)), graph=graph)
        _gather(fields.before, (quad.triple for quad in found))
        made.append(Change(id_, "changed", tuple(fields.fields())))
    return made


def _stated(
    items: Iterable[list[Item]], wanted: Container[str], spell: Speller
) -> Iterator[Stated]:
    """What the rows that come in state about the things wanted, and their pages."""
    for batch in items:
        for item in batch:
            if wrong_with(item):
                continue
            yield from (spell(entity) for entity in item.entities if entity.id in wanted)
            yield from (page.stated for page in item.pages)


def _gather(into: _Fields, triples: Iterable[Triple]) -> None:
    for triple in triples:
        into.setdefault(str(triple.predicate), set()).add(triple.object.value)
