"""Who is named: things by their names in a text, kinds of actor by the plan's general words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graph.catalogue.base import Record, Statement
from graph.match.world import World
from graph.search.text import fold

_NAMED = ("Organisation", "Council", "WorkingGroup", "Platform", "Programme", "Place")

LONGEST = 9
"""Words of the longest name that is looked for."""


@dataclass(frozen=True)
class Named:
    """That the plan or the text names a thing: how strongly (0 to 1), and the statements that say so."""

    strength: float
    evidence: tuple[Statement, ...]
    words: str


_KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...], float], ...] = tuple(
    (re.compile(pattern), forms, strength)
    for pattern, forms, strength in (
        (r"universit|academi", ("university",), 0.6),
        (r"consili\w* consultativ", ("COUNCIL",), 0.3),
        (
            r"institutii\w* publice|autoritat",
            ("public_institution", "city_department", "county_body"),
            0.4,
        ),
        (r"grupuri (informale|de actiune|de initiativa)", ("informal_group",), 0.3),
        (r"economic|privat|firme|companii", ("company", "cluster"), 0.6),
        (r"student", ("student_organisation",), 0.5),
        (r"scoli|licee", ("school",), 0.5),
    )
)
"""Words of general actors, the forms they mean, and what being of that form says at most. General
words for all organisations („ONG-uri") are not here: what fits everybody tells nobody apart."""


def kinds_meant(words: str) -> Iterator[tuple[str, float]]:
    """The legal forms (or COUNCIL) that general words mean, with their strength."""
    folded = fold(words)
    for pattern, forms, strength in _KINDS:
        if pattern.search(folded):
            for form in forms:
                yield form, strength


class Names:
    """Finds things that a text names, by their own names and by those of the catalogue."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], set[str]]:
        found: dict[tuple[str, ...], set[str]] = {}
        for record in self.world.records.values():
            if record.type in _NAMED:
                for words in _names(record):
                    found.setdefault(words, set()).add(record.id)
        return found

    def within(self, text: str) -> dict[str, str]:
        """By id, the words of the text that name it: the longest name wins, and a name of one word
        must be written with a capital."""
        words = [w for w in re.split(r"[^\w’'-]+", text) if w]
        folded = [fold(w) for w in words]
        taken = [False] * len(words)
        found: dict[str, str] = {}
        for size in range(min(LONGEST, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                if any(taken[start : start + size]):
                    continue
                ids = self._by_words.get(tuple(folded[start : start + size]))
                if not ids or (size == 1 and words[start].islower()):
                    continue
                said = " ".join(words[start : start + size])
                found.update(dict.fromkeys(sorted(ids), said))
                taken[start : start + size] = [True] * size
        return found


def _names(record: Record) -> Iterator[tuple[str, ...]]:
    """The names of a thing as folded words: of one word, only places and acronyms."""
    label = record.values.get("label") or {}
    for name in (*label.values(), *record.values.get("altLabels", ())):
        words = tuple(fold(name).split())
        short = record.type == "Place" or (name.isupper() and len(name) >= 3)
        if len(words) >= 2 or (len(words) == 1 and short):
            yield words
