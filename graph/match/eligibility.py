"""Whether an organisation may apply to a call: every rule answers YES, NO or UNKNOWN, with a sentence.

A call that states nothing about a rule answers UNKNOWN with the missing fact. No rule guesses, and
what a call states against itself is UNKNOWN too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from graph.match.base import RULES, Answer, Eligibility, RuleAnswer
from graph.match.rules.case import Application
from graph.match.rules.money import amount, cofinancing, partners
from graph.match.rules.people import dates, legal_form, topic
from graph.match.rules.place import territory

__all__ = ["Application", "judge", "overall"]

_RULES: Final[Mapping[str, Callable[[Application], RuleAnswer]]] = {
    "legal_form": legal_form,
    "territory": territory,
    "dates": dates,
    "partners": partners,
    "amount": amount,
    "cofinancing": cofinancing,
    "topic": topic,
}


def overall(rules: Sequence[RuleAnswer]) -> Answer:
    """NO if any rule is NO, else UNKNOWN if any is, else YES."""
    answers = {one.answer for one in rules}
    return "NO" if "NO" in answers else "UNKNOWN" if "UNKNOWN" in answers else "YES"


def judge(case: Application, rules: Sequence[str] = RULES) -> Eligibility:
    """The answer of every rule, and of all together."""
    answers = tuple(_RULES[name](case) for name in rules)
    return Eligibility(overall(answers), answers)
