"""One thing as a source states it: its class, and values that may each have their own source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ontology.errors import Said, UnknownWordError
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from ontology.names import ClassName


class Value(NamedTuple):
    """One value of one field.

    `value` is what the kind's `clean` gives; for a reference the id of the other thing, for a
    part the Entity itself, for a code the code's notation. `lang` is set on texts, `scheme` on
    identifiers. `source` is the page this single value was read from, when it differs from the
    entity's own.
    """

    value: object
    lang: str | None = None
    scheme: str | None = None
    source: str | None = None


@dataclass
class Entity:
    """A thing with its id, class and values; refuses words its class does not have."""

    id: str
    cls: ClassDef
    values: dict[str, list[Value]] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    """Addresses of the pages this entity was read from."""
    origin: str = ""
    """Where in the file: `projects.csv, row 41`."""

    @classmethod
    def of(cls, class_name: ClassName, id_: str, origin: str = "") -> Entity:
        """A new entity of the class called `class_name`; mypy knows the names."""
        return cls(id_, load_model().cls(class_name), origin=origin)

    def add(
        self,
        name: str,
        value: object,
        *,
        lang: str | None = None,
        scheme: str | None = None,
        source: str | None = None,
    ) -> None:
        """Adds one value to the field `name`; the same value twice is kept once."""
        statable(self.cls, name)
        self.put(name, Value(value, lang, scheme, source))

    def put(self, name: str, value: Value) -> None:
        """Adds a value to a field that is known to be one that things of the class may state."""
        have = self.values.get(name)
        if have is None:
            self.values[name] = [value]
        elif value not in have:
            have.append(value)

    def first(self, name: str, lang: str | None = None) -> object | None:
        """The first value of a field (in a language, if asked), or None."""
        for one in self.values.get(name, ()):
            if lang is None or one.lang == lang:
                return one.value
        return None

    def parts(self) -> Iterator[Entity]:
        """This entity, and every part inside it."""
        yield self
        for name in _part_fields(self.cls.name):
            for one in self.values.get(name, ()):
                if isinstance(one.value, Entity):
                    yield from one.value.parts()

    def types(self) -> tuple[str, ...]:
        """The IRIs of its classes: its own, and those that a code saying what it is implies."""
        found = {self.cls.iri: None}
        for name, implied in _classifying_fields(self.cls.name):
            for one in self.values.get(name, ()):
                if (iri := implied.get(str(one.value))) is not None:
                    found[iri] = None
        return tuple(found)

    def fields(self) -> Iterator[tuple[PropertyDef, Value]]:
        """Every value with its property."""
        for name, values in self.values.items():
            prop = self.cls.properties[name]
            for one in values:
                yield prop, one


def statable(cls: ClassDef, name: str) -> PropertyDef:
    """The field of a class that things may state. Raises UnknownWordError for any other."""
    prop = cls.property(name)
    if prop.inverse:
        raise UnknownWordError(
            Said(
                f"{cls.name}.{name} se deduce din celălalt capăt",
                f"{cls.name}.{name} follows from the other end",
            ),
            Said("Scrieți legătura la celălalt lucru.", "State the link on the other thing."),
        )
    return prop


@cache
def _part_fields(class_name: str) -> tuple[str, ...]:
    """The fields of a class that hold parts."""
    properties = load_model().cls(class_name).properties.values()
    return tuple(prop.name for prop in properties if prop.kind.name == "part")


@cache
def _classifying_fields(class_name: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The fields whose codes say what a thing is, with the class that each code implies."""
    model = load_model()
    return tuple(
        (prop.name, {c.value: c.implies for c in codes if c.implies})
        for prop in model.cls(class_name).properties.values()
        if prop.classifies and prop.code_list
        and (codes := model.codes[prop.code_list].codes.values())
    )  # fmt: skip
