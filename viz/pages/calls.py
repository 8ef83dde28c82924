"""Calls as the money page shows them, and all it shows as a table to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.match.eligibility import judge
from ontology.loading import load_model
from viz.asked import Asked
from viz.pages.applicant import Who
from viz.pages.cards import Card, card
from viz.pages.matching import ANSWERS, RuleLine, rule_lines
from viz.pages.programmes import ProgrammeLine
from viz.pages.tables import table


@dataclass(frozen=True)
class CallLine:
    """A call with its conditions in short and, when it is known who asks, whether it may apply."""

    card: Card
    conditions: tuple[str, ...]
    answer: str | None
    answer_label: str
    rules: tuple[RuleLine, ...]


def _conditions(asked: Asked, call: Record) -> tuple[str, ...]:
    """The conditions of a call in short."""
    texts = [(r.get("text") or {}) for r in call.values.get("rules", ())]
    return tuple(t.get(asked.lang) or next(iter(t.values()), "") for t in texts if t)


def call_line(asked: Asked, call: Record, who: Who) -> CallLine:
    """A call for who asks."""
    found = None if who.applying is None else judge(who.application(call, asked.ground.today))
    return CallLine(
        card(asked, call),
        _conditions(asked, call),
        found.answer if found else None,
        ANSWERS[found.answer](asked.lang) if found else "",
        rule_lines(asked, found),
    )


def money_table(
    asked: Asked, calls: Sequence[CallLine], programmes: Sequence[ProgrammeLine]
) -> Response:
    """Calls and programmes as CSV, with the answer for who asks and the rules behind it."""
    say, lang = asked.speech.say, asked.lang
    kinds = load_model().kinds

    def name(words: Mapping[str, str]) -> str:
        return words.get(lang) or next(iter(words.values()), "")

    def rules(held: Sequence[RuleLine]) -> str:
        return "; ".join(f"{rule.label}: {rule.answer_label}. {rule.text}" for rule in held)

    rows = [
        [
            name(one.card.name),
            one.card.kind_label,
            one.card.state_label or "",
            "; ".join(one.card.facts),
            " ".join(one.conditions),
            one.answer_label,
            rules(one.rules),
            one.card.url,
        ]
        for one in calls
    ]
    programme = kinds["PROGRAMME"].label(lang)
    rows += [
        [name(one.name), programme, "", one.ran, "", one.answer_label, rules(one.rules), one.url]
        for one in programmes
    ]
    words = ("name", "kind", "state", "facts", "Conditions", "may it", "reasons")
    return table("resurse-funding", [*(say(one) for one in words), "url"], rows)
