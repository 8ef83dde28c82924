"""The smallest sets of organisations that satisfy a call's partner rules and cover a subject's topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from graph.catalogue.base import Record
from graph.match.asking import Matching
from graph.match.base import Consortium, Match, Member, Subject
from graph.match.eligibility import judge
from graph.match.facts.world import World
from graph.match.rules.case import Application
from graph.match.rules.money import least_partners
from graph.match.subject import asked
from graph.match.subject.profile import HERE
from graph.match.words import topics_text
from ontology.errors import InputError, Said

POOL: Final = 14
"""How many of the best candidates are combined, beside the best one for every topic."""

LEADERS: Final = 5
"""How many may lead, where nobody is named as the lead."""

LARGEST: Final = 4
"""No set of more members than this is proposed, unless the call asks for more."""

TOPICS: Final = 6
"""How many of the subject's topics are to be covered."""

RANKED: Final = 60
"""How many candidates are looked at."""

_LEADING: Final = ("legal_form", "territory")
"""The rules that the applicant itself must fill."""


@dataclass(frozen=True)
class Draft:
    """A set of members, the lead first, with what it covers, before anything is told about it."""

    ids: tuple[str, ...]
    covered: frozenset[str]
    together: tuple[str, ...]
    score: float


def build(
    matcher: Matching,
    call_id: str,
    *,
    lead: str | None,
    subject: Subject | None,
    as_of: date,
    first: int,
) -> list[Consortium]:
    """Up to `first` sets: those that cover all topics, the smallest first, then the best scored.

    The first member leads: its legal form and seat must not be a NO, unless nobody's fits. `lead`
    fixes who that is. Raises NotFoundError for an unknown id, InputError for one of another kind.
    """
    call = _of_type(matcher, call_id, "Call")
    chosen = _of_type(matcher, lead, "Organisation").id if lead is not None else None
    about = subject or Subject(call.id, None)
    weighed = matcher.profile(about).topics
    strong = [t for t in sorted(weighed, key=lambda t: (-weighed[t], t)) if weighed[t] >= 0.5]
    topics = tuple(strong[:TOPICS])
    ranked = matcher.match(
        about, ("ORGANISATION",), first=RANKED, include_ineligible=True, as_of=as_of
    ).matches
    payers = {*call.refs("funder"), *matcher.world.programmes_as_bodies}
    ranked = tuple(one for one in ranked if one.id not in payers)
    leaders = [chosen] if chosen else _leaders(matcher, call, ranked, as_of)[:LEADERS]
    helpers = [one.id for one in ranked]
    pool = list(dict.fromkeys([*helpers[:POOL], *_specialists(matcher.world, helpers, topics)]))
    scores = {one.id: one.score for one in ranked}
    least = 1 + (least_partners(Application(None, call, as_of)) or 0)
    drafts = _drafts(matcher.world, leaders, pool, topics, scores, least)
    picked = _distinct(_best(drafts, topics), first)
    return [_told(matcher, call, draft, topics, as_of) for draft in picked]


def _of_type(matcher: Matching, id_: str, type_: str) -> Record:
    record = asked.known(matcher.catalogue, matcher.world, id_)
    if record.type != type_:
        wanted = (
            Said("un apel", "a call")
            if type_ == "Call"
            else Said("o organizație", "an organisation")
        )
        raise InputError(
            Said(f"„{id_}” nu este {wanted.ro}", f"'{id_}' is not {wanted.en}"),
            Said("Dați un id call/…." if type_ == "Call" else "Dați un id org/….",
                 "Give an id call/…." if type_ == "Call" else "Give an id org/…."),
        )  # fmt: skip
    return record


def _leaders(matcher: Matching, call: Record, ranked: Sequence[Match], day: date) -> list[str]:
    """Who may lead, those whose form and seat are known to fit first; everybody, if nobody may."""
    order = {"YES": 0, "UNKNOWN": 1}
    rated = [
        (
            judge(
                Application(matcher.world.records[one.id], call, day, known=matcher.world.records),
                _LEADING,
            ).answer,
            one.id,
        )
        for one in ranked
    ]
    fitting = [(order[answer], id_) for answer, id_ in rated if answer in order]
    fitting.sort(key=lambda pair: pair[0])
    return [id_ for _, id_ in fitting] or [one.id for one in ranked]


def _covers(world: World, id_: str, topics: Iterable[str]) -> frozenset[str]:
    """The topics that an organisation works on, itself or through something narrower."""
    return world.widened(world.topics_of(id_)) & frozenset(topics)


def _specialists(world: World, helpers: Sequence[str], topics: Sequence[str]) -> list[str]:
    """For each topic, the best-placed candidate that works on it."""
    found = (next((h for h in helpers if _covers(world, h, (t,))), None) for t in topics)
    return [one for one in found if one is not None]


def _drafts(
    world: World,
    leaders: Sequence[str],
    pool: Sequence[str],
    topics: Sequence[str],
    scores: Mapping[str, float],
    least: int,
) -> Iterator[Draft]:
    """Sets of growing size, until one size covers every topic."""
    covers = {id_: _covers(world, id_, topics) for id_ in {*leaders, *pool}}
    projects = {id_: _projects(world, id_) for id_ in covers}
    for size in range(least, max(LARGEST, least) + 1):
        complete = False
        for leader in leaders:
            others = [one for one in pool if one != leader]
            for rest in combinations(others, size - 1):
                ids = (leader, *rest)
                covered = frozenset[str]().union(*(covers[id_] for id_ in ids))
                complete = complete or len(covered) == len(topics)
                score = sum(scores.get(id_, 0.0) for id_ in ids) / size
                yield Draft(ids, covered, _shared(projects, ids), round(score, 4))
        if complete:
            return


def _projects(world: World, id_: str) -> frozenset[str]:
    return frozenset(deed.project for deed in world.deeds(id_) if deed.project)


def _shared(projects: Mapping[str, frozenset[str]], ids: Sequence[str]) -> tuple[str, ...]:
    """Projects in which at least two of the members took part."""
    pairs = combinations(ids, 2)
    return tuple(sorted({p for one, other in pairs for p in projects[one] & projects[other]}))


def _best(drafts: Iterable[Draft], topics: Sequence[str]) -> list[Draft]:
    """Most topics covered, then the fewest members, then those that fit best and worked together."""
    return sorted(
        drafts,
        key=lambda d: (-len(d.covered), len(d.ids), -(d.score + 0.02 * bool(d.together)), d.ids),
    )


def _distinct(drafts: Sequence[Draft], first: int) -> list[Draft]:
    """Different sets of members, the best order of each."""
    kept: dict[frozenset[str], Draft] = {}
    for draft in drafts:
        kept.setdefault(frozenset(draft.ids), draft)
        if len(kept) >= first:
            break
    return list(kept.values())


def _told(
    matcher: Matching, call: Record, draft: Draft, topics: Sequence[str], day: date
) -> Consortium:
    world = matcher.world
    applicant = world.records[draft.ids[0]]
    case = Application(applicant, call, day, partners=len(draft.ids) - 1, known=world.records)
    note = (
        Said("Unii au mai lucrat împreună.", "Some of them have worked together before.")
        if draft.together
        else Said("Nu se cunosc proiecte comune.", "No shared projects are known.")
    )
    return Consortium(
        tuple(_member(world, id_, at == 0, case, topics) for at, id_ in enumerate(draft.ids)),
        draft.score,
        tuple(f"topic/{t}" for t in topics if t in draft.covered),
        tuple(f"topic/{t}" for t in topics if t not in draft.covered),
        draft.together,
        judge(case),
        note,
    )


def _member(
    world: World, id_: str, leads: bool, case: Application, topics: Sequence[str]
) -> Member:
    """One member with the rules it fills: the lead those of the applicant, the others the partner rule."""
    mine = tuple(t for t in topics if t in _covers(world, id_, topics))
    fills = (
        [Said("solicitant", "applicant"), *(r.text for r in judge(case, _LEADING).rules)]
        if leads
        else [Said("partener", "partner")]
    )
    if mine:
        fills.append(Said(f"teme: {topics_text(mine, 'ro')}", f"topics: {topics_text(mine, 'en')}"))
    if str(world.records[id_].values.get("city") or "") == HERE:
        fills.append(Said("partener local", "local partner"))
    return Member(id_, tuple(fills), tuple(f"topic/{t}" for t in mine))
