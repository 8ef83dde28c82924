"""Accounts for every word of a document: what no entry holds as its passage is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from ingest.plan.actor_words import FUNCTION
from ingest.plan.anchors import OTHER, Anchor
from ingest.plan.contents import section_titles
from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.records import Passage
from ingest.plan.text import Span, Text, word_set

_SAYS_NOTHING = FUNCTION | word_set(
    "respectiv precum alte alti etc iar nr ex exemplu inclusiv dar cat atat impreuna alaturi parteneriat colaborare camp continut ii iii iv vi vii viii ix"
)
_WORD = re.compile(r"\S+")
_LIST_MARK = re.compile(rf"[|>#{STRONG_BULLETS}{WEAK_BULLETS}]+|\(?\d{{1,2}}[.)]")


def unused(text: Text, anchors: Sequence[Anchor], records: object) -> list[Span]:
    """The stretches of text that neither a passage of `records` nor a heading covers.

    Separators and small words between items say nothing; stretches that only white space parts are one.
    """
    covered = bytearray(len(text.clean))
    for passage in _passages(records):
        for start, end in passage.spans:
            _mark(
                covered,
                bisect_left(text.at, start, 0, len(covered)),
                bisect_left(text.at, end, 0, len(covered)),
            )
    for anchor in (one for one in anchors if one.name != OTHER):
        _mark(covered, *anchor.span)
    for span in _contents(text):
        _mark(covered, *span)
    found: list[Span] = []
    open_: Span | None = None
    for word in _WORD.finditer(text.clean):
        if any(covered[word.start() : word.end()]):
            open_ = None
        elif open_ is None:
            open_ = word.span()
            found.append(open_)
        else:
            open_ = (open_[0], word.end())
            found[-1] = open_
    return [_without_marks(text, span) for span in found if _says(text, span)]


def _without_marks(text: Text, span: Span) -> Span:
    """The span without the list mark of the item that follows it."""
    start, end = span
    while end > start:
        last = text.clean[start:end].rsplit(None, 1)[-1]
        if _LIST_MARK.fullmatch(last) is None:
            break
        start, end = text.trim((start, end - len(last)))
    return (start, end) if end > start else span


def _mark(covered: bytearray, start: int, end: int) -> None:
    covered[start:end] = b"\1" * (end - start)


def _passages(record: object) -> Iterator[Passage]:
    if isinstance(record, Passage):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from _passages(one)
    elif is_dataclass(record) and not isinstance(record, type):
        for one in fields(record):
            yield from _passages(getattr(record, one.name))


def _contents(text: Text) -> Iterator[Span]:
    """The lines of the contents list, with their pages."""
    titles = section_titles(text)
    end = text.fold.find("cuprins")
    if end < 0 or not titles:
        return
    yield end, end + len("cuprins")
    for _, title in titles:
        at = text.fold.find(title, end, end + 1500)
        if at >= 0:
            line = re.compile(r"[\s.…_]*(?:\d{1,3}(?!\S))?").match(text.fold, at + len(title))
            end = line.end() if line else at + len(title)
            yield at, end


def _says(text: Text, span: Span) -> bool:
    words = re.findall(r"[a-z0-9]+", text.folded(span))
    return any(len(word) > 1 and word not in _SAYS_NOTHING for word in words)
