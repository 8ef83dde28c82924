"""The facts that matching weighs, of one data version: who did what, on which topics, with how much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from graph.catalogue.base import Catalogue, Record, Statement
from graph.catalogue.calls import CLOSED, call_state
from graph.match.facts.columns import Rows
from graph.match.facts.deed import Deed
from graph.match.facts.gathered import gather
from graph.match.facts.topicspace import TopicSpace, Values
from graph.search.hybrid import Search
from graph.search.text import WRITTEN, tokens
from ontology.loading import load_model

EDITIONS = 40
"""How many editions of a programme, the newest, speak for it and for each other."""

_TAGGED = ("Organisation", "Call", "Council", "WorkingGroup", "Project", "Programme")
"""Classes whose topics tell how rare a topic is."""


class World:
    """Answers about single things and whole kinds. What it holds of each thing is a few numbers; records
    are read when they are asked for."""

    def __init__(self, catalogue: Catalogue, search: Search) -> None:
        self.catalogue = catalogue
        self.facts = gather(catalogue)
        self.columns = self.facts.columns
        self.records = self.facts.records
        self.found: Rows = search.places(self.columns.ids)
        """By row, its place in the search index; -1 where it is not there."""
        self.open_calls = lru_cache(maxsize=4)(self._open_calls)
        self.spoken_for = lru_cache(maxsize=50_000)(self._spoken_for)

    # -- what was done --------------------------------------------------------------------------

    def deeds(self, id_: str) -> list[Deed]:
        """The projects and grants of an organisation."""
        return [Deed.of(self.records[one], name) for one, name in self.facts.done.get(id_, ())]

    def paid(self, call: str) -> list[Deed]:
        """The projects that a call paid for, as deeds."""
        return [Deed.of(self.records[one], "calls") for one in self.facts.funded.get(call, ())]

    # -- money ----------------------------------------------------------------------------------

    def editions(self, programme: str) -> Sequence[str]:
        """The calls of a programme, the newest first."""
        return self.facts.editions.get(programme, ())

    @cached_property
    def programmes_as_bodies(self) -> Mapping[str, str]:
        """Programmes that sources list among organisations, too: who pays for a programme and bears all
        the words of its name. By the organisation, the programme."""
        found: dict[str, str] = {}
        for programme in self.records.of_type("Programme"):
            calls = [self.records[one] for one in self.editions(programme.id)]
            payers = {p for one in calls for p in one.refs("funder")} | {*programme.refs("manager")}
            named = set(tokens(programme.label("ro")))
            for payer in payers & self.columns.rows.keys():
                if named and named <= set(tokens(self.records[payer].label("ro"))):
                    found[payer] = programme.id
        return found

    def _spoken_for(self, row: int) -> Rows:
        """The rows of what speaks for a thing beside itself: a programme's calls, a call's programme and
        its siblings, the newest of them."""
        columns, id_ = self.columns, self.columns.ids[row]
        kind = columns.kind_of(id_)
        programmes = self.records[id_].refs("programme") if kind == "CALL" else ()
        many = (id_,) if kind == "PROGRAMME" else programmes
        calls = [call for one in many for call in self.editions(one)[:EDITIONS]]
        known = [columns.rows[one] for one in (*programmes, *calls) if one in columns.rows]
        return np.array(list(dict.fromkeys([row, *known])), dtype=np.int64)

    def _open_calls(self, day: date) -> frozenset[str]:
        """The calls that are not closed on a day."""
        dates = self.facts.dates.items()
        return frozenset(id_ for id_, values in dates if call_state(values, day) != CLOSED)

    # -- topics ---------------------------------------------------------------------------------

    def topics_of(self, id_: str) -> frozenset[str]:
        """The topics a thing states."""
        return self.columns.topics(id_)

    def usual(self, rows: Rows) -> Mapping[str, int]:
        """How many of some things state each topic."""
        counts = np.bincount(self.columns.sets[rows], minlength=len(self.columns.topic_sets))
        found: dict[str, int] = defaultdict(int)
        for topics, count in zip(self.columns.topic_sets, counts.tolist(), strict=True):
            for topic in topics if count else ():
                found[topic] += count
        return found

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How telling each topic is: its inverse document frequency, from 0 (everybody has it) to 1."""
        held = [self.columns.of_type[t] for t in _TAGGED if t in self.columns.of_type]
        rows = np.concatenate(held) if held else np.zeros(0, np.int64)
        counts = np.bincount(self.columns.sets[rows], minlength=len(self.columns.topic_sets))
        having: dict[str, int] = defaultdict(int)
        for topics, count in zip(self.columns.topic_sets, counts.tolist(), strict=True):
            for topic in self.widened(topics) if count else ():
                having[topic] += count
        top = math.log(1 + max(len(rows), 1))
        return {
            topic: math.log((1 + len(rows)) / (1 + having.get(topic, 0))) / top
            for topic in load_model().topics
        }

    @staticmethod
    def widened(topics: Iterable[str]) -> frozenset[str]:
        """Topics with all the broader ones."""
        model = load_model()
        found = set(topics)
        return frozenset(found | {up for one in found for up in model.ancestors(one)})

    @cached_property
    def space(self) -> TopicSpace:
        """The topics as axes, weighed by their rarity on this map."""
        return TopicSpace(self.rarity)

    @cached_property
    def _sets(self) -> tuple[Values, Values]:
        """Every set of topics that things state (sets, topics of the scheme), and the rows' lengths."""
        matrix = self.space.matrix(self.columns.topic_sets)
        return matrix, self.space.lengths(matrix)

    def set_fits(self, topics: Values) -> Values:
        """How well each set of topics fits weighted topics, 0 to 1 (sets,)."""
        return self.space.fit(topics, *self._sets)

    # -- the plan -------------------------------------------------------------------------------

    @cached_property
    def coded(self) -> Mapping[str, list[Record]]:
        """Commitments and actions by their code, of every plan."""
        held: dict[str, list[Record]] = defaultdict(list)
        for record in self.records.of_type("Action", "Commitment"):
            if record.values.get("code"):
                held[str(record.values["code"]).upper()].append(record)
        return dict(held)

    # -- evidence -------------------------------------------------------------------------------

    @cached_property
    def _statements(self) -> Callable[[str], dict[str, list[Statement]]]:
        """Statements by field, kept for the things asked about last."""

        @lru_cache(maxsize=20_000)
        def of(id_: str) -> dict[str, list[Statement]]:
            found: dict[str, list[Statement]] = {}
            for one in self.catalogue.statements(id_):
                found.setdefault(one.field, []).append(one)
            return found

        return of

    def evidence(self, id_: str, name: str, target: str | None = None) -> tuple[Statement, ...]:
        """The statements of one field of a thing, about one target if asked; with their sources."""
        held = self._statements(id_).get(name, ())
        return tuple(one for one in held if target is None or one.object == target)

    def saying(self, id_: str, word: str) -> tuple[Statement, str] | None:
        """The first statement of a thing's own that says a folded word, and the word as it stands there."""
        for one, words in self._said(id_):
            if word in words:
                said = WRITTEN.findall(str(one.value))
                return one, next((w for w in said if word in tokens(w)), word)
        return None

    @cached_property
    def _said(self) -> Callable[[str], list[tuple[Statement, frozenset[str]]]]:
        """The texts of a thing with their folded words, kept for the things told last."""

        @lru_cache(maxsize=2_000)
        def of(id_: str) -> list[tuple[Statement, frozenset[str]]]:
            stated = (one for many in self._statements(id_).values() for one in many)
            return [(o, frozenset(tokens(o.value))) for o in stated if isinstance(o.value, str)]

        return of

    def ties(self, one: str, other: str) -> list[Statement]:
        """The statements that tie two things: of either that name the other, and memberships."""
        found = [*self._naming(one, other), *self._naming(other, one)]
        for member, body in ((one, other), (other, one)):
            for held, membership in self.facts.bodies.get(member, ()):
                if held == body:
                    found += self.evidence(membership, "body")
        return found

    def _naming(self, subject: str, target: str) -> list[Statement]:
        held = self._statements(subject)
        return [one for many in held.values() for one in many if one.object == target]
