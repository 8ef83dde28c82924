"""How good the matches are on judged subjects, beside words, meaning, topics and chance alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Final

from graph.match.base import Subject
from graph.match.judging.crossed import EQUAL, left_out, sheet
from graph.match.judging.judged import DAY, WANTED, Judged, read_pairs
from graph.search.evaluate import FIRST, ndcg, recall

if TYPE_CHECKING:
    from graph.match.engine import Matcher

COLUMNS: Final = ["method", "lang", "subject", "wanted", "subjects", "nDCG@10", "recall@10"]

Ranking = Callable[[Subject, str], list[str]]
"""Gives the ids for a subject and a wanted list, best first."""


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
    return sorted(id_ for kind in WANTED[wanted] for id_ in matcher.world.columns.kind_ids(kind))


def measure(method: str, ranking: Ranking, judged: Sequence[Judged]) -> list[list[object]]:
    """One row per language, kind of subject and wanted list: the means, from 0 to 1."""
    lists = [ranking(one.subject, one.wanted) for one in judged]
    return means(method, judged, lists)


def means(
    method: str, judged: Sequence[Judged], lists: Sequence[Sequence[str]]
) -> list[list[object]]:
    """The same of lists that were already made, one for each judged list."""
    held: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for one, ids in zip(judged, lists, strict=True):
        figures = (ndcg(ids, one.relevant), recall(ids, one.relevant))
        for lang in dict.fromkeys((one.lang, "all")):
            held.setdefault((one.kind, one.wanted, lang), []).append(figures)
    return [
        [method, lang, kind, wanted, len(rows),
         round(fmean(r[0] for r in rows), 3), round(fmean(r[1] for r in rows), 3)]
        for (kind, wanted, lang), rows in sorted(held.items())
    ]  # fmt: skip


def match_report(matcher: Matcher, path: Path) -> tuple[list[str], list[list[object]]]:
    """Columns and rows: the matcher, the matcher blind to the plan's names, with weights fitted on the
    other subjects alone and with equal ones, and the baselines."""
    judged = read_pairs(matcher, path)
    rankings = {
        "match": by_match(matcher),
        "without named_in_plan": by_match(matcher, {"named_in_plan": 0.0}),
        "BM25": by_search(matcher, "words"),
        "embedding": by_search(matcher, "meaning"),
        "topics": by_topics(matcher),
        "random": by_chance(matcher),
    }
    rows = {name: measure(name, rank, judged) for name, rank in rankings.items()}
    sheets = [sheet(matcher, one) for one in judged]
    crossed = {
        "weights of the others": left_out(sheets),
        "equal weights": [one.best(EQUAL) for one in sheets],
    }
    rows.update({name: means(name, judged, lists) for name, lists in crossed.items()})
    order = list(rankings)[:2] + list(crossed) + list(rankings)[2:]
    return COLUMNS, [row for name in order for row in rows[name]]
