"""The template of a local open-government plan: its headings, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.plan.anchors import (
    ACTION,
    COMMITMENT,
    FIELD,
    OTHER,
    SECTION,
    Anchor,
    line_begin,
    line_end,
    line_start,
)
from ingest.plan.codes import actions, bare_actions, commitments
from ingest.plan.contents import all_titles, in_contents
from ingest.plan.headings import BROKEN_HEAD, FIELD_HEAD, FIELDS, ROMANIAN
from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.near_headings import label_starts, read_label
from ingest.plan.text import Text

_FIELDS = frozenset(FIELDS) - {OTHER}
_INLINE_MARK = re.compile(rf"[{STRONG_BULLETS}>|{WEAK_BULLETS}] *$")


def find_anchors(text: Text) -> list[Anchor]:
    """Every heading of the template, in order. Contents entries are not headings."""
    found = [*commitments(text), *actions(text), *_fields(text), *_sections(text)]
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    found += list(_near_fields(text, found))
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    found += list(bare_actions(text, found))
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    kept: list[Anchor] = []
    for one in (_with_mark(text, anchor) for anchor in found):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


def _with_mark(text: Text, anchor: Anchor) -> Anchor:
    """The heading together with the list mark before it."""
    start = anchor.span[0]
    begin = line_begin(text, start)
    if begin is not None and line_start(text, start):
        return replace(anchor, span=(begin, anchor.span[1]))
    inline = _INLINE_MARK.search(text.clean, max(0, start - 4), start)
    if inline is None or anchor.kind != ACTION:
        return anchor
    return replace(anchor, span=(inline.start(), anchor.span[1]))


def _fields(text: Text) -> Iterator[Anchor]:
    names = list(FIELDS)
    for match in FIELD_HEAD.finditer(text.fold):
        start, end = match.span()
        at_start = line_start(text, start)
        small = not text.clean[start].isupper()
        if small and not (at_start and match["colon"]):
            continue
        if match["colon"] or (at_start and (match["dash"] or line_end(text, end))):
            name = next(names[i] for i in range(len(names)) if match[f"f{i}"] is not None)
            if (
                name == OTHER
                and not (match["colon"] and at_start)
                and text.clean[end : end + 1] != "\t"
            ):
                continue
            yield Anchor(FIELD, name, (start, end))
    for match in BROKEN_HEAD.finditer(text.fold):
        start, end = match.span()
        whole = match["colon"] or line_end(text, end)
        if "\n" in match[0] and whole and text.clean[start].isupper() and line_start(text, start):
            name = next(names[i] for i in range(len(names)) if match[f"f{i}"] is not None)
            yield Anchor(FIELD, name, (start, end))


def _near_fields(text: Text, anchors: list[Anchor]) -> Iterator[Anchor]:
    """Headings misspelt or worded otherwise, of fields that their commitment has not."""
    starts = [n for n, one in enumerate(anchors) if one.kind in (COMMITMENT, SECTION)]
    if not starts:
        return
    places = iter(label_starts(text.clean))
    place = next(places, None)
    for first, last in zip(starts, [*starts[1:], len(anchors)], strict=True):
        head, inside = anchors[first], anchors[first:last]
        stop = anchors[last].span[0] if last < len(anchors) else len(text.clean)
        here = {one.name for one in inside if one.kind == FIELD}
        action = next((one.span[0] for one in inside if one.kind == ACTION), stop)
        taken = iter(inside)
        near = next(taken, None)
        while place is not None and place < stop:
            while near is not None and near.span[1] <= place:
                near = next(taken, None)
            free = head.span[1] <= place and (near is None or near.span[0] > place)
            wanted = head.kind == COMMITMENT and free and not here.issuperset(_FIELDS)
            label = read_label(text.fold, place) if wanted else None
            if label is not None and label[0] not in here:
                name, end, spelt = label
                capital = text.clean[place:end].strip(' [(_*#"')[:1].isupper()
                if (capital or spelt) and (name != "actions" or place < action):
                    here.add(name)
                    yield Anchor(FIELD, name, (place, end), guessed=True)
            place = next(places, None)


def _sections(text: Text) -> Iterator[Anchor]:
    for number, title in all_titles(text):
        places = [
            m
            for m in re.finditer(rf"(?<!\w)(?:(\d)\s?[.)]\s?)?{re.escape(title)}(?!\w)", text.fold)
            if not in_contents(text, m.end())
            and (line_start(text, m.start()) or (m[1] and m[1] == str(number)))
            and (m[1] or line_end(text, m.end()))
        ]
        if places:
            match = places[-1]
            yield Anchor(SECTION, title, match.span(), number)


def heading(name: str) -> str:
    """What the template calls a field, in Romanian."""
    return ROMANIAN.get(name, name)


def commitments_between(anchors: Iterable[Anchor]) -> Iterator[list[Anchor]]:
    """The headings grouped: each group begins with a commitment and ends before a section."""
    group: list[Anchor] = []
    for one in anchors:
        if one.kind == COMMITMENT:
            if group:
                yield group
            group = [one]
        elif one.kind == SECTION:
            if group:
                yield group
            group = []
        elif group:
            group.append(one)
    if group:
        yield group
