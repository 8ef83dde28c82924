"""The judged set: its names exist, and the matcher stays above what plain baselines reach."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import fmean

import pytest
import yaml

from graph.match.engine import Matcher
from graph.match.judging.crossed import EQUAL, fitted, left_out, sheet
from graph.match.judging.evaluate import (
    COLUMNS,
    by_chance,
    by_match,
    by_search,
    by_topics,
    means,
    measure,
)
from graph.match.judging.judged import Judged, read_pairs
from ontology.errors import FileError

PAIRS = Path(__file__).parent / "pairs.yml"
IDEAS = Path(__file__).parent / "ideas.yml"

Figures = Mapping[tuple[str, str], float]


@pytest.fixture(scope="module")
def judged(matcher: Matcher) -> list[Judged]:
    return read_pairs(matcher, PAIRS)


def figures(rows: list[list[object]]) -> Figures:
    """nDCG@10 by kind of subject and wanted list, over both languages."""
    table = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return {
        (str(row["subject"]), str(row["wanted"])): float(str(row["nDCG@10"]))
        for row in table
        if row["lang"] == "all"
    }


def test_every_judged_name_exists_and_is_judged_once(matcher: Matcher) -> None:
    told = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    for query in told["queries"]:
        for wanted, prefix in told["prefix"].items():
            names = [name for many in query.get(wanted, {}).values() for name in many]
            assert len(set(names)) == len(names), (query.get("subject", query.get("text")), wanted)
            ids = matcher.catalogue.resolve([f"timisoara:{prefix}{name}" for name in names])
            assert None not in ids, [n for n, i in zip(names, ids, strict=True) if i is None]


def test_the_set_is_broad(judged: list[Judged]) -> None:
    assert len({one.subject for one in judged if one.kind == "ACTION"}) == 24
    assert len({one.subject for one in judged if one.kind == "TEXT"}) >= 16
    assert {one.lang for one in judged} == {"ro", "en"}


@pytest.mark.parametrize(
    ("kind", "wanted", "least", "blind"),
    [
        ("ACTION", "partners", 0.76, 0.72),
        ("ACTION", "calls", 0.66, 0.66),
        ("ACTION", "councils", 0.80, 0.70),
        ("TEXT", "partners", 0.74, 0.74),
        ("TEXT", "calls", 0.54, 0.54),
        ("TEXT", "councils", 0.72, 0.72),
    ],
)
def test_no_change_makes_the_lists_worse(
    matcher: Matcher, judged: list[Judged], kind: str, wanted: str, least: float, blind: float
) -> None:
    chosen = [one for one in judged if (one.kind, one.wanted) == (kind, wanted)]
    assert figures(measure("match", by_match(matcher), chosen))[kind, wanted] >= least
    without = by_match(matcher, {"named_in_plan": 0.0})
    assert figures(measure("blind", without, chosen))[kind, wanted] >= blind


def test_partners_of_more_ideas_stay_above_plain_search(matcher: Matcher) -> None:
    more = read_pairs(matcher, IDEAS)
    told = yaml.safe_load(IDEAS.read_text(encoding="utf-8"))["queries"]
    assert {(one.kind, one.wanted) for one in more} == {("TEXT", "partners")}
    for one, query in zip(more, told, strict=True):
        assert len(one.relevant) == sum(map(len, query["partners"].values())), query["text"]
    found = {
        name: figures(measure(name, ranking, more))["TEXT", "partners"]
        for name, ranking in {
            "match": by_match(matcher),
            "words": by_match(matcher, {"words": 0.0}),
            "meaning": by_search(matcher, "meaning"),
            "BM25": by_search(matcher, "words"),
        }.items()
    }
    assert found["match"] >= 0.70
    assert found["match"] > max(found["words"], found["meaning"], found["BM25"]) + 0.01


def test_weights_fitted_on_other_subjects_do_nearly_as_well(
    matcher: Matcher, judged: list[Judged]
) -> None:
    """The weights in use owe little to the very subjects they are measured on."""
    sheets = [sheet(matcher, one) for one in judged]
    others = figures(means("others", judged, left_out(sheets)))
    ours = figures(measure("match", by_match(matcher), judged))
    for key, value in others.items():
        assert ours[key] - value <= 0.06, key


def test_weights_are_fitted_to_what_tells_candidates_apart(
    matcher: Matcher, judged: list[Judged]
) -> None:
    sheets = [sheet(matcher, one) for one in judged if one.wanted == "partners"]
    found = fitted(sheets)
    assert fmean(one.ndcg(found) for one in sheets) > fmean(one.ndcg(EQUAL) for one in sheets)


@pytest.mark.parametrize("baseline", ["words", "meaning", "topics", "chance"])
def test_matching_is_better_than_each_plain_way(
    matcher: Matcher, judged: list[Judged], baseline: str
) -> None:
    plain = {"topics": by_topics(matcher), "chance": by_chance(matcher)}.get(baseline)
    rows = measure(baseline, plain or by_search(matcher, baseline), judged)
    ours = figures(measure("match", by_match(matcher, {"named_in_plan": 0.0}), judged))
    for key, value in figures(rows).items():
        assert ours[key] > value, key


def test_a_file_of_another_form_is_refused(matcher: Matcher, tmp_path: Path) -> None:
    other = tmp_path / "pairs.yml"
    other.write_text("queries: 3", encoding="utf-8")
    with pytest.raises(FileError):
        read_pairs(matcher, other)
    with pytest.raises(FileError):
        read_pairs(matcher, tmp_path / "none.yml")
