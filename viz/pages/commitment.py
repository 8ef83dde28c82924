"""One commitment of the plan in full: actions and what each lacks, targets, actors, why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.match.base import MISSING
from ontology.loading import load_model
from viz.asked import Asked, href
from viz.pages.cards import Card, Chip, cards, chips
from viz.pages.targets import TargetLine, target_line


@dataclass(frozen=True)
class ActionLine:
    """An action with which of the six things it has: True for each that is there."""

    code: str
    name: Mapping[str, str]
    url: str
    has: tuple[bool, ...]
    severity: int


@dataclass(frozen=True)
class ActorLine:
    """An actor as the plan writes it; a generic actor is no organisation and has no page."""

    name: str
    url: str | None
    role: str
    generic: bool


@dataclass(frozen=True)
class RelevanceLine:
    """Why the commitment matters at one level, and what it refers to."""

    level: str
    text: Mapping[str, str]
    refers: tuple[Card, ...]


@dataclass(frozen=True)
class CommitmentView:
    """One commitment in full."""

    code: str
    name: Mapping[str, str]
    url: str
    period: str
    objectives: tuple[Mapping[str, str], ...]
    problem: Mapping[str, str]
    topics: tuple[Chip, ...]
    actions: tuple[ActionLine, ...]
    targets: tuple[TargetLine, ...]
    actors: tuple[ActorLine, ...]
    relevance: tuple[RelevanceLine, ...]


def period(asked: Asked, record: Record) -> str:
    """`April 2022 – December 2023`."""
    start, end = record.values.get("start"), record.values.get("end")
    return " – ".join(asked.speech.month(d) for d in (start, end) if d)


def commitment_view(
    asked: Asked,
    record: Record,
    gaps: Mapping[str, tuple[tuple[str, ...], float]],
    met: Mapping[str, tuple[bool, int]],
) -> CommitmentView:
    """Everything about one commitment."""
    catalogue, lang = asked.ground.data.catalogue, asked.lang
    linked = {
        name: [
            r
            for r in catalogue.records(catalogue.links([record.id], name)[record.id])
            if r is not None
        ]
        for name in ("actions", "targets", "actors")
    }
    actions = []
    for one in linked["actions"]:
        missing, severity = gaps.get(one.id, ((), 0.0))
        code = str(one.values.get("code", ""))
        actions.append(
            ActionLine(
                code,
                one.values["label"],
                f"/{lang}/actions/{code}",
                tuple(n not in missing for n in MISSING),
                round(100 * severity),
            )
        )
    levels = load_model().codes["RelevanceLevel"].codes
    relevance = tuple(
        RelevanceLine(
            levels[part["level"]].label(lang),
            part.get("text") or {},
            cards(asked, part.get("refersTo", ())),
        )
        for part in record.values.get("relevance", ())
    )
    code = str(record.values.get("code", ""))
    return CommitmentView(
        code=code,
        name=record.values["label"],
        url=f"/{lang}/plan/{code}",
        period=period(asked, record),
        objectives=asked.speech.spoken(record.values.get("objectives", ())),
        problem=record.values.get("problem") or {},
        topics=chips(asked, record.refs("topics")),
        actions=tuple(
            sorted(
                actions,
                key=lambda a: [int(x) for x in a.code.lstrip("A").split(".") if x.isdigit()],
            )
        ),
        targets=tuple(target_line(asked, t, met) for t in linked["targets"]),
        actors=_actors(asked, linked["actors"]),
        relevance=relevance,
    )


def _actors(asked: Asked, involvements: list[Record]) -> tuple[ActorLine, ...]:
    """Actors with their pages; kinds of actors by name only."""
    catalogue, lang = asked.ground.data.catalogue, asked.lang
    ids = [p for one in involvements for p in one.refs("participant")]
    known = {r.id: r for r in catalogue.records(ids) if r is not None and r.kind is not None}
    roles = load_model().codes["InvolvementRole"].codes
    made = []
    for one in involvements:
        participant = next((known[p] for p in one.refs("participant") if p in known), None)
        role = str(one.values.get("role") or "possible-actor")
        name = (
            participant.label(lang)
            if participant
            else one.text("genericGroup", lang) or str(one.values.get("name") or "")
        )
        made.append(
            ActorLine(
                name,
                href(lang, participant.id) if participant else None,
                roles[role].label(lang) if role in roles else role,
                participant is None,
            )
        )
    return tuple(made)
