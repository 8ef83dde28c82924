"""What is known of a subject before anything is compared with it: words, topics, names, place, money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.catalogue.base import Record, Statement
from graph.match.base import Subject
from graph.match.world import World, slug
from graph.search.hybrid import Search
from graph.search.text import fold
from ontology.model import load_model

COMMITMENT_SHARE = 0.35
"""What a commitment's topics count for in its actions."""

NEAR_TOPIC = 0.5
"""What a topic counts for that was not named but lies near in meaning."""

MAX_TEXT = 4_000
"""Characters of a free text that are read; an idea needs no more."""


@dataclass(frozen=True)
class Named:
    """That the plan or the text names a thing: how strongly (0 to 1), and the statements that say so."""

    strength: float
    evidence: tuple[Statement, ...]
    words: str


@dataclass(frozen=True)
class Profile:
    """A subject, ready to be compared."""

    subject: Subject
    kind: str
    text: str
    topics: Mapping[str, float]
    topic_evidence: Mapping[str, tuple[Statement, ...]]
    named: Mapping[str, Named]
    generic: Mapping[str, Named]
    """By legal form (or COUNCIL): that the plan names a kind of actor."""
    seeds: Mapping[str, float]
    own: frozenset[str]
    """The subject's own things, which are no candidates."""
    town: str | None = None
    places: frozenset[str] = frozenset()
    amount: float | None = None
    currency: str | None = None
    record: Record | None = field(default=None, repr=False)


_GENERIC: tuple[tuple[str, tuple[str, ...], float], ...] = (
    (r"universit|academic", ("university",), 0.7),
    (r"consili\w* consultativ", ("COUNCIL",), 0.6),
    (
        r"institutii\w* publice|autoritat",
        ("public_institution", "city_department", "county_body"),
        0.5,
    ),
    (r"grupuri informale|grupuri de actiune|grupuri de initiativa", ("informal_group",), 0.35),
    (
        r"\bong|organizatii\w* (neguvernamentale|specializate)|asociatii",
        ("association", "foundation", "federation"),
        0.2,
    ),
    (r"economic|privat|firme|companii", ("company", "cluster"), 0.5),
    (r"student", ("student_organisation",), 0.5),
    (r"scoli|licee", ("school",), 0.5),
)
"""Words of generic actors, the forms they mean, and how much being of that form says."""


class Names:
    """Finds things that a text names, by their own names and by those of the catalogue."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], set[str]]:
        found: dict[tuple[str, ...], set[str]] = {}
        for record in self.world.records.values():
            if record.type not in (
                "Organisation",
                "Council",
                "WorkingGroup",
                "Platform",
                "Programme",
                "Place",
            ):
                continue
            label = record.values.get("label") or {}
            for name in (*label.values(), *record.values.get("altLabels", ())):
                words = tuple(fold(name).split())
                if len(words) >= 2 or (
                    len(words) == 1
                    and (record.type == "Place" or (name.isupper() and len(name) >= 3))
                ):
                    found.setdefault(words, set()).add(record.id)
        return found

    def within(self, text: str) -> dict[str, str]:
        """By id, the words of the text that name it; the longest name wins, a one-word name must keep its capitals."""
        words = [w for w in re.split(r"[^\w’'-]+", text) if w]
        folded = [fold(w) for w in words]
        taken = [False] * len(words)
        found: dict[str, str] = {}
        for size in range(min(9, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                if any(taken[start : start + size]):
                    continue
                ids = self._by_words.get(tuple(folded[start : start + size]))
                if not ids or (size == 1 and words[start].islower()):
                    continue
                said = " ".join(words[start : start + size])
                found.update(dict.fromkeys(sorted(ids), said))
                taken[start : start + size] = [True] * size
        return found


class Profiler:
    """Makes profiles out of ids, codes and texts."""

    def __init__(self, world: World, search: Search) -> None:
        self.world = world
        self.search = search
        self.names = Names(world)

    def of_text(self, text: str) -> Profile:
        """The profile of an idea in free text, in Romanian or English."""
        text = text[:MAX_TEXT]
        topics = self._topics_in(text)
        named = {id_: Named(1.0, (), words) for id_, words in self.names.within(text).items()}
        places = frozenset(id_ for id_ in named if id_.startswith("place/"))
        subject = Subject(None, text, tuple(f"topic/{t}" for t in topics))
        return Profile(
            subject,
            "TEXT",
            text,
            topics,
            {},
            {k: v for k, v in named.items() if k not in places},
            {},
            dict.fromkeys(named, 1.0),
            frozenset(),
            town="Timișoara",
            places=places,
        )

    def of_record(self, record: Record) -> Profile:
        """The profile of a thing on the map."""
        if record.type in ("Action", "Commitment", "Target"):
            return self._of_plan_part(record)
        values = record.values
        stated = {slug(t): 1.0 for t in record.refs("topics")}
        if record.type == "Organisation":
            for deed in self.world.deeds.get(record.id, ()):
                for topic in deed.topics:
                    stated.setdefault(topic, 0.3)
        text = self._words(record)
        places = frozenset(p for name in ("place", "places", "activeIn") for p in record.refs(name))
        town = values.get("city") if record.type == "Organisation" else "Timișoara"
        amount = values.get("amount") or values.get("maxGrant")
        return Profile(
            Subject(record.id, None, tuple(f"topic/{t}" for t in stated)),
            record.kind or "",
            text,
            stated,
            {t: self.world.evidence(record.id, "topics", f"topic/{t}") for t in stated},
            {},
            {},
            {record.id: 1.0},
            self._own(record),
            town,
            places,
            amount,
            values.get("currency"),
            record,
        )

    def _own(self, record: Record) -> frozenset[str]:
        own = {
            record.id,
            *record.refs("lead"),
            *record.refs("partners"),
            *record.refs("programme"),
            *record.refs("calls"),
        }
        return frozenset(own if record.type in ("Project", "Call") else {record.id})

    @staticmethod
    def _words(record: Record) -> str:
        label, description = (
            record.values.get("label") or {},
            record.values.get("description") or {},
        )
        return ". ".join(dict.fromkeys([*label.values(), *description.values()]))

    def _topics_in(self, text: str) -> dict[str, float]:
        """Topics that a text names (1), and those it comes near in meaning (less)."""
        found = {slug(t): 1.0 for t in self.search.query(text, first=1).understood}
        near = self.search.closeness(text, [f"topic/{t}" for t in load_model().topics])
        floor = self.search.floor
        ranked = sorted(near.items(), key=lambda pair: -pair[1])[:4]
        for topic, cosine in ranked:
            if cosine > floor + 0.1:
                found.setdefault(
                    slug(topic), NEAR_TOPIC * min(1.0, (cosine - floor) / max(1e-6, 0.8 - floor))
                )
        return found

    # -- the plan -------------------------------------------------------------------------------

    def _of_plan_part(self, record: Record) -> Profile:
        world = self.world
        commitment = (
            record
            if record.type == "Commitment"
            else world.records.get(next(iter(record.refs("commitment")), ""))
        )
        topics = {slug(t): 1.0 for t in record.refs("topics")}
        evidence = {t: world.evidence(record.id, "topics", f"topic/{t}") for t in topics}
        parts = [record]
        if record.type == "Action":
            parts += [world.records[t] for t in record.refs("targets") if t in world.records]
        text = ". ".join(dict.fromkeys(words for part in parts for words in self._texts(part)))
        if commitment is not None and commitment is not record:
            for topic in (slug(t) for t in commitment.refs("topics")):
                if topic not in topics:
                    topics[topic] = COMMITMENT_SHARE
                    evidence[topic] = world.evidence(commitment.id, "topics", f"topic/{topic}")
        if not topics:
            topics = self._topics_in(text)
        named, generic, seeds = self._named(commitment, text)
        own = frozenset({record.id, *([commitment.id] if commitment else [])})
        return Profile(
            Subject(record.id, None, tuple(f"topic/{t}" for t in topics)),
            record.kind or "",
            text,
            topics,
            evidence,
            named,
            generic,
            seeds,
            own,
            town="Timișoara",
            record=record,
        )

    @staticmethod
    def _texts(record: Record) -> list[str]:
        found = []
        for name in ("label", "text", "counted"):
            value = record.values.get(name)
            if isinstance(value, Mapping):
                found += [str(v) for v in value.values()]
        return found

    def _named(
        self, commitment: Record | None, text: str
    ) -> tuple[dict[str, Named], dict[str, Named], dict[str, float]]:
        """Whom the plan names for a commitment, what it refers to, and whom the text itself names."""
        world = self.world
        named: dict[str, Named] = {}
        generic: dict[str, Named] = {}
        seeds: dict[str, float] = {}
        if commitment is not None:
            for one in world.involvements.get(commitment.id, ()):
                self._involve(one, named, generic)
            for thing, part in world.references.get(commitment.id, ()):
                named.setdefault(thing, Named(0.8, world.evidence(part, "refersTo", thing), ""))
                seeds[thing] = 0.5
        for id_, words in self.names.within(text).items():
            named[id_] = Named(1.0, (), words)
            seeds[id_] = 1.0
        return named, generic, seeds

    def _involve(self, one: Record, named: dict[str, Named], generic: dict[str, Named]) -> None:
        world = self.world
        for participant in one.refs("participant"):
            if participant in world.records:
                named[participant] = Named(
                    1.0, world.evidence(one.id, "participant"), str(one.values.get("name") or "")
                )
        words = one.text("genericGroup") or (
            str(one.values.get("name") or "") if not one.refs("participant") else ""
        )
        for pattern, forms, strength in _GENERIC:
            if words and re.search(pattern, fold(words)):
                for form in forms:
                    generic.setdefault(
                        form,
                        Named(
                            strength,
                            world.evidence(one.id, "genericGroup")
                            or world.evidence(one.id, "name"),
                            words,
                        ),
                    )


def topics_text(topics: Iterable[str], lang: str) -> str:
    """Topic labels in a row."""
    known = load_model().topics
    return ", ".join(known[t].label(lang) for t in topics if t in known)
