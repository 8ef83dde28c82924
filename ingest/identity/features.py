"""What speaks for and against two names being one body: small pure rules, each with its sentence.

A rule gives an Effect or None. The score of two names is their shared weight times every factor,
and never above the lowest limit.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.identity.lexicon import Role, lexicon
from ingest.identity.pair import ASKED, DENIED, Effect, Pair
from ingest.identity.places import same_country, same_place
from ingest.identity.telling import extra_sort, extra_words, link_words, own_words, word_order
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
        or (other.kind is not None and other.kind not in lexicon().functions)
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


def same_head(pair: Pair) -> Effect | None:
    """A faculty, library or students' body of a university is not the university."""
    if pair.plain or pair.exact:
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
    extra = (x | y) - lexicon().loose_heads
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
    if pair.x.part or pair.y.part:
        text = Said("unul numește o parte a celuilalt", "one names a part of the other")
        return Effect("branch", 0.97, ASKED, text)
    if x == y:
        return _whole_body(pair)
    lacking = pair.y if x else pair.x
    text = Said("numai un nume spune că e o filială", "only one name says it is a branch")
    return Effect(
        "branch", 0.97, 1.0 if lacking.of(Role.PLACE) - lexicon().countries else ASKED, text
    )


def _whole_body(pair: Pair) -> Effect | None:
    """A branch under the bare name of its whole: a person must say which of the two is meant."""
    if pair.a.branch == pair.b.branch or pair.x.compact == pair.y.compact:
        return None
    whole = pair.x if pair.b.branch else pair.y
    if pair.placed or (whole.of(Role.PLACE) | whole.of(Role.BRANCH)) - lexicon().countries:
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
    extra_sort,
    word_order,
    link_words,
)
"""Every rule; the sentence of each is shown to whoever asks why."""
