"""What each action of a plan lacks, how badly, and who could fill it; the plan's own targets, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from graph.catalogue.base import Record
from graph.match.base import Gap, Match, Subject, TargetCheck

if TYPE_CHECKING:
    from graph.match.engine import Matcher

_WEIGHT = {
    "responsible": 0.30,
    "partner": 0.20,
    "money": 0.25,
    "group": 0.10,
    "indicator": 0.10,
    "news": 0.05,
}
"""How badly each gap hurts, out of 1."""

NEWS_MONTHS = 12
"""News older than this counts as none."""

GOOD = 0.35
"""A candidate below this score does not fill a gap."""


def _plan(matcher: Matcher, plan: str | None) -> str | None:
    if plan is not None:
        return plan
    plans = [r for r in matcher.world.records.values() if r.type == "Plan"]
    return max(plans, key=lambda r: (str(r.values.get("start") or ""), r.id)).id if plans else None


def actions(matcher: Matcher, plan: str | None) -> list[Record]:
    """The actions of a plan (the newest, if none is named), in the order of their codes."""
    chosen = _plan(matcher, plan)
    found = [
        r
        for r in matcher.world.records.values()
        if r.type == "Action" and chosen is not None and r.id.startswith(f"{chosen}/")
    ]
    return sorted(
        found,
        key=lambda r: [int(n) for n in str(r.values.get("code", "A0.0")).lstrip("A").split(".")],
    )


def _confirmed(matcher: Matcher, action: Record, roles: tuple[str, ...]) -> bool:
    """Whether somebody has really taken on a role: the plan's 'possible actors' have not."""
    commitment = next(iter(action.refs("commitment")), "")
    for thing in (action.id, commitment):
        for one in matcher.world.involvements.get(thing, ()):
            if (
                one.values.get("role") in roles
                and one.values.get("status") == "confirmed"
                and one.refs("participant")
            ):
                return True
    return False


def _missing(matcher: Matcher, action: Record, day: date) -> tuple[str, ...]:
    world = matcher.world
    commitment = world.records.get(next(iter(action.refs("commitment")), ""))
    targets = [world.records[t] for t in action.refs("targets") if t in world.records]
    found = []
    if not _confirmed(matcher, action, ("implementer",)):
        found.append("responsible")
    if not _confirmed(matcher, action, ("partner",)):
        found.append("partner")
    funded = commitment is not None and any(
        world.records[t].type in ("Programme", "Call", "Grant")
        for t, _ in world.references.get(commitment.id, ())
        if t in world.records
    )
    if not (_confirmed(matcher, action, ("funder",)) or funded):
        found.append("money")
    topics = world.topics_of(action.id)
    if not any(
        topics & world.topics_of(r.id) and r.values.get("status") == "active"
        for r in world.records.values()
        if r.type in ("WorkingGroup", "Council")
    ):
        found.append("group")
    if not any(
        t.values.get("value") is not None or t.values.get("lower") is not None for t in targets
    ):
        found.append("indicator")
    if not _news(matcher, [action, *targets], day):
        found.append("news")
    return tuple(found)


def _news(matcher: Matcher, things: list[Record], day: date) -> bool:
    ids = {one.id for one in things}
    for report in matcher.catalogue.scan_type("ProgressReport"):
        if ids & set(report.refs("target")) and report.values.get("date"):
            age = (day - date.fromisoformat(str(report.values["date"])[:10])).days
            if age <= NEWS_MONTHS * 30:
                return True
    return False


def _best(matcher: Matcher, action: Record, missing: tuple[str, ...], day: date) -> Match | None:
    """The best candidate for the worst gap that a candidate can fill."""
    for gap, want in (
        ("responsible", ("ORGANISATION",)),
        ("partner", ("ORGANISATION",)),
        ("money", ("PROGRAMME", "CALL")),
        ("group", ("COUNCIL", "WORKING_GROUP")),
    ):
        if gap in missing:
            found = matcher.match(Subject(action.id, None), want, first=1, as_of=day)
            if found.matches:
                return found.matches[0]
    return None


def missing(matcher: Matcher, plan: str | None, day: date) -> list[Gap]:
    """One per action that lacks something, worst first, without looking for candidates."""
    made = []
    for action in actions(matcher, plan):
        lacks = _missing(matcher, action, day)
        if lacks:
            severity = round(sum(_WEIGHT[name] for name in lacks), 4)
            made.append(Gap(action.id, lacks, severity, None))
    return sorted(made, key=lambda gap: -gap.severity)


def gaps(matcher: Matcher, plan: str | None, day: date) -> list[Gap]:
    """The same, each with the best candidate for its worst gap."""
    world = matcher.world
    return [
        replace(gap, best=_best(matcher, world.records[gap.action], gap.missing, day))
        for gap in missing(matcher, plan, day)
    ]


def checks(matcher: Matcher, plan: str | None) -> list[TargetCheck]:
    """Targets that the graph itself can count: parties, funding sources, working groups, mapped resources."""
    world = matcher.world
    chosen = _plan(matcher, plan)
    made = []
    for target in world.records.values():
        if target.type != "Target" or chosen is None or not target.id.startswith(f"{chosen}/"):
            continue
        kind, wanted = str(target.values.get("unit") or ""), target.values.get("value")
        ids = _countable(matcher, kind)
        if wanted is None or ids is None:
            continue
        evidence = tuple(s for id_ in ids[:5] for s in world.evidence(id_, "label")[:1])
        made.append(
            TargetCheck(target.id, float(wanted), len(ids), len(ids) >= float(wanted), evidence)
        )
    return sorted(made, key=lambda one: one.target)


def _countable(matcher: Matcher, unit: str) -> list[str] | None:
    """What the graph holds of a unit that it can count; None for any other unit."""
    world = matcher.world
    if unit in ("party", "interested-party", "stakeholder"):
        return sorted(
            {
                p
                for many in world.involvements.values()
                for one in many
                for p in one.refs("participant")
                if p.startswith("org/")
            }
        )
    if unit in ("funding-source", "fundingSource"):
        return sorted(r.id for r in world.records.values() if r.type == "Programme")
    if unit in ("working-group", "workingGroup"):
        return sorted(r.id for r in world.records.values() if r.type == "WorkingGroup")
    if unit in ("resource", "mapped-resource"):
        return sorted(
            r.id
            for r in world.records.values()
            if r.type in ("Organisation", "Project", "Programme")
        )
    return None
