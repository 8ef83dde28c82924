"""Are two parties one body? Same, ask a person, or none, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.identity.features import RULES
from ingest.identity.pair import Effect, Pair, name_text, shared_weight
from ingest.identity.party import Party
from ingest.identity.rarity import Stats
from ontology.errors import Said

Outcome = Literal["same", "ask", "none"]

SAME, ASK = 0.85, 0.5
"""The least score of each answer."""
DOUBT = 0.9
"""What every reason to ask beyond the first leaves of the score."""


@dataclass(frozen=True)
class Feature:
    """One reason: its name, what it adds up to (0 speaks against, 1 for), and a sentence."""

    name: str
    score: float
    text: Said


@dataclass(frozen=True)
class Judgement:
    """The answer for one pair; `left` is who was looked for, `right` the id of the candidate.

    `names` is what the names alone would score.
    """

    outcome: Outcome
    score: float
    features: tuple[Feature, ...]
    left: str = ""
    right: str = ""
    label: str = ""
    exact: bool = False
    names: float = 0.0

    def why(self, lang: str = "en") -> list[str]:
        """The reasons as sentences."""
        return [feature.text(lang) for feature in self.features]


def outcome_of(score: float) -> Outcome:
    """The answer that a score stands for."""
    return "same" if score >= SAME else "ask" if score >= ASK else "none"


@dataclass(frozen=True)
class _Names:
    score: float
    exact: bool
    pair: Pair
    shared: float
    effects: tuple[Effect, ...]


def _judge_names(pair: Pair) -> _Names:
    shared = score = shared_weight(pair)
    effects = tuple(e for rule in RULES if (e := rule(pair)) is not None) if shared > 0.2 else ()
    limit = 1.0
    for effect in effects:
        score *= effect.factor
        limit = min(limit, effect.limit)
    doubts = sum(effect.limit < SAME for effect in effects)
    score *= DOUBT ** max(0, doubts - 1)
    return _Names(_limited(score, limit), pair.exact, pair, shared, effects)


def _limited(score: float, limit: float) -> float:
    """At most `limit`; scores near or above it keep their order in the last 0.03 below it."""
    knee = limit - 0.03
    if limit >= 1.0 or score <= knee:
        return score
    return knee + (limit - knee) * (score - knee) / (1.0 - knee)


def _by_names(a: Party, b: Party, stats: Stats) -> _Names | None:
    found = [
        _judge_names(Pair.of(a, x, b, y, stats))
        for x in a.parsed
        for y in b.parsed
        if not (x.shortened and y.shortened)
    ]
    return max(found, key=lambda one: (one.score, one.shared, one.exact), default=None)


def _by_identifier(a: Party, b: Party) -> Feature | None:
    if a.cui is None or b.cui is None:
        return None
    if a.cui == b.cui:
        return Feature(
            "identifier",
            1.0,
            Said(f"același cod fiscal, {a.cui}", f"the same fiscal code, {a.cui}"),
        )
    return Feature(
        "identifier",
        0.0,
        Said(
            f"coduri fiscale diferite: {a.cui} și {b.cui}",
            f"different fiscal codes: {a.cui} and {b.cui}",
        ),
    )


def _adjusted(a: Party, b: Party, names: _Names) -> Iterator[tuple[float, Feature]]:
    """Evidence beside the words of the names: what each adds to the score, and its sentence."""
    if a.host and a.host == b.host:
        bonus = 0.15 if names.score >= ASK else 0.2
        yield (
            bonus,
            Feature("website", 1.0, Said(f"același site, {a.host}", f"the same website, {a.host}")),
        )
    shorts = a.acronyms & b.acronyms
    if shorts and any(n.aside for n in (*a.parsed, *b.parsed)) and names.shared >= ASK:
        short = min(shorts)
        yield (
            0.1,
            Feature(
                "acronym", 1.0, Said(f"aceeași prescurtare, {short}", f"the same acronym, {short}")
            ),
        )


def compare(a: Party, b: Party, stats: Stats | None = None) -> Judgement:
    """Whether `a` and `b` are one body; the same answer with sides exchanged.

    The fiscal code decides where both have one. Else the best pair of their names does: the
    weight of the words in common (`stats` says which are rare), lowered or bounded by the rules
    of features.py, raised by an equal website or acronym.
    """
    stats = stats or Stats()
    code = _by_identifier(a, b)
    names = _by_names(a, b, stats)
    if code is not None and code.score == 1.0:
        alone = names.score if names is not None else 0.0
        return _judgement(a, b, 1.0, (code,), exact=True, alone=alone)
    if names is None:
        return _judgement(a, b, 0.0, ())
    denied = any(effect.limit < ASK for effect in names.effects)
    score = names.score
    extra = [] if denied else list(_adjusted(a, b, names))
    bound = min((e.limit for e in names.effects if e.name != "own_words"), default=0.97)
    if extra:
        score = max(score, min(bound, score + sum(bonus for bonus, _ in extra)))
    features = [Feature("name", round(names.shared, 3), name_text(names.pair))]
    features += [Feature(e.name, round(min(e.factor, e.limit), 3), e.text) for e in names.effects]
    features += [feature for _, feature in extra]
    if code is not None:
        features.insert(0, code)
        score = min(score * 0.7, 0.6)
    exact = names.exact and score >= SAME
    return _judgement(a, b, score, tuple(features), exact=exact, alone=names.score)


def _judgement(
    a: Party,
    b: Party,
    score: float,
    features: tuple[Feature, ...],
    *,
    exact: bool = False,
    alone: float = 0.0,
) -> Judgement:
    rounded = round(score, 4)
    return Judgement(outcome_of(rounded), rounded, features, a.id, b.id, b.label, exact, alone)
