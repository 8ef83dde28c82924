"""The plan's own countable targets held against the graph: what was wanted, what is there, met or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graph.catalogue.base import Record, Statement
from graph.match.asking import Matching
from graph.match.base import TargetCheck
from graph.match.gaps import plan_of
from graph.search.text import fold

Found = dict[str, tuple[Statement, ...]]
"""What was counted, by id, with the statements that say so."""

CITED: Final = 10
"""How many of the counted things a check cites."""

_INTERESTED: Final = ("interesat", "interested", "stakeholder")
"""Words of interested parties: who may take an action over, confirmed or not."""


def checks(matcher: Matching, plan: str | None) -> list[TargetCheck]:
    """Targets that the graph itself can count, in the order of their ids."""
    chosen, records = plan_of(matcher, plan), matcher.world.records
    made = []
    for target in records.of_type("Target"):
        commitment = records.get(next(iter(target.refs("commitment")), ""))
        if commitment is None or chosen not in commitment.refs("plan"):
            continue
        wanted = target.values.get("value")
        count = _COUNTED.get(str(target.values.get("unit") or ""))
        if wanted is None or count is None:
            continue
        found = count(matcher, target, commitment)
        proof = tuple(one for id_ in sorted(found)[:CITED] for one in found[id_][:1])
        met = _met(str(target.values.get("comparator") or "atLeast"), float(wanted), len(found))
        made.append(TargetCheck(target.id, float(wanted), len(found), met, proof))
    return sorted(made, key=lambda one: one.target)


def _met(comparator: str, wanted: float, found: int) -> bool:
    """Whether a count is what was wanted: more than was wanted is no failure, but for `atMost`; and
    nothing at all meets no target."""
    return 0 < found <= wanted if comparator == "atMost" else found >= wanted > 0


def _parties(matcher: Matching, target: Record, commitment: Record) -> Found:
    """Organisations: for interested parties whoever the plan names, else the confirmed partners."""
    world = matcher.world
    counted = target.values.get("counted") or {}
    words = fold(" ".join(map(str, counted.values())))
    any_role = any(word in words for word in _INTERESTED)
    within = {commitment.id} if not any_role else _commitments(matcher, commitment)
    found: Found = {}
    for thing in sorted(within):
        for one in world.facts.involvements.get(thing, ()):
            confirmed = one.values.get("status") == "confirmed"
            for participant in one.refs("participant"):
                record = world.records.get(participant)
                if record is not None and record.type == "Organisation" and (any_role or confirmed):
                    found.setdefault(participant, world.evidence(one.id, "participant"))
    return found


def _commitments(matcher: Matching, commitment: Record) -> set[str]:
    """The commitments of the same plan."""
    plan = set(commitment.refs("plan"))
    return {r.id for r in matcher.world.records.of_type("Commitment") if plan & set(r.refs("plan"))}


def _money(matcher: Matching, target: Record, commitment: Record) -> Found:
    """Programmes and calls that the plan names as where money could come from."""
    world = matcher.world
    return {
        thing: world.evidence(part, "refersTo", thing)
        for one in sorted(_commitments(matcher, commitment))
        for thing, part in world.facts.references.get(one, ())
        if thing in world.records and world.records[thing].type in ("Programme", "Call")
    }


def _groups(matcher: Matching, target: Record, commitment: Record) -> Found:
    """Working groups that are not known to have ended."""
    world = matcher.world
    return {
        r.id: world.evidence(r.id, "bodyType") or world.evidence(r.id, "label")
        for r in world.records.of_type("WorkingGroup")
        if r.values.get("bodyType") == "working_group" and r.values.get("status") != "inactive"
    }


def _resources(matcher: Matching, target: Record, commitment: Record) -> Found:
    """Organisations, projects and calls on the map, the first of each kind as evidence."""
    world = matcher.world
    return {
        id_: world.evidence(id_, "label") if row < CITED else ()
        for kind in ("ORGANISATION", "PROJECT", "CALL")
        for row, id_ in enumerate(world.columns.kind_ids(kind))
    }


_COUNTED: Final[Mapping[str, Callable[[Matching, Record, Record], Found]]] = {
    "organisation": _parties,
    "funding-source": _money,
    "working-group": _groups,
    "resource": _resources,
}
"""By unit, what the graph holds of it; other units need news that somebody reports."""
