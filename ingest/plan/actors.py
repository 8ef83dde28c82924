"""Reads the possible actors of a commitment: bodies by name, sorts of actors, open categories.

A body has a proper name; `universities` or `engaged citizens` are a sort. `Councils (of A, of B
etc.)` names two councils and leaves the category open. Nothing is known here of any one city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.plan.actor_parts import LONGEST, chunks
from ingest.plan.actor_words import COUNCIL, ETC, FUNCTION, POSSESSIVE, QUANTIFIER, SCOPES
from ingest.plan.items import Item
from ingest.plan.records import PlanActor
from ingest.plan.sorts import BODY_NAME, SORT_NAME, canonical, sort_of, sort_words
from ingest.plan.text import Span, Text

NAMED, GENERIC_SORT, OPEN = "named", "generic", "open"
_JOINED = re.compile(r"(?:(?:si|ca|precum|inclusiv|alaturi de|atat|cat) )+")
"""What joins an actor to the one before, and is not of its name."""
_AND = re.compile(r"\s(?:si|sau|si/sau)\s")


@dataclass(frozen=True)
class Mention:
    """One actor: what it is, its spans, its name as written, the sort or category it falls under."""

    kind: str
    spans: tuple[Span, ...]
    name: str
    sort: str | None = None
    guessed: bool = False
    """No comma parted it from the one before."""


def read_actors(text: Text, items: Sequence[Item]) -> list[tuple[PlanActor, bool]]:
    """The actors of a field in order, each with whether the text left it doubtful where it begins."""
    found: list[tuple[PlanActor, bool]] = []
    for item in items:
        whole = text.joined(*item.spans)
        for mention in _mentions(whole, (0, len(whole.clean))):
            actor = PlanActor(
                name=mention.name,
                generic=mention.sort if mention.kind == GENERIC_SORT else None,
                category=mention.sort if mention.kind == OPEN else None,
                evidence=whole.passage(*mention.spans),
            )
            found.append((actor, mention.guessed))
    return found


def _mentions(text: Text, span: Span) -> Iterator[Mention]:
    for chunk, guessed in chunks(text, span):
        bracket = _bracket(text, chunk)
        if bracket is not None:
            yield from _with_bracket(text, chunk, bracket, guessed)
        else:
            yield from _plain(text, chunk, guessed)


def _bracket(text: Text, chunk: Span) -> Span | None:
    opening = text.clean.find("(", *chunk)
    if opening <= chunk[0]:
        return None
    closing = text.clean.rfind(")", opening, chunk[1])
    return opening, closing if closing > 0 else chunk[1]


def _with_bracket(text: Text, chunk: Span, bracket: Span, guessed: bool) -> Iterator[Mention]:
    head = text.trim((chunk[0], bracket[0]))
    inside = text.folded((bracket[0] + 1, bracket[1]))
    pieces = list(_pieces(text, (bracket[0] + 1, bracket[1])))
    open_end = ETC.search(inside) is not None
    family = [p for p in pieces if POSSESSIVE.match(text.fold, *p)]
    if family and COUNCIL.match(text.fold, *head):
        name = text.words(head)
        for piece in family:
            first = guessed and piece == family[0]
            yield Mention(NAMED, (head, piece), f"{name} {text.words(piece)}", guessed=first)
        if open_end:
            yield Mention(OPEN, (head, _tail(text, bracket)), f"{name} etc.", name.lower())
        return
    if sort_of(text, head) is None:  # FITT in "Fundația Județeană (FITT)" belongs to the name
        yield from _plain(text, chunk, guessed)
        return
    named = [p for p in pieces if text.clean[p[0]].isupper() and sort_of(text, p) is None]
    for piece in named:
        first = guessed and piece == named[0]
        yield Mention(NAMED, (piece,), text.words(piece), guessed=first)
    if named and open_end:
        yield Mention(OPEN, (head,), text.words(head), canonical(text, head))
    elif not named:
        yield from _plain(text, head, guessed)


def _pieces(text: Text, span: Span) -> Iterator[Span]:
    start = span[0]
    for mark in re.compile(r"[,;]|\ssi\s").finditer(text.fold, *span):
        yield from _piece(text, (start, mark.start()))
        start = mark.end()
    yield from _piece(text, (start, span[1]))


def _piece(text: Text, span: Span) -> Iterator[Span]:
    start, end = text.trim(span)
    lead = re.compile(
        r"(?:ex\.?|exemplu|de exemplu|precum|inclusiv|cum ar fi|respectiv):? ?"
    ).match(text.fold, start, end)
    start = lead.end() if lead else start
    etc = ETC.search(text.fold[start:end])
    end = start + etc.start() if etc else end
    start, end = text.trim((start, end))
    if end > start:
        yield start, end


def _tail(text: Text, bracket: Span) -> Span:
    etc = re.compile(r"(?:etc\.?|s\.?a\.?|\.\.\.|…)").search(text.fold, *bracket)
    return etc.span() if etc else bracket


def _plain(text: Text, chunk: Span, guessed: bool) -> Iterator[Mention]:
    start, end = text.trim(chunk)
    etc = ETC.search(text.fold[start:end])
    if etc is not None and etc.start() > 0 and not text.clean[start:end].endswith("S.A."):
        end = text.trim((start, start + etc.start()))[1]
    lead = QUANTIFIER.match(text.fold, start, end)
    joined = _JOINED.match(lead[0]) if lead else None
    start += joined.end() if joined else 0
    while (
        end > start and text.clean[end - 1] in ".:" and not text.clean[start:end].endswith("S.A.")
    ):
        end -= 1
    if end - start < 2 or not re.search(r"[a-z]{2}", text.fold[start:end]):
        return
    for number, (span, extra) in enumerate(_conjuncts(text, (start, end))):
        spans = (extra, span) if extra else (span,)
        name = text.words(*spans)
        sort = sort_of(text, span) if not extra else sort_words(text, extra, span)
        kind = NAMED if sort is None else GENERIC_SORT
        yield Mention(kind, spans, name, sort, guessed and number == 0)


def _conjuncts(text: Text, span: Span) -> Iterator[tuple[Span, Span | None]]:
    """`A și B` as two where both are whole; (the words themselves, a head both share)."""
    start, end = span
    if end - start <= LONGEST:
        for mark in _AND.finditer(text.fold, *span):
            left, right = (start, mark.start()), (mark.end(), end)
            shared = _shared_head(text, left, right)
            if shared is not None:
                yield left, None
                yield shared
                return
            if _both_whole(text, left, right):
                yield left, None
                start = mark.end()
    yield (start, end), None


def _shared_head(text: Text, left: Span, right: Span) -> tuple[Span, Span | None] | None:
    """`OGP Național și Global`, `mediul academic și cel economic`: the second lacks its noun."""
    words = list(re.compile(r"\S+").finditer(text.fold, *left))
    second = text.folded(right).split()
    if len(words) < 2 or not second:
        return None
    head = words[0].start(), words[-2].end()
    if len(second) == 1 and SCOPES.fullmatch(second[0]) and SCOPES.fullmatch(words[-1][0]):
        return right, head
    if second[0] in ("cel", "cea", "cei", "cele") and len(second) > 1:
        first = re.compile(r"\S+\s+").match(text.fold, right[0])
        return ((first.end(), right[1]) if first else right), (words[0].start(), words[0].end())
    return None


def _both_whole(text: Text, left: Span, right: Span) -> bool:
    a = QUANTIFIER.sub("", text.folded(left), count=1).split()
    b = QUANTIFIER.sub("", text.folded(right), count=1).split()
    if not a or not b:
        return False
    if BODY_NAME.match(b[0]) and text.clean[right[0]].isupper():
        return len(a) > 1 and a[-1] not in FUNCTION
    if sort_of(text, left) is None:
        return (
            sort_of(text, right) is not None
            and text.clean[right[0]].islower()
            and bool(SORT_NAME.match(b[0]))
        )
    bare = len(a) == len(b) == 1 or a[0].startswith(("ong", "imm"))
    return (len(a) > 1 or bare) and bool(SORT_NAME.match(b[0]))
