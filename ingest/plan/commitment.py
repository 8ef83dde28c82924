"""Reads one commitment: its paragraphs, period, actors, targets, actions and relevance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from ingest.plan.actors import read_actors
from ingest.plan.doubt_words import spot
from ingest.plan.doubts import Doubts
from ingest.plan.items import Item, split_items, without_mark
from ingest.plan.measures import measure
from ingest.plan.parts import RawCommitment
from ingest.plan.periods import read_period
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
)
from ingest.plan.text import Span, Text, fold

Places = list[tuple[Span, ...]]


class Passages:
    """Where the things that a plan names are looked for."""

    def __init__(self) -> None:
        self.prose: Places = []
        self.relevance: Places = []
        self.actions: Places = []
        self.targets: Places = []


def read_commitment(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: Passages
) -> PlanCommitment:
    """The commitment under its headings; where it names things is noted in `passages`."""
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
    return split_items(
        text, raw.fields.get(name, []), heads=name in ("targets", "objectives"), semicolons=True
    )


def _actors(text: Text, raw: RawCommitment, doubts: Doubts) -> Iterator[PlanActor]:
    parts = raw.fields.get("actors", [])
    items = split_items(text, parts, names=True)
    doubts.brackets(raw, "actors", items)
    for actor, doubtful in read_actors(text, items):
        if doubtful:
            doubts.add(
                spot(raw.anchor.name, "actors"), actor.evidence, *doubts.NO_COMMA, actor.name
            )
        yield actor


def _targets(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: Passages
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
    text: Text, raw: RawCommitment, doubts: Doubts, passages: Passages
) -> Iterator[PlanAction]:
    titles: dict[str, str] = {}
    given = {anchor.name for anchor, _ in raw.actions}
    free = (c for n in count(1) if (c := f"{raw.anchor.name}.{n}") not in given)
    for anchor, parts in raw.actions:
        spans = [part.span for part in parts]
        code, title = anchor.name, text.folded(*spans)
        if not spans or titles.get(code) == title:
            doubts.action(raw, anchor, spans, repeated=code in titles)
            continue
        if code in titles:
            code = next(free)
            doubts.add(
                anchor.name,
                text.passage(anchor.span),
                *doubts.RECODED,
                f"{code} {text.words(*spans)}",
            )
        titles[code] = title
        spans[-1] = without_mark(text, spans[-1])
        passages.actions.append(tuple(spans))
        whole = ((anchor.span[0], spans[0][1]), *spans[1:])
        yield PlanAction(code=code, title=text.words(*spans), evidence=text.passage(*whole))
    yield from _uncoded(text, raw, doubts, passages, set(titles))


def _uncoded(
    text: Text, raw: RawCommitment, doubts: Doubts, passages: Passages, seen: set[str]
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
    text: Text, raw: RawCommitment, doubts: Doubts, passages: Passages
) -> Iterator[PlanRelevance]:
    for level in LEVELS:
        items = _items(text, raw, f"relevance.{level}")
        doubts.items(raw, f"relevance.{level}", items)
        for item in items:
            passages.relevance.append(tuple(item.spans))
            yield PlanRelevance(
                level=level, text=text.words(*item.spans), evidence=text.passage(*item.spans)
            )
