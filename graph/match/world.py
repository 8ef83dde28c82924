"""The facts that matching weighs, gathered once per data version: who did what, on which topics, with how much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from graph.catalogue.base import Catalogue, Record, Statement
from graph.match.facts import Deed, Table, slug
from graph.match.topicspace import TopicSpace
from ontology.model import load_model

_TAGGED = ("Organisation", "Call", "Council", "WorkingGroup", "Project", "Programme")
"""Classes whose topics tell how rare a topic is."""


@dataclass
class World:
    """Everything needed by features, read from the catalogue in a few scans."""

    catalogue: Catalogue
    records: dict[str, Record] = field(default_factory=dict)
    deeds: dict[str, list[Deed]] = field(default_factory=dict)
    editions: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By body: (member, membership)."""
    bodies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By member: (body, membership)."""
    involvements: dict[str, list[Record]] = field(default_factory=dict)
    """By what it is an involvement in."""
    references: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By commitment: (thing its relevance refers to, relevance part)."""
    concerned: dict[str, list[str]] = field(default_factory=dict)
    """By thing: the legal acts and strategies that concern it."""
    funded: dict[str, list[str]] = field(default_factory=dict)
    """By call: the projects under it."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> World:
        """Reads the catalogue."""
        world = cls(catalogue)
        world.records = {record.id: record for record in catalogue.scan()}
        world._read_projects()
        world._read_money()
        world._read_memberships()
        world._read_plan()
        return world

    def _read_projects(self) -> None:
        deeds: dict[str, list[Deed]] = defaultdict(list)
        funded: dict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            if record.type == "Project":
                for name in ("lead", "partners"):
                    for body in record.refs(name):
                        deeds[body].append(self.deed(record, name))
                for call in record.refs("calls"):
                    funded[call].append(record.id)
            elif record.type == "Grant":
                for body in record.refs("recipient"):
                    deeds[body].append(self.deed(record, "recipient"))
        self.deeds = dict(deeds)
        self.funded = dict(funded)

    @staticmethod
    def deed(record: Record, name: str) -> Deed:
        """A project or grant as something that was done; `name` is the field that ties it."""
        values = record.values
        year = values.get("year") or values.get("awarded") or values.get("start")
        return Deed(
            id=record.id,
            topics=frozenset(slug(t) for t in record.refs("topics")),
            year=int(str(year)[:4]) if year else None,
            amount=values.get("amount"),
            currency=values.get("currency"),
            calls=record.refs("calls") or record.refs("call"),
            field=name,
            subject=record.id,
            project=record.id
            if record.type == "Project"
            else next(iter(record.refs("project")), None),
        )

    def paid(self, call: str) -> list[Deed]:
        """The projects that a call paid for, as deeds."""
        return self._paid.get(call, [])

    @cached_property
    def _paid(self) -> Mapping[str, list[Deed]]:
        return {
            call: [self.deed(self.records[p], "calls") for p in projects]
            for call, projects in self.funded.items()
        }

    def _read_money(self) -> None:
        editions: dict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            if record.type == "Call":
                for programme in record.refs("programme"):
                    editions[programme].append(record.id)
        self.editions = {
            programme: sorted(calls, key=lambda c: (-(self.records[c].values.get("year") or 0), c))
            for programme, calls in editions.items()
        }

    def _read_memberships(self) -> None:
        members: dict[str, list[tuple[str, str]]] = defaultdict(list)
        bodies: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for record in self.catalogue.scan_type("Membership"):
            for member in record.refs("organisation"):
                for body in record.refs("body"):
                    members[body].append((member, record.id))
                    bodies[member].append((body, record.id))
        self.members, self.bodies = dict(members), dict(bodies)

    def _read_plan(self) -> None:
        involvements: dict[str, list[Record]] = defaultdict(list)
        for record in self.catalogue.scan_type("Involvement"):
            for thing in record.refs("involvedIn"):
                involvements[thing].append(record)
        self.involvements = dict(involvements)
        references: dict[str, list[tuple[str, str]]] = defaultdict(list)
        concerned: dict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            for part in record.values.get("relevance", ()):
                for thing in part.get("refersTo", ()):
                    references[record.id].append((thing, part["id"]))
            if record.type in ("LegalAct", "Strategy"):
                for thing in record.refs("concerns"):
                    concerned[thing].append(record.id)
        self.references, self.concerned = dict(references), dict(concerned)

    # -- topics ---------------------------------------------------------------------------------

    @cached_property
    def _topics(self) -> Mapping[str, frozenset[str]]:
        return {
            id_: frozenset(slug(t) for t in record.refs("topics"))
            for id_, record in self.records.items()
        }

    def topics_of(self, id_: str) -> frozenset[str]:
        """The topics a thing states."""
        return self._topics.get(id_, frozenset())

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How telling each topic is: its inverse document frequency, from 0 (everybody has it) to 1."""
        counts: dict[str, int] = defaultdict(int)
        total = 0
        for record in self.records.values():
            if record.type in _TAGGED:
                total += 1
                for topic in self.widened(slug(t) for t in record.refs("topics")):
                    counts[topic] += 1
        top = math.log(1 + max(total, 1))
        return {
            topic: math.log((1 + total) / (1 + counts.get(topic, 0))) / top
            for topic in load_model().topics
        }

    @staticmethod
    def widened(topics: Iterable[str]) -> frozenset[str]:
        """Topics with all the broader ones."""
        model = load_model()
        found = set(topics)
        return frozenset(found | {up for one in found for up in model.ancestors(one)})

    @cached_property
    def coded(self) -> Mapping[str, list[Record]]:
        """Commitments and actions by their code, of every plan."""
        held: dict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            if record.type in ("Action", "Commitment") and record.values.get("code"):
                held[str(record.values["code"]).upper()].append(record)
        return dict(held)

    @cached_property
    def space(self) -> TopicSpace:
        """The topics as axes, weighed by their rarity on this map."""
        return TopicSpace(self.rarity)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """By kind, its things with their topics: what a whole kind is compared through."""
        held: dict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            if record.kind:
                held[record.kind].append(record.id)
        return {kind: self._table(ids) for kind, ids in held.items()}

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The ids of the things of a kind."""
        table = self.tables.get(kind)
        return table.ids if table is not None else ()

    def _table(self, ids: list[str]) -> Table:
        rows = {id_: row for row, id_ in enumerate(ids)}
        topics = self.space.matrix(self.topics_of(id_) for id_ in ids)
        return Table(tuple(ids), rows, topics, self.space.lengths(topics))

    def fits(self, topics: Mapping[str, float], id_: str) -> float:
        """How well a thing's topics fit weighted topics, 0 to 1."""
        return self.space.fit_of(self.space.vector(topics), self.topics_of(id_))

    # -- evidence -------------------------------------------------------------------------------

    @cached_property
    def _statements(self) -> Callable[[str], dict[str, list[Statement]]]:
        """Statements by field, kept for the things asked about last."""

        @lru_cache(maxsize=20_000)
        def of(id_: str) -> dict[str, list[Statement]]:
            found: dict[str, list[Statement]] = {}
            for one in self.catalogue.statements(id_):
                found.setdefault(one.field, []).append(one)
            return found

        return of

    def evidence(self, id_: str, name: str, target: str | None = None) -> tuple[Statement, ...]:
        """The statements of one field of a thing, about one target if asked; with their sources."""
        held = self._statements(id_).get(name, ())
        return tuple(one for one in held if target is None or one.object == target)

    def ties(self, subject: str, target: str) -> list[Statement]:
        """The statements of one thing that name another."""
        held = self._statements(subject)
        return [one for many in held.values() for one in many if one.object == target]
