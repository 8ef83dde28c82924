"""What matching gives: answers, reasons with their evidence, gaps, consortia."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.catalogue.base import Statement
from ontology.errors import Said

Answer = Literal["YES", "NO", "UNKNOWN"]

RULES = ("legal_form", "territory", "dates", "partners", "amount", "cofinancing", "topic")
"""The rules of eligibility; an answer holds every one."""

MISSING = ("responsible", "partner", "money", "group", "indicator", "news")
"""What a plan action can lack."""


@dataclass(frozen=True)
class Reason:
    """One feature's share of a score: `contribution = weight × value`, over the sum of all weights."""

    kind: str
    weight: float
    value: float
    contribution: float
    text: Said
    evidence: tuple[Statement, ...]


@dataclass(frozen=True)
class RuleAnswer:
    """One rule's answer, its sentence and, when UNKNOWN, the facts that are missing and who has them."""

    rule: str
    answer: Answer
    text: Said
    missing: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Eligibility:
    """NO if any rule is NO, else UNKNOWN if any is, else YES."""

    answer: Answer
    rules: tuple[RuleAnswer, ...]


@dataclass(frozen=True)
class Match:
    """One candidate: how well it fits (0 to 1), whether it may, and why."""

    id: str
    score: float
    eligible: Answer
    reasons: tuple[Reason, ...]
    eligibility: Eligibility | None = None
    note: Said | None = None


@dataclass(frozen=True)
class Subject:
    """What partners or money are looked for: a thing on the map, or an idea in free text."""

    id: str | None
    text: str | None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchResult:
    """The subject and its matches, best first; `note` says why there are none."""

    subject: Subject
    matches: tuple[Match, ...]
    note: Said | None = None


@dataclass(frozen=True)
class Gap:
    """What a plan action lacks, how badly (0 to 1), and who could fill it."""

    action: str
    missing: tuple[str, ...]
    severity: float
    best: Match | None


@dataclass(frozen=True)
class TargetCheck:
    """A countable target of the plan held against the graph: what was wanted, what is there, met or not."""

    target: str
    wanted: float
    found: int
    met: bool
    evidence: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Member:
    """One organisation of a consortium: which rules and topics it fills, and why it is in."""

    organisation: str
    fills: tuple[Said, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Consortium:
    """A smallest set of organisations that satisfies a call; `together` are projects they share."""

    members: tuple[Member, ...]
    score: float
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    together: tuple[str, ...]
    eligibility: Eligibility
    note: Said | None = None


@dataclass(frozen=True)
class Advice:
    """What would raise a score: the feature, by how much at most, and what to do."""

    kind: str
    gain: float
    text: Said
