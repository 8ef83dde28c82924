"""What a word of a name weighs: by its role, and by how many of the held names have it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.identity.lexicon import Role
from ingest.identity.names import Name
from ingest.identity.words import Word

BASE = {
    Role.OWN: 1.0,
    Role.COMMON: 0.5,
    Role.HEAD: 0.5,
    Role.NUMBER: 0.3,
    Role.FORM: 0.0,
    Role.PLACE: 0.0,
    Role.BRANCH: 0.05,
    Role.LINK: 0.02,
}
"""What a word counts before its rarity. Form and place count by their own features."""


@dataclass(frozen=True)
class Stats:
    """How many parties have a word: rare words distinguish more. `Stats()` takes all as rare."""

    parties: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def over(cls, names: Iterable[Sequence[Name]]) -> Stats:
        """Counted over the names of each party; a word counts once per party."""
        counts: Counter[str] = Counter()
        total = 0
        for of_one in names:
            total += 1
            counts.update({word.key for name in of_one for word in name.words})
        return cls(total, counts)

    def weight(self, word: Word) -> float:
        """0 to 1: the base of its role times its rarity (inverse document frequency, scaled)."""
        base = BASE[word.role]
        if word.initial:
            return 0.2
        if self.parties < 2 or base < 0.3:
            return base
        seen = self.counts.get(word.key, 0)
        rarity = math.log((self.parties + 1) / (seen + 1)) / math.log(self.parties + 1)
        return base * (0.4 + 0.6 * max(0.0, rarity))

    def is_home(self, places: Iterable[str]) -> bool:
        """True for a place that a twentieth of the parties name: there it goes without saying."""
        return any(self.counts.get(place, 0) * 20 >= self.parties > 0 for place in places)

    def parties_with(self, word: Word) -> int:
        """How many parties have the word: what many have names none of them alone."""
        return self.counts.get(word.key, 0)

    def knows(self, word: Word) -> bool:
        """True when some party has the word."""
        return word.key in self.counts
