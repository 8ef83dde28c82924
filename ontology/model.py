"""The words as Python sees them: classes with fields, code lists, topics, and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ontology.errors import Said, UnknownWordError
from ontology.kinds import ValueKind
from ontology.names import ClassName

VIOLATION, WARNING, INFO = "violation", "warning", "info"
SEVERITIES = (VIOLATION, WARNING, INFO)
"""From the gravest: a violation keeps a thing out, a warning and a note only speak."""


@dataclass(frozen=True)
class Rule:
    """One constraint on the values of a path.

    `test` is its SHACL name (`minCount`, `pattern`, `lessThanOrEquals` …) or one of our own
    (`notAfter`, `schemePattern`, `checkDigit`, `forbidsScheme`); `value` its parameter. `message`
    is what to say instead of the general sentence of the test.
    """

    test: str
    value: object
    severity: str
    message: Said | None = None


@dataclass(frozen=True)
class Check:
    """A rule on a path that is no field of the class (its id, its sources)."""

    about: str
    path: str
    rule: Rule


@dataclass(frozen=True)
class Branch:
    """One way to satisfy a condition: all needs hold (or not, if negated), or it is of a class."""

    needs: tuple[tuple[str, str, object], ...]
    """(path, test, value): `minCount`, `maxCount`, `hasValue` and `in` are known."""
    of_class: str | None
    negated: bool


@dataclass(frozen=True)
class Condition:
    """An `sh:or` over a whole thing: at least one branch holds."""

    about: str
    severity: str
    message: Said
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class PropertyDef:
    """One field of a class.

    `name` is what GraphQL, JSON and source.yml call it; `path` the property's IRI. With `inverse`
    the values are the things that point here by `path`: such a field is read, never written.
    """

    name: str
    path: str
    inverse: bool
    kind: ValueKind
    label: Said
    definition: Said
    targets: tuple[str, ...]
    code_list: str | None
    min_count: int
    max_count: int | None
    rules: tuple[Rule, ...]
    order: float
    hidden: bool
    classifies: bool
    """True when a code of this field says what the thing itself is (its legal form), so that the
    class which the code implies holds of it; a rule that lists legal forms is none of them."""

    @property
    def many(self) -> bool:
        """True when the field is a list; a text said once in each language is not."""
        return self.max_count != 1


@dataclass(frozen=True)
class ClassDef:
    """One class: a resource when `kind` is set, else a part that lives inside a resource."""

    name: ClassName
    kind: str | None
    iri: str
    parent: str | None
    label: Said
    plural: Said
    definition: Said
    id_prefix: str
    colour: str
    dark_colour: str
    icon: str
    node_shape: str
    order: float
    properties: Mapping[str, PropertyDef] = field(repr=False)

    def property(self, name: str) -> PropertyDef:
        """The field called `name`; UnknownWordError when the class has none."""
        try:
            return self.properties[name]
        except KeyError:
            known = ", ".join(sorted(self.properties))
            raise UnknownWordError(
                Said(f"{self.name} nu are câmpul „{name}”", f"{self.name} has no field '{name}'"),
                Said(f"Câmpurile sunt: {known}.", f"Its fields are: {known}."),
            ) from None


@dataclass(frozen=True)
class Code:
    """One member of a code list; `implies` is a class every thing with this code also has."""

    value: str
    iri: str
    label: Said
    definition: Said
    implies: str | None
    is_function: bool
    order: float


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes (a SKOS concept scheme)."""

    name: str
    iri: str
    label: Said
    codes: Mapping[str, Code]

    def __getitem__(self, value: str) -> Code:
        try:
            return self.codes[value]
        except KeyError:
            known = ", ".join(self.codes)
            raise UnknownWordError(
                Said(
                    f"„{value}” nu este în lista „{self.label.ro}”",
                    f"'{value}' is not in the list '{self.label.en}'",
                ),
                Said(f"Valorile sunt: {known}.", f"The values are: {known}."),
            ) from None


@dataclass(frozen=True)
class Topic:
    """One topic of the scheme, with its other names and its links outward.

    `hints` are words, by language, that tell of it without naming it; they are never shown.
    """

    slug: str
    label: Said
    alt: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]
    definition: Said
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    sdg: tuple[int, ...]
    eurovoc: tuple[str, ...]
    cofog: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the topic as a resource."""
        return f"topic/{self.slug}"


@dataclass(frozen=True)
class Model:
    """The whole vocabulary.

    `checks` and `conditions` hold, by class IRI, the rules that belong to no single field.
    """

    classes: Mapping[str, ClassDef]
    codes: Mapping[str, CodeList]
    topics: Mapping[str, Topic]
    checks: Mapping[str, tuple[Check, ...]]
    conditions: Mapping[str, tuple[Condition, ...]]

    def cls(self, name: str) -> ClassDef:
        """The class called `name` (as GraphQL spells it)."""
        try:
            return self.classes[name]
        except KeyError:
            known = ", ".join(sorted(self.classes))
            raise UnknownWordError(
                Said(f"Clasa „{name}” nu există", f"There is no class '{name}'"),
                Said(f"Clasele sunt: {known}.", f"The classes are: {known}."),
            ) from None

    @cached_property
    def kinds(self) -> Mapping[str, ClassDef]:
        """The resource classes by their GraphQL kind, in display order."""
        found = [c for c in self.classes.values() if c.kind]
        return {c.kind: c for c in sorted(found, key=lambda c: c.order) if c.kind}

    @cached_property
    def _by_iri(self) -> Mapping[str, ClassDef]:
        return {c.iri: c for c in self.classes.values()}

    def by_iri(self, iri: str) -> ClassDef | None:
        """The class whose instances have rdf:type `iri`, if we know it."""
        return self._by_iri.get(iri)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Broader topics of a topic, nearest first, without itself."""
        found: list[str] = []
        queue = list(self.topics[slug].broader) if slug in self.topics else []
        while queue:
            one = queue.pop(0)
            if one not in found:
                found.append(one)
                queue.extend(self.topics[one].broader)
        return tuple(found)
