"""The template of a local open-government plan: its headings, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ingest.plan.contents import all_titles, in_contents
from ingest.plan.headings import FIELDS, ROMANIAN
from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.text import BREAKS, Span, Text

COMMITMENT, ACTION, SECTION, FIELD = "commitment", "action", "section", "field"

OTHER = "other"
"""The name of a heading that other towns add; what it heads is not read."""

_FIELD = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<f{i}>{p})" for i, p in enumerate(FIELDS.values()))
    + r")(?!\w)(?: ?\([^()\n\t:]{2,40}\)(?= ?:))? ?(?:(?P<colon>:)|(?P<dash>-(?=\s|$)))?"
)
_COMMITMENT = re.compile(
    r"(?<![\w.])\(?(?:(?P<word>(?:angajament(?:ul)?|ang\.)(?: nr\.?| numarul)?) ?(?:# ?)?)?(?P<a>a\.?)? ?"
    r"(?P<n>\d{1,2}|(?<=[a-z. ])[ivx]{1,4}|(?:al )?(?:intai|doilea|treilea|patrulea|cincilea|saselea))"
    r" ?(?:(?P<sep>[:.)]|-(?!\d))(?=[\s\"])|(?P<bare>(?=[\n\t\f]|$)))"
)
_ACTION = re.compile(
    r"(?<![\w.])[(\[]?(?:(?P<word>act(?:iunea|ivitatea|\.)) (?:nr\.? )?)?(?P<a>a[.-]? ?)?(?P<n>\d{1,2}) ?(?P<dot>[.,/_-]) ?(?P<k>\d{1,2})"
    r"(?!\d|/|[.,-]\d)(?P<sep> ?[.:)\]-]| )\s*"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ORDINALS = ("", "intai", "doilea", "treilea", "patrulea", "cincilea", "saselea")
_MARK = re.compile(
    rf"\s*(?:(?:#{{1,6}}|[{STRONG_BULLETS}>|{WEAK_BULLETS}]|\d{{1,2}}[.)])\s*){{1,3}}"
)
_INLINE_MARK = re.compile(rf"[{STRONG_BULLETS}>|{WEAK_BULLETS}] *$")


@dataclass(frozen=True)
class Anchor:
    """A heading found: `span` covers the heading itself, what it heads begins at its end."""

    kind: str
    name: str
    span: Span
    number: int = 0


def find_anchors(text: Text) -> list[Anchor]:
    """Every heading of the template, in order. Contents entries are not headings."""
    found = [*_commitments(text), *_actions(text), *_fields(text), *_sections(text)]
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    found += list(_bare_actions(text, found))
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    kept: list[Anchor] = []
    for one in (_with_mark(text, anchor) for anchor in found):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


_LEAD = 64
"""Characters that list marks before a heading may take; on a line of a whole book none looks further."""


def _line_begin(text: Text, at: int) -> int | None:
    """Where the paragraph or cell begins that holds `at`; None when that is far."""
    floor = max(0, at - _LEAD)
    found = max(text.clean.rfind(sep, floor, at) for sep in "\n\t\f")
    return found + 1 if found >= 0 or floor == 0 else None


def line_start(text: Text, at: int) -> bool:
    """Whether a paragraph or cell begins at `at`, list marks before it aside."""
    begin = _line_begin(text, at)
    if begin is None:
        return False
    before = text.clean[begin:at].strip(" ")
    return not before or _MARK.fullmatch(before) is not None


def _with_mark(text: Text, anchor: Anchor) -> Anchor:
    """The heading together with the list mark before it."""
    start = anchor.span[0]
    begin = _line_begin(text, start)
    if begin is not None and line_start(text, start):
        return replace(anchor, span=(begin, anchor.span[1]))
    inline = _INLINE_MARK.search(text.clean, max(0, start - 4), start)
    if inline is None or anchor.kind != ACTION:
        return anchor
    return replace(anchor, span=(inline.start(), anchor.span[1]))


def _line_end(text: Text, at: int) -> bool:
    rest = text.clean[at : at + 80].lstrip(" ")
    return not rest or rest[0] in "\n\t\f"


def _fields(text: Text) -> Iterator[Anchor]:
    names = list(FIELDS)
    for match in _FIELD.finditer(text.fold):
        start, end = match.span()
        at_start = line_start(text, start)
        small = not text.clean[start].isupper()
        if small and not (at_start and match["colon"]):
            continue
        if match["colon"] or (at_start and (match["dash"] or _line_end(text, end))):
            name = next(names[i] for i in range(len(names)) if match[f"f{i}"] is not None)
            if (
                name == OTHER
                and not (match["colon"] and at_start)
                and text.clean[end : end + 1] != "\t"
            ):
                continue
            yield Anchor(FIELD, name, (start, end))


def _commitments(text: Text) -> Iterator[Anchor]:
    for match in _COMMITMENT.finditer(text.fold):
        start, end = match.span()
        first = match.start("a") if match["a"] else start
        if not (match["a"] or match["word"]):
            continue
        if text.clean[first].islower() and not (
            match["sep"] == ":" and line_start(text, start) and _heads(text, end)
        ):
            continue
        number = _number(match["n"], worded=match["word"] is not None)
        if number is None or (match["bare"] is not None and not _heads(text, end)):
            continue
        inline = match["sep"] == ":" and (match["a"] is not None)
        if inline or line_start(text, start):
            yield Anchor(COMMITMENT, f"A{number}", (start, end), number)


def _number(written: str, *, worded: bool) -> int | None:
    if written.isdigit():
        return int(written)
    written = written.removeprefix("al ")
    names = next((names for names in (_ROMAN, _ORDINALS) if worded and written in names), None)
    return names.index(written) if names else None


def _heads(text: Text, at: int) -> bool:
    """Whether a title and then a heading of the template follow: a code alone on its line."""
    blocks = [text.folded(block) for block in islice(text.blocks((at, at + 2000)), 5)]
    return bool(blocks) and any(_FIELD.match(one) for one in blocks[1:])


def _actions(text: Text) -> Iterator[Anchor]:
    last: tuple[int, int] = (0, 0)
    for match in _ACTION.finditer(text.fold):
        key = int(match["n"]), int(match["k"])
        first = line_start(text, match.start())
        follows = key == (last[0], last[1] + 1) or key[1] == 1
        capital = match["a"] is not None and text.clean[match.start("a")] == "A"
        closed = match["sep"].strip() != "" and match["dot"] == "."
        if not (capital or match["word"]) and not (match["a"] and follows and closed):
            continue
        if match["dot"] != "." and not (first or (capital and (follows or match["sep"].strip()))):
            continue
        if first or (follows and _parted(text, match.start())):
            last = key
            yield Anchor(ACTION, f"A{key[0]}.{key[1]}", match.span(), key[1])


def _bare_actions(text: Text, anchors: list[Anchor]) -> Iterator[Anchor]:
    """Codes without a letter (`1.1. Title`) under a heading of actions that has no others."""
    commitment = 0
    for index, one in enumerate(anchors):
        following = anchors[index + 1] if index + 1 < len(anchors) else None
        commitment = one.number if one.kind == COMMITMENT else commitment
        if (one.kind, one.name) != (FIELD, "actions"):
            continue
        if following is not None and following.kind == ACTION:
            continue
        end = following.span[0] if following else len(text.clean)
        expected = 1
        for match in _ACTION.finditer(text.fold, one.span[1], end):
            if (int(match["n"]), int(match["k"])) != (commitment, expected):
                continue
            expected += 1
            yield Anchor(ACTION, f"A{commitment}.{match['k']}", match.span(), int(match["k"]))


def _parted(text: Text, at: int) -> bool:
    """Whether a code inside a line begins an item: no preposition leads up to it."""
    before = text.fold[max(0, at - 24) : at].rstrip(BREAKS + "-*•●→")
    return (
        re.search(r"\b(?:din|de la|la|cu|prin|conform|pentru|actiunea|actiunii|si|vezi)$", before)
        is None
    )


def _sections(text: Text) -> Iterator[Anchor]:
    for number, title in all_titles(text):
        places = [
            m
            for m in re.finditer(rf"(?<!\w)(?:(\d)\s?[.)]\s?)?{re.escape(title)}(?!\w)", text.fold)
            if not in_contents(text, m.end())
            and (line_start(text, m.start()) or (m[1] and m[1] == str(number)))
            and (m[1] or _line_end(text, m.end()))
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
