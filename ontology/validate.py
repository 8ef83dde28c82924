"""The gate: tells for each entity which of the ontology's rules it breaks, thousands a second.

The rules are those of the SHACL shapes; `ontology/shacl.py` runs the same shapes with pySHACL over
RDF, and a test plants every error to show that both find the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ontology.constraints import TESTS, Test, fit_of
from ontology.entity import Entity, Value
from ontology.errors import RowError
from ontology.findings import Finding, Report, shown
from ontology.loading import load_model
from ontology.model import (
    SEVERITIES,
    VIOLATION,
    WARNING,
    Branch,
    Check,
    ClassDef,
    Condition,
    PropertyDef,
    Rule,
)
from ontology.telling import tell
from ontology.vocab import expand

KIND = Rule("datatype", "", VIOLATION)
CLOSED = Rule("in", "", VIOLATION)
TARGET = Rule("target", "", WARNING)
DC_SOURCE, DC_IDENTIFIER = expand("dcterms:source"), expand("dcterms:identifier")


def prefixes_of(prop: PropertyDef) -> frozenset[str]:
    """How the id of a thing that the field points at can begin; empty when any may stand there."""
    targets = [load_model().classes[name] for name in prop.targets]
    if prop.kind.name != "reference" or not all(c.id_prefix for c in targets):
        return frozenset()
    return frozenset(c.id_prefix for c in targets)


@dataclass(frozen=True)
class _Field:
    """One field, ready to be checked."""

    prop: PropertyDef
    fits: Callable[[object], bool]
    tests: tuple[tuple[Test, Rule], ...]
    tests_of_one: tuple[tuple[Test, Rule], ...]
    """Those that a single value can fail."""
    codes: frozenset[str]
    prefixes: frozenset[str]


@dataclass(frozen=True)
class _Gate:
    """All rules of one class and of the severities asked for."""

    cls: ClassDef
    prefix: str
    fields: dict[str, _Field]
    required: tuple[tuple[_Field, Rule, int], ...]
    by_path: dict[str, str]
    severities: frozenset[str]


@cache
def _gate(name: str, severities: frozenset[str]) -> _Gate:
    model = load_model()
    cls = model.cls(name)
    fields: dict[str, _Field] = {}
    required: list[tuple[_Field, Rule, int]] = []
    for prop in cls.properties.values():
        if prop.inverse:
            continue
        rules = [rule for rule in prop.rules if rule.severity in severities]
        fields[prop.name] = _Field(
            prop,
            fit_of(prop),
            tuple((TESTS[rule.test], rule) for rule in rules if rule.test in TESTS),
            tuple(
                (TESTS[rule.test], rule)
                for rule in rules
                if rule.test in TESTS and _bites_one(rule)
            ),
            frozenset(model.codes[prop.code_list].codes) if prop.code_list else frozenset(),
            prefixes_of(prop) if WARNING in severities else frozenset(),
        )
        least = ((rule, int(str(rule.value))) for rule in rules if rule.test == "minCount")
        required += [(fields[prop.name], rule, count) for rule, count in least]
    by_path = {field.prop.path: name for name, field in fields.items()}
    prefix = cls.id_prefix + "/" if cls.kind else ""
    return _Gate(cls, prefix, fields, tuple(required), by_path, severities)


def _bites_one(rule: Rule) -> bool:
    """Whether a single value can break the rule."""
    if rule.test == "maxCount":
        return int(str(rule.value)) < 1
    return rule.test != "uniqueLang"


@cache
def _rules_of(
    types: tuple[str, ...], severities: frozenset[str]
) -> tuple[tuple[Check, ...], tuple[Condition, ...]]:
    """What holds for things of these classes and belongs to no single field."""
    model = load_model()
    checks = (check for iri in types for check in model.checks.get(iri, ()))
    conditions = (one for iri in types for one in model.conditions.get(iri, ()))
    return (
        tuple(
            one
            for one in checks
            if one.rule.severity in severities
            and (one.rule.test in TESTS or one.rule.test == "minCount")
        ),
        tuple(one for one in conditions if one.severity in severities),
    )


class _Inspection:
    """One entity against the gate of its class."""

    def __init__(self, entity: Entity, gate: _Gate, where: str) -> None:
        self.entity = entity
        self.gate = gate
        self.where = entity.origin or where

    def findings(self) -> Iterator[Finding]:
        entity, gate = self.entity, self.gate
        if not entity.id.startswith(gate.prefix):
            yield self._found(None, "id", Rule("idPrefix", gate.prefix, VIOLATION), entity.id)
        for field, rule, least in gate.required:
            if len(entity.values.get(field.prop.name, ())) < least:
                yield self._found(field.prop, field.prop.name, rule, "")
        for name, values in entity.values.items():
            if values:
                yield from self._field(gate.fields[name], values)
        checks, conditions = _rules_of(entity.types(), gate.severities)
        for check in checks:
            yield from self._check(check)
        for condition in conditions:
            yield from self._condition(condition)

    def _found(self, prop: PropertyDef | None, name: str, rule: Rule, value: object) -> Finding:
        text = shown(value)
        what, fix = tell(load_model(), self.gate.cls, prop, rule, text)
        entity = self.entity
        return Finding(
            entity.id, entity.cls.name, name, text, rule.test, rule.severity, what, fix, self.where
        )

    def _field(self, field: _Field, values: list[Value]) -> Iterator[Finding]:
        prop = field.prop
        for one in values:
            if not field.fits(one.value):
                yield self._found(prop, prop.name, KIND, one.value)
            elif field.codes and one.value not in field.codes:
                yield self._found(prop, prop.name, CLOSED, one.value)
            elif field.prefixes and str(one.value).split("/", 1)[0] not in field.prefixes:
                yield self._found(prop, prop.name, TARGET, one.value)
        for test, rule in field.tests if len(values) > 1 else field.tests_of_one:
            for offender in test(values, rule, self._values):
                yield self._found(prop, prop.name, rule, offender)

    def _values(self, path: str) -> list[Value]:
        if path == DC_SOURCE:
            return [Value(source) for source in self.entity.sources]
        if path == DC_IDENTIFIER:
            return [Value(self.entity.id)] if self.entity.id else []
        return self.entity.values.get(self.gate.by_path.get(path, ""), [])

    def _check(self, check: Check) -> Iterator[Finding]:
        rule = check.rule
        values = self._values(check.path)
        if rule.test == "minCount":
            if len(values) < int(str(rule.value)):
                yield self._found(None, check.about, rule, "")
        else:
            for offender in TESTS[rule.test](values, rule, self._values):
                yield self._found(None, check.about, rule, offender)

    def _condition(self, condition: Condition) -> Iterator[Finding]:
        if not any(self._holds(branch) for branch in condition.branches):
            rule = Rule("or", "", condition.severity, condition.message)
            yield self._found(None, condition.about, rule, "")

    def _holds(self, branch: Branch) -> bool:
        if branch.of_class is not None:
            return (branch.of_class in self.entity.types()) != branch.negated
        met = all(self._meets(path, test, value) for path, test, value in branch.needs)
        return met != branch.negated

    def _meets(self, path: str, test: str, wanted: object) -> bool:
        values = self._values(path)
        if test == "minCount":
            return len(values) >= int(str(wanted))
        if test == "maxCount":
            return len(values) <= int(str(wanted))
        iris = [self._iri(path, one) for one in values]
        if test == "hasValue":
            return wanted in iris
        assert isinstance(wanted, tuple), wanted
        return all(iri in wanted for iri in iris)

    def _iri(self, path: str, value: Value) -> str:
        """A code as the IRI that the shapes name it by; anything else as it is."""
        prop = self.gate.fields[self.gate.by_path[path]].prop
        codes = load_model().codes[prop.code_list].codes if prop.code_list else {}
        code = codes.get(str(value.value))
        return code.iri if code else str(value.value)


def _inspect(
    entities: Iterable[Entity], severities: frozenset[str], where: str
) -> Iterator[Finding]:
    for entity in entities:
        for one in entity.parts():
            gate = _gate(one.cls.name, severities)
            yield from _Inspection(one, gate, entity.origin or where).findings()


def inspect(entities: Iterable[Entity], origin: str = "") -> Report:
    """Everything the rules say about the entities and the parts inside them, gravest first."""
    found = _inspect(entities, frozenset(SEVERITIES), origin)
    return Report(tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity))))


def check(entities: Iterable[Entity], origin: str = "") -> tuple[RowError, ...]:
    """What keeps the entities out of the graph, as errors of the row at `origin`; empty is good."""
    violations = _inspect(entities, frozenset({VIOLATION}), origin)
    return tuple(one.error(origin) for one in violations)
