"""The features of a match: pure functions from a pair to a value between 0 and 1, its sentence and its evidence.

The first paragraph of each docstring is Romanian, the second English: people read both on the page
that explains the ranking.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.catalogue.base import Record, Statement
from graph.match.subject import Profile, topics_text
from graph.match.territory import distance
from graph.match.world import Deed, World
from ontology.errors import Said
from ontology.model import load_model


@dataclass(frozen=True)
class Finding:
    """What one feature says of a pair: a value from 0 to 1, a sentence, the statements it rests on."""

    value: float
    text: Said
    evidence: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A subject, a candidate, and what was measured for all candidates at once."""

    profile: Profile
    candidate: Record
    world: World
    year: int
    closeness: float = 0.0
    """Calibrated: 0 at the floor where texts mean nothing to each other, 1 where they say the same."""
    found: float = 0.0
    """The search score of the candidate for the subject's words, 0 to 1."""
    proximity: float = 0.0
    """Rank in the network around the subject's things, 0 to 1."""
    editions: tuple[Record, ...] = field(default=())
    """Of a programme: its calls."""

    @property
    def deeds(self) -> list[Deed]:
        """What the candidate did, or what was done with its money."""
        world = self.world
        if self.candidate.type == "Organisation":
            return world.deeds.get(self.candidate.id, [])
        calls = (
            [one.id for one in self.editions]
            if self.candidate.type == "Programme"
            else [self.candidate.id]
        )
        projects = [
            world.records[p]
            for call in calls
            for p in world.funded.get(call, ())
            if p in world.records
        ]
        return [world.deed(project, "calls") for project in projects]


def _label(record: Record, lang: str) -> str:
    return record.label(lang)


def named_in_plan(pair: Pair) -> Finding | None:
    """Planul sau textul numește candidatul: pe nume (1), ca resursă la care trimite (0,8) sau ca fel de actor (mai puțin).

    The plan or the text names the candidate: by name (1), as something it refers to (0.8), or as a kind of actor (less).
    """
    profile, candidate = pair.profile, pair.candidate
    named = profile.named.get(candidate.id)
    if named is None and candidate.type == "Call":
        named = next(
            (profile.named[p] for p in candidate.refs("programme") if p in profile.named), None
        )
    if named is None and candidate.type in ("Call", "Programme"):
        payer = [*candidate.refs("funder"), *candidate.refs("manager")]
        held = next((profile.named[p] for p in payer if p in profile.named), None)
        if held is not None:
            text = Said(
                "Îl finanțează un organism pe care planul îl numește.",
                "It is paid by a body that the plan names.",
            )
            return Finding(0.6 * held.strength, text, held.evidence)
    if named is not None:
        words = f" („{named.words}”)" if named.words else ""
        text = Said(f"Este numit{words}.", f"It is named{words}.")
        return Finding(
            named.strength, text, named.evidence or pair.world.evidence(candidate.id, "label")[:1]
        )
    form = (
        "COUNCIL" if candidate.type == "Council" else str(candidate.values.get("legalForm") or "")
    )
    kind = profile.generic.get(form)
    if kind is not None:
        text = Said(
            f"Planul cere actori de felul acesta: {kind.words}.",
            f"The plan asks for actors of this kind: {kind.words}.",
        )
        return Finding(kind.strength, text, kind.evidence)
    if profile.named or profile.generic:
        return Finding(0.0, Said("Planul nu îl numește.", "The plan does not name it."))
    return None


def semantic(pair: Pair) -> Finding | None:
    """Cât de aproape ca înțeles este ce face candidatul de ce cere subiectul, în română sau engleză.

    How close in meaning what the candidate does is to what the subject asks, in Romanian or English.
    """
    value = 0.6 * pair.closeness + 0.4 * pair.found
    percent = round(100 * value)
    text = Said(
        f"Ce face este apropiat ca înțeles ({percent} din 100).",
        f"What it does is close in meaning ({percent} of 100).",
    )
    evidence = pair.world.evidence(pair.candidate.id, "description") or pair.world.evidence(
        pair.candidate.id, "label"
    )
    return Finding(value, text, evidence[:2])


def _spread(topics: Mapping[str, float], world: World) -> dict[str, float]:
    """Topics with half their weight on each broader one, times how telling each is."""
    model = load_model()
    found: dict[str, float] = {}
    for topic, weight in topics.items():
        found[topic] = max(found.get(topic, 0.0), weight)
        for up in model.ancestors(topic):
            found[up] = max(found.get(up, 0.0), 0.5 * weight)
    return {topic: weight * world.rarity.get(topic, 0.0) for topic, weight in found.items()}


def overlap(left: Mapping[str, float], right: Mapping[str, float], world: World) -> float:
    """The cosine of two sets of topics, rarer ones counting more, broader ones half."""
    a, b = _spread(left, world), _spread(right, world)
    dot = sum(weight * b[topic] for topic, weight in a.items() if topic in b)
    norm = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return dot / norm if norm else 0.0


def topics(pair: Pair) -> Finding | None:
    """Temele comune, prin schema de teme; temele rare cântăresc mai mult, cele mai largi pe jumătate.

    Shared topics, through the topic scheme; rare topics weigh more, broader ones half.
    """
    have = dict.fromkeys(pair.world.topics_of(pair.candidate.id), 1.0)
    if not pair.profile.topics or not have:
        return (
            Finding(0.0, Said("Teme necunoscute.", "Topics unknown."))
            if pair.profile.topics
            else None
        )
    value = overlap(pair.profile.topics, have, pair.world)
    shared = [
        t for t in sorted(pair.profile.topics, key=lambda t: -pair.profile.topics[t]) if t in have
    ]
    near = shared or sorted(pair.world.widened(have) & pair.world.widened(pair.profile.topics))
    if not near:
        return Finding(0.0, Said("Nicio temă comună.", "No shared topic."))
    text = Said(
        f"Teme comune: {topics_text(near, 'ro')}.", f"Shared topics: {topics_text(near, 'en')}."
    )
    evidence = [
        s
        for t in shared
        for s in (
            *pair.profile.topic_evidence.get(t, ()),
            *pair.world.evidence(pair.candidate.id, "topics", f"topic/{t}"),
        )
    ]
    if not evidence:
        evidence = list(pair.world.evidence(pair.candidate.id, "topics"))
    return Finding(value, text, tuple(evidence))


def track_record(pair: Pair) -> Finding | None:
    """Proiecte și finanțări pe aceste teme; cele recente și cele mari cântăresc mai mult.

    Projects and grants on these topics; recent and large ones weigh more.
    """
    scored = []
    for deed in pair.deeds:
        fit = overlap(pair.profile.topics, dict.fromkeys(deed.topics, 1.0), pair.world)
        if fit <= 0.05 or deed.id in pair.profile.own:
            continue
        age = max(0, pair.year - deed.year) if deed.year else 6
        size = min(1.0, math.log10(1 + (deed.amount or 0)) / 6)
        scored.append((fit * max(0.35, 0.93**age) * (0.7 + 0.3 * size), deed))
    if not scored:
        return Finding(
            0.0,
            Said("Niciun proiect cunoscut pe aceste teme.", "No known project on these topics."),
        )
    scored.sort(key=lambda pair_: (-pair_[0], pair_[1].id))
    value = 1 - math.exp(-1.2 * sum(score for score, _ in scored))
    shown = [pair.world.records[deed.id] for _, deed in scored[:3] if deed.id in pair.world.records]
    names = [
        "„" + _label(one, "ro") + "”" + (f" ({deed.year})" if deed.year else "")
        for one, (_, deed) in zip(shown, scored, strict=False)
    ]
    count = len({deed.id for _, deed in scored})
    text = Said(
        f"{count} proiecte sau finanțări pe aceste teme, de exemplu {'; '.join(names)}.",
        f"{count} projects or grants on these topics, for example {'; '.join(names)}.",
    )
    evidence = tuple(
        s
        for _, deed in scored[:3]
        for s in pair.world.evidence(deed.subject, deed.field)[:1]
        + pair.world.evidence(deed.id, "topics")[:1]
    )
    return Finding(value, text, evidence)


def place(pair: Pair) -> Finding | None:
    """Lucrează în locul cerut: același cartier sau oraș (1), același județ (0,6), altundeva (0).

    It works in the place asked for: the same quarter or city (1), the same county (0.6), elsewhere (0).
    """
    candidate, profile = pair.candidate, pair.profile
    held = {p for name in ("place", "places", "activeIn") for p in candidate.refs(name)}
    if profile.places and held:
        same = profile.places & held
        value = 1.0 if same else 0.2
        text = Said(
            "Același cartier." if same else "Alt cartier.",
            "The same quarter." if same else "Another quarter.",
        )
        name = next((n for n in ("place", "places", "activeIn") if candidate.refs(n)), "place")
        return Finding(value, text, pair.world.evidence(candidate.id, name))
    if candidate.type != "Organisation" or profile.town is None:
        return None
    town = candidate.values.get("city")
    if not town:
        return None
    steps = distance(str(town), profile.town)
    value = {0: 1.0, 1: 0.6, 2: 0.4}.get(steps if steps is not None else 9, 0.0)
    return Finding(
        value, Said(f"Sediul: {town}.", f"Seat: {town}."), pair.world.evidence(candidate.id, "city")
    )


def capacity(pair: Pair) -> Finding | None:
    """A dus proiecte de mărimea sumei în discuție, sau apelul acoperă suma de care e nevoie.

    It has carried projects of the size in question, or the call covers the sum that is needed.
    """
    amount = pair.profile.amount
    if amount is None:
        return None
    candidate = pair.candidate
    if candidate.type in ("Call", "Programme"):
        calls = pair.editions or (candidate,)
        ceilings = [(one, one.values["maxGrant"]) for one in calls if one.values.get("maxGrant")]
        if not ceilings:
            return None
        best, ceiling = max(ceilings, key=lambda pair_: pair_[1])
        value = min(1.0, ceiling / amount)
        return Finding(
            value,
            Said(
                f"Plafonul este {ceiling:,.0f} {best.values.get('currency', '')}.",
                f"The ceiling is {ceiling:,.0f} {best.values.get('currency', '')}.",
            ),
            pair.world.evidence(best.id, "maxGrant"),
        )
    sums = [(deed, deed.amount) for deed in pair.deeds if deed.amount]
    if not sums:
        return None
    deed, largest = max(sums, key=lambda pair_: pair_[1])
    value = min(1.0, largest / amount)
    return Finding(
        value,
        Said(
            f"Cel mai mare proiect cunoscut: {largest:,.0f} {deed.currency or ''}.",
            f"The largest known project: {largest:,.0f} {deed.currency or ''}.",
        ),
        pair.world.evidence(deed.id, "amount"),
    )


def mandate(pair: Pair) -> Finding | None:
    """Un consiliu sau grup cu mandat pe aceste teme; o organizație care face parte din unul.

    A council or group with a mandate on these topics; an organisation that is a member of one.
    """
    candidate, world = pair.candidate, pair.world
    if candidate.type in ("Council", "WorkingGroup"):
        fit = overlap(pair.profile.topics, dict.fromkeys(world.topics_of(candidate.id), 1.0), world)
        alive = {"active": 1.0, "inactive": 0.2}.get(str(candidate.values.get("status")), 0.7)
        founded = 1.0 if candidate.refs("legalActs") else 0.8
        text = (
            Said("Are mandat pe aceste teme.", "It has a mandate on these topics.")
            if fit
            else Said("Mandat pe alte teme.", "A mandate on other topics.")
        )
        evidence = (
            *world.evidence(candidate.id, "legalActs"),
            *world.evidence(candidate.id, "parent"),
            *world.evidence(candidate.id, "topics"),
        )
        return Finding(fit * alive * founded, text, evidence[:4])
    if candidate.type != "Organisation":
        return None
    best: tuple[float, str, str] | None = None
    for body, membership in world.bodies.get(candidate.id, ()):
        if body in world.records and world.records[body].type in ("Council", "WorkingGroup"):
            fit = overlap(pair.profile.topics, dict.fromkeys(world.topics_of(body), 1.0), world)
            if fit > 0 and (best is None or fit > best[0]):
                best = (fit, body, membership)
    if best is None:
        return Finding(
            0.0,
            Said(
                "Nu face parte dintr-un consiliu sau grup pe aceste teme.",
                "It is in no council or group on these topics.",
            ),
        )
    value, body, membership = best
    name = world.records[body]
    return Finding(
        value,
        Said(f"Face parte din „{name.label('ro')}”.", f"It is a member of '{name.label('en')}'."),
        world.evidence(membership, "body"),
    )


def network(pair: Pair) -> Finding | None:
    """Cât de aproape este, prin proiecte, apeluri și grupuri comune, de lucrurile pe care subiectul le atinge deja.

    How near it is, through shared projects, calls and groups, to the things that the subject touches already.
    """
    if not pair.profile.seeds:
        return None
    if pair.proximity <= 0:
        return Finding(0.0, Said("Nicio legătură cunoscută.", "No known tie."))
    text = Said(
        "Este legat prin proiecte, apeluri sau grupuri de ce atinge deja subiectul.",
        "It is tied by projects, calls or groups to what the subject touches already.",
    )
    seeds = [id_ for id_ in pair.profile.seeds if id_ in pair.world.records][:2]
    evidence = tuple(s for id_ in seeds for s in pair.world.evidence(id_, "label")[:1])
    return Finding(pair.proximity, text, evidence)


ALL: Mapping[str, Callable[[Pair], Finding | None]] = {
    "named_in_plan": named_in_plan,
    "semantic": semantic,
    "topics": topics,
    "track_record": track_record,
    "place": place,
    "capacity": capacity,
    "mandate": mandate,
    "network": network,
}
"""Every feature by name."""


def described() -> dict[str, Said]:
    """What each feature looks at, from its docstring: Romanian, then English."""
    found = {}
    for name, function in ALL.items():
        ro, _, en = (inspect.getdoc(function) or "").partition("\n\n")
        found[name] = Said(" ".join(ro.split()), " ".join(en.split()))
    return found
