"""Whole, correct things of every class, to plant errors in. All of them are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from rdflib import Graph

from graph.spelling import Speller
from ontology.entity import Entity
from ontology.vocab import Base

PAGE = "https://example.org/page"
ORG, PLACE, TOPIC = "org/exemplu", "place/exemplu", "topic/culture"


def _entity(class_name: str, id_: str, **values: object) -> Entity:
    made = Entity.of(class_name, id_, origin="exemplu.csv, row 2")
    made.sources.append(PAGE)
    if "label" in made.cls.properties:
        made.add("label", "Exemplu", lang="ro")
        made.add("label", "Example", lang="en")
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            prop = made.cls.property(name)
            made.add(name, one, lang="ro" if prop.kind.name == "text" else None)
    return made


def _call() -> Entity:
    rule = _entity(
        "EligibilityRule",
        "call/exemplu/2030/rule/1",
        kind="legal_form",
        text="Pot cere asociații.",
        machineCheckable=True,
        legalForms=["association"],
        minPartners=0,
    )
    return _entity(
        "Call", "call/exemplu/2030", programme="programme/exemplu", funder=ORG, edition="2030",
        year=2030, opens="2030-01-10", closes="2030-02-20T16:00:00+02:00", budget=1000.0,
        minGrant=10.0, maxGrant=100.0, currency="RON", coFinancingPercent=10.0,
        partnersRequired=False, rules=rule, landingPage=PAGE, topics=[TOPIC],
    )  # fmt: skip


def _target() -> Entity:
    return _entity(
        "Target", "plan/exemplu/A1/target/1", commitment="plan/exemplu/A1", text="Cel puțin 5",
        comparator="atLeast", value=5.0, unit="item", counted="lucruri", ratePeriod="P1Y",
        targetKind="other", order=1,
    )  # fmt: skip


def _commitment() -> Entity:
    relevance = _entity(
        "Relevance", "plan/exemplu/A1/relevance/1", level="local", text="O strategie",
        refersTo=["strategy/exemplu"], order=1,
    )  # fmt: skip
    return _entity(
        "Commitment", "plan/exemplu/A1", code="A1", plan="plan/exemplu", start="2030-01-01",
        end="2031-12-31", objectives=["Un obiectiv"], problem="O problemă", relevance=relevance,
    )  # fmt: skip


def _organisation() -> Entity:
    made = _entity(
        "Organisation", ORG, legalForm="association", homepage=PAGE, founded="1999", city="Exemplu",
        address="Str. Exemplu 1", place=PLACE, location=(45.75, 21.22), activeIn=[PLACE],
        topics=[TOPIC],
    )  # fmt: skip
    made.add("identifiers", "14399840", scheme="ro-cui")
    return made


GOOD: dict[str, Callable[[], Entity]] = {
    "Organisation": _organisation,
    "Membership": lambda: _entity(
        "Membership", "membership/exemplu", name="Exemplu", organisation=ORG,
        body="council/exemplu", role="member", start="2030", end="2031-05",
    ),
    "Project": lambda: _entity(
        "Project", "project/exemplu", lead=ORG, calls=["call/exemplu/2030"], amount=10.0,
        currency="EUR", amountStatus="awarded", year=2030, start="2030-05", end="2030-05-31",
        status="funded", topics=[TOPIC],
    ),
    "Programme": lambda: _entity("Programme", "programme/exemplu", manager=ORG, level="local"),
    "Call": _call,
    "Grant": lambda: _entity(
        "Grant", "grant/exemplu", recipient=ORG, funder=ORG, call="call/exemplu/2030",
        project="project/exemplu", amount=10.0, currency="RON", awarded="2030-06",
    ),
    "WorkingGroup": lambda: _entity(
        "WorkingGroup", "group/exemplu", bodyType="working_group", parent=ORG, established="2030",
        status="active", topics=[TOPIC],
    ),
    "Council": lambda: _entity(
        "Council", "council/exemplu", bodyType="consultative_council", parent=ORG,
        established="2030", legalActs=["act/hcl-tm-1-2030"], status="active", topics=[TOPIC],
    ),
    "Plan": lambda: _entity(
        "Plan", "plan/exemplu", city="Exemplu", start="2030-01-01", end="2031-12-31",
        vision="O viziune", preparedBy=["group/exemplu"],
    ),
    "Commitment": _commitment,
    "Action": lambda: _entity(
        "Action", "plan/exemplu/A1/action/1", code="A1.1", commitment="plan/exemplu/A1",
        targets=["plan/exemplu/A1/target/1"], topics=[TOPIC],
    ),
    "Target": _target,
    "ProgressReport": lambda: _entity(
        "ProgressReport", "report/exemplu", target="plan/exemplu/A1/target/1", date="2030-06-30",
        value=2.0, status="claimed", source=PAGE,
    ),
    "Involvement": lambda: _entity(
        "Involvement", "involvement/exemplu", name="Exemplu", participant=ORG,
        role="possible-actor", status="confirmed", involvedIn="plan/exemplu/A1",
    ),
    "ActorGroup": lambda: _entity("ActorGroup", "actor-group/exemplu", description="Actori"),
    "Platform": lambda: _entity("Platform", "platform/exemplu", operator=ORG, status="live"),
    "Strategy": lambda: _entity("Strategy", "strategy/exemplu", status="existing", date="2030"),
    "LegalAct": lambda: _entity(
        "LegalAct", "act/hcl-tm-1-2030", actType="hcl", number="1", date="2030-01-31", passedBy=ORG,
        concerns=[ORG],
    ),
    "Place": lambda: _entity(
        "Place", PLACE, within="place/oras", location=(45.75, 21.22), placeType="neighbourhood",
    ),
    "Topic": lambda: _entity(
        "Topic", TOPIC, broader=["topic/alta"], sdg=[4], eurovoc=["http://eurovoc.europa.eu/317"],
        cofog=["08.2"],
    ),
    "Event": lambda: _entity(
        "Event", "event/exemplu", date="2030-02-03", attendance=30, eventType="public_debate",
    ),
    "Source": lambda: _entity(
        "Source", "source/exemplu", title="O pagină", url=PAGE, publisher="Exemplu",
        licence="CC0-1.0", retrieved="2030-01-01",
    ),
}  # fmt: skip
"""By class, how to make one that no rule has anything to say about."""


def as_graph(entities: Iterable[Entity]) -> Graph:
    """The entities as RDF, as the graph floor writes them."""
    spell = Speller(Base())
    data = Graph()
    data.parse(data="".join(spell(entity).lines for entity in entities), format="nt")
    return data


@pytest.fixture
def good() -> Callable[[str], Entity]:
    """Makes a whole, correct entity of a class."""
    return lambda class_name: GOOD[class_name]()


@pytest.fixture
def to_rdf() -> Callable[[Iterable[Entity]], Graph]:
    """Turns entities into RDF."""
    return as_graph
