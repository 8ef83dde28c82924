"""Makes profiles: of an idea in words, of a thing on the map, of a part of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from graph.catalogue.base import Record, Statement
from graph.match.base import Subject
from graph.match.facts.deed import slug
from graph.match.facts.names import Named, kinds_meant
from graph.match.facts.world import World
from graph.match.subject.profile import DOERS, HERE, Profile
from graph.match.subject.understood import Understanding
from graph.search.hybrid import Search

COMMITMENT_SHARE: Final = 0.6
"""What a commitment's topics count for in its actions."""

DEED_SHARE: Final = 0.3
"""What a topic counts for that an organisation only had projects on."""

REFERRED: Final = 0.8
"""How strongly the plan names a thing that a commitment's relevance refers to."""

MAX_TEXT: Final = 4_000
"""Characters of a free text that are read; an idea needs no more."""


class Profiler:
    """Makes profiles out of records and texts."""

    def __init__(self, world: World, search: Search) -> None:
        self.world = world
        self.names = world.facts.names
        self.understanding = Understanding(world, search)

    def of_text(self, text: str) -> Profile:
        """The profile of an idea in free text, in Romanian or English."""
        text = text[:MAX_TEXT]
        found = self.understanding.of(text)
        named = {
            id_: Named(1.0, (), words)
            for id_, words in self.names.within(text, self.world.records).items()
        }
        places = frozenset(id_ for id_ in named if id_.startswith("place/"))
        return Profile(
            subject=Subject(None, text, tuple(f"topic/{t}" for t in found.topics)),
            kind="TEXT",
            text=text,
            topics=found.topics,
            topic_evidence=found.evidence,
            topic_words=found.words,
            named={id_: one for id_, one in named.items() if id_ not in places},
            generic={},
            seeds={**found.nearest, **dict.fromkeys(named.keys() - places, 1.0)},
            own=frozenset(),
            town=HERE,
            places=places,
            carriers=DOERS,
        )

    def of_record(self, record: Record) -> Profile:
        """The profile of a thing on the map."""
        if record.type in ("Action", "Commitment", "Target"):
            return self._of_plan_part(record)
        values, text = record.values, _words(record)
        topics = {slug(t): 1.0 for t in record.refs("topics")}
        if record.type == "Organisation":
            for deed in self.world.deeds(record.id):
                for topic in deed.topics:
                    topics.setdefault(topic, DEED_SHARE)
        evidence = {t: self.world.evidence(record.id, "topics", f"topic/{t}") for t in topics}
        words: Mapping[str, str] = {}
        if not topics:
            found = self.understanding.of(text)
            topics, evidence, words = dict(found.topics), dict(found.evidence), found.words
        return Profile(
            subject=Subject(record.id, None, tuple(f"topic/{t}" for t in topics)),
            kind=record.kind or "",
            text=text,
            topics=topics,
            topic_evidence=evidence,
            topic_words=words,
            named={},
            generic={},
            seeds={record.id: 1.0},
            own=_own(record),
            town=values.get("city") if record.type == "Organisation" else HERE,
            places=frozenset(p for n in ("place", "places", "activeIn") for p in record.refs(n)),
            amount=values.get("amount") or values.get("maxGrant"),
            currency=values.get("currency"),
            record=record,
            applicant=self._applicant(record),
        )

    def _applicant(self, record: Record) -> Record | None:
        if record.type == "Organisation":
            return record
        lead = next(iter(record.refs("lead")), "") if record.type == "Project" else ""
        return self.world.records.get(lead)

    # -- the plan -------------------------------------------------------------------------------

    def _of_plan_part(self, record: Record) -> Profile:
        world = self.world
        commitment = (
            record
            if record.type == "Commitment"
            else world.records.get(next(iter(record.refs("commitment")), ""))
        )
        parts = [record, *(world.records[t] for t in record.refs("targets") if t in world.records)]
        text = ". ".join(dict.fromkeys(words for part in parts for words in _texts(part)))
        topics, evidence = self._stated_topics(record, commitment)
        found = self.understanding.of(text)
        words: Mapping[str, str] = {}
        if not topics:
            topics, evidence, words = dict(found.topics), dict(found.evidence), found.words
        named, generic = self._actors(commitment) if commitment is not None else ({}, {})
        holders = self._holders(commitment)
        said = self.names.within(text, self.world.records)
        named.update({id_: Named(1.0, (), words) for id_, words in said.items()})
        return Profile(
            subject=Subject(record.id, None, tuple(f"topic/{t}" for t in topics)),
            kind=record.kind or "",
            text=text,
            topics=topics,
            topic_evidence=evidence,
            topic_words=words,
            named=named,
            generic=generic,
            seeds=found.nearest,
            own=frozenset({record.id, *holders}),
            carriers=self._forms({*holders, *named}),
            town=HERE,
            record=record,
        )

    def _stated_topics(
        self, record: Record, commitment: Record | None
    ) -> tuple[dict[str, float], dict[str, tuple[Statement, ...]]]:
        """The topics that a part of the plan states, and those of its commitment, which count for less."""
        own = [slug(topic) for topic in record.refs("topics")]
        topics = dict.fromkeys(own, 1.0)
        evidence = {t: self.world.evidence(record.id, "topics", f"topic/{t}") for t in own}
        if commitment is None or commitment is record:
            return topics, evidence
        share = COMMITMENT_SHARE if own else 1.0
        for topic in map(slug, commitment.refs("topics")):
            if topic not in topics:
                topics[topic] = share
                evidence[topic] = self.world.evidence(commitment.id, "topics", f"topic/{topic}")
        return topics, evidence

    def _holders(self, commitment: Record | None) -> set[str]:
        """The commitment, and whoever holds the plan: its own promise needs no partner in itself.

        The holder is whom the group that prepared the plan belongs to.
        """
        if commitment is None:
            return set()
        records = self.world.records
        plan = records.get(next(iter(commitment.refs("plan")), ""))
        groups = [records[g] for g in plan.refs("preparedBy") if g in records] if plan else []
        return {commitment.id, *(holder for group in groups for holder in group.refs("parent"))}

    def _forms(self, ids: Iterable[str]) -> frozenset[str]:
        """The legal forms of those of the ids that have one."""
        records = (self.world.records[id_] for id_ in ids if id_ in self.world.records)
        return frozenset(form for record in records for form in record.stated("legalForm"))

    def _actors(self, commitment: Record) -> tuple[dict[str, Named], dict[str, Named]]:
        """Whom the plan names for a commitment, by id and by kind of actor; and what it refers to."""
        world = self.world
        named: dict[str, Named] = {}
        generic: dict[str, Named] = {}
        for one in world.facts.involvements.get(commitment.id, ()):
            words = str(one.values.get("name") or "")
            known = [p for p in one.refs("participant") if p in world.records]
            for participant in known:
                named[participant] = Named(1.0, world.evidence(one.id, "participant"), words)
            said = one.text("genericGroup") or ("" if known else words)
            proof = world.evidence(one.id, "genericGroup") or world.evidence(one.id, "name")
            for form, strength in kinds_meant(said):
                generic.setdefault(form, Named(strength, proof, said))
        for thing, part in world.facts.references.get(commitment.id, ()):
            named.setdefault(thing, Named(REFERRED, world.evidence(part, "refersTo", thing), ""))
        return named, generic


def _own(record: Record) -> frozenset[str]:
    """A thing and what is already part of it: no candidates for it."""
    if record.type not in ("Project", "Call"):
        return frozenset({record.id})
    parts = (record.refs(name) for name in ("lead", "partners", "programme", "calls", "funder"))
    return frozenset({record.id, *(one for part in parts for one in part)})


def _words(record: Record) -> str:
    """A thing in its own words: its names and descriptions in both languages."""
    texts = (record.values.get("label") or {}, record.values.get("description") or {})
    return ". ".join(dict.fromkeys(said for text in texts for said in text.values()))


def _texts(record: Record) -> list[str]:
    """What a part of the plan says: title, statement, what is counted."""
    values = (record.values.get(name) for name in ("label", "text", "counted"))
    return [str(said) for one in values if isinstance(one, Mapping) for said in one.values()]
