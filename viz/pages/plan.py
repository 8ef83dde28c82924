"""The plan: commitments, actions, targets with progress, and what each action lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.catalogue.plans import by_start
from graph.match.base import MISSING
from ontology.errors import NotFoundError, Said
from viz.asked import Asked, PageDef, href
from viz.charts import Chart, Coverage, coverage_chart
from viz.pages.cards import Card, cards
from viz.pages.commitment import CommitmentView, commitment_view, period

GAPS: Mapping[str, Said] = {
    "responsible": Said("responsabil", "responsible"),
    "partner": Said("partener", "partner"),
    "money": Said("bani", "money"),
    "group": Said("grup", "group"),
    "indicator": Said("indicator", "indicator"),
    "news": Said("noutăți", "news"),
}


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
    catalogue = asked.ground.data.catalogue
    plans = asked.ground.once("plans", lambda: by_start(catalogue.scan(("PLAN",))))
    if not plans:
        raise NotFoundError(
            Said("nu este încărcat niciun plan", "no plan has been loaded"),
            Said(
                "Încărcați unul cu `resurse ingest plan.yml`.",
                "Load one with `resurse ingest plan.yml`.",
            ),
        )
    return plans[-1]


def measured(
    asked: Asked, plan: str
) -> tuple[dict[str, tuple[tuple[str, ...], float]], dict[str, tuple[bool, int]]]:
    """By action, what it lacks and how grave that is; by target, whether it is met and what was counted."""
    matcher, today = asked.ground.data.matcher, asked.ground.today

    def take() -> tuple[dict[str, tuple[tuple[str, ...], float]], dict[str, tuple[bool, int]]]:
        gaps = {g.action: (g.missing, g.severity) for g in matcher.missing(plan, as_of=today)}
        return gaps, {c.target: (c.met, c.found) for c in matcher.plan_targets(plan)}

    return asked.ground.once(("measured", plan), take)


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
    gaps, met = measured(asked, plan.id)
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
    gaps, met = measured(asked, plan.id)
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
