"""Who is named: things by their names in a text, kinds of actor by the plan's general words."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.catalogue.base import Record, Statement
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


class NameIndex:
    """Which things bear a name: two columns, the hash of a name's words and the row of the thing."""

    def __init__(self) -> None:
        self._hashes, self._rows = array("q"), array("q")

    def add(self, row: int, record: Record) -> None:
        """The names of one thing, if its kind is one that texts name."""
        for words in _names(record) if record.type in _NAMED else ():
            self._hashes.append(hash(words))
            self._rows.append(row)

    def finish(self, ids: Sequence[str]) -> None:
        """Puts the columns in order; nothing is added any more."""
        hashes = np.array(self._hashes, dtype=np.int64)
        order = np.argsort(hashes, kind="stable")
        self._sorted, self._order = hashes[order], np.array(self._rows, dtype=np.int64)[order]
        self._ids = ids
        self._hashes, self._rows = array("q"), array("q")

    def bearing(self, words: tuple[str, ...], records: Mapping[str, Record]) -> list[str]:
        """The ids of the things that bear a name, in their order."""
        key = hash(words)
        first, last = (
            np.searchsorted(self._sorted, key),
            np.searchsorted(self._sorted, key, "right"),
        )
        ids = {self._ids[row] for row in self._order[first:last].tolist()}
        return sorted(id_ for id_ in ids if words in set(_names(records[id_])))

    def within(self, text: str, records: Mapping[str, Record]) -> dict[str, str]:
        """By id, the words of the text that name it: the longest name wins, and a name of one word
        must be written with a capital."""
        words = [w for w in re.split(r"[^\w’'-]+", text) if w]
        folded = [fold(w) for w in words]
        taken = [False] * len(words)
        found: dict[str, str] = {}
        for start, size in self._spans(folded):
            if any(taken[start : start + size]) or (size == 1 and words[start].islower()):
                continue
            ids = self.bearing(tuple(folded[start : start + size]), records)
            if ids:
                found.update(dict.fromkeys(ids, " ".join(words[start : start + size])))
                taken[start : start + size] = [True] * size
        return found

    def _spans(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """The (start, size) of what may be a name, the longest first: looked up all at once."""
        spans = [
            (start, size)
            for size in range(min(LONGEST, len(words)), 0, -1)
            for start in range(len(words) - size + 1)
        ]
        if not spans or not len(self._sorted):
            return []
        hashes = np.array([hash(tuple(words[a : a + n])) for a, n in spans], dtype=np.int64)
        places = np.minimum(np.searchsorted(self._sorted, hashes), len(self._sorted) - 1)
        known = self._sorted[places] == hashes
        return [span for span, held in zip(spans, known.tolist(), strict=True) if held]


def _names(record: Record) -> Iterator[tuple[str, ...]]:
    """The names of a thing as folded words: of one word, only places and acronyms."""
    label = record.values.get("label") or {}
    for name in (*label.values(), *record.values.get("altLabels", ())):
        words = tuple(fold(name).split())
        short = record.type == "Place" or (name.isupper() and len(name) >= 3)
        if len(words) >= 2 or (len(words) == 1 and short):
            yield words
