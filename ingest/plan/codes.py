"""Finds the codes of a plan: of its commitments (`A1:`, `Angajamentul II.`) and actions (`A 1.6.`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ingest.plan.anchors import ACTION, COMMITMENT, FIELD, Anchor, line_start
from ingest.plan.headings import FIELD_HEAD
from ingest.plan.text import BREAKS, Text

_COMMITMENT = re.compile(
    r"(?<![\w.])[(\[]?(?:(?P<word>(?:(?:fisa )?angajament(?:ul|ului)?|ang\.|commitment)(?: nr\.?| numarul)?) ?(?:[#-] ?)?)?"
    r"(?P<a>a[.-]?(?: ?nr\.?)?)? ?"
    r"(?P<n>\d{1,2}|(?<=[a-z. ])[ivx]{1,4}|(?:al )?(?:intai|doilea|treilea|patrulea|cincilea|saselea)|(?<= )(?:unu|doi|trei|patru|cinci|sase))"
    r"(?: ?\(a[.-]? ?\d{1,2}\))?(?: ?[)\]](?= ?[:.|;-]))?"
    r" ?(?:(?P<sep>[:.)\]|;_/]|-(?!\d))(?=[\s\"])|(?P<bare>(?=[\n\t\f]|$| ?[\"„“])))"
)
_ACTION = re.compile(
    r"(?<![\w.])(?:\[[ x]?\] ?)?[(\[]?(?:(?P<word>(?:act(?:iunea|ivitatea|\.)|masura|pasul)(?=[ \n])|act\.?(?=\d))[ \n]?(?:nr\.? )?)?(?P<a>a[.-]? ?)?(?P<n>\d{1,2}) ?(?P<dot>[.,/_·-]) ?(?P<k>\d{1,2})"
    r"(?!\d|/|[.,-]\d)(?P<sep> ?[.:)\]-]{1,2}(?: ?-(?= ))?| )\s*"
)
_NAMED_ACTION = re.compile(
    r"(?<!\w)(?:act(?:iunea|ivitatea|\.)|masura|pasul) ?(?:nr\.? ?)?(?P<k>\d{1,2}) ?[.:)-]\s*"
)
"""`Acțiunea 3:`, which says its commitment by its place."""

_ORDINAL_FIRST = re.compile(
    r"(?<![\w.])(?P<n>primul|al (?:doilea|treilea|patrulea|cincilea|saselea)) angajament ?(?P<sep>[:.]|-(?!\d))(?=\s)"
)
"""`Al doilea angajament: Titlu`."""

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ORDINALS = ("", "intai", "doilea", "treilea", "patrulea", "cincilea", "saselea")
_WORDS = ("", "unu", "doi", "trei", "patru", "cinci", "sase")


def commitments(text: Text) -> Iterator[Anchor]:
    """Every code that heads a commitment."""
    yield from _ordinals(text)
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


def _ordinals(text: Text) -> Iterator[Anchor]:
    for match in _ORDINAL_FIRST.finditer(text.fold):
        if line_start(text, match.start()):
            word = match["n"].removeprefix("al ")
            number = 1 if word == "primul" else _ORDINALS.index(word)
            yield Anchor(COMMITMENT, f"A{number}", match.span(), number)


def _number(written: str, *, worded: bool) -> int | None:
    if written.isdigit():
        return int(written)
    written = written.removeprefix("al ")
    names = next(
        (names for names in (_ROMAN, _ORDINALS, _WORDS) if worded and written in names), None
    )
    return names.index(written) if names else None


def _heads(text: Text, at: int) -> bool:
    """Whether a title and then a heading of the template follow: a code alone on its line."""
    blocks = [text.folded(block) for block in islice(text.blocks((at, at + 2000)), 5)]
    return bool(blocks) and any(FIELD_HEAD.match(one) for one in blocks[1:])


def actions(text: Text) -> Iterator[Anchor]:
    """Every code that begins an action."""
    last: tuple[int, int] = (0, 0)
    for match in _ACTION.finditer(text.fold):
        key = int(match["n"]), int(match["k"])
        first = line_start(text, match.start())
        follows = key == (last[0], last[1] + 1) or key[1] == 1
        capital = match["a"] is not None and text.clean[match.start("a")] == "A"
        closed = match["sep"].strip() != "" and match["dot"] == "."
        if not (capital or match["word"]) and not (match["a"] and follows and closed):
            continue
        told = (capital or match["word"]) and (follows or match["sep"].strip())
        if match["dot"] != "." and not (first or told):
            continue
        if first or (follows and _parted(text, match.start())):
            last = key
            yield Anchor(ACTION, f"A{key[0]}.{key[1]}", match.span(), key[1])


def bare_actions(text: Text, anchors: list[Anchor]) -> Iterator[Anchor]:
    """Codes without a letter (`1.1. Title`, `Acțiunea 2:`) under a heading of actions that has no others."""
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
        if expected > 1:
            continue
        for match in _NAMED_ACTION.finditer(text.fold, one.span[1], end):
            named = expected > 1 and text.clean[match.start()].isupper()
            if int(match["k"]) == expected and (named or line_start(text, match.start())):
                expected += 1
                yield Anchor(ACTION, f"A{commitment}.{match['k']}", match.span(), int(match["k"]))


def _parted(text: Text, at: int) -> bool:
    """Whether a code inside a line begins an item: no preposition leads up to it."""
    before = text.fold[max(0, at - 24) : at].rstrip(BREAKS + "-*•●→")
    return (
        re.search(r"\b(?:din|de la|la|cu|prin|conform|pentru|actiunea|actiunii|si|vezi)$", before)
        is None
    )
