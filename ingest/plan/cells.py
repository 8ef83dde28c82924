"""Puts each commitment's fields together, also where a page break cut a table row in two.

A cut row goes on as another row without headings: its left cell belongs to the field that stood
last on the left, its right cell to the one on the right. Where the borders are lost too, a
paragraph that begins in the middle of a sentence goes to the field that ended in the middle of one.
"""

from __future__ import annotations

import re

from ingest.plan.anchors import ACTION, COMMITMENT, OTHER, Anchor, line_start
from ingest.plan.going_on import counts_on, fit, is_open
from ingest.plan.line_ends import STRONG_BULLETS as STRONG
from ingest.plan.line_ends import WEAK_BULLETS
from ingest.plan.parts import Part, RawCommitment, dangling
from ingest.plan.sides import Sides
from ingest.plan.text import Span, Text

_CONTINUED = re.compile(r"[-(\[]* ?(?:continuare|continua|cont\.|urmare)\w*[)\]]?")
"""What a repeated title of a table adds: `(continuare)`."""

_CELL = 8000
"""Characters within which the border of a cell is looked for."""


def gather(text: Text, group: list[Anchor], end: int) -> RawCommitment:
    """One commitment from its headings; the last one's text ends at `end`."""
    raw = RawCommitment(group[0], end=end)
    sides = Sides()
    ends = [one.span[0] for one in group[1:]] + [end]
    for anchor, stop in zip(group, ends, strict=True):
        blocks = list(text.blocks((anchor.span[1], stop)))
        if anchor is group[0]:
            _title(text, raw, blocks)
            last = anchor
        elif anchor.kind == COMMITMENT:
            # the head of a table that goes on over the page: what follows it goes on the field
            if last.kind != COMMITMENT:
                start = _after_title(text, raw, anchor.span[1], stop)
                _Filler(text, raw, sides, last, again=True).fill(list(text.blocks((start, stop))))
        elif anchor.name != OTHER:
            _Filler(text, raw, sides, anchor).fill(blocks)
            last = anchor
    return raw


def _title(text: Text, raw: RawCommitment, blocks: list[Span]) -> None:
    for number, block in enumerate(blocks):
        goes_on = text.clean[block[0]].islower() or dangling(text.folded(*raw.title))
        if number == 0 or (
            goes_on and not raw.loose and "\f" not in _between(text, blocks, number)
        ):
            raw.title.append(block)
        else:
            raw.loose.append(block)


def _after_title(text: Text, raw: RawCommitment, at: int, stop: int) -> int:
    """Where a title that is repeated at `at` ends: after the last of its words."""
    words = iter(text.folded(*raw.title).split())
    for word in re.compile(r"\S+").finditer(text.fold, at, stop):
        if word[0] != next(words, None):
            goes_on = _CONTINUED.match(text.fold, word.start(), stop)
            return goes_on.end() if goes_on else word.start()
    return stop


def _between(text: Text, blocks: list[Span], number: int) -> str:
    return text.clean[blocks[number - 1][1] : blocks[number][0]] if number else ""


class _Filler:
    """Hands the paragraphs under one heading to the fields they belong to."""

    def __init__(
        self, text: Text, raw: RawCommitment, sides: Sides, anchor: Anchor, *, again: bool = False
    ) -> None:
        self.text, self.raw, self.sides, self.anchor = text, raw, sides, anchor
        self.here: list[Part] = []
        if again and anchor.kind == ACTION:
            self.here = raw.actions[-1][1]
        elif again:
            self.here = raw.fields[anchor.name]
        elif anchor.kind == ACTION:
            raw.actions.append((anchor, self.here))
        else:
            self.here = raw.fields.setdefault(anchor.name, self.here)
            sides.enter(anchor.name)
        self.current = anchor.name
        self.bulleted: set[int] = set()
        """Where bullets begin that belong to the other column."""

    def fill(self, blocks: list[Span]) -> None:
        """Every block finds its field."""
        before = self.anchor.span[1]
        for number, block in enumerate(self._parted(blocks)):
            target = self._target(before, block) if self._loose(number, before, block) else None
            if target is not None and target != self.current and target in self.raw.fields:
                self.current = target
                self.raw.fields[target].append(Part(block, moved=True))
            elif self.current != self.anchor.name:
                self.raw.fields[self.current].append(Part(block))
            else:
                self.here.append(Part(block))
            before = block[1]

    def _parted(self, blocks: list[Span]) -> list[Span]:
        """The blocks, a numbered one parted where the bullets of the other column run into it."""
        other = self.sides.last.get(1 - (self.sides.side(self.anchor.name) or 0))
        if not self.anchor.name.startswith("relevance") or other != "targets":
            return blocks
        made: list[Span] = []
        for start, end in blocks:
            bullet = re.compile(rf"[{STRONG}]").search(self.text.clean, start, end)
            numbered = re.match(r"\d{1,2}[.)]\s", self.text.clean[start:end])
            if bullet is None or not numbered:
                made.append((start, end))
                continue
            made += [self.text.trim((start, bullet.start())), (bullet.start(), end)]
            self.bulleted.add(bullet.start())
        return made

    def _loose(self, number: int, before: int, block: Span) -> bool:
        """Whether the block may belong elsewhere: not the first words under the heading."""
        gap = self.text.clean[before : block[0]]
        return number > 0 or (self.anchor.kind != ACTION and ("\t" in gap or "\f" in gap))

    def _target(self, before: int, block: Span) -> str | None:
        clean = self.text.clean
        gap = clean[before : block[0]]
        if block[0] in self.bulleted:
            return "targets"
        if (
            gap == "\t"
            and before == self.anchor.span[1]
            and self.sides.side(self.anchor.name) is None
        ):
            return None  # the heading in one cell, what it heads in the next
        marked = not line_start(self.text, block[0]) or _marked(clean[block[0] : block[0] + 6])
        if gap.endswith("\t") and not (marked and "\n" in gap):
            return self._by_cell(1, block)
        if self._left_cell(gap, block):
            return self._by_cell(0, block)
        if marked or not clean[block[0]].islower():
            return None
        return self._unfinished(block)

    def _by_cell(self, side: int, block: Span) -> str | None:
        """The field of a cell that goes on: the one on its side, unless the other fits far better."""
        here, there = self.sides.last.get(side), self.sides.last.get(1 - side)
        if here is None or there is None:
            return here
        clean = self.text.clean
        following = [
            name for name in (here, there) if counts_on(self.text, self._parts(name), block)
        ]
        if len(following) == 1:
            return following[0]
        if re.match(rf"[{STRONG}]", clean[block[0]]):
            other = there == "targets" and here.startswith("relevance")
            return there if other and not self._bulleted() else here
        if not clean[block[0]].islower():
            return here
        start = self.text.folded(block).split()[0]
        return there if self._fits(there, start) > self._fits(here, start) + 1 else here

    def _bulleted(self) -> bool:
        """Whether the relevance of this commitment is listed with bullets too."""
        return any(
            name.startswith("relevance") and re.match(rf"[{STRONG}]", self.text.clean[part.span[0]])
            for name, parts in self.raw.fields.items()
            for part in parts[:1]
        )

    def _parts(self, name: str) -> list[Part]:
        return self.raw.fields.get(name) or []

    def _fits(self, name: str, start: str) -> int:
        return fit(self.text, name, self._parts(name), start)

    def _left_cell(self, gap: str, block: Span) -> bool:
        """Whether a cell border follows the block before any gap, and a row begins with it."""
        after = re.compile(r"\t|\n\n|\f").search(
            self.text.clean, block[1], min(self.raw.end, block[1] + _CELL)
        )
        if after is None or after[0] != "\t":
            return False
        if "\n\n" in gap or "\f" in gap or "\t\n" in gap:
            return True
        # a border with nothing behind it is that of an empty last column
        beyond = self.text.clean[after.end() : after.end() + 1]
        return after.start() == block[1] and beyond not in ("", "\n", "\f")

    def _unfinished(self, block: Span) -> str | None:
        """For a paragraph that begins in mid-sentence: the field that ended in mid-sentence."""
        side = self.sides.side(self.current)
        if side is None:
            return None
        other = self.sides.last.get(1 - side)
        if other is None or other == self.current:
            return None
        start = self.text.folded(block).split()[0]
        elsewhere, here = self._fits(other, start), self._fits(self.current, start)
        if elsewhere > here + 1:
            return other
        if here > elsewhere + 1:
            return None
        if side == 1:
            return other if is_open(self.text, other, self._parts(other)) else None
        # left again after the right side: the right cell is what a page break cut
        later = self.raw.fields[other][:1] and self.raw.fields[self.current][:1]
        started = later and self.raw.fields[other][0].span[0] < self.anchor.span[0]
        return (
            other
            if started and not is_open(self.text, self.current, self._parts(self.current))
            else None
        )


def _marked(start: str) -> bool:
    return re.match(rf"[{STRONG}{WEAK_BULLETS}]|\d{{1,2}}[.)]\s", start) is not None
