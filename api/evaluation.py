"""`resurse evaluate`: how good the lists are on judged sets, beside plain baselines."""

from __future__ import annotations

from pathlib import Path

from api.snapshot import Snapshot
from graph.match.judging.evaluate import match_report
from graph.match.judging.past import grants_report
from graph.search.evaluate import read_queries
from graph.search.evaluate import report as search_report
from ontology.errors import InputError, Said

JUDGED = Path(__file__).parents[1] / "tests"
"""The project's own judged sets stand beside its tests."""


def report(
    snapshot: Snapshot, what: str, path: Path | None
) -> tuple[list[str], list[list[object]]]:
    """Columns and rows of figures. Raises InputError for another word than search, match or grants."""
    if what == "search":
        queries = read_queries(
            path or JUDGED / "search" / "queries.yml", snapshot.catalogue.resolve
        )
        rows = search_report(snapshot.search, queries)
        columns = ["method", "lang", "queries", "nDCG@10", "recall@10", "MRR"]
        return columns, [
            [r.method, r.lang, r.queries, round(r.ndcg, 3), round(r.recall, 3), round(r.mrr, 3)]
            for r in rows
        ]
    if what == "match":
        return match_report(snapshot.matcher, path or JUDGED / "match" / "pairs.yml")
    if what == "grants":
        return grants_report(snapshot.matcher)
    raise InputError(
        Said(f"nu se poate evalua „{what}”", f"'{what}' cannot be evaluated"),
        Said("Scrieți search, match sau grants.", "Write search, match or grants."),
    )
