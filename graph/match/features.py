"""The features of a match: pure functions from a pair to a value between 0 and 1, its sentence and evidence.

The first paragraph of each docstring is Romanian, the second English: people read both on the page
that explains the ranking. A feature answers None when it can say nothing about any candidate of the
kind for this subject (no sum is known, the plan names nobody); 0 when this candidate has nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Final

from graph.match.deeds import capacity, mandate, track_record
from graph.match.facts.names import Named
from graph.match.pair import Finding, Pair, Telling, nothing
from graph.match.places import place
from graph.match.words import topics_text
from ontology.errors import Said

THROUGH: Final = {"programme": 1.0, "funder": 0.6, "manager": 0.6}
"""How strongly a call or programme is named through what it belongs to."""


def named_in_plan(pair: Pair) -> Finding | None:
    """Planul sau textul numește candidatul: pe nume (1), ca resursă la care trimite (0,8), prin
    programul ori finanțatorul lui sau ca fel de actor, pe cât i se potrivesc temele (mai puțin).

    The plan or the text names the candidate: by name (1), as something it refers to (0.8), through its
    programme or payer, or as a kind of actor, as far as its topics fit (less).
    """
    profile, candidate = pair.profile, pair.candidate
    if not (profile.named or profile.generic):
        return None
    named = profile.named.get(candidate.id)
    if named is not None:
        return Finding(named.strength, lambda: _by_name(pair, named))
    if candidate.type in ("Call", "Programme"):
        return _through_another(pair)
    kinds = [profile.generic[f] for f in candidate.stated("legalForm") if f in profile.generic]
    kind = max(kinds, key=lambda one: one.strength, default=None)
    if kind is None and candidate.type == "Council":
        kind = profile.generic.get("COUNCIL")
    if kind is not None and pair.fit > 0:
        text = Said(
            f"Planul cere actori de acest fel: {kind.words}.",
            f"The plan asks for actors of this kind: {kind.words}.",
        )
        return Finding(kind.strength * pair.fit, lambda: (text, kind.evidence))
    return nothing("Planul nu îl numește.", "The plan does not name it.")


def _by_name(pair: Pair, named: Named) -> Telling:
    if not pair.profile.of_plan:
        text = Said(f"Textul îl numește: {named.words}.", f"The text names it: {named.words}.")
    elif named.words and named.evidence:
        text = Said(
            f"Planul îl numește ca actor posibil: {named.words}.",
            f"The plan names it as a possible actor: {named.words}.",
        )
    elif named.words:
        text = Said(f"Planul îl numește: {named.words}.", f"The plan names it: {named.words}.")
    else:
        text = Said("Planul trimite la el.", "The plan refers to it.")
    return text, named.evidence or pair.world.evidence(pair.candidate.id, "label")


def _through_another(pair: Pair) -> Finding:
    """A call or programme whose programme, funder or manager is named: it counts as far as the topics
    fit, since a payer pays for much else."""
    named, candidate = pair.profile.named, pair.candidate
    through = [
        (strength * named[other].strength, name, other)
        for name, strength in THROUGH.items()
        for other in candidate.refs(name)
        if other in named
    ]
    if not through or pair.fit <= 0:
        return nothing("Planul nu îl numește.", "The plan does not name it.")
    value, name, other = max(through)

    def tell() -> Telling:
        held = pair.world.records[other]
        text = Said(
            f"Ține de cineva sau ceva ce planul numește: {held.label('ro')}.",
            f"It belongs to somebody or something that the plan names: {held.label('en')}.",
        )
        return text, pair.world.evidence(candidate.id, name, other)

    return Finding(value * pair.fit, tell)


def semantic(pair: Pair) -> Finding | None:
    """Cât de aproape ca înțeles este ce face candidatul de ce cere subiectul, în română sau engleză.

    How close in meaning what the candidate does is to what the subject asks, in Romanian or English.
    """
    percent = round(100 * pair.meaning)

    def tell() -> Telling:
        text = Said(
            f"Ce face este apropiat ca înțeles ({percent} din 100).",
            f"What it does is close in meaning ({percent} of 100).",
        )
        evidence = pair.world.evidence(pair.candidate.id, "description")
        return text, (evidence or pair.world.evidence(pair.candidate.id, "label"))[:2]

    return Finding(pair.meaning, tell)


def topics(pair: Pair) -> Finding | None:
    """Temele comune, prin schema de teme; temele rare cântăresc mai mult, cele mai largi pe jumătate.

    Shared topics, through the topic scheme; rare topics weigh more, broader ones half.
    """
    if not pair.profile.topics:
        return None
    if pair.fit <= 0:
        return nothing("Nicio temă comună.", "No shared topic.")
    return Finding(pair.fit, lambda: _shared(pair))


def _shared(pair: Pair) -> Telling:
    profile, world, id_ = pair.profile, pair.world, pair.candidate.id
    stated = world.topics_of(id_)
    shared = sorted((t for t in profile.topics if t in stated), key=lambda t: -profile.topics[t])
    if not shared:
        near = sorted(world.widened(stated) & world.widened(profile.topics))
        text = Said(f"Teme înrudite: {topics_text(near, 'ro')}.",
                    f"Related topics: {topics_text(near, 'en')}.")  # fmt: skip
        return text, world.evidence(id_, "topics")
    told = profile.topic_words
    text = Said(
        f"Teme comune: {topics_text(shared, 'ro', told)}.",
        f"Shared topics: {topics_text(shared, 'en', told)}.",
    )
    evidence = [
        statement
        for topic in shared
        for statement in (
            *profile.topic_evidence.get(topic, ()),
            *world.evidence(id_, "topics", f"topic/{topic}"),
        )
    ]
    return text, tuple(dict.fromkeys(evidence))


def network(pair: Pair) -> Finding | None:
    """Cât de aproape este, prin proiecte, apeluri și grupuri, de lucrurile cele mai asemănătoare cu
    subiectul.

    How near it is, through projects, calls and groups, to the things most like the subject.
    """
    if not pair.profile.seeds:
        return None
    if pair.nearness <= 0:
        return nothing("Nicio legătură cunoscută.", "No known tie.")
    return Finding(pair.nearness, lambda: _tied(pair))


def _tied(pair: Pair) -> Telling:
    world, candidate = pair.world, pair.candidate
    seeds = sorted(pair.profile.seeds, key=lambda id_: (-pair.profile.seeds[id_], id_))
    direct = [
        statement
        for id_ in seeds
        for statement in (*world.ties(candidate.id, id_), *world.ties(id_, candidate.id))
    ]
    known = [world.records[id_] for id_ in seeds if id_ in world.records][:2]
    ro = ", ".join(f"„{one.label('ro')}”" for one in known)
    en = ", ".join(f"'{one.label('en')}'" for one in known)
    text = Said(
        f"Este legat, prin proiecte, apeluri sau grupuri, de: {ro}.",
        f"It is tied, by projects, calls or groups, to: {en}.",
    )
    return text, tuple(direct[:4]) or tuple(
        statement for one in known for statement in world.evidence(one.id, "label")[:1]
    )


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
