"""What a dry run tells: each thing that would be added, removed or changed, and its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.spelling import Speller
from graph.store import Iri, Triple
from graph.store.nquads import triples_in
from ingest.pipeline.item import Item
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
    source: str, held: str | None, items: Iterable[list[Item]], place: Place, spell: Speller
) -> list[Change]:
    """Everything the run would do; `items` are read once more where fields have to be told."""
    told = list(place.registry.prints.changes(source, held))
    made = [Change(id_, what) for id_, what in told if what != "changed"]
    changed = {id_: _Changed() for id_, what in told if what == "changed"}
    if not changed or held is None:
        return made
    for batch in items:
        for item in batch:
            for entity in item.entities if not item.errors else ():
                if entity.id in changed:
                    _gather(changed[entity.id].after, triples_in(spell(entity).lines))
            for page in item.pages:
                if page.stated.id in changed:
                    _gather(changed[page.stated.id].after, triples_in(page.stated.lines))
    graph = place.base.source_graph(source, held)
    for id_, one in changed.items():
        found = place.store.match(Iri(place.base.thing(id_)), graph=graph)
        _gather(one.before, (quad.triple for quad in found))
        made.append(Change(id_, "changed", tuple(one.fields())))
    return made


def _gather(into: _Fields, triples: Iterable[Triple]) -> None:
    for triple in triples:
        into.setdefault(str(triple.predicate), set()).add(triple.object.value)
