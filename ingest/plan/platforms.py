"""Finds the digital platforms a plan promises: portals, sites and tools in its actions and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.plan.records import PlanNamed
from ingest.plan.text import Span, Text, word_set

_NOUN = re.compile(
    r"(?<!\w)(?:platform[ae]i?\b(?! (?:civic|ong))|portal(?:ul|ului)?\b|web ?site(?:-ul|-ului|ul|ului)?\b|site(?:-ul|-ului)?\b|"
    r"pagin[aie]i?(?: de)? web\b|aplicati[ae]i?(?: (?:mobil|web|digital)\w*)?\b|instrument(?:ul|ului)? (?:digital|online|informatic)\b|"
    r"repository\b|registru(?:l|lui)? (?:digital|online)\b)"
)
_HOST = re.compile(
    r"(?<![\w@/.])(?:https?://)?((?:[a-z0-9-]+\.)+(?:ro|eu|org|com|net|city))\b(/[^\s>)\]]*)?"
)
_LEAD = re.compile(
    r"(?:(?:lansar|crear|creare|dezvoltar|realizar|implementar|actualizar|elaborar|operationalizar|modernizar)\w*|si|unei|unui|unor|o|un|noi|noii|a)"
)
_COMMON = word_set(
    "platforma portal website site pagina web digitala digital instrument aplicatie repository lansare "
    "lansarea crearea creare unei unui cu de pentru si din la in a al ale privind locala"
)


def find_platforms(
    text: Text, actions: Iterable[tuple[Span, ...]], targets: Iterable[tuple[Span, ...]]
) -> list[PlanNamed]:
    """The platforms of the action titles, then those that only a target names.

    A platform stands at the head of the statement (`Lansare platformă …`, `Portal …`); one named
    in passing (`… pe platforma existentă`) is not promised by it.
    """
    found: list[tuple[PlanNamed, set[str]]] = []
    for passage in (*actions, *targets):
        made = _platform(text, passage)
        if made is None:
            continue
        words = _content(text.folded(*passage))
        twin = next((i for i, (_, known) in enumerate(found) if _same(known, words)), None)
        if twin is None:
            found.append((made, words))
        elif made.url and not found[twin][0].url:
            found[twin] = replace(found[twin][0], url=made.url), found[twin][1]
    return [one for one, _ in found]


def _platform(text: Text, passage: tuple[Span, ...]) -> PlanNamed | None:
    text = text.joined(*passage)
    start, end = 0, len(text.clean)
    noun = _NOUN.search(text.fold, start, end)
    if noun is None:
        return None
    before = text.fold[start : noun.start()].split()
    if any(not _LEAD.fullmatch(word) for word in before):
        return None
    host = _HOST.search(text.fold, start, end)
    stop = re.compile(
        r" (?:cu functionalitat|si atrager|si sectiun|care |ce |prin |pana )|[;]"
    ).search(text.fold, noun.start(), end)
    span = text.trim((noun.start(), stop.start() if stop else end))
    return PlanNamed(
        name=text.words(span),
        status="promised",
        url=f"https://{host[1]}{host[2] or ''}" if host else None,
        evidence=text.passage((start, end)),
    )


def _content(folded: str) -> set[str]:
    return {
        word[:6]
        for word in re.findall(r"[a-z]{3,}", folded)
        if word not in _COMMON and not _NOUN.match(word)
    }


def _same(a: set[str], b: set[str]) -> bool:
    """Two statements name one platform when they share two words of content, or all that one has."""
    shared = len(a & b)
    return shared >= 2 or (shared >= 1 and shared >= min(len(a), len(b)))
