"""From a pair to a match: values first, sentences and evidence only for what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.match.base import Answer, Eligibility, Match, Reason
from graph.match.features import ALL
from graph.match.forecast import forecast
from graph.match.gates import gate, why_not
from graph.match.pair import Finding, Pair

DIGITS: Final = 4
"""Scores are rounded to so many decimals."""


ABOUT: Final = 0.05
"""What the features that speak of the subject must say at least, on their weighed mean."""

_AROUND: Final = ("place", "capacity")
"""Features that speak of the candidate alone."""


@dataclass(frozen=True)
class Weighed:
    """A pair with what each feature found, its weight, and their weighed mean (0 to 1)."""

    pair: Pair
    findings: tuple[tuple[str, float, Finding], ...]
    score: float

    @property
    def id(self) -> str:
        """The candidate's id."""
        return self.pair.candidate.id

    @property
    def about(self) -> bool:
        """Whether enough ties the candidate to the subject itself, where that was looked for: that it is
        in the right place and large enough says nothing alone."""
        mine = [(w, finding.value) for name, w, finding in self.findings if name not in _AROUND]
        whole = sum(weight for weight, _ in mine)
        return not mine or sum(weight * value for weight, value in mine) >= ABOUT * whole

    @cached_property
    def gate(self) -> tuple[Answer, Eligibility | None]:
        """Whether the candidate may, and the answers of the rules where a call has some."""
        return gate(self.pair)


def weigh(pair: Pair, weights: Mapping[str, float]) -> Weighed:
    """Σ weight × value / Σ weight over the features that can say something for the subject."""
    findings = []
    for name, function in ALL.items():
        weight = weights.get(name, 0.0)
        finding = function(pair) if weight > 0 else None
        if finding is not None:
            findings.append((name, weight, finding))
    whole = sum(weight for _, weight, _ in findings)
    total = sum(weight * finding.value for _, weight, finding in findings)
    return Weighed(pair, tuple(findings), round(total / whole, DIGITS) if whole else 0.0)


def tell(weighed: Weighed) -> Match:
    """The match with its reasons, most important first. What has no evidence is not said and not counted:
    the score is the sum of the contributions."""
    whole = sum(weight for _, weight, _ in weighed.findings) or 1.0
    reasons = []
    for name, weight, finding in weighed.findings:
        if finding.value <= 0:
            continue
        text, evidence = finding.tell()
        if evidence:
            share = round(weight * finding.value / whole, DIGITS)
            value = round(finding.value, DIGITS)
            reasons.append(Reason(name, round(weight, DIGITS), value, share, text, evidence))
    reasons.sort(key=lambda reason: (-reason.contribution, reason.kind))
    score = round(sum(reason.contribution for reason in reasons), DIGITS)
    pair = weighed.pair
    expected = forecast(pair.editions, pair.world, pair.day) if pair.editions else None
    if reasons and expected is not None:
        reasons.append(Reason("forecast", 0.0, 0.0, 0.0, expected.text, expected.evidence))
    answer, eligibility = weighed.gate
    return Match(
        pair.candidate.id, score, answer, tuple(reasons), eligibility, why_not(weighed.pair)
    )
