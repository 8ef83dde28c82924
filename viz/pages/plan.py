"""The plan: commitments, actions, targets with progress, and what each action lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.match.base import MISSING
from ontology.errors import NotFoundError, Said
from ontology.model import load_model
from viz.charts import Chart, Coverage, coverage_chart
from viz.pages.cards import Card, Chip, cards, chips
from viz.site import Asked, PageDef, href

GAPS: Mapping[str, Said] = {
    "responsible": Said("responsabil", "responsible"),
    "partner": Said("partener", "partner"),
    "money": Said("bani", "money"),
    "group": Said("grup", "group"),
    "indicator": Said("indicator", "indicator"),
    "news": Said("noutăți", "news"),
}


@dataclass(frozen=True)
class TargetLine:
    """A target: its text, what it wants in figures, what was reported, met or not where it can be counted."""

    text: Mapping[str, str]
    wanted: str
    progress: str
    met: bool | None
    counted: str


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


@dataclass(frozen=True)
class PlanPage:
    """`gap_names` heads the matrix, `coverage` draws it whole; `directions` and `priorities` restate the plan's own."""

    id: str
    name: Mapping[str, str]
    period: str
    vision: Mapping[str, str]
    directions: tuple[Mapping[str, str], ...]
    priorities: tuple[Mapping[str, str], ...]
    prepared_by: tuple[Card, ...]
    events: tuple[Card, ...]
    commitments: tuple[CommitmentView, ...]
    gap_names: tuple[str, ...]
    coverage: Chart | None
    url: str


@dataclass(frozen=True)
class CommitmentPage:
    """One commitment on a page of its own."""

    plan_name: Mapping[str, str]
    plan_url: str
    commitment: CommitmentView
    gap_names: tuple[str, ...]


def newest_plan(asked: Asked) -> Record:
    """The plan with the latest start. Raises NotFoundError when no plan was loaded."""
    plans = sorted(
        asked.ground.data.catalogue.scan(("PLAN",)),
        key=lambda r: (str(r.values.get("start") or ""), r.id),
    )
    if not plans:
        raise NotFoundError(
            Said("nu este încărcat niciun plan", "no plan has been loaded"),
            Said(
                "Încărcați unul cu `resurse ingest plan.yml`.",
                "Load one with `resurse ingest plan.yml`.",
            ),
        )
    return plans[-1]


def period(asked: Asked, record: Record) -> str:
    """`April 2022 – December 2023`."""
    start, end = record.values.get("start"), record.values.get("end")
    return " – ".join(asked.speech.month(d) for d in (start, end) if d)


UNITS: Mapping[str, tuple[str, str]] = {
    "person": ("%(n)s person", "%(n)s people"),
    "organisation": ("%(n)s organisation", "%(n)s organisations"),
    "project": ("%(n)s project", "%(n)s projects"),
    "dataset": ("%(n)s dataset", "%(n)s datasets"),
    "working-group": ("%(n)s working group", "%(n)s working groups"),
    "partnership": ("%(n)s partnership", "%(n)s partnerships"),
    "funding-source": ("%(n)s funding source", "%(n)s funding sources"),
    "resource": ("%(n)s resource", "%(n)s resources"),
    "model": ("%(n)s model", "%(n)s models"),
    "document": ("%(n)s document", "%(n)s documents"),
    "platform": ("%(n)s platform", "%(n)s platforms"),
    "event": ("%(n)s event", "%(n)s events"),
    "item": ("%(n)s item", "%(n)s items"),
}
"""What targets count, in the singular and the plural; a unit that is not here is named after the figure."""


def _measured_in(asked: Asked, value: float, unit: str) -> str:
    """A figure with its unit: `50 people`, `3%`."""
    speech = asked.speech
    if unit in UNITS and float(value).is_integer():
        return speech.count(*UNITS[unit], int(value))
    if unit == "percent":
        return speech.percent(value)
    units = load_model().codes["Unit"].codes
    name = units[unit].label(asked.lang) if unit in units else ""
    return f"{speech.number(value)} {name}".strip()


_SIGNS = {"atLeast": "≥ ", "atMost": "≤ ", "approximately": "≈ ", "exactly": "= "}


def wanted(asked: Asked, record: Record) -> str:
    """The figure of a target: `≥ 50 persons`, `2 – 4`, `≈ 1 %`."""
    values, speech = record.values, asked.speech
    unit = str(values.get("unit") or "")
    if values.get("lower") is not None and values.get("upper") is not None:
        upper = _measured_in(asked, values["upper"], unit)
        figure = f"{speech.number(values['lower'])} – {upper}"
    elif values.get("value") is not None:
        sign = _SIGNS.get(str(values.get("comparator")), "")
        figure = sign + _measured_in(asked, values["value"], unit)
    else:
        return ""
    rate = speech.say("a year") if values.get("ratePeriod") == "P1Y" else ""
    return f"{figure} {rate}".strip()


def target_line(asked: Asked, record: Record, met: Mapping[str, tuple[bool, int]]) -> TargetLine:
    """A target with what was reported about it."""
    catalogue, speech = asked.ground.data.catalogue, asked.speech
    reports = [
        r
        for r in catalogue.records(catalogue.links([record.id], "reports")[record.id])
        if r is not None
    ]
    dated = sorted(
        (r for r in reports if r.values.get("value") is not None),
        key=lambda r: str(r.values.get("date")),
    )
    progress = ""
    if dated:
        last = dated[-1].values
        progress = speech.say(
            "%(value)s on %(day)s",
            value=speech.number(last["value"]),
            day=speech.day(last.get("date")),
        )
    held = met.get(record.id)
    counted = speech.say("the map counts %(n)s", n=speech.number(held[1])) if held else ""
    return TargetLine(
        record.values.get("text") or record.values.get("label") or {},
        wanted(asked, record),
        progress,
        held[0] if held else None,
        counted,
    )


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


def _measured(
    asked: Asked, plan: str
) -> tuple[dict[str, tuple[tuple[str, ...], float]], dict[str, tuple[bool, int]]]:
    matcher = asked.ground.data.matcher
    gaps = {
        g.action: (g.missing, g.severity) for g in matcher.missing(plan, as_of=asked.ground.today)
    }
    met = {c.target: (c.met, c.found) for c in matcher.plan_targets(plan)}
    return gaps, met


def _coverage(
    asked: Asked, commitments: list[Record], gaps: Mapping[str, tuple[tuple[str, ...], float]]
) -> Chart | None:
    """All actions of the plan in one drawing."""
    catalogue = asked.ground.data.catalogue
    linked = catalogue.links([c.id for c in commitments], "actions")
    ids = [a for c in commitments for a in linked[c.id]]
    actions = [
        Coverage(str(r.values.get("code", "")), r.label(asked.lang), gaps.get(r.id, ((), 0.0))[0])
        for r in catalogue.records(ids)
        if r is not None
    ]
    return coverage_chart(
        actions, asked.lang, asked.speech.say("What the actions have, at a glance")
    )


def build_plan(asked: Asked) -> PlanPage:
    """The newest plan, whole."""
    plan = newest_plan(asked)
    catalogue = asked.ground.data.catalogue
    gaps, met = _measured(asked, plan.id)
    held = [
        r
        for r in catalogue.records(catalogue.links([plan.id], "commitments")[plan.id])
        if r is not None
    ]
    return PlanPage(
        id=plan.id,
        name=plan.values["label"],
        period=period(asked, plan),
        vision=(plan.values.get("vision") or [{}])[0]
        if isinstance(plan.values.get("vision"), list)
        else plan.values.get("vision") or {},
        directions=asked.speech.spoken(plan.values.get("directions", ())),
        priorities=asked.speech.spoken(plan.values.get("priorities", ())),
        prepared_by=cards(asked, plan.refs("preparedBy")),
        events=cards(asked, plan.refs("events")),
        commitments=tuple(commitment_view(asked, c, gaps, met) for c in held),
        gap_names=tuple(GAPS[n](asked.lang) for n in MISSING),
        coverage=_coverage(asked, held, gaps),
        url=href(asked.lang, plan.id),
    )


def build_commitment(asked: Asked) -> CommitmentPage:
    """One commitment by its code."""
    plan = newest_plan(asked)
    catalogue = asked.ground.data.catalogue
    wanted_code = asked.path["code"].upper()
    held = [
        r
        for r in catalogue.records(catalogue.links([plan.id], "commitments")[plan.id])
        if r is not None
    ]
    found = next((r for r in held if str(r.values.get("code", "")).upper() == wanted_code), None)
    if found is None:
        known = ", ".join(str(r.values.get("code")) for r in held)
        raise NotFoundError(
            Said(
                f"angajamentul „{asked.path['code'][:40]}” nu există",
                f"there is no commitment '{asked.path['code'][:40]}'",
            ),
            Said(f"Angajamentele sunt: {known}.", f"The commitments are: {known}."),
        )
    gaps, met = _measured(asked, plan.id)
    return CommitmentPage(
        plan.values["label"],
        f"/{asked.lang}/plan",
        commitment_view(asked, found, gaps, met),
        tuple(GAPS[n](asked.lang) for n in MISSING),
    )


PAGES = (
    PageDef("plan", "/plan", build_plan, "plan.html", PlanPage),
    PageDef("commitment", "/plan/{code}", build_commitment, "commitment.html", CommitmentPage),
)
