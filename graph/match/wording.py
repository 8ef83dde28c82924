"""The feature of words: which of those that are asked for a candidate says of itself."""

from __future__ import annotations

from typing import Final

from graph.catalogue.base import Statement
from graph.match.pair import Finding, Pair, Telling, nothing
from graph.match.words import QUOTES
from ontology.errors import Said

TOLD: Final = 3
"""How many words are told."""

PLAIN: Final = 0.3
"""A word of the candidate's nearer than this to one that is asked for is told as its like."""


def words(pair: Pair) -> Finding | None:
    """Câte din cuvintele cerute le spune candidatul despre sine, ca atare sau prin cuvinte apropiate ca
    înțeles; cele rare cântăresc mai mult.

    How many of the words asked for the candidate says of itself, as they are or by words close in
    meaning; rare ones weigh more.
    """
    if not pair.profile.words:
        return None
    if pair.said <= 0:
        return nothing("Niciun cuvânt apropiat.", "No word close to those asked for.")
    return Finding(pair.said, lambda: _told(pair))


def _told(pair: Pair) -> Telling:
    """The words that count most, beside them the candidate's own where they are others, and where it
    says them."""
    asked = dict(pair.profile.words)
    ro: list[str] = []
    en: list[str] = []
    evidence: list[Statement] = []
    for word, own, share in pair.around.wording(pair.candidate.id):
        found = pair.world.saying(pair.candidate.id, own) if share >= PLAIN else None
        if found is None:
            continue
        statement, written = found
        for told, (first, last) in ((ro, QUOTES["ro"]), (en, QUOTES["en"])):
            like = "" if own == word else f" ({first}{written}{last})"
            told.append(f"{first}{asked[word]}{last}{like}")
        evidence.append(statement)
        if len(evidence) == TOLD:
            break
    text = Said(f"Vorbește despre: {', '.join(ro)}.", f"It speaks of: {', '.join(en)}.")
    return text, tuple(dict.fromkeys(evidence))
