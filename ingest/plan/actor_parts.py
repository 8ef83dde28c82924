"""Parts the actors of a field: at commas outside brackets and names, and where a comma is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.plan.actor_words import FUNCTION, POSSESSIVE, QUANTIFIER
from ingest.plan.parts import dangling
from ingest.plan.sorts import BODY_NAME, SORT_NAME
from ingest.plan.text import Span, Text

LONGEST = 1500
"""Characters between two commas beyond which no names are told apart."""

_SEPARATOR = re.compile(
    r"[,;\n]|(?<=\)) (?=\w)|\s(?:respectiv|precum si|dar si|cat si|impreuna cu|alaturi de|in (?:parteneriat|colaborare) cu|//|[/+&])\s"
)
_DASH = re.compile(r"\s-\s")
_ALSO = re.compile(
    r"\s(?:si|sau|și/sau|si/sau)\s(?=(?:alte|alti|altor|toate|toti|orice|diverse|diferite)\s)"
)
_LISTING = re.compile(
    r"(?:camera de|ministerul|agentia|directia|autoritatea|comisia|departamentul)\b"
)
_LISTED = re.compile(
    r"\s*([A-ZĂÂÎȘȚ][\w-]+)(?: [\w-]+){0,2} și [A-ZĂÂÎȘȚ]|\s*([A-ZĂÂÎȘȚ][\w-]+)(?: [\w-]+){0,2} si [A-Z]"
)
"""A name that lists what it is for: `Camera de Comerț, Industrie și Agricultură`."""

_IN_FAMILY = re.compile(rf"\s*(?:{POSSESSIVE.pattern}|etc\b)")
"""What goes on a bracket that a page cut open: `(al Tinerilor, de Cartier`."""


def chunks(text: Text, span: Span) -> Iterator[tuple[Span, bool]]:
    """The pieces between commas outside brackets, parted again where a comma is missing."""
    start, depth = span[0], 0
    parted = "|".join(one.pattern for one in (_SEPARATOR, _ALSO, *_dashes(text, span)))
    marks = list(re.compile(rf"[()]|{parted}").finditer(text.fold, *span))
    for mark in marks:
        if mark[0] in "()":
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
            continue
        closed = text.fold.find(")", mark.end(), span[1]) >= 0
        if depth and (closed or _IN_FAMILY.match(text.fold, mark.end(), span[1])):
            continue
        if mark[0] == "," and _in_name(text, text.trim((start, mark.start())), mark.end()):
            continue
        yield from _missing_commas(text, text.trim((start, mark.start())))
        start = mark.end()
    yield from _missing_commas(text, text.trim((start, span[1])))


def _dashes(text: Text, span: Span) -> tuple[re.Pattern[str], ...]:
    """Dashes part actors where nothing else does, and what follows each begins an actor.

    One dash alone is that of a name: `Asociația Orașul – Capitală Culturală`.
    """
    found = list(_DASH.finditer(text.fold, *span))
    if len(found) < 2 or re.search("[,;\n]", text.fold[slice(*span)]):
        return ()
    begins = (re.compile(r"[\w-]+").match(text.fold, mark.end(), span[1]) for mark in found)
    begin = all(one and (BODY_NAME.match(one[0]) or SORT_NAME.match(one[0])) for one in begins)
    return (_DASH,) if begin else ()


def _in_name(text: Text, before: Span, at: int) -> bool:
    """Whether the comma at the end of `before` stands inside one body's name."""
    listed = _LISTED.match(text.clean, at)
    if listed is None or not _LISTING.match(text.fold, *before):
        return False
    first = listed.span(1 if listed[1] else 2)
    word = text.fold[slice(*first)]
    acronym = text.clean[slice(*first)].isupper()
    return not (acronym or BODY_NAME.match(word) or SORT_NAME.match(word))


def _missing_commas(text: Text, chunk: Span) -> Iterator[tuple[Span, bool]]:
    start, end = chunk
    guessed = False
    if end - start > LONGEST:
        yield chunk, guessed
        return
    for word in re.compile(r"\S+").finditer(text.fold, start, end):
        if word.start() == start or not text.clean[word.start()].isupper():
            continue
        bare = word[0].strip('(),."')
        before = text.fold[start : word.start()].split()
        after_small = text.clean[word.start() - len(before[-1]) - 1].islower()
        if not (BODY_NAME.fullmatch(bare) or (SORT_NAME.fullmatch(bare) and after_small)):
            continue
        if "(" in text.fold[start : word.start()] and ")" not in text.fold[start : word.start()]:
            continue
        if (
            len(before) < 2
            or before[-1] in FUNCTION
            or dangling(" ".join(before))
            or BODY_NAME.fullmatch(before[-1])
        ):
            continue
        head = QUANTIFIER.sub("", " ".join(before), count=1)
        if not (BODY_NAME.match(head) or SORT_NAME.match(head)):
            continue
        yield text.trim((start, word.start())), guessed
        start, guessed = word.start(), True
    if end > start:
        yield text.trim((start, end)), guessed
