"""How good the matches are on judged subjects, beside words, meaning, topics and chance alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

import yaml

from graph.match.base import Subject
from graph.search.evaluate import FIRST, ndcg, recall
from ontology.errors import FileError, Said

if TYPE_CHECKING:
    from graph.match.engine import Matcher

WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "partners": ("ORGANISATION",),
    "calls": ("CALL",),
    "councils": ("COUNCIL", "WORKING_GROUP"),
}
"""The kinds behind each list of a judged set."""

DAY: Final = date(2026, 1, 15)
"""The day of the judgements: calls were judged by what they pay for, so it changes no order."""

COLUMNS: Final = ["method", "lang", "subject", "wanted", "subjects", "nDCG@10", "recall@10"]

Ranking = Callable[[Subject, str], list[str]]
"""Gives the ids for a subject and a wanted list, best first."""


@dataclass(frozen=True)
class Judged:
    """One list of one subject: ids graded 1 (worth a word), 2 (helps), 3 (asked first)."""

    subject: Subject
    kind: str
    lang: str
    wanted: str
    relevant: Mapping[str, int]


def read_pairs(matcher: Matcher, path: Path) -> list[Judged]:
    """The judged lists of a YAML file, ids made canonical; ids that name nothing are dropped.

    Raises FileError for a file of another form.
    """
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        scheme, prefix = told.get("scheme"), told.get("prefix", {})
        return [
            made
            for query in told["queries"]
            for wanted in WANTED
            if (made := _judged(matcher, query, wanted, scheme, prefix.get(wanted, "")))
        ]
    except (OSError, UnicodeError, yaml.YAMLError, LookupError, TypeError, ValueError,
            AttributeError) as error:  # fmt: skip
        raise FileError(
            Said(f"perechile judecate nu se pot citi ({error})",
                 f"the judged pairs cannot be read ({error})"),
            Said("Scrieți: queries: [{subject: A1.1, lang: ro, partners: {3: [org/…]}}].",
                 "Write: queries: [{subject: A1.1, lang: ro, partners: {3: [org/…]}}]."),
            str(path),
        ) from error  # fmt: skip


def _judged(
    matcher: Matcher, query: Mapping[str, Any], wanted: str, scheme: str | None, prefix: str
) -> Judged | None:
    grades = {name: grade for grade, names in query.get(wanted, {}).items() for name in names}
    names = [f"{scheme}:{prefix}{name}" if scheme else str(name) for name in grades]
    ids = matcher.catalogue.resolve(names)
    relevant = {
        id_: int(grade) for id_, grade in zip(ids, grades.values(), strict=True) if id_ is not None
    }
    if not relevant:
        return None
    if "text" in query:
        subject, kind = Subject(None, str(query["text"])), "TEXT"
    else:
        subject = matcher.subject(any=str(query["subject"]))
        kind = matcher.profile(subject).kind
    return Judged(subject, kind, str(query["lang"]), wanted, relevant)


def by_match(matcher: Matcher, weights: Mapping[str, float] | None = None) -> Ranking:
    """The matcher itself, with changed weights if given; gates are shown, not applied."""

    def ranking(subject: Subject, wanted: str) -> list[str]:
        found = matcher.match(
            subject, WANTED[wanted], first=FIRST, include_ineligible=True, weights=weights,
            as_of=DAY,
        )  # fmt: skip
        return [one.id for one in found.matches]

    return ranking


def by_search(matcher: Matcher, part: str) -> Ranking:
    """One part of the search alone, with the subject's words."""

    def ranking(subject: Subject, wanted: str) -> list[str]:
        text = matcher.profile(subject).text
        found = matcher.search.by_part(text, part, len(matcher.search))
        kinds = WANTED[wanted]
        records = matcher.world.records
        return [id_ for id_ in found if id_ in records and records[id_].kind in kinds][:FIRST]

    return ranking


def by_topics(matcher: Matcher) -> Ranking:
    """The number of topics that subject and candidate share, over how many the candidate has."""

    def ranking(subject: Subject, wanted: str) -> list[str]:
        topics = set(matcher.profile(subject).topics)

        def shared(id_: str) -> tuple[int, int, str]:
            have = matcher.world.topics_of(id_)
            return (-len(have & topics), len(have), id_)

        return sorted(_all(matcher, wanted), key=shared)[:FIRST]

    return ranking


def by_chance(matcher: Matcher, seed: int = 2023) -> Ranking:
    """Any candidates, the same ones each time."""
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret

    def ranking(subject: Subject, wanted: str) -> list[str]:
        return draw.sample(_all(matcher, wanted), FIRST)

    return ranking


def _all(matcher: Matcher, wanted: str) -> list[str]:
    return sorted(r.id for r in matcher.world.records.values() if r.kind in WANTED[wanted])


def measure(method: str, ranking: Ranking, judged: Sequence[Judged]) -> list[list[object]]:
    """One row per language, kind of subject and wanted list: the means, from 0 to 1."""
    held: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for one in judged:
        ids = ranking(one.subject, one.wanted)
        figures = (ndcg(ids, one.relevant), recall(ids, one.relevant))
        for lang in dict.fromkeys((one.lang, "all")):
            held.setdefault((one.kind, one.wanted, lang), []).append(figures)
    return [
        [method, lang, kind, wanted, len(rows),
         round(fmean(r[0] for r in rows), 3), round(fmean(r[1] for r in rows), 3)]
        for (kind, wanted, lang), rows in sorted(held.items())
    ]  # fmt: skip


def match_report(matcher: Matcher, path: Path) -> tuple[list[str], list[list[object]]]:
    """Columns and rows: the matcher, the matcher blind to the plan's names, and the baselines."""
    judged = read_pairs(matcher, path)
    rankings = {
        "match": by_match(matcher),
        "without named_in_plan": by_match(matcher, {"named_in_plan": 0.0}),
        "BM25": by_search(matcher, "words"),
        "embedding": by_search(matcher, "meaning"),
        "topics": by_topics(matcher),
        "random": by_chance(matcher),
    }
    return COLUMNS, [row for name, rank in rankings.items() for row in measure(name, rank, judged)]
