"""Money as one organisation may get it: the matches of an idea, judged by the rules for who would apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.catalogue.base import Record
from graph.match.base import RULES, Eligibility, Subject
from graph.match.eligibility import Application, judge
from viz.asked import Asked
from viz.pages.applicant import LASTING
from viz.pages.matching import ANSWERS, Line, rule_lines
from viz.pages.programmes import newest_first


@dataclass(frozen=True)
class Judged:
    """The lines that no stated rule closes to the applicant, and how many others there were."""

    lines: tuple[Line, ...]
    refused: tuple[Line, ...]


def for_applicant(
    asked: Asked, subject: Subject, lines: Sequence[Line], applicant: Record
) -> Judged:
    """The lines with the answers for this applicant and this idea; those that answer no apart."""
    told = [_told(asked, subject, line, applicant) for line in lines]
    return Judged(
        tuple(line for line in told if line.eligible != "NO"),
        tuple(line for line in told if line.eligible == "NO"),
    )


def _told(asked: Asked, subject: Subject, line: Line, applicant: Record) -> Line:
    found = _answer(asked, subject, line.pick, applicant)
    if found is None:
        return line
    return replace(
        line,
        eligible=found.answer,
        eligible_label=ANSWERS[found.answer](asked.lang),
        rules=rule_lines(asked, found),
    )


def _answer(asked: Asked, subject: Subject, id_: str, applicant: Record) -> Eligibility | None:
    """What the rules of a call, or of a programme's newest call, say; None where there is no call."""
    data = asked.ground.data
    (record,) = data.catalogue.records([id_])
    if record is None:
        return None
    call = record
    rules: Sequence[str] = RULES
    if record.kind != "CALL":
        held = data.catalogue.records(data.catalogue.links([id_], "calls")[id_])
        editions = newest_first(one for one in held if one is not None)
        if not editions:
            return None
        call, rules = editions[0], LASTING
    case = Application(
        applicant,
        call,
        asked.ground.today,
        project_topics=subject.topics,
        known=data.matcher.world.records,
    )
    return judge(case, rules)
