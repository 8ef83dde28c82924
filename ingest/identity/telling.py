"""Rules about what tells two names apart: words of their own, their order, the words that join them."""

from __future__ import annotations

from ingest.identity.align import Match
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.pair import ASKED, DENIED, Effect, Pair, listed
from ontology.errors import Said

_ARTICLES = (
    "ul", "ului", "lui", "le", "ile", "ele", "lor", "ilor", "elor", "ei", "iei", "ii", "es", "en", "er",
)  # fmt: skip
"""How a word ends that only has an article or an ending more than another."""


_CONFUSED = frozenset(map(frozenset, ("ai", "iy", "ck", "sz", "vw")))
"""Letters that one sound is written with: Sârbi and Sîrbi, Banca and Banka."""


def _is_sure(match: Match) -> bool:
    """False for matches that two different words could make: initials, and slips in short words."""
    if match.how in ("equal", "joined"):
        return True
    if match.how not in ("typo", "inflected"):
        return False
    short, long = sorted((match.left[0].text, match.right[0].text), key=len)
    if match.how == "typo":
        return len(short) >= 8 and _is_usual_slip(short, long)
    if len(long) - len(short) >= 2:
        # Tineri and Tinerilor are one word, Simultan and Simultania or Mecalu and Mecalele are not
        begin = short[:-1] if short[-1] in "ae" else short
        return long.startswith(begin) and long.endswith(_ARTICLES)
    return len(short) >= 8


def _is_usual_slip(short: str, long: str) -> bool:
    """True for a letter left out, doubled or swapped, or one that sounds alike.

    Another letter in its place makes another name as often as a slip: Cotiliba is not Coticiba.
    """
    if short[0] != long[0]:
        return False
    if len(short) < len(long):
        return len(long) - len(short) == 1
    wrong = [i for i, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
    if len(wrong) == 2:
        i, j = wrong
        return j == i + 1 and short[i] == long[j] and short[j] == long[i]
    return len(wrong) == 1 and frozenset((short[wrong[0]], long[wrong[0]])) in _CONFUSED


def _spelled(pair: Pair, matched: list[Match], common: int, left_over: bool) -> float:
    """The limit when initials are all that two names share: many names begin with those letters."""
    only = matched and all(m.how == "initials" for m in matched) and not common
    if not only or pair.x.of(Role.FORM) & pair.y.of(Role.FORM):
        return ASKED
    letters = max(min(len(w.text) for w in (*m.left, *m.right)) for m in matched)
    at_home = pair.x.of(Role.PLACE) & pair.y.of(Role.PLACE)
    return DENIED if left_over or (letters <= 3 and not at_home) else ASKED - 0.15


_ONE_WORD = Said("un singur cuvânt obișnuit în comun", "one common word in common")


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
    if not matched and common <= 1 and left_over:
        return Effect("own_words", 1.0, DENIED, _ONE_WORD)
    official = pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD) & lexicon().public_heads
    if not left_over and (common >= 3 or (official and pair.placed)):
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


def extra_sort(pair: Pair) -> Effect | None:
    """A word that says whose or for what, on one side only: Astronomie is not Astronomie Culturală.

    Not where habit adds it to a legal form (Asociația Culturală X), or it goes without saying there.
    """
    table = lexicon()
    formed = table.descriptions if pair.x.of(Role.FORM) & pair.y.of(Role.FORM) else frozenset()
    heads = pair.x.of(Role.HEAD) & pair.y.of(Role.HEAD)
    understood = {key for head in heads for key in table.understood.get(head, ())}
    extra = [
        word
        for word in (*pair.aligned.left, *pair.aligned.right)
        if word.key in table.sorts and word.key not in formed | understood
    ]
    if pair.plain or pair.exact or not extra:
        return None
    text = Said(
        f"numai un nume spune {listed(tuple(extra))}", f"only one name says {listed(tuple(extra))}"
    )
    return Effect("extra_sort", 1.0, ASKED, text)


def word_order(pair: Pair) -> Effect | None:
    """Two words the other way round may be two names: Banat Verde is not Verde de Banat."""
    x, y = (
        [w.text for w in name.words if w.role not in (Role.LINK, Role.FORM, Role.PLACE)]
        for name in (pair.x, pair.y)
    )
    if len(x) != 2 or x == y or x != y[::-1]:
        return None  # another language has another order: Jazz Festival, Festivalul de Jazz
    return Effect(
        "word_order",
        1.0,
        ASKED,
        Said("aceleași două cuvinte, în altă ordine", "the same two words, in another order"),
    )


def link_words(pair: Pair) -> Effect | None:
    """`Speranța pentru Viitor` is not `Speranța în Viitor`: so short a name lives by its link."""
    content = [w for w in pair.x.words if w.role in (Role.OWN, Role.COMMON)]
    if pair.plain or len(content) > 2 or pair.x.words == pair.y.words:
        return None
    x, y = (
        {i for i, sense in enumerate(lexicon().senses) for w in name.words if w.text in sense}
        for name in (pair.x, pair.y)
    )
    if not x or not y or x & y:
        return None
    text = Said("cuvintele sunt legate altfel", "the words are joined differently")
    return Effect("link_words", 1.0, ASKED, text)
