"""Who asks for money: a legal form, a town, topics, a sum, or an organisation with its own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from graph.catalogue.base import Record
from graph.match.base import RULES
from graph.match.eligibility import Application, judge
from graph.match.words import form_text
from graph.search.text import tokens
from ontology.loading import load_model
from viz.asked import Asked
from viz.pages.named import Doubt, Meant, doubt, meant, names
from viz.xml_text import fit

LASTING = [rule for rule in RULES if rule != "dates"]
"""What closes a call whatever the day is; a programme is judged by it, as the days of its newest call may be over."""


@dataclass(frozen=True)
class Choice:
    """One option of a field of a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Who:
    """Who asks: an organisation with its own facts, or what she says of herself; topics and a sum in lei."""

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

    @property
    def described(self) -> Record | None:
        """An organisation of which nothing is known but the legal form and the town that are said; it is on no map."""
        if not (self.form or self.town):
            return None
        said: dict[str, object] = {"legalForm": self.form, "city": self.town}
        said["topics"] = [f"topic/{slug}" for slug in sorted(self.topics)]
        values = {name: value for name, value in said.items() if value}
        return Record("", "Organisation", "ORGANISATION", values)

    @property
    def applying(self) -> Record | None:
        """Who would apply: the organisation of the map, else the one that is described."""
        return self.record or self.described

    def in_words(self, lang: str) -> str:
        """What is said of an organisation that is not on the map: `association, Timișoara`; empty for one that is."""
        if self.record is not None:
            return ""
        return ", ".join(
            w for w in (form_text(self.form, lang) if self.form else "", self.town) if w
        )

    def told(self, asked: Asked) -> str:
        """Who asks and for what, in a few words; empty when nothing is said."""
        lang, known = asked.lang, load_model().topics
        words = [self.record.label(lang)] if self.record is not None else []
        words += [self.in_words(lang)]
        words += [known[slug].label(lang) for slug in sorted(self.topics) if slug in known]
        words += [asked.speech.money(self.amount, "RON")] if self.amount is not None else []
        return ", ".join(word for word in words if word)

    def titled(self, asked: Asked, title: str) -> str:
        """The title of a file that holds only what is for who asks."""
        told = self.told(asked)
        return f"{title}: {told}" if told else title

    def application(self, call: Record, day: date) -> Application:
        """The application to a call, as the rules see it."""
        lei = "RON" if self.amount is not None else None
        return Application(self.applying, call, day, amount=self.amount, currency=lei)

    def address(self, asked: Asked, name: str) -> str:
        """A file below the language that holds only what is for who asks; calendars fetch it again and again."""
        said = [("form", self.form), ("town", self.town)]
        said += [("topic", topic) for topic in sorted(self.topics)]
        said.append(("amount", asked.one("amount")))
        said.append(("org", self.record.id if self.record is not None else ""))
        words = urlencode([(key, value) for key, value in said if value])
        return f"/{asked.lang}/{name}" + (f"?{words}" if words else "")

    def may(self, call: Record, day: date) -> bool:
        """False when a call is about other topics, or a stated condition closes it to who asks."""
        return self.about(call) and judge(self.application(call, day), LASTING).answer != "NO"

    def about(self, call: Record) -> bool:
        """False when topics are asked for and the call has none of them."""
        return not self.topics or bool(self.topics & _wide(call))

    def lets(self, call: Record, day: date) -> bool:
        """False when a stated condition excludes what the form says. What the map says of an
        organisation hides nothing: the answer stands beside the call."""
        if self.described is None and (self.amount is None or self.record is not None):
            return True
        return replace(self, record=None).may(call, day)


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
    town = " ".join(fit(asked.one("town")).split())
    who = Who(asked.one("form"), town, topics, asked.amount("amount"), record)
    if record is not None:
        return who, None
    return who, doubt(asked, given, found.near, org="{id}") if given else None


def _surely(given: str, near: Sequence[Record]) -> Record | None:
    """The only organisation near whose name has all the words."""
    words = set(tokens(given))
    held = [r for r in near if words and any(words <= set(name) for name in names(r))]
    return held[0] if len(held) == 1 else None


def form_choices(who: Who, lang: str) -> tuple[Choice, ...]:
    """The legal forms to choose from."""
    return tuple(
        Choice(code.value, code.label(lang), code.value == who.form)
        for code in load_model().codes["LegalForm"].codes.values()
        if not code.is_function and code.value != "unknown"
    )
