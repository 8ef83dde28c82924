"""The measures by hand, and how good search must be on the judged queries of the city."""

from pathlib import Path

import pytest

from api.wiring import Installation
from graph.search.evaluate import (
    Judged,
    Row,
    measure,
    ndcg,
    read_queries,
    recall,
    reciprocal_rank,
    report,
)
from graph.search.hybrid import Search
from ontology.errors import FileError

JUDGED = Path(__file__).parent / "queries.yml"


def test_measures_by_hand() -> None:
    relevant = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], relevant) == 1
    assert ndcg(["x", "a"], relevant) == pytest.approx((7 / 1.58496) / (7 + 1 / 1.58496), abs=1e-4)
    assert ndcg(["x"], {}) == 0
    assert recall(["x", "a"], relevant) == 0.5
    assert reciprocal_rank(["x", "a"], relevant) == 0.5
    assert reciprocal_rank(["x"], relevant) == 0


def test_rows_are_means_per_language() -> None:
    queries = [Judged("ro", "a", {"a": 1}), Judged("en", "b", {"x": 1})]
    rows = measure("echo", lambda text: [text], queries)
    assert rows == [
        Row("echo", "ro", 1, 1, 1, 1),
        Row("echo", "en", 1, 0, 0, 0),
        Row("echo", "all", 2, 0.5, 0.5, 0.5),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "queries: 3",
        "queries: [{lang: fr, text: a, relevant: {}}]",
        "queries: [{lang: ro}]",
        "\x00",
    ],
)
def test_queries_of_another_form_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "queries.yml"
    path.write_text(content)
    with pytest.raises(FileError, match="relevant"):
        read_queries(path, lambda ids: ids)


@pytest.fixture(scope="module")
def rows(city_search: Search, city_row_ids: dict[str, str]) -> dict[tuple[str, str], Row]:
    queries = read_queries(JUDGED, lambda ids: [city_row_ids.get(id_) for id_ in ids])
    return {(row.method, row.lang): row for row in report(city_search, queries, {})}


def test_search_is_as_good_as_we_say(rows: dict[tuple[str, str], Row]) -> None:
    assert rows["hybrid", "ro"].queries >= 60
    assert rows["hybrid", "en"].queries >= 60
    assert rows["hybrid", "ro"].ndcg >= 0.75
    assert rows["hybrid", "en"].ndcg >= 0.72


@pytest.mark.parametrize("part", ["BM25", "characters", "vectors"])
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_the_whole_is_better_than_each_part(
    rows: dict[tuple[str, str], Row], part: str, lang: str
) -> None:
    assert rows["hybrid", lang].ndcg >= rows[part, lang].ndcg


def test_ids_are_read_in_the_scheme_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "queries.yml"
    path.write_text(
        "scheme: city\n"
        "queries: [{lang: ro, text: a, relevant: {x: 3, y: 1}}, {lang: en, text: b, relevant: {z: 1}}]"
    )
    known = {"city:x": "org/x", "y": "org/y"}
    assert read_queries(path, lambda ids: [known.get(id_) for id_ in ids]) == [
        Judged("ro", "a", {"org/x": 3, "org/y": 1})
    ]


def test_the_plan_itself_is_found(installation: Installation) -> None:
    """Commitments, actions and targets are things that people search for, too."""
    held = installation.snapshot
    judged = [
        one
        for one in read_queries(JUDGED, held.catalogue.resolve)
        if any(id_.startswith("plan/") for id_ in one.relevant)
    ]
    assert len(judged) >= 18
    rows = measure("hybrid", lambda text: [hit.id for hit in held.search.query(text).hits], judged)
    assert {row.lang: row.ndcg >= 0.7 for row in rows} == {"ro": True, "en": True, "all": True}
