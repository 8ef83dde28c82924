"""Names that go on from what somebody has typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.search.lexical import Lexical
from graph.search.result import Completion
from graph.search.shelf import Mask, Shelf
from graph.search.text import fold, tokens

TRIED: Final = 100
"""How many things whose names hold the words are looked at."""


def completions(shelf: Shelf, lexical: Lexical, typed: str, mask: Mask) -> list[Completion]:
    """The things of a mask (n,) with such a name: those that begin so first, then the shortest."""
    words = tokens(typed)
    if not words:
        return []
    beginning = fold(typed)
    found: dict[str, tuple[bool, int, str, str]] = {}
    for row in lexical.called(words[:-1], words[-1], TRIED).tolist():
        for name in shelf.document(row).names() if mask[row] else ():
            if _goes_on(tokens(name), words):
                id_ = shelf.ids[row]
                rank = (not fold(name).startswith(beginning), len(name), name, id_)
                found[id_] = min(found.get(id_, rank), rank)
    return [Completion(id_, name) for _, _, name, id_ in sorted(found.values())]


def _goes_on(name: Sequence[str], typed: Sequence[str]) -> bool:
    """True when a name holds the words typed, the last of them perhaps only begun."""
    return set(typed[:-1]) <= set(name) and any(word.startswith(typed[-1]) for word in name)
