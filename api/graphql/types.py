"""GraphQL object types, derived from the ontology: one type per class, one field per property.

Parents come first; each class gets an empty Python class, one `strawberry.field` per property, and
then the decorator. Computed fields are added by `fields.py`.
"""

from __future__ import annotations

import types as pytypes
from collections.abc import Callable, Mapping
from typing import Any

import strawberry

from api.graphql.loaders import Cohort
from api.graphql.nodes import Node
from api.graphql.resolvers import (
    identifiers_field,
    part_field,
    plain_field,
    point_field,
    reference_field,
    text_field,
)
from graph.catalogue.base import Record
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef


class TypeBuilder:
    """Makes the Strawberry types of all classes; `extra` holds the computed fields by class name."""

    def __init__(self, extra: Mapping[str, Mapping[str, Callable[..., Any]]]) -> None:
        self.model = load_model()
        self.extra = extra
        self.types: dict[str, Any] = {}
        self._order = sorted(self.model.classes.values(), key=self._depth)

    def _depth(self, cls: ClassDef) -> int:
        return 0 if cls.parent is None else 1 + self._depth(self.model.classes[cls.parent])

    def declare(
        self, computed: Callable[[dict[str, Any]], Mapping[str, Mapping[str, Callable[..., Any]]]]
    ) -> Mapping[str, Mapping[str, Callable[..., Any]]]:
        """Makes an empty class per ontology class, so that fields may name any of them."""
        for cls in self._order:
            if cls.name == "Source":
                continue
            bases = (
                (self.types[cls.parent],) if cls.parent and cls.parent in self.types else (Node,)
            )
            self.types[cls.name] = pytypes.new_class(cls.name, bases)
        return computed(self.types)

    def build(self) -> dict[str, Any]:
        """All types by class name."""
        for cls in self._order:
            if cls.name != "Source":
                self._fill(cls)
        for cls in self._order:
            if cls.name != "Source":
                self._decorate(cls)
        return self.types

    def target(self, prop: PropertyDef) -> Any:
        """The type a reference leads to: the class itself, or Resource where several fit."""
        names = [t for t in prop.targets if t != "ActorGroup"]
        return (
            self.types[names[0]]
            if len(names) == 1 and names[0] in self.types
            else self.types["Resource"]
        )

    def _resolver(self, prop: PropertyDef) -> Callable[..., Any]:
        kind = prop.kind.name
        if kind == "text":
            return text_field(prop)
        if kind == "identifier":
            return identifiers_field(prop)
        if kind == "point":
            return point_field(prop)
        if kind == "reference" or (kind == "part" and prop.inverse):
            return reference_field(prop, self.target(prop))
        if kind == "part":
            return part_field(prop, self.target(prop), self.make)
        return plain_field(prop)

    def _fill(self, cls: ClassDef) -> None:
        inherited = self.model.classes[cls.parent].properties if cls.parent else {}
        made = self.types[cls.name]
        names: dict[str, Callable[..., Any]] = {}
        for name, prop in cls.properties.items():
            if name in inherited and inherited[name] is prop:
                continue
            names[name] = self._resolver(prop)
        computed = self.extra.get(cls.name, {})
        for name, resolve in {**names, **computed}.items():
            held = cls.properties.get(name)
            description = (
                held.definition.en
                if held is not None and name not in computed
                else (resolve.__doc__ or "").strip()
            )
            field = strawberry.field(resolver=resolve, name=name, description=description)
            setattr(made, name, field)

    def _decorate(self, cls: ClassDef) -> None:
        made = self.types[cls.name]
        decorate = strawberry.interface if cls.name == "Resource" else strawberry.type
        decorated = decorate(made, description=cls.definition.en)
        decorated.__init__ = (
            Node.__init__
        )  # the decorator's own takes the fields, which are all resolved
        self.types[cls.name] = decorated

    def make(self, record: Record, cohort: Cohort) -> Any:
        """The GraphQL object of a record; None for a class that has no type."""
        cls = self.types.get(record.type)
        return None if cls is None else cls(record, cohort)
