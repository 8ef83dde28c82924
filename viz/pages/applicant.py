"""Who asks for money: a legal form, a town, topics, a sum, or an organisation with its own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from graph.catalogue.base import Record
from graph.match.base import RULES
from graph.match.eligibility import Application, judge
from graph.match.rules.territory import lies_in
from graph.search.text import tokens
from ontology.loading import load_model
from viz.asked import Asked
from viz.pages.named import Doubt, Meant, doubt, meant, names

LASTING = [rule for rule in RULES if rule != "dates"]
"""What closes a call whatever the day is; a programme is judged by it, as the days of its newest call may be over."""


@dataclass(frozen=True)
class Who:
    """Who asks: a legal form, a town, topics, a sum; or an organisation with its own facts."""

    form: str
    town: str
    topics: frozenset[str]
    amount: float | None
    record: Record | None

    @property
    def says_anything(self) -> bool:
        """True when some filter is set."""
        return bool(
            self.form
            or self.town
            or self.topics
            or self.amount is not None
            or self.record is not None
        )

    def address(self, asked: Asked, name: str) -> str:
        """A file below the language that holds only what is for who asks; calendars fetch it again and again."""
        said = [("form", self.form), ("town", self.town)]
        said += [("topic", topic) for topic in sorted(self.topics)]
        said.append(("amount", asked.one("amount")))
        said.append(("org", self.record.id if self.record is not None else ""))
        words = urlencode([(key, value) for key, value in said if value])
        return f"/{asked.lang}/{name}" + (f"?{words}" if words else "")

    def may(self, call: Record, day: date) -> bool:
        """False when a stated condition, or the organisation's own facts, close the call to who asks."""
        if not self.lets(call):
            return False
        return self.record is None or (
            judge(Application(self.record, call, day, amount=self.amount), LASTING).answer != "NO"
        )

    def lets(self, call: Record) -> bool:
        """False when a stated condition of the call excludes what is known of who asks."""
        if self.form:
            allowed = [
                f
                for r in call.values.get("rules", ())
                if r.get("kind") == "legal_form"
                for f in r.get("legalForms", ())
            ]
            if allowed and self.form not in allowed:
                return False
        if self.town:
            area = next(
                (
                    r.get("territory")
                    for r in call.values.get("rules", ())
                    if r.get("kind") == "territory"
                ),
                None,
            )
            if area and lies_in(self.town, str(area)) == "NO":
                return False
        if self.topics and not self.topics & _wide(call):
            return False
        ceiling = call.values.get("maxGrant")
        return not (self.amount is not None and ceiling is not None and self.amount > ceiling)


NOBODY = Who("", "", frozenset(), None, None)
"""Who says nothing of herself: every call is open to her."""


def _wide(call: Record) -> set[str]:
    slugs = {t.removeprefix("topic/") for t in call.refs("topics")}
    return slugs | {up for s in slugs for up in load_model().ancestors(s)}


def who_asks(asked: Asked) -> tuple[Who, Doubt | None]:
    """Who asks, by id or by a name that is surely meant; else organisations that may be meant."""
    given = asked.one("org")
    found = meant(asked, given, ("ORGANISATION",)) if given else Meant(None, ())
    record = found.record or _surely(given, found.near)
    topics = frozenset(t.removeprefix("topic/") for t in asked.many("topic"))
    who = Who(asked.one("form"), asked.one("town"), topics, asked.amount("amount"), record)
    if record is not None:
        return who, None
    return who, doubt(asked, given, found.near, org="{id}") if given else None


def _surely(given: str, near: Sequence[Record]) -> Record | None:
    """The only organisation near whose name has all the words."""
    words = set(tokens(given))
    held = [r for r in near if words and any(words <= set(name) for name in names(r))]
    return held[0] if len(held) == 1 else None
