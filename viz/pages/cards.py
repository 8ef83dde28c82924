"""What many pages show of a thing: a card with its name, its kind, a line about it, a few facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.catalogue.base import Catalogue, Record
from graph.catalogue.calls import call_state
from ontology.errors import Said
from ontology.loading import load_model
from viz.asked import Asked, href

STATES: Mapping[str, Said] = {
    "OPEN": Said("deschis", "open"),
    "FORTHCOMING": Said("urmează", "forthcoming"),
    "CLOSED": Said("închis", "closed"),
    "UNKNOWN": Said("stare necunoscută", "state unknown"),
}


@dataclass(frozen=True)
class Chip:
    """A topic as a small link."""

    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """One thing in a list."""

    id: str
    type: str
    kind_label: str
    name: Mapping[str, str]
    url: str
    line: Mapping[str, str]
    facts: tuple[str, ...]
    topics: tuple[Chip, ...]
    state: str | None
    state_label: str | None


def chips(asked: Asked, topics: Iterable[str]) -> tuple[Chip, ...]:
    """Topics as links to the search by topic."""
    known = load_model().topics
    found = []
    for topic in topics:
        slug = topic.removeprefix("topic/")
        if slug in known:
            found.append(Chip(known[slug].label(asked.lang), f"/{asked.lang}/search?topic={slug}"))
    return tuple(found)


def _facts(asked: Asked, record: Record) -> tuple[str, ...]:
    speech, values = asked.speech, record.values
    facts = []
    if record.type == "Organisation":
        form = values.get("legalForm")
        if form and form != "unknown":
            facts.append(load_model().codes["LegalForm"][form].label(asked.lang))
        if values.get("city"):
            facts.append(str(values["city"]))
    elif record.type == "Call":
        if values.get("closes"):
            facts.append(speech.say("until %(day)s", day=speech.day(values["closes"])))
        elif values.get("year"):
            facts.append(str(values["year"]))
        if values.get("maxGrant"):
            facts.append(
                speech.say(
                    "up to %(sum)s", sum=speech.money(values["maxGrant"], values.get("currency"))
                )
            )
        elif values.get("budget"):
            facts.append(
                speech.say(
                    "budget %(sum)s", sum=speech.money(values["budget"], values.get("currency"))
                )
            )
    elif record.type in ("Project", "Grant"):
        if values.get("year") or values.get("awarded"):
            facts.append(speech.day(values.get("awarded") or values.get("year")))
        if values.get("amount"):
            facts.append(speech.money(values["amount"], values.get("currency")))
    elif record.type in ("Action", "Commitment") and values.get("code"):
        facts.append(str(values["code"]))
    elif record.type in ("Council", "WorkingGroup") and values.get("status") == "inactive":
        facts.append(load_model().codes["BodyStatus"]["inactive"].label(asked.lang))
    elif values.get("date"):
        facts.append(speech.day(values["date"]))
    return tuple(facts)


def card(asked: Asked, record: Record) -> Card:
    """A record as a card."""
    cls = load_model().cls(record.type)
    state = call_state(record.values, asked.ground.today) if record.type == "Call" else None
    url = (
        f"/{asked.lang}/actions/{record.values['code']}"
        if record.type == "Action" and record.values.get("code")
        else href(asked.lang, record.id)
    )
    return Card(
        id=record.id,
        type=record.type,
        kind_label=cls.label(asked.lang),
        name=record.values.get("label") or {"ro": record.id},
        url=url,
        line=record.values.get("description") or {},
        facts=_facts(asked, record),
        topics=chips(asked, record.refs("topics")[:6]),
        state=state,
        state_label=STATES[state](asked.lang) if state else None,
    )


def cards(asked: Asked, ids: Sequence[str]) -> tuple[Card, ...]:
    """Cards of many things, loaded together, in order."""
    catalogue: Catalogue = asked.ground.data.catalogue
    return tuple(card(asked, record) for record in catalogue.records(ids) if record is not None)
