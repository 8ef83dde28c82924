"""Two names of two parties side by side: what they share and what only one has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ingest.identity.align import Alignment, align
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.names import Name
from ingest.identity.party import PLAIN, Party
from ingest.identity.rarity import Stats
from ingest.identity.words import Word
from ontology.errors import Said

ASKED = 0.78
"""The limit of what a person must confirm: below the threshold of `same`."""
DENIED = 0.4
"""The limit of what is another body: below the threshold of `ask`."""


@dataclass(frozen=True)
class Effect:
    """What one rule found. `factor` multiplies, `limit` bounds the score."""

    name: str
    factor: float
    limit: float
    text: Said


@dataclass(frozen=True)
class Pair:
    """Two names of two parties, aligned."""

    a: Party
    b: Party
    x: Name
    y: Name
    aligned: Alignment
    stats: Stats

    @classmethod
    def of(cls, a: Party, x: Name, b: Party, y: Name, stats: Stats) -> Pair:
        """The pair with its alignment."""
        return cls(a, b, x, y, align(x, y, stats), stats)

    @property
    def plain(self) -> bool:
        """True when the names are titles without legal forms."""
        return PLAIN in (self.a.kind, self.b.kind)

    @cached_property
    def own(self) -> float:
        """The weight of matched words that few names have."""
        return sum(
            match.quality * max(self._own_of(match.left), self._own_of(match.right))
            for match in self.aligned.matches
            if not match.how.startswith("initial")
        )

    def _own_of(self, words: tuple[Word, ...]) -> float:
        return sum(self.stats.weight(word) for word in words if word.role is Role.OWN)

    @property
    def places(self) -> tuple[frozenset[str], frozenset[str]]:
        """The places of each name, without those that initials of the other name stand for."""
        spelled = {
            w.key for m in self.aligned.matches if m.how == "initials" for w in (*m.left, *m.right)
        }
        return self.x.of(Role.PLACE) - spelled, self.y.of(Role.PLACE) - spelled

    @cached_property
    def placed(self) -> bool:
        """True when the names, or a name and the other's city, agree on a town or county."""
        x, y = (places - lexicon().countries for places in self.places)
        return bool(x & y) or _lies_in(self.b.cities, x) or _lies_in(self.a.cities, y)

    @property
    def acronym(self) -> bool:
        """True when one name gives in brackets an acronym that the other body has."""
        x, y = set(self.x.aside), set(self.y.aside)
        return bool(x & self.b.acronyms or y & self.a.acronyms)

    def matched(self, *roles: Role) -> int:
        """How many words of the roles found an answer (on the side that has fewer)."""
        left = [w for match in self.aligned.matches for w in match.left]
        right = [w for match in self.aligned.matches for w in match.right]
        return min(sum(w.role in roles and not w.initial for w in side) for side in (left, right))

    @cached_property
    def exact(self) -> bool:
        """True when the names differ at most in letters, order and link words."""
        if self.x.key == self.y.key:
            return True
        if self.x.compact == self.y.compact and len(self.x.compact) >= 5:
            return True  # AIDONG and AID-ONG
        for bare, party, other in ((self.x, self.a, self.y), (self.y, self.b, self.x)):
            if len(party.parsed) == 1 and bare.compact in other.aside:
                return True
        x, y = self.x.key_without(self.b.acronyms), self.y.key_without(self.a.acronyms)
        return x == y and len(x) > 1


def _lies_in(cities: frozenset[str], named: frozenset[str]) -> bool:
    """True when a city is, or lies in, a place that the other's name says."""
    return any(named & set(lexicon().place_levels(city)) for city in cities)


def listed(words: tuple[Word, ...]) -> str:
    """The words as a list for a sentence, without those that only join."""
    shown = [word.text for word in words if word.role is not Role.LINK]
    return ", ".join(shown) or "–"


MISSING, DIFFERENT = 0.6, 2.2
"""What a word counts that only one name has: alone, and when the other has another in its place."""


def shared_weight(pair: Pair) -> float:
    """The weight of the words in common over that of all words, 0 to 1.

    A word missing from one name costs MISSING of its weight; where each name has words that the
    other lacks, the lighter side costs DIFFERENT: a substitution is worse than an omission.
    """
    if pair.exact:
        return 1.0
    weight = pair.stats.weight
    heavy = [
        (match.quality, (sum(map(weight, match.left)) + sum(map(weight, match.right))) / 2)
        for match in pair.aligned.matches
    ]
    shared = sum(quality * both for quality, both in heavy)
    lost = sum((1 - quality) * both for quality, both in heavy)
    only = not (_weighs(pair, pair.aligned.left) and _weighs(pair, pair.aligned.right))
    left = _left_over(pair, pair.x, pair.aligned.left, pair.b, omitted=only)
    right = _left_over(pair, pair.y, pair.aligned.right, pair.a, omitted=only)
    total = shared + MISSING * (lost + max(left, right)) + DIFFERENT * min(left, right)
    return shared / total if total > 0 else 0.0


def _weighs(pair: Pair, words: tuple[Word, ...]) -> bool:
    """True when some of the words weigh."""
    return any(pair.stats.weight(word) > 0.1 for word in words)


def _left_over(
    pair: Pair, name: Name, words: tuple[Word, ...], other: Party, *, omitted: bool
) -> float:
    """The weight of the words without answer; less for what people leave out or add by habit.

    `omitted` says that only one of the names has such words: none stands in another's place.
    """
    heads = pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD) if pair.placed else frozenset()
    understood = {key for head in heads for key in lexicon().understood.get(head, ())}
    patron = bool(name.of(Role.HEAD) & lexicon().patron_heads) and bool(name.of(Role.PLACE))
    described = lexicon().descriptions if name.of(Role.FORM) else frozenset()

    def habit(word: Word) -> float:
        if word.text in other.acronyms:
            return 0.1
        if (omitted and word.key in understood) or (patron and word.quoted):
            return 0.15
        loose = omitted and word.key in lexicon().loose_heads
        return 0.4 if loose or word.key in described else 1.0

    return sum(pair.stats.weight(word) * habit(word) for word in words)


def name_text(pair: Pair) -> Said:
    """What the two names have in common, and what only one has."""
    common = (
        ", ".join(
            word.text
            for match in pair.aligned.matches
            for word in match.left
            if word.role is not Role.LINK
        )
        or "–"
    )
    left, right = listed(pair.aligned.left), listed(pair.aligned.right)
    return Said(
        f"„{pair.x.written}” și „{pair.y.written}”: în comun {common}; "
        f"numai în primul {left}; numai în al doilea {right}",
        f"'{pair.x.written}' and '{pair.y.written}': in common {common}; "
        f"only in the first {left}; only in the second {right}",
    )
