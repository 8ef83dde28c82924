"""Which held party an incoming one is: decisions of people first, then the best candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.identity.block import Index
from ingest.identity.compare import ASK, SAME, Feature, Judgement, Outcome
from ingest.identity.decision import Decision
from ingest.identity.decisions import Decisions, name_key
from ingest.identity.party import Party
from ontology.errors import Said

MARGIN = 0.08
"""Two candidates this close are a question, unless one has exactly the name."""


@dataclass(frozen=True)
class Resolution:
    """The answer for one party. `id` is the best candidate's; None when the answer is `none`."""

    answer: Outcome
    id: str | None = None
    label: str = ""
    score: float = 0.0
    features: tuple[Feature, ...] = ()
    candidates: tuple[Judgement, ...] = ()


def resolve(party: Party, index: Index, decisions: Decisions | None = None) -> Resolution:
    """The held party that `party` is, if any.

    A decision of a person stands above every feature. Without one, the best candidate is the
    answer when it is sure and no other comes near; else its id is proposed as a question.
    """
    taken = decisions.about(party.id, *map(name_key, party.names)) if decisions else {}
    decided = sorted(
        id_ for id_, one in taken.items() if one.answer == "same" and id_ in index.parties
    )
    if decided:
        id_ = decided[0]
        return Resolution("same", id_, index.parties[id_].label, 1.0, (_decided(taken[id_]),))
    ranked = [one for one in index.candidates(party) if not _excluded(taken.get(one.right))]
    if not ranked:
        return Resolution("none")
    best = ranked[0]
    features, answer = best.features, best.outcome
    if answer == "same" and (rival := _rival(best, ranked[1:])) is not None:
        answer = "ask"
        features = (
            *features,
            Feature(
                "rival",
                0.0,
                Said(
                    f"tot atât de bine se potrivește {rival.label}",
                    f"{rival.label} fits just as well",
                ),
            ),
        )
    return Resolution(answer, best.right, best.label, best.score, features, tuple(ranked))


def _excluded(decision: Decision | None) -> bool:
    return decision is not None and decision.answer == "different"


def _rival(best: Judgement, others: Iterable[Judgement]) -> Judgement | None:
    """Another who may be meant just as well: as near, or the bearer of the name beside another's code."""
    by_code = best.features[0].name == "identifier"
    for other in others:
        if by_code and best.names < ASK and other.names >= SAME:
            return other
        close = other.outcome == "same" and best.score - other.score <= MARGIN
        if close and (other.exact or not best.exact):
            return other
    return None


def _decided(decision: Decision) -> Feature:
    who, when = decision.who or "?", decision.when
    return Feature(
        "decision",
        1.0,
        Said(
            f"hotărât de {who}, {when}: {decision.why}", f"decided by {who}, {when}: {decision.why}"
        ),
    )


@dataclass
class Clusters:
    """What became of the incoming parties of one source.

    `same` maps an incoming id to the held id it joins; both sources' statements stay, on one node.
    `new` are the ids that nobody holds. `asked` are the questions; a party with a question is new
    until a person answers. `decided` are pairs inside the source that a person called one body.
    """

    same: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    asked: list[tuple[Party, Resolution]] = field(default_factory=list)
    decided: dict[str, str] = field(default_factory=dict)


def clusters(
    incoming: Iterable[Party],
    held: Index,
    decisions: Decisions | None = None,
    spoken_of: Callable[[str], bool] = lambda _: False,
) -> Clusters:
    """Which incoming parties of one source are held ones.

    A source's own ids are its judgement: two rows that it keeps apart are joined only by a fiscal
    code or by a person; else they are a question. A party whose id is held is that party.
    `spoken_of` says of a held id that another row of the source stands for it already.
    """
    parties = list(incoming)
    found = Clusters()
    claimed: dict[str, Party] = {}
    fresh = Index()
    for party in parties:
        if party.id in held.parties:
            found.same[party.id] = party.id
            claimed[party.id] = party
    for party in parties:
        if party.id in found.same:
            continue
        answer = resolve(party, held, decisions)
        other = claimed.get(answer.id or "")
        alone = other is None and not spoken_of(answer.id or "")
        if (
            answer.answer == "same"
            and answer.id is not None
            and _may_join(party, other, answer, alone=alone)
        ):
            found.same[party.id] = answer.id
            claimed.setdefault(answer.id, party)
            continue
        if answer.answer != "none":
            found.asked.append((party, answer))
        _within(party, fresh, decisions, found)
        fresh.add(party)
    return found


def _may_join(party: Party, other: Party | None, answer: Resolution, *, alone: bool) -> bool:
    if alone or (other is not None and party.cui is not None and party.cui == other.cui):
        return True
    return any(feature.name in ("decision", "identifier") for feature in answer.features)


def _within(party: Party, fresh: Index, decisions: Decisions | None, found: Clusters) -> None:
    """Two rows of one source under two ids: one body only by decision or fiscal code."""
    answer = resolve(party, fresh, decisions)
    if (
        answer.answer == "same"
        and answer.id is not None
        and _may_join(party, fresh.parties[answer.id], answer, alone=False)
    ):
        found.decided[party.id] = answer.id
        return
    found.new.append(party.id)
    if answer.answer != "none":
        found.asked.append((party, answer))
