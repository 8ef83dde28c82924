"""Matching: candidates that gates let through, scored by features, each with reasons and evidence."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from graph.catalogue.base import Catalogue, Filter, Record
from graph.match import consortium as consortia
from graph.match import gaps as gap_analysis
from graph.match.advice import advise
from graph.match.base import (
    Advice,
    Answer,
    Consortium,
    Eligibility,
    Gap,
    Match,
    MatchResult,
    Reason,
    Subject,
    TargetCheck,
)
from graph.match.eligibility import Application, judge, overall
from graph.match.features import ALL, Finding, Pair
from graph.match.forecast import forecast
from graph.match.score import check_weights, weights_for
from graph.match.subject import Profile, Profiler
from graph.match.world import World
from graph.network import City, proximity
from graph.search.hybrid import Search
from ontology.errors import InputError, NotFoundError, Said

__all__ = ["Match", "MatchResult", "Matcher", "Subject"]

ALWAYS = frozenset({"semantic", "topics"})
"""Features whose silence counts as zero."""

LEAST = 0.08
"""Below this score nothing is offered: it would be noise with a reason."""

SHORTLIST = 400
"""How many candidates of a kind are looked at closely; the rest are ruled out by meaning and topics."""

CODE = re.compile(r"^[A-Za-z]\s*\d+(\s*\.\s*\d+)?\.?$")


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

    @cached_property
    def _world(self) -> World:
        return World.of(self.catalogue)

    @property
    def world(self) -> World:
        """The facts that features weigh."""
        with self._lock:
            return self._world

    @cached_property
    def _profiler(self) -> Profiler:
        return Profiler(self.world, self.search)

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

        Raises NotFoundError with the nearest names, InputError for an empty text.
        """
        if any is not None:
            return self.subject(code=any) if CODE.match(any.strip()) else self.subject(id=any)
        if text is not None:
            if not re.search(r"\w", text):
                raise InputError(
                    Said("textul este gol", "the text is empty"),
                    Said("Scrieți ideea în câteva cuvinte.", "Write the idea in a few words."),
                    "text",
                )
            return self._profile_text(text).subject
        if code is not None:
            return Subject(self._by_code(code), None)
        assert id is not None
        found = self.catalogue.resolve([id])[0]
        if found is None:
            raise self._unknown(id)
        return Subject(found, None)

    def _by_code(self, code: str) -> str:
        wanted = re.sub(r"\s", "", code).strip(".").upper()
        fitting = [
            r
            for r in self.world.records.values()
            if r.type in ("Action", "Commitment")
            and str(r.values.get("code", "")).upper() == wanted
        ]
        if not fitting:
            known = sorted(
                {
                    str(r.values["code"])
                    for r in self.world.records.values()
                    if r.type in ("Action", "Commitment") and r.values.get("code")
                }
            )
            near = [c for c in known if c.startswith(wanted[:2])][:8] or known[:8]
            raise NotFoundError(
                Said(
                    f"codul „{code[:40]}” nu există în plan", f"the plan has no code '{code[:40]}'"
                ),
                Said(
                    f"Poate ați vrut: {', '.join(near)}."
                    if near
                    else "Nu este încărcat niciun plan.",
                    f"Did you mean: {', '.join(near)}." if near else "No plan has been loaded.",
                ),
            )
        newest = max(fitting, key=lambda r: (self._plan_start(r), r.id))
        return newest.id

    def _plan_start(self, record: Record) -> str:
        commitment = (
            record
            if record.type == "Commitment"
            else self.world.records.get(next(iter(record.refs("commitment")), ""), record)
        )
        plan = self.world.records.get(next(iter(commitment.refs("plan")), ""))
        return str(plan.values.get("start") or "") if plan else ""

    def _unknown(self, given: str) -> NotFoundError:
        near = ", ".join(self.catalogue.nearest(given[:200]))
        return NotFoundError(
            Said(f"„{given[:80]}” nu există", f"'{given[:80]}' does not exist"),
            Said(
                f"Poate ați vrut: {near}." if near else "Verificați id-ul.",
                f"Did you mean: {near}." if near else "Check the id.",
            ),
        )

    def _profile_text(self, text: str) -> Profile:
        with self._lock:
            return self._profiler.of_text(text)

    def profile(self, subject: Subject) -> Profile:
        """Everything known of a subject."""
        if subject.id is None:
            return self._profile_text(subject.text or "")
        record = self.world.records.get(subject.id)
        if record is None:
            raise self._unknown(subject.id)
        with self._lock:
            return self._profiler.of_record(record)

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
        """
        profile = self.profile(subject)
        changed = {**self.weights, **check_weights(weights or {})}
        kinds = tuple(dict.fromkeys(want))
        if "CALL" in kinds and not include_ineligible and "PROGRAMME" not in kinds:
            kinds = (*kinds, "PROGRAMME")
        allowed = (
            self.catalogue.matching(Filter(**{**filter.__dict__, "kinds": kinds}), as_of)
            if filter is not None
            else None
        )
        scored: list[Match] = []
        for kind in kinds:
            pairs = self._pairs(profile, kind, as_of, allowed)
            scored += [
                one
                for pair in pairs
                if (one := self._score(pair, kind, changed, as_of)).score >= LEAST and one.reasons
            ]
        kept = scored if include_ineligible else self._offered(scored, as_of)
        kept.sort(key=lambda one: (-one.score, one.id))
        chosen = self._diverse(kept, first, diversity) if diversity > 0 else kept[:first]
        return MatchResult(
            profile.subject,
            tuple(chosen),
            None if chosen else self._why_empty(profile, scored, kinds),
        )

    def _candidates(
        self, kind: str, profile: Profile, allowed: frozenset[str] | None
    ) -> list[Record]:
        records = [
            r
            for r in self._by_kind.get(kind, ())
            if r.id not in profile.own and (allowed is None or r.id in allowed)
        ]
        if len(records) <= SHORTLIST:
            return records
        closeness = self.search.closeness(profile.text, [r.id for r in records])
        rarity = self.world.rarity
        wide = self.world.widened(profile.topics)

        def cheap(record: Record) -> float:
            shared = sum(
                rarity.get(t.removeprefix("topic/"), 0.0)
                for t in record.refs("topics")
                if t.removeprefix("topic/") in wide
            )
            return (
                closeness.get(record.id, 0.0)
                + 0.5 * min(1.0, shared)
                + (1.0 if record.id in profile.named else 0.0)
            )

        return sorted(records, key=lambda r: (-cheap(r), r.id))[:SHORTLIST]

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.world.records.values():
            if record.kind:
                found.setdefault(record.kind, []).append(record)
        return found

    def _pairs(
        self, profile: Profile, kind: str, day: date, allowed: frozenset[str] | None
    ) -> list[Pair]:
        records = self._candidates(kind, profile, allowed)
        return self._compared(profile, records, day)

    def _compared(self, profile: Profile, records: list[Record], day: date) -> list[Pair]:
        """Pairs with what is measured for all at once: meaning, search score, nearness in the network."""
        ids = [r.id for r in records]
        editions = {
            r.id: tuple(self.world.records[c] for c in self.world.editions.get(r.id, ()))
            for r in records
            if r.type == "Programme"
        }
        more = [c.id for calls in editions.values() for c in calls]
        close = self.search.closeness(profile.text, [*ids, *more])
        found = self.search.scores(profile.text, [*ids, *more])
        near = self._proximity(profile)
        floor = self.search.floor
        pairs = []
        for record in records:
            group = (record.id, *(c.id for c in editions.get(record.id, ())))
            cosine = max(close.get(one, 0.0) for one in group)
            pairs.append(
                Pair(
                    profile,
                    record,
                    self.world,
                    day.year,
                    closeness=min(1.0, max(0.0, (cosine - floor) / max(1e-6, 0.85 - floor))),
                    found=min(1.0, max(found.get(one, 0.0) for one in group)),
                    proximity=max(near.get(one, 0.0) for one in group),
                    editions=editions.get(record.id, ()),
                )
            )
        return pairs

    def _proximity(self, profile: Profile) -> dict[str, float]:
        """Nearness as a rank: 1 for the nearest, 0 where no chain of ties leads."""
        seeds = {id_: w for id_, w in profile.seeds.items() if id_ in self.network.index}
        if not seeds:
            return {}
        found = proximity(self.network, seeds)
        order = sorted((value for id_, value in found.items() if id_ not in seeds), reverse=True)
        if not order:
            return {}
        top, low = order[0], order[-1]
        span = max(top - low, 1e-12)
        return {
            id_: min(1.0, (max(0.0, value - low) / span) ** 0.5)
            for id_, value in found.items()
            if id_ not in seeds
        }

    def _score(self, pair: Pair, kind: str, changed: Mapping[str, float], day: date) -> Match:
        weights = weights_for(kind, changed)
        findings: list[tuple[str, float, Finding]] = []
        for name, function in ALL.items():
            weight = weights[name]
            if weight <= 0:
                continue
            finding = function(pair)
            if finding is None:
                if name not in ALWAYS:
                    continue
                finding = Finding(0.0, Said("Necunoscut.", "Unknown."))
            findings.append((name, weight, finding))
        whole = sum(weight for _, weight, _ in findings) or 1.0
        reasons = tuple(
            Reason(
                name,
                round(weight, 4),
                round(f.value, 4),
                round(weight * f.value / whole, 4),
                f.text,
                f.evidence,
            )
            for name, weight, f in findings
            if f.value > 0 and f.evidence
        )
        reasons = tuple(sorted(reasons, key=lambda r: (-r.contribution, r.kind)))
        score = round(sum(r.contribution for r in reasons), 4)
        eligibility = self._eligibility(pair, day)
        note = (
            forecast(pair.editions, self.world, day) if pair.candidate.type == "Programme" else None
        )
        if note is not None:
            reasons = (*reasons, Reason("forecast", 0.0, 0.0, 0.0, note.text, note.evidence))
        return Match(
            pair.candidate.id,
            score,
            eligibility.answer if eligibility else self._alive(pair.candidate),
            reasons,
            eligibility,
        )

    @staticmethod
    def _alive(record: Record) -> Answer:
        """No rule stands in the way of a partner; a body that no longer works is out."""
        return (
            "NO" if record.values.get("status") in ("inactive", "retired", "cancelled") else "YES"
        )

    def _eligibility(self, pair: Pair, day: date) -> Eligibility | None:
        """The gates: of a call for an applicant, or by its dates alone where nobody applies yet."""
        candidate, subject = pair.candidate, pair.profile.record
        applicant = subject if subject is not None and subject.type == "Organisation" else None
        if candidate.type == "Call":
            return judge(self._application(applicant, candidate, pair.profile, day))
        if candidate.type == "Programme" and pair.editions:
            rules = judge(self._application(applicant, pair.editions[0], pair.profile, day)).rules
            kept = tuple(r for r in rules if r.rule != "dates")
            return Eligibility(overall(kept), rules)
        if candidate.type == "Organisation" and subject is not None and subject.type == "Call":
            return judge(Application(candidate, subject, day))
        return None

    @staticmethod
    def _application(
        applicant: Record | None, call: Record, profile: Profile, day: date
    ) -> Application:
        project = (
            profile.record
            if profile.record is not None and profile.record.type == "Project"
            else None
        )
        return Application(
            applicant,
            call,
            day,
            amount=project.values.get("amount") if project else None,
            currency=project.values.get("currency") if project else None,
            project_topics=tuple(project.refs("topics")) if project else (),
            partners=len(project.refs("partners"))
            if project and project.refs("partners")
            else None,
        )

    def _offered(self, scored: Iterable[Match], day: date) -> list[Match]:
        """What passes the gates. A call of a listed programme is shown instead of the programme while it is open."""
        kept = [one for one in scored if one.eligible != "NO"]
        open_calls = {
            p
            for one in kept
            if (r := self.world.records[one.id]).type == "Call"
            for p in r.refs("programme")
        }
        return [one for one in kept if one.id not in open_calls]

    def _diverse(self, ranked: list[Match], first: int, strength: float) -> list[Match]:
        """Maximal marginal relevance: each next one loses what it shares with those already chosen."""
        chosen: list[Match] = []
        pool = ranked[: max(50, 5 * first)]
        while pool and len(chosen) < first:
            seen = [self.world.topics_of(one.id) for one in chosen]

            def worth(one: Match, seen: list[frozenset[str]] = seen) -> float:
                mine = self.world.topics_of(one.id)
                alike = max(
                    (len(mine & other) / max(1, len(mine | other)) for other in seen), default=0.0
                )
                return one.score - strength * 0.5 * alike

            best = max(pool, key=lambda one: (worth(one), one.id))
            chosen.append(best)
            pool.remove(best)
        return chosen

    @staticmethod
    def _why_empty(profile: Profile, scored: list[Match], kinds: Sequence[str]) -> Said:
        if scored:
            return Said(
                f"{len(scored)} candidați au fost excluși de o condiție; cereți-i cu includeIneligible.",
                f"{len(scored)} candidates were excluded by a rule; ask for them with includeIneligible.",
            )
        if not profile.topics and not profile.text.strip():
            return Said(
                "Subiectul nu are nici teme, nici text: nu este nimic de comparat. Adăugați o temă sau o descriere.",
                "The subject has neither topics nor text: there is nothing to compare. Add a topic or a description.",
            )
        return Said(
            f"Nimic din hartă nu seamănă destul cu subiectul ({', '.join(kinds)}). Încercați alte cuvinte.",
            f"Nothing on the map is close enough to the subject ({', '.join(kinds)}). Try other words.",
        )

    # -- one pair -------------------------------------------------------------------------------

    def _pair(self, subject: Subject, candidate: str, day: date) -> Pair:
        found = self.catalogue.resolve([candidate])[0]
        record = self.world.records.get(found or "")
        if record is None:
            raise self._unknown(candidate)
        return self._compared(self.profile(subject), [record], day)[0]

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
        return self._score(
            pair, pair.candidate.kind or "", {**self.weights, **check_weights(weights or {})}, as_of
        )

    def advice(self, subject: Subject, candidate: str, *, as_of: date) -> list[Advice]:
        """What would raise the score of a pair, most first."""
        pair = self._pair(subject, candidate, as_of)
        return advise(pair, weights_for(pair.candidate.kind or "", self.weights))

    def eligibility(self, organisation: str, call: str, *, as_of: date) -> Eligibility:
        """Every rule of a call for an organisation. Raises InputError when the ids are of other kinds."""
        body, edition = (self.world.records.get(one) for one in (organisation, call))
        if body is None or edition is None:
            raise self._unknown(organisation if body is None else call)
        if body.type != "Organisation" or edition.type != "Call":
            raise InputError(
                Said("se judecă o organizație și un apel", "an organisation and a call are judged"),
                Said(
                    "Dați organisation: org/… și call: call/….",
                    "Give organisation: org/… and call: call/….",
                ),
                f"{organisation}, {call}",
            )
        return judge(Application(body, edition, as_of))

    # -- the plan and consortia -----------------------------------------------------------------

    def gaps(self, plan: str | None = None, *, as_of: date) -> list[Gap]:
        """What each action of a plan lacks, worst first."""
        return gap_analysis.gaps(self, plan, as_of)

    def missing(self, plan: str | None = None, *, as_of: date) -> list[Gap]:
        """The same without candidates: for pages that show the whole matrix."""
        return gap_analysis.missing(self, plan, as_of)

    def plan_targets(self, plan: str | None = None) -> list[TargetCheck]:
        """The plan's own countable targets, held against the graph."""
        return gap_analysis.checks(self, plan)

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
