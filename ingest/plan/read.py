"""Reads a published plan: from a document to records, losing nothing without a word about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.plan import whole_doubts
from ingest.plan.acts import find_acts
from ingest.plan.anchors import ACTION, COMMITMENT, FIELD, SECTION, Anchor
from ingest.plan.cells import gather
from ingest.plan.commitment import Passages, read_commitment
from ingest.plan.document import PlanDocument
from ingest.plan.doubts import Doubts
from ingest.plan.files import open_document
from ingest.plan.front import read_head
from ingest.plan.letter_case import with_case
from ingest.plan.named import find_programmes, find_strategies
from ingest.plan.parts import RawCommitment
from ingest.plan.platforms import find_platforms
from ingest.plan.process import read_events, read_groups
from ingest.plan.records import PlanRest, Source
from ingest.plan.rest import unused
from ingest.plan.template import commitments_between, find_anchors
from ingest.plan.text import Text
from ontology.errors import FileError, Said


def read_plan(path: Path) -> PlanDocument:
    """The plan in a document (txt, md, html, docx, odt, pdf), with its passages and doubts.

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
    text = with_case(text)
    doubts = Doubts(text)
    anchors = find_anchors(text)
    raws = _commitments(text, anchors, doubts)
    front = (0, raws[0].anchor.span[0] if raws else len(text.clean))
    whole_doubts.sections(doubts, anchors)
    commitments, passages = [], Passages()
    for raw in raws:
        commitments.append(read_commitment(text, raw, doubts, passages))
    whole_doubts.sequence(doubts, raws)
    whole_doubts.end(doubts, raws, anchors)
    head = read_head(text, front, [a.span[0] for a in anchors if a.kind == SECTION])
    whole_doubts.head(doubts, head)
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
    made = PlanDocument(
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
    )
    rest = _rest(text, anchors, raws, made, doubts)
    return replace(made, rest=rest, warnings=(*text.notes, *doubts.listed()))


def _rest(
    text: Text,
    anchors: Sequence[Anchor],
    raws: Sequence[RawCommitment],
    made: PlanDocument,
    doubts: Doubts,
) -> tuple[PlanRest, ...]:
    """What no entry holds: among the commitments a doubt, before and after them kept as it is."""
    found: list[PlanRest] = []
    for span in unused(text, anchors, made):
        raw = next((one for one in raws if one.anchor.span[0] <= span[0] < one.end), None)
        if raw is None:
            found.append(PlanRest(text.passage(span)))
        else:
            doubts.unread(raw, span)
    return tuple(found)


def _commitments(text: Text, anchors: Sequence[Anchor], doubts: Doubts) -> list[RawCommitment]:
    """Every commitment once; a title that only a contents list or a summary repeats is left out."""
    groups = _with_repeated_heads(text, list(commitments_between(anchors)))
    starts = [one.span[0] for one in anchors if one.kind in (SECTION, COMMITMENT)] + [
        len(text.clean)
    ]
    full = {g[0].name for g in groups if _body(g)}
    made: dict[str, RawCommitment] = {}
    for group in groups:
        name = group[0].name
        if name in full and not _body(group):
            continue
        doubts.headings(name, group)
        raw = gather(text, group, starts[bisect_right(starts, group[-1].span[0])])
        if name in made:
            doubts.twice(raw)
        elif raw.title or _body(group):
            made[name] = raw
    return list(made.values())


def _with_repeated_heads(text: Text, groups: list[list[Anchor]]) -> list[list[Anchor]]:
    """The groups; one whose title a new page only repeats goes on the one before it."""
    made: list[list[Anchor]] = []
    for group in groups:
        before = made[-1] if made else None
        if before and before[0].name == group[0].name and _body(before) and _body(group):
            first, again = _head_words(text, before[0]), _head_words(text, group[0])
            told = {one.name for one in before[1:]} & {one.name for one in group[1:]}
            if first and not told and (again.startswith(first) or first.startswith(again)):
                before += group
                continue
        made.append(group)
    return made


def _head_words(text: Text, anchor: Anchor) -> str:
    start = anchor.span[1]
    return text.folded(next(text.blocks((start, start + 400)), (start, start)))


def _body(group: Sequence[Anchor]) -> bool:
    return any(one.kind in (FIELD, ACTION) for one in group)
