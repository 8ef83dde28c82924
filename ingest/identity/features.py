"""What speaks for and against two names being one body: small pure rules, each with its sentence.

A rule gives an Effect or None. The score of two names is their shared weight times every factor,
and never above the lowest limit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ingest.identity.align import Alignment, Match, Stats, align
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.names import Name, Word
from ingest.identity.party import PLAIN, Party
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
        return bool(x & (y | self.b.cities) or y & self.a.cities)

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
        for bare, party, other in ((self.x, self.a, self.y), (self.y, self.b, self.x)):
            if len(party.parsed) == 1 and bare.compact in other.aside:
                return True
        x, y = self.x.key_without(self.b.acronyms), self.y.key_without(self.a.acronyms)
        return x == y and len(x) > 1


def _listed(words: tuple[Word, ...]) -> str:
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
    left = _left_over(pair, pair.x, pair.aligned.left, pair.b)
    right = _left_over(pair, pair.y, pair.aligned.right, pair.a)
    total = shared + MISSING * (lost + max(left, right)) + DIFFERENT * min(left, right)
    return shared / total if total > 0 else 0.0


def _left_over(pair: Pair, name: Name, words: tuple[Word, ...], other: Party) -> float:
    """The weight of the words without answer; less for what people leave out or add by habit."""
    patron = bool(name.of(Role.HEAD) & lexicon().patron_heads) and bool(name.of(Role.PLACE))
    described = lexicon().descriptions if name.of(Role.FORM) else frozenset()

    def habit(word: Word) -> float:
        if word.text in other.acronyms:
            return 0.1
        return 0.15 if patron and word.quoted else 0.4 if word.key in described else 1.0

    return sum(pair.stats.weight(word) * habit(word) for word in words)


def same_number(pair: Pair) -> Effect | None:
    """Numbers must agree: school no. 25 is not school no. 30."""
    x, y = pair.x.of(Role.NUMBER), pair.y.of(Role.NUMBER)
    if x == y:
        return None
    shown = (", ".join(sorted(n[1:] for n in x)) or "–", ", ".join(sorted(n[1:] for n in y)) or "–")
    text = Said(
        f"numerele diferă: {shown[0]} și {shown[1]}",
        f"the numbers differ: {shown[0]} and {shown[1]}",
    )
    if x and y and not (x <= y or y <= x):
        return Effect("number", 0.4, DENIED, text)
    return Effect("number", 0.95 if pair.own >= 0.5 else 0.65, ASKED, text)


def _related(one: frozenset[str], other: frozenset[str]) -> str:
    """`same`, `near` (one lies in the other) or `other` for two sets of places."""
    levels, table = lexicon().place_levels, lexicon()
    if one & other:
        return "same"
    near = any(p in levels(q) or q in levels(p) for p in one for q in other)
    return "near" if near and not (one | other) & table.countries else "other"


def same_place(pair: Pair) -> Effect | None:
    """Names of two places name two bodies; a place that one name lacks is looked for in the city."""
    countries = lexicon().countries
    x, y = (places - countries for places in pair.places)
    if pair.plain or (not x and not y):
        return _same_city(pair)
    if x and y:
        kinship = _related(x, y)
        if kinship == "same":
            strange = [p for p in x ^ y if _related(frozenset({p}), y if p in x else x) == "other"]
            return (
                Effect(
                    "place",
                    0.9,
                    ASKED,
                    Said(
                        f"numai un nume spune și {', '.join(sorted(strange))}",
                        f"only one name says {', '.join(sorted(strange))} too",
                    ),
                )
                if strange
                else None
            )
        text = Said(
            f"locuri diferite în nume: {', '.join(sorted(x))} și {', '.join(sorted(y))}",
            f"different places in the names: {', '.join(sorted(x))} and {', '.join(sorted(y))}",
        )
        return (
            Effect("place", 0.97, 0.95, text)
            if kinship == "near"
            else Effect("place", 0.35, DENIED, text)
        )
    named, other, lacking = (x, pair.b, pair.y) if x else (y, pair.a, pair.x)
    return _one_place(pair, named, other, lacking)


def _one_place(pair: Pair, named: frozenset[str], other: Party, lacking: Name) -> Effect | None:
    shown = ", ".join(sorted(named))
    known = other.places - lexicon().countries
    abroad = lacking.of(Role.PLACE) & lexicon().countries
    if known and not abroad:
        if _related(named, known) != "other":
            return None
        text = Said(
            f"un nume spune {shown}, celălalt este din {', '.join(sorted(known))}",
            f"one name says {shown}, the other is in {', '.join(sorted(known))}",
        )
        return Effect("place", 0.8, ASKED - 0.08 if pair.own >= 0.5 else DENIED, text)
    text = Said(f"numai un nume spune locul: {shown}", f"only one name says the place: {shown}")
    if abroad:
        return Effect("place", 0.8, ASKED if pair.own >= 0.5 else DENIED, text)
    if pair.own >= 0.5 and pair.stats.is_home(named):
        return Effect("place", 0.98, 1.0, text)
    return Effect("place", 0.9, ASKED, text)


def _same_city(pair: Pair) -> Effect | None:
    a, b = pair.a.cities, pair.b.cities
    if pair.plain or not a or not b or _related(a, b) != "other":
        return None
    return Effect(
        "place",
        0.85,
        ASKED,
        Said(
            f"orașe diferite: {pair.a.city} și {pair.b.city}",
            f"different cities: {pair.a.city} and {pair.b.city}",
        ),
    )


def same_country(pair: Pair) -> Effect | None:
    """A national body and its local one share a name: `X România` is not `X Timișoara`."""
    countries = lexicon().countries
    x, y = pair.x.of(Role.PLACE) & countries, pair.y.of(Role.PLACE) & countries
    if pair.plain or x == y:
        return None
    if x and y:
        return Effect(
            "country",
            0.4,
            DENIED,
            Said("țări diferite în nume", "different countries in the names"),
        )
    named, other = (x, pair.b) if x else (y, pair.a)
    local = bool(other.places - countries) and not named & other.places
    national = bool(pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD) & lexicon().national_heads)
    limit = 1.0 if national or (pair.own >= 0.5 and not local) else ASKED
    return Effect(
        "country", 0.98, limit, Said("numai un nume spune țara", "only one name says the country")
    )


_COMBINED = frozenset({"association", "informal_group"})
"""Forms that stand before another one in one name: Asociația Club Sportiv."""


def same_form(pair: Pair) -> Effect | None:
    """An association and a foundation of one name are two bodies, unless one is known under both."""
    x, y = pair.x.of(Role.FORM), pair.y.of(Role.FORM)
    if pair.plain or x == y or (x & y and not (x ^ y) - _COMBINED):
        return None
    if x and y:
        if not x & y and (x & pair.b.forms or y & pair.a.forms):
            return None
        return Effect("form", 0.85, ASKED, Said("forme juridice diferite", "different legal forms"))
    stated, bare, other = (x, pair.y, pair.b) if x else (y, pair.x, pair.a)
    if stated & other.forms:
        return None
    if (
        other.forms
        or other.public
        or other.kind is not None
        or bare.of(Role.HEAD) & lexicon().public_heads
    ):
        return Effect(
            "form",
            0.7,
            ASKED,
            Said(
                "numai un nume spune că e asociație, fundație sau firmă, iar celălalt este altceva",
                "only one name says it is an association, foundation or company; the other is something else",
            ),
        )
    matched = pair.matched(Role.OWN)
    unsure = matched == 0 or (
        pair.matched(Role.OWN, Role.COMMON) == 1 and bool(stated & {"foundation", "federation"})
    )
    text = Said("numai un nume spune forma juridică", "only one name says the legal form")
    return Effect("form", 0.98, ASKED if unsure else 1.0, text)


_LOOSE_HEADS = frozenset(
    {"organisation", "group", "club", "platform", "network", "society", "community"}
)


def same_head(pair: Pair) -> Effect | None:
    """A faculty, library or students' body of a university is not the university."""
    if pair.plain:
        return None
    x = {word.key for word in pair.aligned.left if word.role is Role.HEAD}
    y = {word.key for word in pair.aligned.right if word.role is Role.HEAD}
    if x and y:
        return Effect(
            "head",
            0.6,
            ASKED,
            Said("numesc feluri diferite de instituții", "they name different kinds of bodies"),
        )
    extra = (x | y) - _LOOSE_HEADS
    if not extra:
        return None
    both = any(w.role is Role.HEAD for m in pair.aligned.matches for w in m.left)
    return Effect(
        "head",
        0.75 if both else 0.9,
        ASKED,
        Said("numai un nume spune felul instituției", "only one name says what kind of body it is"),
    )


def same_side(pair: Pair) -> Effect | None:
    """County and municipal, German and Hungarian, youth and elderly exclude one another."""
    found = lexicon().opposed(
        (word.key for word in pair.aligned.left), (word.key for word in pair.aligned.right)
    )
    if found is None:
        return None
    return Effect(
        "opposite",
        0.5,
        DENIED + 0.05,
        Said("un cuvânt îl exclude pe celălalt", "one word excludes the other"),
    )


def same_level(pair: Pair) -> Effect | None:
    """A branch is not the whole body."""
    x, y = pair.x.of(Role.BRANCH), pair.y.of(Role.BRANCH)
    if pair.plain:
        return None
    if x == y:
        return _whole_body(pair)
    lacking = pair.y if x else pair.x
    text = Said("numai un nume spune că e o filială", "only one name says it is a branch")
    return Effect(
        "branch", 0.97, 1.0 if lacking.of(Role.PLACE) - lexicon().countries else ASKED, text
    )


def _whole_body(pair: Pair) -> Effect | None:
    """A branch known by the bare name of its whole: which of the two is meant is for a person to say."""
    placed = (
        pair.x.of(Role.PLACE) | pair.y.of(Role.PLACE) | pair.x.of(Role.BRANCH)
    ) - lexicon().countries
    if placed or pair.a.branch == pair.b.branch or pair.x.compact == pair.y.compact:
        return None
    return Effect(
        "branch",
        0.97,
        ASKED,
        Said(
            "una este o filială; numele fără loc poate fi al întregii organizații",
            "one is a branch; a name without a place may be that of the whole organisation",
        ),
    )


def _is_sure(match: Match) -> bool:
    """False for matches that two different words could make: initials, and slips in short words."""
    if match.how in ("equal", "joined"):
        return True
    sizes = [len(word.text) for word in (*match.left, *match.right)]
    article = match.how == "inflected" and max(sizes) - min(sizes) >= 2
    return article or (match.how in ("typo", "inflected") and min(sizes) >= 7)


def own_words(pair: Pair) -> Effect | None:
    """Common words alone, initials alone or a misspelt short word alone do not make two names one."""
    if pair.exact:
        return None
    matched = [
        m for m in pair.aligned.matches if any(w.role is Role.OWN for w in (*m.left, *m.right))
    ]
    sure = [m for m in matched if _is_sure(m)]
    common = pair.matched(Role.COMMON, Role.HEAD, Role.NUMBER)
    alike = pair.x.of(Role.FORM) == pair.y.of(Role.FORM) and (
        pair.placed or pair.x.of(Role.PLACE) == pair.y.of(Role.PLACE)
    )
    enough = 3 if alike else 2
    single = (
        len(sure) == 1
        and common == 0
        and all(pair.stats.parties_with(word) >= enough for word in sure[0].left)
    )
    if sure and not single:
        return None
    national = pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD) & lexicon().national_heads
    if not matched and common >= 2 and (pair.placed or national):
        return None
    if any(m.how == "initials" for m in matched) and common >= 2:
        return None
    left_over = [w for w in (*pair.aligned.left, *pair.aligned.right) if pair.stats.weight(w) > 0.1]
    if common >= 4 and not left_over:
        return None
    spelled = (
        all(m.how == "initials" for m in matched)
        and matched
        and not common
        and not (pair.x.of(Role.FORM) & pair.y.of(Role.FORM))
    )
    return Effect(
        "own_words",
        1.0,
        ASKED - 0.15 if spelled else ASKED,
        Said(
            "numai cuvinte obișnuite, inițiale sau greșeli de scriere în comun",
            "only common words, initials or misspellings in common",
        ),
    )


def extra_words(pair: Pair) -> Effect | None:
    """A word of its own that only one name has may be the name of another body."""
    known = pair.a.acronyms | pair.b.acronyms
    patron = pair.placed and bool(
        (pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD)) & lexicon().patron_heads
    )
    extra = [
        word
        for word in (*pair.aligned.left, *pair.aligned.right)
        if word.role is Role.OWN
        and not word.initial
        and word.text not in known
        and not (patron and word.quoted)
    ]
    if pair.exact or not extra:
        return None
    return Effect(
        "extra_words",
        1.0,
        ASKED,
        Said(
            f"numai un nume are: {_listed(tuple(extra))}",
            f"only one name has: {_listed(tuple(extra))}",
        ),
    )


RULES: tuple[Callable[[Pair], Effect | None], ...] = (
    same_number,
    same_place,
    same_country,
    same_form,
    same_head,
    same_side,
    same_level,
    own_words,
    extra_words,
)
"""Every rule; the sentence of each is shown to whoever asks why."""


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
    left, right = _listed(pair.aligned.left), _listed(pair.aligned.right)
    return Said(
        f"„{pair.x.written}” și „{pair.y.written}”: în comun {common}; numai în primul {left}; numai în al doilea {right}",
        f"'{pair.x.written}' and '{pair.y.written}': in common {common}; only in the first {left}; only in the second {right}",
    )
