"""The features of a match: pure functions from a pair to a value between 0 and 1, its sentence and evidence.

The first paragraph of each docstring is Romanian, the second English: people read both on the page
that explains the ranking. A feature answers None when it can say nothing about any candidate of the
kind for this subject (no sum is known, the plan names nobody); 0 when this candidate has nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from itertools import islice, pairwise
from typing import Final

from graph.match.deeds import capacity, mandate, track_record
from graph.match.facts.names import Named
from graph.match.pair import Finding, Pair, Telling, nothing
from graph.match.places import place
from graph.match.wording import words
from graph.match.words import topics_text
from ontology.errors import Said

CHAINS: Final = 12
"""How many chains of ties are looked at for one that is stated."""

THROUGH: Final = {"programme": 1.0, "funder": 0.6, "manager": 0.6}
"""How strongly a call or programme is named through what it belongs to."""

OF: Final = {
    "programme": Said("programul lui", "its programme"),
    "funder": Said("cine îl finanțează", "who pays for it"),
    "manager": Said("cine îl administrează", "who runs it"),
}
"""What that is to a call or programme, which are masculine or neuter in Romanian."""


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
    return nothing("Numele nu apare în plan.", "The plan does not name it.")


def _by_name(pair: Pair, named: Named) -> Telling:
    if not pair.profile.of_plan:
        text = Said(f"Numele apare în text: {named.words}.", f"The text names it: {named.words}.")
    elif named.words and named.evidence:
        text = Said(
            f"În plan, între actorii posibili: {named.words}.",
            f"In the plan, among the possible actors: {named.words}.",
        )
    elif named.words:
        text = Said(f"Numele apare în plan: {named.words}.", f"The plan names it: {named.words}.")
    else:
        text = Said("Planul trimite aici.", "The plan refers to it.")
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
        return nothing("Numele nu apare în plan.", "The plan does not name it.")
    value, name, other = max(through)

    def tell() -> Telling:
        held = pair.world.records[other]
        text = Said(
            f"În plan apare {OF[name].ro}: {held.label('ro')}.",
            f"The plan names {OF[name].en}: {held.label('en')}.",
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
            f"Apropiere ca înțeles de ce se cere: {percent} din 100.",
            f"Closeness in meaning to what is asked: {percent} of 100.",
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
    """The first chain of ties whose every step is stated; without one nothing is said."""
    world, found = pair.world, pair.around.chains(pair.candidate.id)
    for chain in islice(found, CHAINS):
        steps = [world.ties(one, other)[:1] for one, other in pairwise(chain)]
        if all(steps) and all(id_ in world.records for id_ in chain):
            *between, end = (world.records[id_] for id_ in chain[1:])
            ro = (
                ", prin " + " și ".join(f"„{one.label('ro')}”" for one in between) + ","
                if between
                else ""
            )
            en = (
                ", through " + " and ".join(f"'{one.label('en')}'" for one in between) + ","
                if between
                else ""
            )
            text = Said(
                f"Are legătură{ro} cu „{end.label('ro')}”, care seamănă cu ce se cere.",
                f"It is tied{en} to '{end.label('en')}', which is like what is asked.",
            )
            return text, tuple(one for step in steps for one in step)
    return Said("Are legături îndepărtate.", "It has remote ties."), ()


ALL: Mapping[str, Callable[[Pair], Finding | None]] = {
    "named_in_plan": named_in_plan,
    "semantic": semantic,
    "words": words,
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
