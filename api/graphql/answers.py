"""What matching answers: matches with reasons, eligibility, gaps, consortia."""

from __future__ import annotations

from enum import Enum
from typing import Any, Optional

import strawberry

from api.graphql.derived import TYPES, Resource, Topic
from api.graphql.loaders import Reading
from api.graphql.scalars import Lang
from api.graphql.statements import Statement, statements_of
from graph.match import base as matching
from ontology.errors import Said

Action: Any = TYPES["Action"]
Organisation: Any = TYPES["Organisation"]
Project: Any = TYPES["Project"]
Target: Any = TYPES["Target"]


@strawberry.enum
class Answer(Enum):
    """A three-valued answer."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@strawberry.type(
    description="One feature's share of a score: contribution = weight × value over the sum of weights."
)
class Reason:
    """Why a match scores as it does."""

    kind: str
    weight: float
    value: float
    contribution: float
    said: strawberry.Private[Said]
    facts: strawberry.Private[Any]

    @strawberry.field(description="The reason as a sentence.")
    def text(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        return self.said(lang.value)

    @strawberry.field(description="The statements it rests on.")
    def evidence(self) -> list[Statement]:
        """With their sources."""
        reading, statements = self.facts
        return statements_of(reading, statements)


@strawberry.type(description="A candidate, how well it fits (0 to 1), whether it may, and why.")
class Match:
    """One line of a match."""

    node: Resource  # type: ignore[valid-type]
    score: float
    eligible: Answer
    reasons: list[Reason]
    said: strawberry.Private[Optional[Said]] = None  # noqa: UP045

    @strawberry.field(description="Why not, where no rule of a call says it.")
    def note(self, lang: Lang = Lang.RO) -> Optional[str]:  # noqa: UP045
        """In a language."""
        return self.said(lang.value) if self.said else None


@strawberry.type(description="The subject and its matches, best first.")
class MatchResult:
    """`note` says why there are none."""

    subject: Optional[Resource]  # type: ignore[valid-type]  # noqa: UP045
    matches: list[Match]
    said: strawberry.Private[Optional[Said]]  # noqa: UP045

    @strawberry.field(description="Why the list is empty or short, if it is.")
    def note(self, lang: Lang = Lang.RO) -> Optional[str]:  # noqa: UP045
        """In a language."""
        return self.said(lang.value) if self.said else None


@strawberry.type(description="One rule's answer.")
class RuleAnswer:
    """With its sentence and, when UNKNOWN, the facts that are missing."""

    rule: str
    answer: Answer
    missing: list[str]
    said: strawberry.Private[Said]

    @strawberry.field(description="The answer as a sentence.")
    def text(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        return self.said(lang.value)


@strawberry.type(
    description="Whether an organisation may apply: NO if any rule is NO, else UNKNOWN if any is, else YES."
)
class Eligibility:
    """`rules` always holds every rule."""

    answer: Answer
    rules: list[RuleAnswer]


@strawberry.type(description="What a plan action lacks.")
class Gap:
    """Some of responsible, partner, money, group, indicator, news."""

    action: Action  # type: ignore[valid-type]
    missing: list[str]
    severity: float
    best_candidate: Optional[Match]  # noqa: UP045


@strawberry.type(description="One organisation of a consortium and what it brings.")
class ConsortiumMember:
    """Which rules and topics it fills."""

    organisation: Organisation  # type: ignore[valid-type]
    topics: list[Topic]  # type: ignore[valid-type]
    filled: strawberry.Private[Any]

    @strawberry.field(description="What it fills, as sentences.")
    def fills(self, lang: Lang = Lang.RO) -> list[str]:
        """In a language."""
        return [one(lang.value) for one in self.filled]


@strawberry.type(
    description="A smallest set of organisations that satisfies a call's partner rules."
)
class Consortium:
    """Members, what they cover, and whether they worked together before."""

    members: list[ConsortiumMember]
    score: float
    covered: list[Topic]  # type: ignore[valid-type]
    uncovered: list[Topic]  # type: ignore[valid-type]
    worked_together: list[Project]  # type: ignore[valid-type]
    eligibility: Eligibility
    said: strawberry.Private[Optional[Said]]  # noqa: UP045

    @strawberry.field(description="What is still open about this set.")
    def note(self, lang: Lang = Lang.RO) -> Optional[str]:  # noqa: UP045
        """In a language."""
        return self.said(lang.value) if self.said else None


def match_of(reading: Reading, thing: Any, one: matching.Match) -> Match:
    """A match as GraphQL gives it; `thing` is the candidate's node."""
    reasons = [
        Reason(
            kind=r.kind,
            weight=r.weight,
            value=r.value,
            contribution=r.contribution,
            said=r.text,
            facts=(reading, r.evidence),
        )
        for r in one.reasons
    ]
    return Match(
        node=thing,
        score=one.score,
        eligible=Answer(one.eligible),
        reasons=reasons,
        said=one.note,
    )


def matches_of(reading: Reading, found: matching.MatchResult) -> MatchResult:
    """A whole result; the candidates load together."""
    ids = [one.id for one in found.matches]
    things = reading.things_of(ids)
    subject = reading.things_of([found.subject.id])[0] if found.subject.id else None
    made = [
        match_of(reading, thing, one)
        for thing, one in zip(things, found.matches, strict=True)
        if thing is not None
    ]
    return MatchResult(subject=subject, matches=made, said=found.note)


def eligibility_of(found: matching.Eligibility, lang: str = "ro") -> Eligibility:
    """The answer with every rule; missing facts in Romanian."""
    rules = [
        RuleAnswer(
            rule=r.rule, answer=Answer(r.answer), missing=[m(lang) for m in r.missing], said=r.text
        )
        for r in found.rules
    ]
    return Eligibility(answer=Answer(found.answer), rules=rules)


def gaps_of(reading: Reading, found: list[matching.Gap]) -> list[Gap]:
    """Gaps with their actions and best candidates, loaded together."""
    actions = reading.things_of([one.action for one in found])
    best = [one.best.id for one in found if one.best]
    things = dict(zip(best, reading.things_of(best), strict=True))
    return [
        Gap(
            action=action,
            missing=list(one.missing),
            severity=one.severity,
            best_candidate=match_of(reading, things[one.best.id], one.best)
            if one.best and things.get(one.best.id)
            else None,
        )
        for one, action in zip(found, actions, strict=True)
        if action is not None
    ]


def consortia_of(reading: Reading, found: list[matching.Consortium]) -> list[Consortium]:
    """Consortia with their members, topics and shared projects."""
    made = []
    for one in found:
        members = [
            ConsortiumMember(
                organisation=thing, topics=reading.existing(list(m.topics)), filled=m.fills
            )
            for m, thing in zip(
                one.members, reading.things_of([m.organisation for m in one.members]), strict=True
            )
            if thing is not None
        ]
        made.append(
            Consortium(
                members=members,
                score=one.score,
                covered=reading.existing(list(one.covered)),
                uncovered=reading.existing(list(one.uncovered)),
                worked_together=reading.existing(list(one.together)),
                eligibility=eligibility_of(one.eligibility),
                said=one.note,
            )
        )
    return made
