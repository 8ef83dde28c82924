"""What speaks for and against two names being one body: small pure rules, each with its sentence.

A rule gives an Effect or None. The score of two names is their shared weight times every factor,
and never above the lowest limit.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.identity.align import Match
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.pair import ASKED, DENIED, Effect, Pair, listed
from ingest.identity.places import same_country, same_place
from ontology.errors import Said


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


_COMBINED = frozenset({"association", "informal_group"})
"""Forms that stand before another one in one name: Asociația Club Sportiv."""


def same_form(pair: Pair) -> Effect | None:
    """An association and a foundation of one name are two bodies, unless one is known as both."""
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
                "only one name says it is an association, foundation or company; "
                "the other is something else",
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
    """A branch under the bare name of its whole: a person must say which of the two is meant."""
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


_ARTICLES = (
    "ul", "ului", "lui", "le", "ile", "ele", "lor", "ilor", "elor", "ei", "iei", "ii", "es", "en", "er",
)  # fmt: skip
"""How a word ends that only has an article or an ending more than another."""


def _is_sure(match: Match) -> bool:
    """False for matches that two different words could make: initials, and slips in short words."""
    if match.how in ("equal", "joined"):
        return True
    sizes = [len(word.text) for word in (*match.left, *match.right)]
    if match.how == "inflected" and max(sizes) - min(sizes) >= 2:
        # Tineri and Tinerilor are one word, Simultan and Simultania are not
        longest = max((*match.left, *match.right), key=lambda word: len(word.text))
        return longest.text.endswith(_ARTICLES)
    return match.how in ("typo", "inflected") and min(sizes) >= 8


def _spelled(pair: Pair, matched: list[Match], common: int, left_over: bool) -> float:
    """The limit when initials are all that two names share: many names begin with those letters."""
    only = matched and all(m.how == "initials" for m in matched) and not common
    if not only or pair.x.of(Role.FORM) & pair.y.of(Role.FORM):
        return ASKED
    letters = max(min(len(w.text) for w in (*m.left, *m.right)) for m in matched)
    return DENIED if left_over or letters <= 3 else ASKED - 0.15


def own_words(pair: Pair) -> Effect | None:
    """Common words, initials or a misspelt short word alone do not make two names one."""
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
        and all(pair.stats.parties_with(word) >= enough for word in (*sure[0].left, *sure[0].right))
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
    return Effect(
        "own_words",
        1.0,
        _spelled(pair, matched, common, bool(left_over)),
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
            f"numai un nume are: {listed(tuple(extra))}",
            f"only one name has: {listed(tuple(extra))}",
        ),
    )


def word_order(pair: Pair) -> Effect | None:
    """Two words the other way round may be two names: Banat Verde is not Verde de Banat."""
    x, y = (
        [w.key for w in name.words if w.role not in (Role.LINK, Role.FORM)]
        for name in (pair.x, pair.y)
    )
    if len(x) != 2 or x == y or x != y[::-1]:
        return None
    return Effect(
        "word_order",
        1.0,
        ASKED,
        Said("aceleași două cuvinte, în altă ordine", "the same two words, in another order"),
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
    word_order,
)
"""Every rule; the sentence of each is shown to whoever asks why."""
