"""The published text itself, where it lies beside the checkout (collected only there)."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

import pytest

from ingest.plan import PlanDocument, read_plan
from ingest.plan.text import fold

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "plan" / "pla-2022-2023.txt"


@pytest.fixture(scope="module")
def published() -> PlanDocument:
    return read_plan(PUBLISHED)


def test_the_bundled_plan_says_what_the_published_text_says(
    published: PlanDocument, bundled: PlanDocument
) -> None:
    for ours, theirs in zip(bundled.commitments, published.commitments, strict=True):
        assert (ours.code, ours.title, ours.start, ours.end) == (
            theirs.code,
            theirs.title,
            theirs.start,
            theirs.end,
        )
        assert [(a.code, a.title) for a in ours.actions] == [
            (a.code, a.title) for a in theirs.actions
        ]
        facts = [
            "text",
            "comparator",
            "value",
            "lower",
            "upper",
            "unit",
            "counted",
            "rate",
            "denominator",
        ]
        assert [[getattr(t, f) for f in facts] for t in ours.targets] == [
            [getattr(t, f) for f in facts] for t in theirs.targets
        ]
        assert [(a.name, a.generic, a.category) for a in ours.actors] == [
            (a.name, a.generic, a.category) for a in theirs.actors
        ]
        assert [r.level for r in ours.relevance] == [r.level for r in theirs.relevance]
        assert len(ours.objectives) == len(theirs.objectives)
    for name in ("legal_acts", "strategies", "programmes", "platforms", "groups"):
        assert [one.name for one in getattr(bundled, name)] == [
            one.name for one in getattr(published, name)
        ]
    assert bundled.events == tuple(
        type(one)(one.name, one.type, one.date, one.attendance, ours.evidence)
        for one, ours in zip(published.events, bundled.events, strict=True)
    )


def test_the_bundled_positions_are_those_of_the_published_text(
    published: PlanDocument, bundled: PlanDocument
) -> None:
    assert hashlib.sha256(PUBLISHED.read_bytes()).hexdigest() == bundled.document.sha256
    for ours, theirs in zip(bundled.commitments, published.commitments, strict=True):
        for part in ("actors", "targets", "actions", "relevance"):
            for one, other in zip(getattr(ours, part), getattr(theirs, part), strict=True):
                assert one.evidence.spans == other.evidence.spans


def test_no_paragraph_of_the_published_text_is_in_the_bundled_plan(
    published: PlanDocument, bundled: PlanDocument
) -> None:
    ours = " ".join(re.findall(r"\w+", fold(bundled.to_yaml())))
    for one in published.commitments:
        for words in (one.description, one.problem, *one.objectives, published.plan.vision):
            for sentence in re.split(r"[.!?]", fold(words or "")):
                assert (
                    len(sentence.split()) < 8 or " ".join(re.findall(r"\w+", sentence)) not in ours
                )


def test_every_passage_is_an_exact_piece_of_the_text(published: PlanDocument) -> None:
    text = PUBLISHED.read_text(encoding="utf-8")
    for commitment in published.commitments:
        things = (
            *commitment.actors,
            *commitment.targets,
            *commitment.actions,
            *commitment.relevance,
        )
        for one in (commitment, *things):
            pieces = (one.evidence.text or "").split(" […] ")
            assert [text[a:b] for a, b in one.evidence.spans] == pieces


def test_its_doubtful_places_are_said(published: PlanDocument) -> None:
    places = [one.where.split(" (")[0] for one in published.warnings]
    assert places == [
        "secțiunea 4", "A1, Posibili actori implicați", "A2, Relevanță națională", "A2, Rezultate țintite",
        "A3, Context și problemă", "A4, Descriere", "A4, Rezultate țintite", "A4, Rezultate țintite, 4",
    ]  # fmt: skip


def _variants() -> dict:
    spec = importlib.util.spec_from_file_location(
        "plan_variants", Path(__file__).parent / "test_papers.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {"variants": module.VARIANTS, "content": module.content}


SHARED = _variants()


@pytest.mark.parametrize("name", SHARED["variants"])
def test_every_variant_of_the_published_text_reads_the_same(
    name: str, read, published: PlanDocument
) -> None:
    made = read(SHARED["variants"][name](PUBLISHED.read_text(encoding="utf-8")))
    assert SHARED["content"](made) == SHARED["content"](published)
