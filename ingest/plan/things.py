"""The things a plan refers to as entities: known ones by their ids, unknown ones made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from ingest.mapping import slug
from ingest.name_keys import act_key, bill_key, group_key, host_key, strategy_key
from ingest.plan.document import PlanDocument
from ingest.plan.named_ids import act_id, city_of, is_phrase, programme_id
from ingest.plan.records import PlanNamed
from ingest.plan.text import fold
from ontology.entity import Entity
from ontology.names import ClassName

DECIDED = "decided "
"""Before an id: asks for the held thing that people called the same."""

Resolver = Callable[[str], str | None]
"""Gives the id of the thing known under a name, or None."""


class Things:
    """Acts, strategies, programmes, platforms, events and groups of one plan."""

    def __init__(self, doc: PlanDocument, plan_id: str, resolver: Resolver) -> None:
        self.doc, self.plan_id, self.resolver = doc, plan_id, resolver
        self.local = plan_id.partition("/")[2]
        self.city = city_of(doc)
        self.ids: dict[str, str] = {}
        """The id of each thing the plan names, by its folded name."""

    def entity(self, cls: ClassName, id_: str) -> Entity:
        """A new entity that says which file it came from."""
        return Entity.of(cls, id_, origin=self.doc.document.name or "plan.yml")

    def made(self) -> Iterator[Entity]:
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
        self, cls: ClassName, one: PlanNamed, new_id: str, fill: Callable[[Entity, PlanNamed], None]
    ) -> Iterator[Entity]:
        asked = (one.name, one.title, *self._keys(cls, one), f"{DECIDED}{new_id}")
        known = one.id or next((id_ for key in asked if key and (id_ := self.resolver(key))), None)
        self.ids[fold(one.name)] = known or new_id
        if known:
            return
        entity = self.entity(cls, new_id)
        entity.add("label", one.name, lang="ro")
        fill(entity, one)
        yield entity

    def _keys(self, cls: ClassName, one: PlanNamed) -> Iterator[str | None]:
        """What only this thing can have; a local decision's number only says something at home."""
        if cls == "LegalAct" and one.type == "draft_law":
            yield bill_key(one.date, one.title)
        elif cls == "LegalAct" and (one.type != "hcl" or self._at_home):
            yield act_key(one.type, one.number, one.date)
        elif cls == "Strategy":
            yield strategy_key(self.doc.plan.city, one.name)
        elif cls == "Platform":
            yield host_key(one.url)

    @cached_property
    def _at_home(self) -> bool:
        """Whether the town hall or the council of the plan's city is among what is held."""
        city = self.doc.plan.city
        halls = ("Primăria Municipiului {}", "Primăria Orașului {}", "Primăria {}", "Municipiul {}",
                 "Consiliul Local {}", "Consiliul Local al Municipiului {}")  # fmt: skip
        return city is not None and any(self.resolver(hall.format(city)) for hall in halls)

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
            entity = self.entity("Event", f"event/{self.local}-{event.date or number}")
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
            act = self.ids.get(fold(group.legal_act or ""))
            asked = (group.name, group_key(act))
            known = group.id or next(
                (i for key in asked if key and (i := self.resolver(key))), None
            )
            id_ = known or f"group/{slug(group.name)}{self.city}"
            self.ids[fold(group.name)] = id_
            if known:
                continue
            entity = self.entity("WorkingGroup", id_)
            entity.add("label", group.name, lang="ro")
            initiative = "initiativa" in fold(group.name)
            entity.add("bodyType", "initiative_group" if initiative else "working_group")
            if act:
                entity.add("legalActs", act)
            yield entity
            for member in group.members:
                link = self.entity(
                    "Membership", f"membership/{slug(member.name)}--{id_.replace('/', '-')}"
                )
                link.add("name", member.name)
                link.add("body", id_)
                if (found := member.id or self.resolver(member.name)) is not None:
                    link.add("organisation", found)
                yield link


def add_texts(entity: Entity, name: str, words: str | Sequence[str] | None, lang: str) -> None:
    """Adds one text or several, in a language."""
    for one in (words,) if isinstance(words, str) else words or ():
        entity.add(name, one, lang=lang)
