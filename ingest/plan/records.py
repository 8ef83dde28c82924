"""What a plan holds once it has been read: plain records, each with the passage it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.plan.spots import in_english

COMPARATORS = ("atLeast", "atMost", "exactly", "approximately", "between")
LEVELS = ("local", "national", "international")

Spans = tuple[tuple[int, int], ...]
Number = int | float


EXTRA: Mapping[str, bool] = {"extra": True}
"""Marks a field beyond the contract's: written only when it holds something."""


@dataclass(frozen=True)
class Passage:
    """Where something stands in a document: character positions, and the words unless withheld.

    A statement that a page break cut has several spans. `text` is None in a file that may not
    repeat the document's words; then the spans alone are written, as `char=120,180;char=310,344`.
    """

    spans: Spans = ()
    text: str | None = None

    @property
    def positions(self) -> str:
        """The spans in the notation of RFC 5147, joined by `;`."""
        return ";".join(f"char={start},{end}" for start, end in self.spans)


@dataclass(frozen=True)
class Source:
    """The document a plan was read from: its name, format, checksum and length in characters."""

    name: str = ""
    format: str = ""
    sha256: str = ""
    characters: int = 0


@dataclass(frozen=True)
class PlanWarning:
    """Something doubtful: where it is, and what is doubtful about it, in both languages."""

    where: str
    message: str
    message_en: str | None = None
    where_en: str | None = None

    def __post_init__(self) -> None:
        if self.where_en is None:
            object.__setattr__(self, "where_en", in_english(self.where))


@dataclass(frozen=True)
class Measure:
    """The number in a statement. No number: every field None."""

    comparator: str | None = None
    value: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    unit: str | None = None
    counted: str | None = field(default=None, metadata=EXTRA)
    rate: str | None = None
    denominator: str | None = field(default=None, metadata=EXTRA)


@dataclass(frozen=True)
class PlanTarget(Measure):
    """A target result as stated, with the number in it."""

    text: str = ""
    text_en: str | None = field(default=None, metadata=EXTRA)
    kind: str | None = field(default=None, metadata=EXTRA)
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanActor:
    """A possible actor: named, or of a `generic` sort, or one more of an open `category`."""

    name: str = ""
    generic: str | None = None
    generic_en: str | None = field(default=None, metadata=EXTRA)
    category: str | None = None
    id: str | None = field(default=None, metadata=EXTRA)
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanAction:
    """An action: its code (`A1.6`) and title."""

    code: str = ""
    title: str = ""
    title_en: str | None = field(default=None, metadata=EXTRA)
    topics: tuple[str, ...] = field(default=(), metadata=EXTRA)
    targets: tuple[int, ...] = field(default=(), metadata=EXTRA)
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanRelevance:
    """Why a commitment matters at one level; `refers_to` holds ids of what it names."""

    level: str = ""
    text: str = ""
    text_en: str | None = field(default=None, metadata=EXTRA)
    refers_to: tuple[str, ...] = field(default=(), metadata=EXTRA)
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanCalendar:
    """The passage that says when a commitment runs."""

    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanCommitment:
    """A commitment with everything under it. Dates are ISO days."""

    code: str = ""
    title: str = ""
    title_en: str | None = field(default=None, metadata=EXTRA)
    start: str | None = None
    end: str | None = None
    calendar: PlanCalendar | None = field(default=None, metadata=EXTRA)
    description: str | None = None
    description_evidence: Passage | None = field(default=None, metadata=EXTRA)
    objectives: tuple[str, ...] = ()
    objectives_en: tuple[str, ...] = field(default=(), metadata=EXTRA)
    objectives_evidence: Passage | None = field(default=None, metadata=EXTRA)
    problem: str | None = None
    problem_en: str | None = field(default=None, metadata=EXTRA)
    problem_evidence: Passage | None = field(default=None, metadata=EXTRA)
    topics: tuple[str, ...] = field(default=(), metadata=EXTRA)
    title_threshold: Measure | None = field(default=None, metadata=EXTRA)
    actors: tuple[PlanActor, ...] = ()
    targets: tuple[PlanTarget, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    relevance: tuple[PlanRelevance, ...] = ()
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanNamed:
    """Something the plan names: `type`, `number`, `date`, `status`, `url` where they apply."""

    name: str = ""
    type: str | None = field(default=None, metadata=EXTRA)
    number: str | None = field(default=None, metadata=EXTRA)
    date: str | None = field(default=None, metadata=EXTRA)
    status: str | None = field(default=None, metadata=EXTRA)
    url: str | None = field(default=None, metadata=EXTRA)
    title: str | None = field(default=None, metadata=EXTRA)
    id: str | None = field(default=None, metadata=EXTRA)
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanRest:
    """Text before or after the commitments that no entry holds: how the plan was made, its cover."""

    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanEvent:
    """A debate or consultation: its day and how many took part."""

    name: str = ""
    type: str | None = field(default=None, metadata=EXTRA)
    date: str | None = None
    attendance: int | None = None
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanMember:
    """A member of a group that prepared the plan."""

    name: str = ""
    id: str | None = field(default=None, metadata=EXTRA)


@dataclass(frozen=True)
class PlanGroup:
    """A group that prepared the plan, its members, and the act that set it up."""

    name: str = ""
    id: str | None = field(default=None, metadata=EXTRA)
    legal_act: str | None = None
    members: tuple[PlanMember, ...] = ()
    evidence: Passage | None = None


@dataclass(frozen=True)
class PlanHead:
    """What the plan says about itself as a whole."""

    id: str | None = field(default=None, metadata=EXTRA)
    identifiers: tuple[str, ...] = field(default=(), metadata=EXTRA)
    title: str | None = None
    title_en: str | None = field(default=None, metadata=EXTRA)
    page: str | None = field(default=None, metadata=EXTRA)
    city: str | None = None
    start: str | None = None
    end: str | None = None
    vision: str | None = None
    vision_en: str | None = field(default=None, metadata=EXTRA)
    purpose: str | None = field(default=None, metadata=EXTRA)
    directions: tuple[str, ...] = ()
    directions_en: tuple[str, ...] = field(default=(), metadata=EXTRA)
    directions_evidence: Passage | None = field(default=None, metadata=EXTRA)
    priorities: tuple[str, ...] = ()
    priorities_en: tuple[str, ...] = field(default=(), metadata=EXTRA)
    priorities_evidence: Passage | None = field(default=None, metadata=EXTRA)
    topics: tuple[str, ...] = field(default=(), metadata=EXTRA)
    preparedBy: tuple[str, ...] = ()  # the name in the file
    evidence: Passage | None = None
