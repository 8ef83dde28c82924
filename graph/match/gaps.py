"""What each action of a plan lacks, how badly, and who could fill it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from graph.catalogue.base import Record
from graph.catalogue.plans import by_code, meant
from graph.match.asking import Matching
from graph.match.base import Gap, Match, Subject

SEVERITY: Final = {
    "responsible": 0.30,
    "partner": 0.20,
    "money": 0.25,
    "group": 0.10,
    "indicator": 0.10,
    "news": 0.05,
}
"""How badly each gap hurts, out of 1."""

NEWS: Final = timedelta(days=365)
"""News older than this counts as none."""

FILLED_BY: Final = (
    ("responsible", ("ORGANISATION",)),
    ("partner", ("ORGANISATION",)),
    ("money", ("PROGRAMME", "CALL")),
    ("group", ("COUNCIL", "WORKING_GROUP")),
)
"""The gaps that a candidate can fill, worst first, and the kinds to look among."""

_MONEY: Final = ("Programme", "Call", "Grant")


def plan_of(matcher: Matching, plan: str | None) -> str | None:
    """The plan asked for, or the newest; None when there is none. Raises NotFoundError for another id."""
    return meant(matcher.world.records.of_type("Plan"), plan)


def actions(matcher: Matching, plan: str | None) -> list[Record]:
    """The actions of a plan (the newest, if none is named), in the order of their codes."""
    chosen, records = plan_of(matcher, plan), matcher.world.records
    if chosen is None:
        return []
    mine = {r.id for r in records.of_type("Commitment") if chosen in r.refs("plan")}
    return by_code(r for r in records.of_type("Action") if mine & set(r.refs("commitment")))


def _taken_on(matcher: Matching, things: tuple[str, ...], role: str) -> bool:
    """Whether somebody has really taken on a role: a plan's 'possible actors' are only proposed."""
    return any(
        one.values.get("role") == role
        and one.values.get("status") == "confirmed"
        and bool(one.refs("participant"))
        for thing in things
        for one in matcher.world.facts.involvements.get(thing, ())
    )


def _paid(matcher: Matching, things: tuple[str, ...]) -> bool:
    """Whether money is confirmed, or the plan itself says which programme or call it comes from."""
    world = matcher.world
    return _taken_on(matcher, things, "funder") or any(
        world.records[target].type in _MONEY
        for thing in things
        for target, _ in world.facts.references.get(thing, ())
        if target in world.records
    )


def _grouped(matcher: Matching, action: Record) -> bool:
    """Whether a council or group that is known to be active works on one of the action's topics."""
    world = matcher.world
    topics = world.topics_of(action.id)
    return any(
        body.values.get("status") == "active" and topics & world.topics_of(body.id)
        for body in world.records.of_type("Council", "WorkingGroup")
    )


def _news(matcher: Matching, day: date) -> frozenset[str]:
    """The targets that somebody reported on lately."""
    fresh: set[str] = set()
    for report in matcher.catalogue.scan_type("ProgressReport"):
        said = str(report.values.get("date") or "")[:10]
        if said and date.fromisoformat(said) >= day - NEWS:
            fresh.update(report.refs("target"))
    return frozenset(fresh)


def _lacks(matcher: Matching, action: Record, news: frozenset[str]) -> tuple[str, ...]:
    records = matcher.world.records
    things = (action.id, *action.refs("commitment"))
    targets = [records[t] for t in action.refs("targets") if t in records]
    measured = any(
        target.values.get(name) is not None
        for target in targets
        for name in ("value", "lower", "upper")
    )
    has = {
        "responsible": _taken_on(matcher, things, "implementer"),
        "partner": _taken_on(matcher, things, "partner"),
        "money": _paid(matcher, things),
        "group": _grouped(matcher, action),
        "indicator": measured,
        "news": any(target.id in news for target in targets),
    }
    return tuple(name for name in SEVERITY if not has[name])


def missing(matcher: Matching, plan: str | None, day: date) -> list[Gap]:
    """One per action that lacks something, worst first, without looking for candidates."""
    news = _news(matcher, day)
    lacking = [(action.id, _lacks(matcher, action, news)) for action in actions(matcher, plan)]
    made = [
        Gap(action, lacks, round(sum(SEVERITY[name] for name in lacks), 4), None)
        for action, lacks in lacking
        if lacks
    ]
    return sorted(made, key=lambda gap: -gap.severity)


def gaps(matcher: Matching, plan: str | None, day: date) -> list[Gap]:
    """The same, each with the best candidate for its worst gap that a candidate can fill."""
    return [replace(gap, best=_best(matcher, gap, day)) for gap in missing(matcher, plan, day)]


def _best(matcher: Matching, gap: Gap, day: date) -> Match | None:
    for name, want in FILLED_BY:
        if name in gap.missing:
            found = matcher.match(Subject(gap.action, None), want, first=1, as_of=day).matches
            if found:
                return found[0]
    return None
