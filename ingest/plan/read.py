"""Reads a published plan: from a document to records, losing nothing without a word about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from ingest.plan.actors import read_actors
from ingest.plan.acts import find_acts
from ingest.plan.cells import RawCommitment, gather
from ingest.plan.document import PlanDocument
from ingest.plan.doubts import Doubts, spot
from ingest.plan.files import open_document
from ingest.plan.front import read_head
from ingest.plan.items import Item, split_items
from ingest.plan.measures import measure
from ingest.plan.named import find_programmes, find_strategies
from ingest.plan.periods import read_period
from ingest.plan.platforms import find_platforms
from ingest.plan.process import read_events, read_groups
from ingest.plan.records import (
    LEVELS,
    Measure,
    Passage,
    PlanAction,
    PlanActor,
    PlanCalendar,
    PlanCommitment,
    PlanRelevance,
    PlanTarget,
    Source,
)
from ingest.plan.template import (
    ACTION,
    COMMITMENT,
    FIELD,
    SECTION,
    Anchor,
    commitments_between,
    find_anchors,
)
from ingest.plan.text import Span, Text, fold
from ontology.errors import FileError, Said

Passages = list[tuple[Span, ...]]


def read_plan(path: Path) -> PlanDocument:
    """The plan in a document (txt, md, html, docx, pdf), with its passages and doubts.

    Raises FileError when the file cannot be opened, or holds no commitment of such a plan.
    """
    opened = open_document(path)
    made = read_text(opened.text, opened.source)
    if not made.commitments:
        raise FileError(
            Said("nu este un plan local de acțiune: nu are niciun angajament „A1: …”",
                 "it is no local action plan: it has no commitment 'A1: …'"),
            Said("Dați documentul planului, cu titlurile șablonului (A1:, Descriere:, Rezultate țintite:, Acțiuni:).",
                 "Give the plan itself, with the template's headings (A1:, Descriere:, Rezultate țintite:, Acțiuni:)."),
            str(path),
        )  # fmt: skip
    return replace(made, warnings=(*opened.warnings, *made.warnings))


def read_text(text: Text, source: Source) -> PlanDocument:
    """The plan in an opened text; without commitments when it is no plan."""
    doubts = Doubts(text)
    anchors = find_anchors(text)
    raws = _commitments(text, anchors, doubts)
    front = (0, raws[0].anchor.span[0] if raws else len(text.clean))
    doubts.sections(anchors)
    commitments, passages = [], _Passages()
    for raw in raws:
        commitments.append(_commitment(text, raw, doubts, passages))
    doubts.sequence(raws)
    head = read_head(text, front, [a.span[0] for a in anchors if a.kind == SECTION])
    doubts.head(head)
    loose = [(span,) for span in text.blocks(front)]
    everything = [
        *loose,
        *passages.prose,
        *passages.relevance,
        *passages.actions,
        *passages.targets,
    ]
    acts = find_acts(text, everything)
    groups = read_groups(text, front, acts)
    return PlanDocument(
        plan=replace(head, preparedBy=tuple(one.name for one in groups)),
        commitments=tuple(commitments),
        legal_acts=tuple(acts),
        strategies=tuple(
            find_strategies(text, passages.relevance + passages.actions + passages.targets)
        ),
        programmes=tuple(find_programmes(text, passages.relevance)),
        platforms=tuple(find_platforms(text, passages.actions, passages.targets)),
        events=tuple(read_events(text, front)),
        groups=tuple(groups),
        document=source,
        warnings=doubts.listed(),
    )


class _Passages:
    """Where the things that a plan names are looked for."""

    def __init__(self) -> None:
        self.prose: Passages = []
        self.relevance: Passages = []
        self.actions: Passages = []
        self.targets: Passages = []


def _commitments(text: Text, anchors: Sequence[Anchor], doubts: Doubts) -> list[RawCommitment]:
    """Every commitment once; a title that only a contents list or a summary repeats is left out."""
    groups = list(commitments_between(anchors))
    starts = [one.span[0] for one in anchors if one.kind in (SECTION, COMMITMENT)] + [
        len(text.clean)
    ]
    full = {g[0].name for g in groups if _body(g)}
    made: dict[str, RawCommitment] = {}
    for group in groups:
        name = group[0].name
        if name in full and not _body(group):
            continue
        raw = gather(text, group, starts[bisect_right(starts, group[0].span[0])])
        if name in made:
            doubts.twice(raw)
        elif raw.title or _body(group):
            made[name] = raw
    return list(made.values())


def _body(group: Sequence[Anchor]) -> bool:
    return any(one.kind in (FIELD, ACTION) for one in group)


def _commitment(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: _Passages
) -> PlanCommitment:
    doubts.commitment(raw)
    title = text.words(*raw.title)
    calendar = [part.span for part in raw.fields.get("calendar", [])]
    period = read_period(text.folded(*calendar))
    doubts.period(raw, calendar, period)
    threshold = measure(fold(title), title).measure
    passages.prose += [
        (p.span,)
        for name in ("description", "problem", "objectives")
        for p in raw.fields.get(name, [])
    ]
    return PlanCommitment(
        code=raw.anchor.name,
        title=title,
        start=period.start,
        end=period.end,
        calendar=PlanCalendar(text.passage(*calendar)) if calendar else None,
        description=_prose(text, raw, "description"),
        description_evidence=_where(text, [*raw.loose, *_spans(raw, "description")]),
        objectives=tuple(text.words(*i.spans) for i in _items(text, raw, "objectives")),
        objectives_evidence=_where(text, _spans(raw, "objectives")),
        problem=_prose(text, raw, "problem"),
        problem_evidence=_where(text, _spans(raw, "problem")),
        title_threshold=threshold if threshold.comparator else None,
        actors=tuple(_actors(text, raw, doubts)),
        targets=tuple(_targets(text, raw, doubts, passages)),
        actions=tuple(_actions(text, raw, doubts, passages)),
        relevance=tuple(_relevance(text, raw, doubts, passages)),
        evidence=text.passage((raw.anchor.span[0], raw.anchor.span[1]), *raw.title)
        if not raw.title
        else text.passage((raw.anchor.span[0], raw.title[0][1]), *raw.title[1:]),
    )


def _spans(raw: RawCommitment, name: str) -> list[Span]:
    return [part.span for part in raw.fields.get(name, [])]


def _where(text: Text, spans: Sequence[Span]) -> Passage | None:
    """Where a paragraph stands; its words are the value itself."""
    return Passage(text.passage(*spans).spans) if spans else None


def _prose(text: Text, raw: RawCommitment, name: str) -> str | None:
    spans = _spans(raw, name)
    if name == "description":
        spans = [*raw.loose, *spans]
    return text.words(*spans) or None


def _items(text: Text, raw: RawCommitment, name: str) -> list[Item]:
    return split_items(text, raw.fields.get(name, []), heads=name in ("targets", "objectives"))


def _actors(text: Text, raw: RawCommitment, doubts: Doubts) -> Iterator[PlanActor]:
    parts = raw.fields.get("actors", [])
    items = split_items(text, parts)
    for actor, doubtful in read_actors(text, items):
        if doubtful:
            doubts.add(
                spot(raw.anchor.name, "actors"), actor.evidence, *doubts.NO_COMMA, actor.name
            )
        yield actor


def _targets(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: _Passages
) -> Iterator[PlanTarget]:
    items = _items(text, raw, "targets")
    doubts.items(raw, "targets", items)
    for number, item in enumerate(items, 1):
        words = text.words(*item.spans)
        measured = measure(fold(words), words)
        evidence = text.passage(*item.spans)
        doubts.numbers(spot(raw.anchor.name, "targets", number), evidence, measured.notes)
        passages.targets.append(tuple(item.spans))
        made: Measure = measured.measure
        yield PlanTarget(**{**made.__dict__, "text": words, "evidence": evidence})


def _actions(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: _Passages
) -> Iterator[PlanAction]:
    seen: set[str] = set()
    for anchor, parts in raw.actions:
        spans = [part.span for part in parts]
        if anchor.name in seen or not spans:
            doubts.action(raw, anchor, spans, repeated=anchor.name in seen)
            continue
        seen.add(anchor.name)
        passages.actions.append(tuple(spans))
        whole = ((anchor.span[0], spans[0][1]), *spans[1:])
        yield PlanAction(code=anchor.name, title=text.words(*spans), evidence=text.passage(*whole))
    yield from _uncoded(text, raw, doubts, passages, seen)


def _uncoded(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: _Passages, seen: set[str]
) -> Iterator[PlanAction]:
    """Items under the actions' heading: `2.1. Title`, or without a code, which gets the next free."""
    items = _items(text, raw, "actions")
    own = re.compile(rf"{raw.anchor.number} ?\. ?(\d{{1,2}})[.):]? +(?=\S)")
    found = [own.match(text.clean, *item.spans[0]) for item in items]
    given = set(seen)
    taken = seen | {f"{raw.anchor.name}.{int(match[1])}" for match in found if match}
    free = (c for n in count(1) if (c := f"{raw.anchor.name}.{n}") not in taken)
    for number, (item, match) in enumerate(zip(items, found, strict=True), 1):
        spans = [(match.end(), item.spans[0][1]), *item.spans[1:]] if match else item.spans
        evidence = text.passage(*item.spans)
        if match is None:
            code = next(free)
            doubts.add(spot(raw.anchor.name, "actions", number), evidence, *doubts.NO_CODE, code)
        else:
            code = f"{raw.anchor.name}.{int(match[1])}"
        if code in given:
            doubts.add(code, evidence, *doubts.REPEATED, text.words(*spans))
            continue
        given.add(code)
        passages.actions.append(tuple(spans))
        yield PlanAction(code=code, title=text.words(*spans), evidence=evidence)


def _relevance(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: _Passages
) -> Iterator[PlanRelevance]:
    for level in LEVELS:
        items = _items(text, raw, f"relevance.{level}")
        doubts.items(raw, f"relevance.{level}", items)
        for item in items:
            passages.relevance.append(tuple(item.spans))
            yield PlanRelevance(
                level=level, text=text.words(*item.spans), evidence=text.passage(*item.spans)
            )
