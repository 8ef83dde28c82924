"""Tells the name of one body from a sort of actors, and words a sort always alike."""

from __future__ import annotations

import re

from ingest.plan.actor_words import (
    BODY,
    COUNCIL,
    GENERIC,
    GENERIC_ADJECTIVES,
    KEPT_ADJECTIVES,
    PARTICIPLE,
    QUANTIFIER,
    without_article,
)
from ingest.plan.text import Span, Text

BODY_NAME = re.compile(rf"(?:{BODY})(?!\w)")
"""What the name of one body begins with."""

SORT_NAME = re.compile(rf"(?:{GENERIC})(?!\w)")
"""What a sort of actors begins with."""


def sort_of(text: Text, span: Span) -> str | None:
    """The sort of actors a phrase stands for; None when it is a proper name."""
    folded, shown = text.folded(span), text.words(span)
    if re.search(r"[\"„“«]", shown):
        return None
    quantified = QUANTIFIER.match(folded)
    core = folded[quantified.end() :] if quantified else folded
    words = shown.split()
    capitals = [
        w for w in words[1:]
        if w[:1].isupper() and not GENERIC_ADJECTIVES.fullmatch(_fold_word(text, span, w)) and not re.match(r"ONG|IMM", w)
    ]  # fmt: skip
    if quantified and (shown[:1].islower() or not capitals):
        return canonical(text, span)
    if COUNCIL.match(core) and capitals:
        return None
    if SORT_NAME.match(core) and not _named_after_sort(words, capitals):
        return canonical(text, span)
    if shown[:1].islower() and not capitals:
        return canonical(text, span)
    if capitals or BODY_NAME.match(core) or re.match(r"[A-ZĂÂÎȘȚ]{2,}", words[0]):
        return None
    plural = re.search(r"(?:i|ii|ile|ele|uri|urile)$", core.split()[0]) is not None
    return canonical(text, span) if plural or len(words) > 1 else None


def _named_after_sort(words: list[str], capitals: list[str]) -> bool:
    """`Tinerii Democrați Cluj`, `Media Lab`: a sort's word at once followed by a proper name."""
    if not capitals or words[1:2] != capitals[:1] or not words[0][:1].isupper():
        return False
    return (
        len(capitals) > 1 or re.fullmatch(r"(?:Media|Presa|Centre|Publicul)", words[0]) is not None
    )


def _fold_word(text: Text, span: Span, word: str) -> str:
    at = text.clean.find(word, *span)
    return text.fold[at : at + len(word)].strip(".,;:()") if at >= 0 else word.lower()


def sort_words(text: Text, head: Span, span: Span) -> str | None:
    """The sort of a phrase whose noun stands apart from it."""
    sort = sort_of(text, head)
    return None if sort is None else f"{sort} {canonical(text, span)}"


def canonical(text: Text, span: Span) -> str:
    """A sort of actors in its plainest wording, so that the same sort reads the same everywhere."""
    folded, shown = text.folded(span), text.words(span)
    lead = QUANTIFIER.match(folded)
    cut = lead.end() if lead else 0
    kept: list[str] = []
    for match in re.finditer(r"\S+", folded[cut:]):
        plain = match[0].strip(".,;:()")
        word = shown[cut + match.start() : cut + match.end()].strip(".,;:()")
        ends = plain in ("care", "ce", "din", "la", "pe", "cu", "in", "privind") or (
            PARTICIPLE.fullmatch(plain)
            and plain not in KEPT_ADJECTIVES
            and not SORT_NAME.match(plain)
        )
        if kept and ends:
            break
        acronym = word[:2].isupper()
        kept.append(word if acronym else without_article(word, plain).lower())
    return " ".join(kept) or shown.lower()
