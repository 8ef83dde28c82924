"""An application as the rules see it: who applies, to what, on which day; and how a rule answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from graph.catalogue.base import Record
from graph.match.base import Answer, RuleAnswer
from ontology.errors import InputError, Said


@dataclass(frozen=True)
class Application:
    """Who applies (None where nobody does yet), to which call, on which day; and what is known of the
    project: its sum, its topics, the number of its partners beside the applicant, the percent of it
    that the applicant brings, its places."""

    applicant: Record | None
    call: Record
    day: date
    amount: float | None = None
    currency: str | None = None
    project_topics: tuple[str, ...] = ()
    partners: int | None = None
    own_share: float | None = None
    project_places: tuple[str, ...] = ()
    known: Mapping[str, Record] = field(default_factory=dict, repr=False)
    """Things of the map by id: what the places that a call names are called and lie in."""

    def rule(self, kind: str) -> Mapping[str, Any] | None:
        """What the call states about a rule."""
        rules = self.call.values.get("rules", ())
        return next((one for one in rules if one.get("kind") == kind), None)

    def of_applicant(self, name: str) -> Any:
        """A value of the applicant's, None when it is not known or nobody applies."""
        return self.applicant.values.get(name) if self.applicant is not None else None


MOST_ASKED: Final = 1e15
"""The greatest sum that a project may ask for; above, it is a mistake."""


@dataclass(frozen=True)
class Brought:
    """What an applicant says of its project: the sum it asks for, how many partners it has, the percent
    of the costs that it brings itself; None for what it does not say."""

    amount: float | None = None
    currency: str | None = None
    partners: int | None = None
    own_share: float | None = None

    def to(self, case: Application) -> Application:
        """The application with these. Raises InputError for a figure that cannot be."""
        figures = {"amount": (self.amount, MOST_ASKED), "partners": (self.partners, math.inf),
                   "ownShare": (self.own_share, 100.0)}  # fmt: skip
        for name, (value, most) in figures.items():
            if value is not None and not 0 <= value <= most:
                least_most = f"0 – {most:.0f}" if math.isfinite(most) else "0 …"
                raise InputError(
                    Said(f"{value} nu se poate", f"{value} cannot be"),
                    Said(f"Dați un număr în {least_most}.", f"Give a number in {least_most}."),
                    name,
                )
        return replace(
            case,
            amount=self.amount,
            currency=self.currency,
            partners=self.partners,
            own_share=self.own_share,
        )


NOTHING = Brought()
"""Nothing is said of the project."""


def answered(rule: str, answer: Answer, ro: str, en: str, *missing: Said) -> RuleAnswer:
    """A rule's answer in both languages, with the facts that are missing and who has them."""
    return RuleAnswer(rule, answer, Said(ro, en), missing)


def unstated(rule: str, ro: str, en: str) -> RuleAnswer:
    """UNKNOWN: the call says nothing about a rule, the funder's guide does."""
    return answered(
        rule,
        "UNKNOWN",
        f"Apelul nu spune {ro}.",
        f"The call does not say {en}.",
        Said(f"{ro} (din ghidul finanțatorului)", f"{en} (from the funder's guide)"),
    )


def contradicted(rule: str, ro: str, en: str) -> RuleAnswer:
    """UNKNOWN: the call says two things that cannot both be true."""
    return answered(
        rule,
        "UNKNOWN",
        f"Apelul se contrazice: {ro}.",
        f"The call contradicts itself: {en}.",
        Said("care dintre ele este valabilă (o știe finanțatorul)",
             "which of them holds (the funder knows)"),
    )  # fmt: skip


def unasked(rule: str, ro: str, en: str) -> RuleAnswer:
    """UNKNOWN: it depends on the applicant, and nobody applies yet."""
    return answered(rule, "UNKNOWN", ro, en, Said("cine depune cererea", "who applies"))
