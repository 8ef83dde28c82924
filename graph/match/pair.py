"""A subject beside one candidate, with what was measured for all candidates at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.catalogue.base import Record, Statement
from graph.match.facts.deed import Deed
from graph.match.facts.world import World
from graph.match.subject.profile import Profile
from ontology.errors import Said

Telling = tuple[Said, tuple[Statement, ...]]
"""A sentence and the statements it rests on."""


@dataclass(frozen=True)
class Finding:
    """What one feature says of a pair: a value from 0 to 1, and how to tell it.

    Sentences and evidence cost most of a match, so they are made for what is shown alone.
    """

    value: float
    tell: Callable[[], Telling]


@lru_cache(maxsize=64)
def nothing(ro: str, en: str) -> Finding:
    """A zero with its sentence; it needs no evidence."""
    return Finding(0.0, lambda: (Said(ro, en), ()))


@dataclass(frozen=True)
class Around:
    """What was measured once for a profile, of things other than the candidate."""

    deeds: Mapping[str, float]
    """By project or grant, how much it is about the subject: 0 to 1."""
    fit: Callable[[str], float]
    """How well the topics of any thing fit the subject's: 0 to 1."""
    chains: Callable[[str], Iterator[tuple[str, ...]]]
    """The chains of ties from any thing to what is most like the subject, as ids, the shortest first."""
    wording: Callable[[str], Sequence[tuple[str, str, float]]]
    """The words asked for, those first that count most for a thing, each with the thing's own nearest
    word and how near that is: 0 to 1."""


@dataclass(frozen=True)
class Pair:
    """A subject, a candidate, and how near they are in meaning, words, topics and network (0 to 1)."""

    profile: Profile
    candidate: Record
    world: World
    day: date
    around: Around
    meaning: float = 0.0
    said: float = 0.0
    fit: float = 0.0
    nearness: float = 0.0
    editions: tuple[Record, ...] = ()
    """Of a programme: its calls, the newest first."""

    @property
    def deeds(self) -> list[Deed]:
        """What the candidate did, or what was done with its money."""
        world, id_ = self.world, self.candidate.id
        if self.candidate.type == "Organisation":
            return world.deeds(id_)
        if not self.editions:
            return world.paid(id_)
        return [deed for call in self.editions for deed in world.paid(call.id)]
