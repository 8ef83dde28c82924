"""The gates: what a candidate is let through by, before any score counts."""

from __future__ import annotations

from datetime import date
from typing import Final

from graph.catalogue.base import Record
from graph.catalogue.calls import CLOSED, call_state
from graph.match.base import Answer, Eligibility, RuleAnswer
from graph.match.eligibility import Application, judge, overall
from graph.match.pair import Pair
from graph.match.rules.case import answered
from ontology.errors import Said

_STATUS: Final[dict[str, Answer]] = {"cancelled": "NO", "retired": "NO", "inactive": "UNKNOWN"}
"""Whether a thing of a status can still be turned to; anything else can."""


def gate(pair: Pair) -> tuple[Answer, Eligibility | None]:
    """Whether a candidate may, and the answers of the rules where a call has some.

    A call is judged for the subject that would apply, or by its dates alone where nobody applies
    yet. A programme is judged by the rules of its newest edition, but for the dates: they are
    forecast. A programme that is listed among organisations carries nothing out.
    """
    candidate, subject, day = pair.candidate, pair.profile.record, pair.day
    if candidate.id in pair.world.programmes_as_bodies:
        return "NO", None
    if candidate.type == "Call":
        found = judge(application(pair, candidate))
        return found.answer, found
    if candidate.type == "Programme" and pair.editions:
        rules = judge(application(pair, pair.editions[0])).rules
        rules = tuple(_next(rule) if rule.rule == "dates" else rule for rule in rules)
        answer = overall(tuple(rule for rule in rules if rule.rule != "dates"))
        return answer, Eligibility(answer, rules)
    if candidate.type == "Organisation" and subject is not None and subject.type == "Call":
        found = judge(Application(candidate, subject, day, known=pair.world.records))
        return found.answer, found
    return _STATUS.get(str(candidate.values.get("status")), "YES"), None


def _next(dates: RuleAnswer) -> RuleAnswer:
    """The dates of a programme: that its newest edition is over says nothing of the next one."""
    if dates.answer != "NO":
        return dates
    return answered(
        "dates",
        "UNKNOWN",
        f"Cea mai nouă ediție: {_inner(dates.text.ro)}",
        f"The newest edition: {_inner(dates.text.en)}",
        Said("când se deschide următoarea ediție (o anunță finanțatorul)",
             "when the next edition opens (the funder announces it)"),
    )  # fmt: skip


def _inner(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def why_not(pair: Pair) -> Said | None:
    """Why a gate says NO, where no rule of a call does."""
    programme = pair.world.programmes_as_bodies.get(pair.candidate.id)
    if programme is None:
        return None
    name = pair.world.records[programme]
    return Said(
        f"Este un program care plătește („{name.label('ro')}”), nu o organizație care duce ceva la capăt.",
        f"It is a programme that pays ('{name.label('en')}'), no body that carries things out.",
    )


def application(pair: Pair, call: Record) -> Application:
    """The subject as an application: of an organisation, or of a project with its sum and partners."""
    subject, applicant, known = pair.profile.record, pair.profile.applicant, pair.world.records
    day = pair.day
    if subject is None or subject.type != "Project":
        return Application(applicant, call, day, known=known)
    return Application(
        applicant,
        call,
        day,
        amount=subject.values.get("amount"),
        currency=subject.values.get("currency"),
        project_topics=subject.refs("topics"),
        partners=len(subject.refs("partners")) or None,
        project_places=subject.refs("place"),
        known=known,
    )


def closed(record: Record, day: date) -> bool:
    """True for a call that takes no more applications."""
    return record.type == "Call" and call_state(record.values, day) == CLOSED
