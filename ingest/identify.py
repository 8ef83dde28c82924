"""Which rows of a source are bodies that are already held: decisions first, then explained features."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from graph.catalogue.base import Catalogue, Record
from ingest.identity.block import Index
from ingest.identity.decision_file import DecisionFile, read_answers
from ingest.identity.decisions import Decisions, name_key
from ingest.identity.party import Party, parties_of, party_of
from ingest.identity.reconcile import questions
from ingest.identity.resolve import clusters
from ingest.joins import Join
from ingest.likeness import alike, question
from ingest.registry import Registry
from ontology.entity import Entity

BUNDLED = Path(__file__).parent / "datasets" / "timisoara" / "same.csv"
"""What was decided while the bundled city was collected."""


def party_of_entity(entity: Entity) -> Party:
    """An entity as identity sees it."""
    values: dict[str, object] = {
        "label": {v.lang or "ro": v.value for v in entity.values.get("label", ())},
        "altLabels": [v.value for v in entity.values.get("altLabels", ())],
        "identifiers": [
            {"scheme": v.scheme, "value": v.value} for v in entity.values.get("identifiers", ())
        ],
    }
    for name in ("legalForm", "city", "homepage"):
        values[name] = entity.first(name)
    return party_of(Record(entity.id, entity.cls.name, entity.cls.kind, values))


ORGANISATIONS = "organisations.csv"
"""The file of what people decided about organisations."""


class Identify:
    """Knows every organisation held, and what people decided. Shared by the runs of one ingest."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue | None,
        *,
        asks: bool = True,
        work: Path | None = None,
    ) -> None:
        self.asks = asks
        self.file = folder / ORGANISATIONS
        self.decisions: Decisions = read_answers(BUNDLED, self.file)
        self._questions = DecisionFile(self.file, work)
        self._catalogue = catalogue
        self._work = work

    @cached_property
    def index(self) -> Index:
        """Every organisation held; made when the first row asks."""
        if self._catalogue is None:
            return Index(folder=self._work)
        return Index(parties_of(self._catalogue.scan(("ORGANISATION",))), self._work)

    def decided(self, id_: str) -> str | None:
        """The held id that people called the same as this one."""
        found = (other for other, one in self.decisions.about(id_).items() if one.answer == "same")
        return next((other for other in sorted(found) if self._held(other)), None)

    def ask(self, entities: Iterable[Entity], city: str | None) -> None:
        """Questions about new things of a document that may be held under another name."""
        if self._catalogue is None or not self.asks:
            return
        rows = [
            question(record, entity.id, str(entity.first("label", "ro") or ""))
            for entity in entities
            for record in alike(
                self._catalogue, entity.cls.name, str(entity.first("label", "ro") or ""), city
            )
            if record.id != entity.id and self.decisions.between(record.id, entity.id) is None
        ]
        self._questions.append(rows)

    def _held(self, id_: str) -> bool:
        return self._catalogue is not None and self._catalogue.records([id_])[0] is not None

    def same(self, entities: Iterable[Entity], spoken_of: Callable[[str], bool]) -> dict[str, Join]:
        """By the id that a row would get, the held id it joins; questions go to the decisions file.

        `spoken_of` says of an id that a row of the same source stands for it already.
        """
        incoming = [party_of_entity(entity) for entity in entities]
        found = clusters(incoming, self.index, self.decisions, spoken_of)
        if found.asked and self.asks:
            self._questions.append(questions(found.asked))
        joined = {**found.decided, **found.same}
        for party in incoming:
            if party.id not in joined and party.id not in self.index.parties:
                self.index.add(party)
        return {
            party.id: Join(joined[party.id], name_key(party.label))
            for party in incoming
            if joined.get(party.id, party.id) != party.id
            and self.decisions.between(party.id, joined[party.id]) is None
        }

    def apply(self, registry: Registry) -> None:
        """Ids that people called the same answer as one from now on; those called different part.

        A decision taken back is undone. Decisions may name a thing by `scheme:value`, too.
        """
        self.decisions = self.decisions.named(registry.own_id, registry.joins.of)
        wanted = {
            old: new for old, new in self.decisions.kept().items() if "/" in old and "/" in new
        }
        for old in registry.retired_by("decision"):
            if old not in wanted:
                registry.restore(old)
        for old, new in wanted.items():
            registry.retire(old, new, "decision")
        # A join that a decision turns round would lead in a circle.
        turned = {(old, new) for old, new in wanted.items() if old in registry.joins.of(new)}
        registry.joins.part(self.decisions.parted() | turned)
