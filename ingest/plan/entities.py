"""A plan as entities of the ontology: the plan, its parts, and the things they refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.mapping import slug
from ingest.plan.document import PlanDocument
from ingest.plan.named_ids import act_id, city_of, is_phrase, programme_id
from ingest.plan.records import (
    Measure,
    PlanAction,
    PlanActor,
    PlanCommitment,
    PlanNamed,
    PlanRelevance,
    PlanTarget,
)
from ingest.plan.text import fold
from ontology.entity import Entity

Resolver = Callable[[str], str | None]
"""Gives the id of the thing known under a name, or None."""


def plan_id_of(doc: PlanDocument, resolver: Resolver | None = None) -> str:
    """The plan's id: its own, that of the plan held for this city and years, or a new one.

    `resolver` is asked for `pla:{city}-{years}`, an identifier that every plan gets.
    """
    if doc.plan.id:
        return doc.plan.id
    held = resolver(f"{SCHEME}:{_city_years(doc)}") if resolver else None
    return held or f"plan/pla-{_city_years(doc)}"


SCHEME = "pla"
"""The scheme of the identifier that says whose plan it is and for which years."""


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
    yield from maker.things()
    yield maker.plan()
    for one in doc.commitments:
        yield from maker.commitment(one)


class _Maker:
    def __init__(self, doc: PlanDocument, plan_id: str, resolver: Resolver) -> None:
        self.doc, self.plan_id, self.resolver = doc, plan_id, resolver
        self.local = plan_id.partition("/")[2]
        self.city = city_of(doc)
        self.ids: dict[str, str] = {}
        """The id of each thing the plan names, by its folded name."""
        self.groups: set[str] = set()

    # -- things referred to ----------------------------------------------------------------------

    def things(self) -> Iterator[Entity]:
        """Acts, strategies, programmes, platforms, events and groups."""
        for act in self.doc.legal_acts:
            yield from self._thing("LegalAct", act, act_id(act, self.city), self._act)
        for one in self.doc.strategies:
            yield from self._thing(
                "Strategy", one, f"strategy/{slug(one.name)}{self.city}", self._status
            )
        for one in self.doc.programmes:
            if is_phrase(one.name) and not one.id:
                continue
            yield from self._thing("Programme", one, programme_id(one, self.city), lambda *_: None)
        for one in self.doc.platforms:
            yield from self._thing(
                "Platform", one, f"platform/{slug(one.name)}{self.city}", self._platform
            )
        yield from self._events()
        yield from self._prepared()

    def _thing(
        self, cls: str, one: PlanNamed, new_id: str, fill: Callable[[Entity, PlanNamed], None]
    ) -> Iterator[Entity]:
        known = (
            one.id or self.resolver(one.name) or (self.resolver(one.title) if one.title else None)
        )
        self.ids[fold(one.name)] = known or new_id
        if known:
            return
        entity = self._entity(cls, new_id)
        entity.add("label", one.name, lang="ro")
        fill(entity, one)
        yield entity

    @staticmethod
    def _act(entity: Entity, one: PlanNamed) -> None:
        for name, value in (("actType", one.type), ("number", one.number), ("date", one.date)):
            if value:
                entity.add(name, value)
        if one.title:
            entity.add("description", one.title, lang="ro")

    @staticmethod
    def _status(entity: Entity, one: PlanNamed) -> None:
        entity.add("status", one.status or "unknown")

    @staticmethod
    def _platform(entity: Entity, one: PlanNamed) -> None:
        entity.add("status", one.status or "unknown")
        if one.url:
            entity.add("page", one.url)

    def _events(self) -> Iterator[Entity]:
        for number, event in enumerate(self.doc.events, 1):
            entity = self._entity("Event", f"event/{self.local}-{event.date or number}")
            if entity.id in self.ids.values():
                entity.id = f"{entity.id}-{number}"
            self.ids[f"event {number}"] = entity.id
            entity.add("label", event.name, lang="ro")
            entity.add("discusses", self.plan_id)
            for name, value in (
                ("eventType", event.type),
                ("date", event.date),
                ("attendance", event.attendance),
            ):
                if value is not None:
                    entity.add(name, value)
            yield entity

    def _prepared(self) -> Iterator[Entity]:
        for group in self.doc.groups:
            known = group.id or self.resolver(group.name)
            id_ = known or f"group/{slug(group.name)}{self.city}"
            self.ids[fold(group.name)] = id_
            if known:
                continue
            entity = self._entity("WorkingGroup", id_)
            entity.add("label", group.name, lang="ro")
            initiative = "initiativa" in fold(group.name)
            entity.add("bodyType", "initiative_group" if initiative else "working_group")
            if group.legal_act and fold(group.legal_act) in self.ids:
                entity.add("legalActs", self.ids[fold(group.legal_act)])
            yield entity
            for member in group.members:
                link = self._entity(
                    "Membership", f"membership/{slug(member.name)}--{id_.replace('/', '-')}"
                )
                link.add("name", member.name)
                link.add("body", id_)
                if (found := member.id or self.resolver(member.name)) is not None:
                    link.add("organisation", found)
                yield link

    # -- the plan and its parts ------------------------------------------------------------------

    def plan(self) -> Entity:
        """The plan itself."""
        head = self.doc.plan
        entity = self._entity("Plan", self.plan_id)
        entity.add("label", head.title or f"Plan {head.city or ''}".strip(), lang="ro")
        _texts(entity, "label", head.title_en, "en")
        keys = (*head.identifiers, f"{SCHEME}:{_city_years(self.doc)}")
        for scheme, _, value in (key.partition(":") for key in keys):
            entity.add("identifiers", value, scheme=scheme)
        for name, value in (
            ("city", head.city),
            ("start", head.start),
            ("end", head.end),
            ("page", head.page),
        ):
            if value:
                entity.add(name, value)
        _texts(entity, "vision", head.vision, "ro")
        _texts(entity, "vision", head.vision_en, "en")
        for name in ("directions", "priorities"):
            _texts(entity, name, getattr(head, name), "ro")
            _texts(entity, name, getattr(head, f"{name}_en"), "en")
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
        entity = self._entity("Commitment", f"{self.plan_id}/{one.code}")
        entity.add("label", one.title, lang="ro")
        _texts(entity, "label", one.title_en, "en")
        entity.add("code", one.code)
        entity.add("plan", self.plan_id)
        for name, value in (("start", one.start), ("end", one.end)):
            if value:
                entity.add(name, value)
        for name in ("description", "problem", "objectives"):
            _texts(entity, name, getattr(one, name), "ro")
        _texts(entity, "problem", one.problem_en, "en")
        _texts(entity, "objectives", one.objectives_en, "en")
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
        entity = self._entity("Relevance", f"{parent}/relevance/{number}")
        entity.add("level", item.level)
        entity.add("text", item.text, lang="ro")
        _texts(entity, "text", item.text_en, "en")
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
            if re.search(rf"(?<!\w){core}(?!\w)", folded):
                if (known := self.ids.get(fold(one.name))) is not None:
                    yield known

    def _target(self, parent: str, number: int, target: PlanTarget) -> Entity:
        entity = self._entity("Target", f"{parent}/target/{number}")
        for name in ("label", "text"):
            entity.add(name, target.text, lang="ro")
            _texts(entity, name, target.text_en, "en")
        entity.add("commitment", parent)
        entity.add("order", number)
        if target.kind:
            entity.add("targetKind", target.kind)
        _measure(entity, target)
        return entity

    def _action(self, parent: str, action: PlanAction) -> Entity:
        entity = self._entity("Action", f"{parent}/action/{action.code.partition('.')[2]}")
        entity.add("label", action.title, lang="ro")
        _texts(entity, "label", action.title_en, "en")
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
        entity = self._entity("Involvement", f"involvement/{self.local}/{code}/{number}")
        entity.add("name", actor.name)
        entity.add("role", "possible-actor")
        entity.add("status", "proposed")
        entity.add("involvedIn", parent)
        if actor.generic:
            _texts(entity, "genericGroup", actor.generic, "ro")
            _texts(entity, "genericGroup", actor.generic_en, "en")
            group = f"actor-group/{slug(actor.generic)}"
            entity.add("participant", group)
            if group not in self.groups:
                self.groups.add(group)
                sort = self._entity("ActorGroup", group)
                _texts(sort, "label", actor.generic, "ro")
                _texts(sort, "label", actor.generic_en, "en")
                yield sort
        elif actor.category:
            entity.add("openCategory", True)
            _texts(entity, "genericGroup", actor.category, "ro")
            _texts(entity, "genericGroup", actor.generic_en, "en")
        elif (found := actor.id or self.resolver(actor.name)) is not None:
            entity.add("participant", found)
        yield entity

    def _entity(self, cls: str, id_: str) -> Entity:
        return Entity.of(cls, id_, origin=self.doc.document.name or "plan.yml")


def _texts(entity: Entity, name: str, words: str | Sequence[str] | None, lang: str) -> None:
    for one in (words,) if isinstance(words, str) else words or ():
        entity.add(name, one, lang=lang)


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
        _texts(entity, name, words, "ro")
