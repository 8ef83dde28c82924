"""Matching: candidates that gates let through, scored by features, each with reasons and evidence."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from graph.catalogue.base import Catalogue, Filter
from graph.match import consortium as consortia
from graph.match import gaps as gap_analysis
from graph.match import order, targets
from graph.match.advice import advise
from graph.match.base import (
    Advice,
    Consortium,
    Eligibility,
    Gap,
    Match,
    MatchResult,
    Subject,
    TargetCheck,
)
from graph.match.eligibility import Application, judge
from graph.match.empty import why_empty
from graph.match.facts.world import World
from graph.match.measuring.measures import Measures
from graph.match.measuring.nearness import Nearness
from graph.match.pair import Pair
from graph.match.rules.case import NOTHING, Brought
from graph.match.score import check_kinds, check_weights, weights_for
from graph.match.subject import asked
from graph.match.subject.profile import Profile
from graph.match.subject.profiler import Profiler
from graph.match.telling import tell, weigh
from graph.network import City
from graph.search.hybrid import Search
from ontology.errors import InputError, Said

__all__ = ["Match", "MatchResult", "Matcher", "Subject"]

REMEMBERED: Final = 32
"""How many subjects' measures are kept: a page asks for the same subject several times."""


class Matcher:
    """Answers who and what fits, over one data version. Safe for many threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        search: Search,
        network: City,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.search = search
        self.network = network
        self.weights = check_weights(weights or {})
        self._lock = threading.RLock()
        self._measured = lru_cache(maxsize=REMEMBERED)(self._measure)

    @cached_property
    def _world(self) -> World:
        return World(self.catalogue, self.search)

    @property
    def world(self) -> World:
        """The facts that features weigh."""
        with self._lock:
            return self._world

    @cached_property
    def _profiler(self) -> Profiler:
        return Profiler(self.world, self.search)

    @cached_property
    def _nearness(self) -> Nearness:
        return Nearness(self.network)

    # -- subjects -------------------------------------------------------------------------------

    def subject(
        self,
        *,
        id: str | None = None,
        code: str | None = None,
        text: str | None = None,
        any: str | None = None,
    ) -> Subject:
        """A subject by id, by the code of an action or commitment, by free text, or by whichever `any` is.

        Raises NotFoundError with the nearest names, InputError for an empty text. A text's topics
        are the ones understood in it.
        """
        found = asked.find(self.catalogue, self.world, id=id, code=code, text=text, any=any)
        return found if found.text is None else self.profile(found).subject

    def _measure(self, id_: str | None, text: str) -> Measures:
        """What was measured of a subject: one thread at a time, since features fill it lazily."""
        with self._lock:
            if id_ is None:
                profile = self._profiler.of_text(text)
            else:
                record = asked.known(self.catalogue, self.world, id_)
                profile = self._profiler.of_record(record)
            return Measures(profile, self.world, self.search, self._nearness)

    def measures(self, subject: Subject) -> Measures:
        """What is measured of a subject against whole kinds, kept for the subjects asked for last."""
        return self._measured(subject.id, "" if subject.id else subject.text or "")

    def profile(self, subject: Subject) -> Profile:
        """Everything known of a subject."""
        return self.measures(subject).profile

    # -- matching -------------------------------------------------------------------------------

    def match(
        self,
        subject: Subject,
        want: Sequence[str],
        *,
        first: int = 10,
        filter: Filter | None = None,
        include_ineligible: bool = False,
        weights: Mapping[str, float] | None = None,
        as_of: date,
        diversity: float = 0.0,
    ) -> MatchResult:
        """The best candidates of the wanted kinds, best first.

        A NO of the gates is left out unless `include_ineligible`. A closed call is not offered: its
        programme stands in its place. `diversity` from 0 to 1 favours what the list lacks so far.
        Raises UnknownWordError for another kind or feature, InputError for a weight below 0.
        """
        measures = self.measures(subject)
        kinds = check_kinds(want)
        if "CALL" in kinds and not include_ineligible and "PROGRAMME" not in kinds:
            kinds = (*kinds, "PROGRAMME")
        allowed = (
            self.catalogue.matching(Filter(**{**filter.__dict__, "kinds": kinds}), as_of)
            if filter is not None
            else None
        )
        changed = {**self.weights, **check_weights(weights or {})}
        weighed = {kind: weights_for(kind, changed) for kind in kinds}
        listing = order.every if include_ineligible else order.through_gates
        ranked = listing(measures, weighed, allowed, as_of)
        chosen = order.listed(ranked, max(0, first), self.world, diversity)
        note = None
        if not chosen:
            count = sum(1 for _ in order.every(measures, weighed, allowed, as_of))
            note = why_empty(measures.profile, count, weighed, first, as_of)
        return MatchResult(measures.profile.subject, tuple(chosen), note)

    def pairs(self, subject: Subject, kinds: Sequence[str], day: date) -> list[Pair]:
        """Every candidate of some kinds worth a look beside a subject, not yet scored."""
        measures = self.measures(subject)
        sheets = [
            measures.sheet(kind, measures.shortlist(kind, None)) for kind in check_kinds(kinds)
        ]
        return [pair for sheet in sheets for pair in sheet.pairs(range(len(sheet.ids)), day)]

    # -- one pair -------------------------------------------------------------------------------

    def _pair(self, subject: Subject, candidate: str, day: date) -> Pair:
        record = asked.known(self.catalogue, self.world, candidate)
        return (
            self.measures(subject)
            .sheet(self.world.columns.kind_of(record.id) or "", [record.id])
            .pairs([0], day)[0]
        )

    def explain(
        self,
        subject: Subject,
        candidate: str,
        *,
        as_of: date,
        weights: Mapping[str, float] | None = None,
    ) -> Match:
        """One pair in full, also when a gate says NO or the score is too low to be offered."""
        pair = self._pair(subject, candidate, as_of)
        changed = {**self.weights, **check_weights(weights or {})}
        return tell(weigh(pair, weights_for(pair.candidate.kind or "", changed)))

    def advice(self, subject: Subject, candidate: str, *, as_of: date) -> list[Advice]:
        """What would raise the score of a pair, most first."""
        pair = self._pair(subject, candidate, as_of)
        return advise(pair, weights_for(pair.candidate.kind or "", self.weights))

    def eligibility(
        self, organisation: str, call: str, *, as_of: date, project: Brought = NOTHING
    ) -> Eligibility:
        """Every rule of a call for an organisation, with what is known of its project. Raises InputError
        when the ids are of other kinds, or for a figure that cannot be."""
        body, edition = (
            asked.known(self.catalogue, self.world, one) for one in (organisation, call)
        )
        if body.type != "Organisation" or edition.type != "Call":
            raise InputError(
                Said("se judecă o organizație și un apel", "an organisation and a call are judged"),
                Said(
                    "Dați organisation: org/… și call: call/….",
                    "Give organisation: org/… and call: call/….",
                ),
                f"{organisation}, {call}",
            )
        return judge(project.to(Application(body, edition, as_of, known=self.world.records)))

    # -- the plan and consortia -----------------------------------------------------------------

    def gaps(self, plan: str | None = None, *, as_of: date) -> list[Gap]:
        """What each action of a plan lacks, worst first."""
        return gap_analysis.gaps(self, plan, as_of)

    def missing(self, plan: str | None = None, *, as_of: date) -> list[Gap]:
        """The same without candidates: for pages that show the whole matrix."""
        return gap_analysis.missing(self, plan, as_of)

    def plan_targets(self, plan: str | None = None) -> list[TargetCheck]:
        """The plan's own countable targets, held against the graph."""
        return targets.checks(self, plan)

    def consortium(
        self,
        call: str,
        *,
        lead: str | None = None,
        subject: Subject | None = None,
        as_of: date,
        first: int = 3,
    ) -> list[Consortium]:
        """The smallest sets of organisations that satisfy a call and cover a subject's topics."""
        return consortia.build(self, call, lead=lead, subject=subject, as_of=as_of, first=first)
