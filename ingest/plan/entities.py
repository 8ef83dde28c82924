"""A plan as entities of the ontology: the plan, its parts, and the things they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ingest.mapping import slug
from ingest.plan.document import PlanDocument
from ingest.plan.records import (
    Measure,
    PlanAction,
    PlanActor,
    PlanCommitment,
    PlanRelevance,
    PlanTarget,
)
from ingest.plan.text import fold
from ingest.plan.things import Resolver, Things, add_texts
from ontology.entity import Entity

SCHEME = "pla"
"""The scheme of the identifier that says whose plan it is and for which years."""


def plan_id_of(doc: PlanDocument, resolver: Resolver | None = None) -> str:
    """The plan's id: its own, that of the plan held for this city and years, or a new one.

    `resolver` is asked for `pla:{city}-{years}`, an identifier that every plan gets.
    """
    if doc.plan.id:
        return doc.plan.id
    held = resolver(f"{SCHEME}:{_city_years(doc)}") if resolver else None
    return held or f"plan/pla-{_city_years(doc)}"


def _city_years(doc: PlanDocument) -> str:
    years = [day[:4] for day in (doc.plan.start, doc.plan.end) if day]
    return slug("-".join([doc.plan.city or "", *dict.fromkeys(years)]))


def plan_entities(doc: PlanDocument, *, plan_id: str, resolver: Resolver) -> Iterator[Entity]:
    """Every entity of a plan: what it refers to first, then the plan, then its parts.

    A thing with an `id` in the file, or a name that `resolver` knows, is referred to and not made.
    An unknown act, strategy, programme, platform or group is made; an unknown actor keeps its name
    only, since a name in a plan is no proof of an organisation.
    """
    maker = _Maker(doc, plan_id, resolver)
    yield from maker.things.made()
    yield maker.plan()
    for one in doc.commitments:
        yield from maker.commitment(one)


class _Maker:
    """Makes the entities of one plan."""

    def __init__(self, doc: PlanDocument, plan_id: str, resolver: Resolver) -> None:
        self.doc, self.plan_id, self.resolver = doc, plan_id, resolver
        self.local = plan_id.partition("/")[2]
        self.things = Things(doc, plan_id, resolver)
        self.ids = self.things.ids
        self.groups: set[str] = set()
        """The sorts of actors already made."""

    def plan(self) -> Entity:
        """The plan itself."""
        head = self.doc.plan
        entity = self.things.entity("Plan", self.plan_id)
        entity.add("label", head.title or f"Plan {head.city or ''}".strip(), lang="ro")
        add_texts(entity, "label", head.title_en, "en")
        keys = (*head.identifiers, f"{SCHEME}:{_city_years(self.doc)}")
        for scheme, _, value in (key.partition(":") for key in keys):
            entity.add("identifiers", value, scheme=scheme)
        for name in ("city", "start", "end", "page"):
            if value := getattr(head, name):
                entity.add(name, value)
        add_texts(entity, "vision", head.vision, "ro")
        add_texts(entity, "vision", head.vision_en, "en")
        for name in ("directions", "priorities"):
            add_texts(entity, name, getattr(head, name), "ro")
            add_texts(entity, name, getattr(head, f"{name}_en"), "en")
        for topic in head.topics:
            entity.add("topics", f"topic/{topic}")
        for group in self.doc.groups:
            entity.add("preparedBy", self.ids[fold(group.name)])
        for act in self.doc.legal_acts:
            entity.add("legalActs", self.ids[fold(act.name)])
        for number in range(1, len(self.doc.events) + 1):
            entity.add("events", self.ids[f"event {number}"])
        return entity

    def commitment(self, one: PlanCommitment) -> Iterator[Entity]:
        """A commitment, then its targets, actions, involvements and groups of actors."""
        entity = self.things.entity("Commitment", f"{self.plan_id}/{one.code}")
        entity.add("label", one.title, lang="ro")
        add_texts(entity, "label", one.title_en, "en")
        entity.add("code", one.code)
        entity.add("plan", self.plan_id)
        for name, value in (("start", one.start), ("end", one.end)):
            if value:
                entity.add(name, value)
        for name in ("description", "problem", "objectives"):
            add_texts(entity, name, getattr(one, name), "ro")
        add_texts(entity, "problem", one.problem_en, "en")
        add_texts(entity, "objectives", one.objectives_en, "en")
        for topic in one.topics:
            entity.add("topics", f"topic/{topic}")
        for number, item in enumerate(one.relevance, 1):
            entity.add("relevance", self._relevance(entity.id, number, item))
        yield entity
        for number, target in enumerate(one.targets, 1):
            yield self._target(entity.id, number, target)
        for action in one.actions:
            yield self._action(entity.id, action)
        for number, actor in enumerate(one.actors, 1):
            yield from self._involvement(entity.id, one.code, number, actor)

    def _relevance(self, parent: str, number: int, item: PlanRelevance) -> Entity:
        entity = self.things.entity("Relevance", f"{parent}/relevance/{number}")
        entity.add("level", item.level)
        entity.add("text", item.text, lang="ro")
        add_texts(entity, "text", item.text_en, "en")
        entity.add("order", number)
        for id_ in item.refers_to or self._named_in(item.text):
            entity.add("refersTo", id_)
        return entity

    def _named_in(self, words: str) -> Iterator[str]:
        folded = fold(words)
        for one in (*self.doc.legal_acts, *self.doc.strategies, *self.doc.programmes):
            core = re.sub(
                r"^strategia ", "strategi[ae]i? ", re.escape(fold(one.name)).replace(r"\ ", " ")
            )
            known = self.ids.get(fold(one.name))
            if known is not None and re.search(rf"(?<!\w){core}(?!\w)", folded):
                yield known

    def _target(self, parent: str, number: int, target: PlanTarget) -> Entity:
        entity = self.things.entity("Target", f"{parent}/target/{number}")
        for name in ("label", "text"):
            entity.add(name, target.text, lang="ro")
            add_texts(entity, name, target.text_en, "en")
        entity.add("commitment", parent)
        entity.add("order", number)
        if target.kind:
            entity.add("targetKind", target.kind)
        _measure(entity, target)
        return entity

    def _action(self, parent: str, action: PlanAction) -> Entity:
        entity = self.things.entity("Action", f"{parent}/action/{action.code.partition('.')[2]}")
        entity.add("label", action.title, lang="ro")
        add_texts(entity, "label", action.title_en, "en")
        entity.add("code", action.code)
        entity.add("commitment", parent)
        for topic in action.topics:
            entity.add("topics", f"topic/{topic}")
        for number in action.targets:
            entity.add("targets", f"{parent}/target/{number}")
        return entity

    def _involvement(
        self, parent: str, code: str, number: int, actor: PlanActor
    ) -> Iterator[Entity]:
        entity = self.things.entity("Involvement", f"involvement/{self.local}/{code}/{number}")
        entity.add("name", actor.name)
        entity.add("role", "possible-actor")
        entity.add("status", "proposed")
        entity.add("involvedIn", parent)
        if actor.generic:
            add_texts(entity, "genericGroup", actor.generic, "ro")
            add_texts(entity, "genericGroup", actor.generic_en, "en")
            group = f"actor-group/{slug(actor.generic)}"
            entity.add("participant", group)
            if group not in self.groups:
                self.groups.add(group)
                sort = self.things.entity("ActorGroup", group)
                add_texts(sort, "label", actor.generic, "ro")
                add_texts(sort, "label", actor.generic_en, "en")
                yield sort
        elif actor.category:
            entity.add("openCategory", True)
            add_texts(entity, "genericGroup", actor.category, "ro")
            add_texts(entity, "genericGroup", actor.generic_en, "en")
        elif (found := actor.id or self.resolver(actor.name)) is not None:
            entity.add("participant", found)
        yield entity


def _measure(entity: Entity, one: Measure) -> None:
    codes: Mapping[str, str | None] = {
        "comparator": one.comparator,
        "unit": one.unit,
        "ratePeriod": one.rate,
    }
    for name, code in codes.items():
        if code:
            entity.add(name, code)
    for name in ("value", "lower", "upper"):
        if (number := getattr(one, name)) is not None:
            entity.add(name, Decimal(str(number)))
    for name, words in (("counted", one.counted), ("denominator", one.denominator)):
        add_texts(entity, name, words, "ro")
