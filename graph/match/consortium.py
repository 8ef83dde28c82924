"""The smallest sets of organisations that satisfy a call's partner rules and cover a subject's topics."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from graph.catalogue.base import Record
from graph.match.base import Consortium, Eligibility, Match, Member, Subject
from graph.match.eligibility import Application, judge, partners
from graph.match.subject import topics_text
from ontology.errors import InputError, NotFoundError, Said

if TYPE_CHECKING:
    from graph.match.engine import Matcher

POOL = 14
"""How many of the best candidates are combined."""

LARGEST = 4
"""No set of more members than this is proposed."""


def _call(matcher: Matcher, id_: str) -> Record:
    record = matcher.world.records.get(id_)
    if record is None or record.type != "Call":
        raise InputError(
            Said(f"„{id_}” nu este un apel", f"'{id_}' is no call"),
            Said("Dați un id call/….", "Give an id call/…."),
        )
    return record


def build(
    matcher: Matcher,
    call_id: str,
    *,
    lead: str | None,
    subject: Subject | None,
    as_of: date,
    first: int,
) -> list[Consortium]:
    """Up to `first` sets, smallest first, then those that cover most and fit best.

    The first member leads: its legal form and seat must not be a NO. `lead` fixes who that is.
    """
    call = _call(matcher, call_id)
    about = subject or Subject(call.id, None)
    profile = matcher.profile(about)
    topics = tuple(
        t for t, w in sorted(profile.topics.items(), key=lambda p: (-p[1], p[0])) if w >= 0.5
    )[:6]
    ranked = matcher.match(
        about, ("ORGANISATION",), first=60, include_ineligible=True, as_of=as_of
    ).matches
    leaders, helpers = _eligible(matcher, call, ranked, as_of)
    if lead is not None:
        if lead not in matcher.world.records:
            raise NotFoundError(
                Said(f"„{lead}” nu există", f"'{lead}' does not exist"),
                Said("Verificați id-ul.", "Check the id."),
            )
        leaders = [lead]
    scores = {one.id: one.score for one in ranked}
    rule = partners(Application(None, call, as_of))
    least = 1 + _least(call)
    pool = list(dict.fromkeys([*helpers[:POOL], *_specialists(matcher, helpers, topics)]))
    found: list[Consortium] = []
    for size in range(max(least, 1), LARGEST + 1):
        made = [
            _made(matcher, call, (leader, *rest), topics, scores, as_of)
            for leader in leaders[: 1 if lead else 5]
            for rest in combinations([h for h in pool if h != leader], size - 1)
        ]
        full = [one for one in made if not one.uncovered]
        found += sorted(full, key=lambda one: (-one.score, [m.organisation for m in one.members]))
        if len(found) >= first or (size == LARGEST and not found):
            found = found or sorted(made, key=lambda one: (len(one.uncovered), -one.score))
            break
        if not topics and made:
            break
    del rule
    return _distinct(found, first)


def _least(call: Record) -> int:
    """How many partners the call asks for; none stated means none needed."""
    rule = next(
        (one for one in call.values.get("rules", ()) if one.get("kind") == "partners"), None
    )
    return (
        int(rule.get("minPartners") or 1)
        if rule
        else (1 if call.values.get("partnersRequired") else 0)
    )


def _eligible(
    matcher: Matcher, call: Record, ranked: tuple[Match, ...], day: date
) -> tuple[list[str], list[str]]:
    """Who may lead (no NO but for the dates), and who may be a partner (everybody but private persons)."""
    leaders, helpers = [], []
    for one in ranked:
        record = matcher.world.records[one.id]
        rules = judge(Application(record, call, day), ("legal_form", "territory")).rules
        if all(rule.answer != "NO" for rule in rules):
            leaders.append(one.id)
        helpers.append(one.id)
    leaders.sort(
        key=lambda id_: (
            0
            if all(
                r.answer == "YES"
                for r in judge(
                    Application(matcher.world.records[id_], call, day), ("legal_form", "territory")
                ).rules
            )
            else 1
        )
    )
    return leaders, helpers


def _specialists(matcher: Matcher, helpers: list[str], topics: tuple[str, ...]) -> list[str]:
    """For each topic, the best-placed candidate that works on it."""
    return [
        h
        for topic in topics
        for h in [next((x for x in helpers if topic in matcher.world.topics_of(x)), None)]
        if h is not None
    ]


def _made(
    matcher: Matcher,
    call: Record,
    ids: tuple[str, ...],
    topics: tuple[str, ...],
    scores: dict[str, float],
    day: date,
) -> Consortium:
    world = matcher.world
    members = []
    covered: set[str] = set()
    for place, id_ in enumerate(ids):
        mine = tuple(t for t in topics if t in world.widened(world.topics_of(id_)))
        fills = [Said("solicitant", "applicant") if place == 0 else Said("partener", "partner")]
        if mine:
            fills.append(
                Said(f"teme: {topics_text(mine, 'ro')}", f"topics: {topics_text(mine, 'en')}")
            )
        if str(world.records[id_].values.get("city") or "") == "Timișoara":
            fills.append(Said("partener local", "local partner"))
        members.append(Member(id_, tuple(fills), tuple(f"topic/{t}" for t in mine)))
        covered.update(mine)
    together = _together(matcher, ids)
    answer = judge(Application(world.records[ids[0]], call, day, partners=len(ids) - 1))
    score = sum(scores.get(id_, 0.0) for id_ in ids) / len(ids)
    note = (
        Said("Au mai lucrat împreună.", "They have worked together before.")
        if together
        else Said("Nu se cunosc proiecte comune.", "No shared projects are known.")
    )
    return Consortium(
        tuple(members),
        round(score, 4),
        tuple(f"topic/{t}" for t in topics if t in covered),
        tuple(f"topic/{t}" for t in topics if t not in covered),
        together,
        Eligibility(answer.answer, answer.rules),
        note,
    )


def _together(matcher: Matcher, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Projects in which at least two of the members took part."""
    counts: dict[str, int] = {}
    for id_ in ids:
        for project in {
            deed.id for deed in matcher.world.deeds.get(id_, ()) if deed.id.startswith("project/")
        }:
            counts[project] = counts.get(project, 0) + 1
    return tuple(sorted(project for project, times in counts.items() if times > 1))


def _distinct(found: list[Consortium], first: int) -> list[Consortium]:
    """Different sets of members, the best order of each."""
    seen: set[frozenset[str]] = set()
    kept = []
    for one in found:
        key = frozenset(m.organisation for m in one.members)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept[:first]
