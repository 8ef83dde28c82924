"""What is known of a subject before anything is compared with it: words, topics, names, place, money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final

from graph.catalogue.base import Record, Statement
from graph.match.base import Subject
from graph.match.facts.names import Named
from graph.match.subject.reading import phrases
from graph.search.text import tokens

MAX_WORDS: Final = 64
"""Words of a text that are looked for one by one."""

DOERS: Final = frozenset({"association", "foundation", "informal_group"})
"""Legal forms of those who carry ideas out, unless they say otherwise."""

HERE: Final = "Timișoara"
"""Where an idea or a thing of the plan is carried out, unless it says otherwise."""


@dataclass(frozen=True)
class Profile:
    """A subject, ready to be compared."""

    subject: Subject
    kind: str
    text: str
    topics: Mapping[str, float]
    topic_evidence: Mapping[str, tuple[Statement, ...]]
    topic_words: Mapping[str, str]
    """By topic that is not stated but read, the words that tell of it."""
    named: Mapping[str, Named]
    generic: Mapping[str, Named]
    """By legal form (or COUNCIL): that the plan names a kind of actor."""
    seeds: Mapping[str, float]
    """Where nearness in the network starts: never at those that the plan names as actors."""
    own: frozenset[str]
    """The subject's own things, which are no candidates."""
    town: str | None = None
    places: frozenset[str] = frozenset()
    amount: float | None = None
    currency: str | None = None
    record: Record | None = field(default=None, repr=False)
    carriers: frozenset[str] = frozenset()
    """Legal forms of those who may carry it out: of a part of the plan its holder and the actors it
    names, of an idea DOERS."""
    applicant: Record | None = field(default=None, repr=False)
    """Who would apply for money: the organisation itself, or the one that leads the project."""

    @cached_property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The words of the text that mean something, each once: folded, and as it is written. The
        town is no word: it is looked at as a place."""
        town = tokens(self.town or "")
        said = (word for phrase in phrases(self.text) for word in phrase if word[0] not in town)
        return tuple(islice(dict(said).items(), MAX_WORDS))

    @property
    def of_plan(self) -> bool:
        """True for a part of a plan, whose actors the plan may name."""
        return self.kind in ("ACTION", "COMMITMENT", "TARGET", "PLAN")
