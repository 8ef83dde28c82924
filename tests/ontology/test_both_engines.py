"""Every rule, planted broken: the gate over entities and pySHACL over RDF find the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from pyshacl import validate as run_pyshacl
from rdflib import Graph

from ontology.entity import Entity, Value
from ontology.loading import load_model
from ontology.model import INFO, VIOLATION, WARNING
from ontology.shacl import check_graph
from ontology.shapes import checked_shapes, class_hierarchy
from ontology.validate import check, inspect

V, W, I = VIOLATION, WARNING, INFO  # noqa: E741 - the letters of the design's table
Good = Callable[[str], Entity]
ToRdf = Callable[[Iterable[Entity]], Graph]


@dataclass(frozen=True)
class Plant:
    """One thing wrong with an otherwise correct entity, and what should be said about it."""

    cls: str
    change: Callable[[Entity], None]
    field: str
    test: str
    severity: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.cls}.{self.field} {self.test} {self.severity} {self.about}".strip()


def without(*names: str) -> Callable[[Entity], None]:
    """The fields are absent."""

    def change(entity: Entity) -> None:
        for name in names:
            entity.values.pop(name, None)

    return change


def holding(name: str, *values: object, lang: str | None = None) -> Callable[[Entity], None]:
    """The field holds these values instead."""
    return lambda entity: entity.values.update({name: [Value(v, lang) for v in values]})


def also(name: str, text: str, lang: str) -> Callable[[Entity], None]:
    """The field holds this text too."""
    return lambda entity: entity.add(name, text, lang=lang)


def numbered(scheme: str, value: str) -> Callable[[Entity], None]:
    """The thing has this identifier."""
    return lambda entity: entity.add("identifiers", value, scheme=scheme)


def both(*changes: Callable[[Entity], None]) -> Callable[[Entity], None]:
    """Several changes after one another."""

    def change(entity: Entity) -> None:
        for one in changes:
            one(entity)

    return change


def inside(name: str, change: Callable[[Entity], None]) -> Callable[[Entity], None]:
    """The change is made to the part in a field."""

    def outer(entity: Entity) -> None:
        part = entity.first(name)
        assert isinstance(part, Entity)
        change(part)

    return outer


def named(id_: str) -> Callable[[Entity], None]:
    """The thing has another id."""
    return lambda entity: setattr(entity, "id", id_)


def unsourced(entity: Entity) -> None:
    """No page is given."""
    entity.sources.clear()


PLANTS = [
    # what every thing has
    Plant("Organisation", without("label"), "label", "minCount", V),
    Plant("Project", without("label"), "label", "minCount", V, "inherited"),
    Plant("Council", without("label"), "label", "minCount", V, "inherited by a sub-class of ORG"),
    Plant("Organisation", also("label", "Alt nume", "ro"), "label", "uniqueLang", V),
    Plant("Organisation", also("label", "Beispiel", "de"), "label", "languageIn", V),
    Plant("Organisation", unsourced, "sources", "minCount", I),
    Plant("Organisation", named("project/exemplu"), "id", "idPrefix", V),
    Plant("Council", named("org/exemplu"), "id", "idPrefix", V),
    Plant("Organisation", without("topics"), "topics", "minCount", I),
    Plant("Organisation", holding("topics", "org/exemplu"), "topics", "target", W),
    Plant("Project", holding("page", "ftp://example.org"), "page", "pattern", V),
    # organisations
    Plant("Organisation", without("legalForm"), "legalForm", "or", W),
    Plant("Organisation", holding("homepage", "mailto:a@example.org"), "homepage", "pattern", V),
    Plant("Organisation", holding("city", "A", "B"), "city", "maxCount", V),
    Plant("Organisation", holding("founded", "1999-02-30"), "founded", "datatype", V),
    Plant("Organisation", numbered("ro-cui", "012345"), "identifiers", "schemePattern", V),
    Plant("Organisation", numbered("ro-cui", "14399841"), "identifiers", "checkDigit", W),
    Plant("Organisation", numbered("x", "1960101350011"), "identifiers", "pattern", V, "person"),
    Plant(
        "Organisation", holding("legalForm", "informal_group"), "identifiers", "forbidsScheme", V,
        "an informal group has no fiscal code",
    ),
    Plant("Membership", without("body"), "body", "minCount", V),
    Plant("Membership", without("organisation", "name"), "organisation", "or", V),
    Plant("Membership", holding("body", "place/exemplu"), "body", "target", W),
    Plant("Membership", holding("end", "2029"), "start", "notAfter", V, "a year before a year"),
    # projects and money
    Plant("Project", without("lead"), "lead", "minCount", W),
    Plant("Project", holding("lead", "org/a", "org/b"), "lead", "maxCount", V),
    Plant("Project", holding("lead", "person/x"), "lead", "target", W),
    Plant("Project", without("status"), "status", "minCount", W),
    Plant("Project", without("currency"), "currency", "or", W),
    Plant("Project", holding("currency", "lei"), "currency", "pattern", V),
    Plant("Project", holding("amount", -1.0), "amount", "minInclusive", V),
    Plant("Project", holding("year", 1800), "year", "minInclusive", V),
    Plant("Project", holding("year", 2200), "year", "maxInclusive", V),
    Plant("Project", holding("start", "2031-01-01"), "start", "notAfter", V, "a day before a day"),
    Plant("Project", holding("end", "2030-04"), "start", "notAfter", V, "a month before a month"),
    Plant("Programme", without("manager"), "manager", "minCount", W),
    Plant("Programme", without("level"), "level", "minCount", W),
    Plant("Call", without("programme"), "programme", "minCount", V),
    Plant("Call", without("edition"), "edition", "minCount", I),
    Plant("Call", without("closes"), "closes", "or", W),
    Plant("Call", without("landingPage"), "landingPage", "or", W),
    Plant("Call", without("rules"), "rules", "minCount", I),
    Plant("Call", without("currency"), "currency", "or", V),
    Plant("Call", holding("opens", "2030-02-21"), "opens", "notAfter", V, "a day after a moment"),
    Plant("Call", holding("opens", "2030-02-31"), "opens", "datatype", V),
    Plant("Call", holding("minGrant", 200.0), "minGrant", "lessThanOrEquals", V),
    Plant("Call", holding("maxGrant", 2000.0), "maxGrant", "lessThanOrEquals", V),
    Plant("Call", holding("coFinancingPercent", 101.0), "coFinancingPercent", "maxInclusive", V),
    Plant("Call", holding("coFinancingPercent", -1.0), "coFinancingPercent", "minInclusive", V),
    Plant("Call", inside("rules", without("kind")), "kind", "minCount", V, "in a part"),
    Plant("Call", inside("rules", without("text")), "text", "minCount", W, "in a part"),
    Plant(
        "Call", inside("rules", without("machineCheckable")), "machineCheckable", "minCount", W
    ),
    Plant("Call", inside("rules", holding("minPartners", -1)), "minPartners", "minInclusive", V),
    Plant("Grant", without("recipient"), "recipient", "minCount", W),
    Plant("Grant", without("funder"), "funder", "minCount", W),
    Plant("Grant", without("amount"), "amount", "minCount", W),
    Plant("Grant", without("currency"), "currency", "or", V),
    Plant("Grant", without("awarded"), "awarded", "minCount", I),
    Plant("Grant", without("call"), "call", "minCount", I),
    # bodies
    Plant("Council", without("bodyType"), "bodyType", "minCount", W),
    Plant("WorkingGroup", without("parent"), "parent", "minCount", I),
    Plant("WorkingGroup", without("topics"), "topics", "minCount", I),
    Plant("Council", holding("legalActs", "org/exemplu"), "legalActs", "target", W),
    # plans
    Plant("Plan", without("start"), "start", "minCount", W),
    Plant("Plan", without("end"), "end", "minCount", W),
    Plant("Plan", holding("start", "2032-01-01"), "start", "notAfter", V),
    Plant("Commitment", without("plan"), "plan", "minCount", V),
    Plant("Commitment", without("code"), "code", "minCount", V),
    Plant("Commitment", holding("code", "Angajamentul 1"), "code", "pattern", W),
    Plant("Commitment", without("objectives"), "objectives", "minCount", W),
    Plant("Commitment", without("problem"), "problem", "minCount", I),
    Plant("Commitment", inside("relevance", without("level")), "level", "minCount", V),
    Plant("Commitment", inside("relevance", without("refersTo")), "refersTo", "minCount", I),
    Plant("Action", without("commitment"), "commitment", "minCount", V),
    Plant("Action", holding("code", "A1"), "code", "pattern", W),
    Plant("Action", without("topics"), "topics", "minCount", W),
    Plant("Target", without("commitment"), "commitment", "minCount", V),
    Plant("Target", without("text"), "text", "minCount", V),
    Plant("Target", without("value"), "comparator", "or", V, "a comparator without a value"),
    Plant("Target", without("unit"), "comparator", "or", V, "a value without a unit"),
    Plant("Target", without("comparator"), "comparator", "or", V, "a value without a comparator"),
    Plant("Target", holding("comparator", "achieved"), "comparator", "or", V, "with a value"),
    Plant("Target", holding("comparator", "between"), "comparator", "or", V, "without two ends"),
    Plant("Target", holding("value", -5.0), "value", "minInclusive", V),
    Plant(
        "Target",
        both(
            holding("comparator", "between"), without("value"),
            holding("lower", 9.0), holding("upper", 2.0),
        ),
        "lower", "lessThanOrEquals", V,
    ),
    Plant("Target", without("counted"), "counted", "or", I),
    Plant("Target", holding("unit", "percent"), "denominator", "or", W),
    Plant("Target", without("targetKind"), "targetKind", "minCount", W),
    Plant("ProgressReport", without("target"), "target", "minCount", V),
    Plant("ProgressReport", without("date"), "date", "minCount", V),
    Plant("ProgressReport", without("status"), "status", "minCount", V),
    Plant("ProgressReport", without("source"), "source", "minCount", V),
    Plant(
        "Involvement", without("participant", "name"), "participant", "or", V, "nobody is named"
    ),
    Plant("Involvement", without("role"), "role", "minCount", V),
    Plant("Involvement", without("status"), "status", "minCount", V),
    Plant("Involvement", without("involvedIn"), "involvedIn", "minCount", V),
    Plant("Involvement", unsourced, "status", "or", W, "confirmed without a source"),
    Plant("ActorGroup", without("label"), "label", "minCount", V),
    # the rest
    Plant("Platform", without("status"), "status", "minCount", W),
    Plant("Strategy", without("status"), "status", "minCount", W),
    Plant("LegalAct", without("actType"), "actType", "minCount", W),
    Plant("LegalAct", without("date"), "date", "minCount", W),
    Plant("Place", without("within"), "within", "minCount", I),
    Plant("Topic", holding("sdg", 18), "sdg", "maxInclusive", V),
    Plant("Topic", holding("cofog", "cultură"), "cofog", "pattern", V),
    Plant("Event", without("date"), "date", "minCount", W),
    Plant("Event", holding("attendance", -3), "attendance", "minInclusive", V),
    Plant("Source", without("title"), "title", "minCount", V),
]  # fmt: skip


def _told(report_of: object) -> set[tuple[str, str, str, str]]:
    return {(f.subject, f.field, f.test, f.severity) for f in report_of.findings}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(load_model().classes.keys() - {"Resource"}))
def test_a_whole_thing_of_every_class_is_passed_in_silence(
    name: str, good: Good, to_rdf: ToRdf
) -> None:
    if name in ("EligibilityRule", "Relevance"):
        name = {"EligibilityRule": "Call", "Relevance": "Commitment"}[name]
    entity = good(name)
    assert not inspect([entity]).findings
    assert not check_graph(to_rdf([entity])).findings


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_both_engines_find_the_planted_error_and_nothing_else_differs(
    plant: Plant, good: Good, to_rdf: ToRdf
) -> None:
    entity = good(plant.cls)
    plant.change(entity)
    gate, shacl = _told(inspect([entity])), _told(check_graph(to_rdf([entity])))
    assert gate == shacl
    assert (plant.field, plant.test, plant.severity) in {told[1:] for told in gate}


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_only_a_violation_keeps_a_thing_out(plant: Plant, good: Good) -> None:
    entity = good(plant.cls)
    plant.change(entity)
    errors = check([entity], origin="exemplu.csv, row 2")
    assert bool(errors) == (plant.severity == VIOLATION)
    assert all(e.column and e.where == "exemplu.csv, row 2" for e in errors)


def test_a_code_outside_its_list_is_found_by_both(good: Good, to_rdf: ToRdf) -> None:
    entity = good("Platform")
    data = to_rdf([entity])
    text = data.serialize(format="nt").replace("ns#platformLive", "ns#platformGone")
    entity.values["status"] = [Value("gone")]
    gate = _told(inspect([entity]))
    assert gate == _told(check_graph(Graph().parse(data=text, format="nt")))
    assert gate == {("platform/exemplu", "status", "in", VIOLATION)}


def test_every_rule_of_every_shape_is_planted_at_least_once() -> None:
    model = load_model()
    planted = {(p.test, p.field) for p in PLANTS}
    needs_plant = {"minCount", "pattern", "lessThanOrEquals", "notAfter", "schemePattern",
                   "checkDigit", "forbidsScheme"}  # fmt: skip
    missing = {
        (cls.name, prop.name, rule.test)
        for cls in model.classes.values()
        for prop in cls.properties.values()
        for rule in prop.rules
        if rule.test in needs_plant
        and prop.kind.name != "url"  # one pattern for all web addresses, planted on homepage
        and (rule.test, prop.name) not in planted
    }
    assert missing == set()
    conditions = {c.about for found in model.conditions.values() for c in found}
    assert conditions == {p.field for p in PLANTS if p.test == "or"}


def test_pyshacl_without_the_class_hierarchy_skips_the_rules_of_a_parent_class(
    good: Good, to_rdf: ToRdf
) -> None:
    """The trap that `ont_graph=` closes: a thing that is only typed as a neighbourhood."""
    entity = good("Place")
    entity.values.pop("label")
    text = to_rdf([entity]).serialize(format="nt")
    place = f"<{load_model().cls('Place').iri}>"
    only_special = "".join(
        line + "\n" for line in text.splitlines() if not line.endswith(f"#type> {place} .")
    )
    assert "ns#Neighbourhood" in only_special

    def conforms(**options: Graph) -> bool:
        data = Graph().parse(data=only_special, format="nt")
        return bool(run_pyshacl(data, shacl_graph=checked_shapes(), **options)[0])

    assert conforms()
    assert not conforms(ont_graph=class_hierarchy())
    assert check_graph(Graph().parse(data=only_special, format="nt")).findings
