"""Gives a text that was set all in capitals, or all in small letters, a likely case again.

The case of a text tells names from nouns and where statements begin. Where it is lost it is put
back by what words are: a heading, a code, a short name, the name of a body, the begin of a
sentence. That is a guess, and said so; what is shown as evidence stays as the document has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ingest.plan.actor_words import BODY, FUNCTION, GENERIC
from ingest.plan.funds import FUNDS
from ingest.plan.headings import FIELD_WITH_COLON, FIELDS
from ingest.plan.parts import dangling
from ingest.plan.records import PlanWarning
from ingest.plan.text import Text, word_set

_FEW = 200
"""Letters below which a text has no case to speak of."""

_WORD = re.compile(r"[^\W\d_]+\d*")
_SHORT_NAMES = word_set(
    "ogp ong imm hcl hclm hcj oug hg og ue apl pla pna pmt puz pug it eea see sua onu adr gal ai gis "
) | frozenset(name for name in FUNDS if name.isalpha() and len(name) < 6)
_NAME = re.compile(
    rf"{BODY}|strategi(?:a|ei)|program(?:ul|ului)|plan(?:ul|ului)|agend[ae]i?|fond(?:ul|ului)|sector(?:ul|ului)"
)
_SORT = re.compile(GENERIC)
_JOINS = word_set("de pentru si din a al ai ale la in")
_STARTS_NOTHING = FUNCTION - word_set("o un") | word_set("iar dar sa nu se isi le")
_NEW_SENTENCE = re.compile(
    r"(?:^|[.!?:;][\"”]?\s+|\)\s*|[•●→○■▪✓➢§*]\s*|(?:^|[\n\t\f ])(?:[-–]|\d{1,2}[.)])\s+|[\"„“«])$"
)
_ABBREVIATED = re.compile(r"\b(?:nr|art|str|alin|lit|pct|ex|min|max|cca|aprox|etc|trim|sem)\.\s+$")
_CODE = re.compile(r"(?<!\w)a(?=[.-]? ?\d{1,2} ?[.:)-])")
_PROSE = re.compile(rf"{FIELDS['description']}|{FIELDS['problem']}")
_ROW = re.compile(r"(?:\n[^\S\n]*\n|\f|\t)\s*$")
_REST = re.compile(r"[^\n\t\f]*(\t)?\s*")
_FAR = 3000
"""Characters within which a cell that was cut goes on."""
_STATEMENT = re.compile(r"\w{2,}(?:area|erea|irea|are|ire)|selecti[ae]")


def with_case(text: Text) -> Text:
    """The text, with a likely case and a note where its own says nothing."""
    kind = _lost(text.clean)
    if kind is None:
        return text
    chars = list(text.clean.lower() if len(text.clean.lower()) == len(text.clean) else text.clean)
    for at in _capitals(text):
        shown = chars[at].upper()
        chars[at] = shown if len(shown) == 1 else chars[at]
    ro, en = _KINDS[kind]
    note = PlanWarning(
        "tot documentul",
        f"Documentul este scris {ro}: ce e nume propriu și unde începe un enunț s-a ghicit. Verificați numele.",
        f"The document is written {en}: what is a proper name and where a statement begins was guessed. Check the names.",
    )
    return replace(text, clean="".join(chars), notes=(*text.notes, note))


_KINDS = {
    "upper": ("numai cu majuscule", "in capitals only"),
    "lower": ("numai cu litere mici", "in small letters only"),
    "title": ("cu majusculă la fiecare cuvânt", "with a capital in every word"),
}


def _lost(clean: str) -> str | None:
    upper = sum(map(str.isupper, clean))
    lower = sum(map(str.islower, clean))
    if upper + lower < _FEW:
        return None
    if upper > 0.6 * (upper + lower):
        return "upper"
    if upper < 0.002 * (upper + lower):
        return "lower"
    words = re.findall(r"[^\W\d_]{4,}", clean)
    return "title" if sum(word[0].isupper() for word in words) > 0.85 * len(words) else None


def _capitals(text: Text) -> Iterator[int]:
    """The positions of the letters that want a capital."""
    folded = text.fold
    yield from (match.start() for match in _CODE.finditer(folded))
    heads = list(FIELD_WITH_COLON.finditer(folded))
    yield from (match.start() for match in heads)
    targets = re.compile(FIELDS["targets"])
    areas = [
        (head.end(), heads[n + 1].start() if n + 1 < len(heads) else len(folded))
        for n, head in enumerate(heads)
        if targets.match(folded, head.start())
    ]
    opened = _open_ends(folded, [head.start() for head in heads])
    places = [head.start() for head in heads]
    headed = frozenset(places)
    in_name, before, end = False, "", 0
    for match in _WORD.finditer(folded):
        word, gap = match[0], folded[end : match.start()]
        if _goes_on(folded, match, gap, opened, headed) or (
            match.start() not in headed and _in_prose(folded, match.start(), gap, places)
        ):
            before, end = word, match.end()
            continue
        in_name = in_name and not re.search(r"[^\s\-/\"]|[\n\t\f]", gap)
        if word in _SHORT_NAMES or (word[-1].isdigit() and len(word) > 3):
            yield from range(match.start(), match.end())
        elif _NAME.fullmatch(word):
            in_name = True
            yield match.start()
        elif in_name and (_SORT.match(word) and before not in _JOINS):
            in_name = False
        elif in_name and word not in FUNCTION:
            yield match.start()
        elif in_name and word not in _JOINS:
            in_name = False
        if _begins(folded, match, gap) or (
            any(start <= match.start() < stop for start, stop in areas)
            and _states(word, before, gap)
        ):
            yield match.start()
        before, end = word, match.end()


def _open_ends(folded: str, heads: list[int]) -> list[int]:
    """Where headings stand before which a text stops in mid-sentence; the last one first."""
    found: list[int] = []
    for at in heads:
        led = folded[max(0, at - 200) : at].rstrip(" \n\t\f*#-_")
        if dangling(led) or (led[-1:].isalpha() and _prose_before(folded, at, heads)):
            found.append(at)
    return found[::-1]


def _prose_before(folded: str, at: int, heads: list[int]) -> bool:
    """Whether the field that ends at `at` is prose, which ends with a full stop."""
    last = bisect_left(heads, at) - 1
    return last >= 0 and _PROSE.match(folded, heads[last]) is not None


def _in_prose(folded: str, at: int, gap: str, heads: list[int]) -> bool:
    """Whether a paragraph of prose goes on one that ends without a full stop."""
    if ":" in gap or not re.search(r"[\n\t\f]\s*$", gap):
        return False
    before = folded[max(0, at - 60) : at].rstrip()
    return before[-1:].isalpha() and _prose_before(folded, at, heads)


def _goes_on(
    folded: str, match: re.Match[str], gap: str, opened: list[int], heads: frozenset[int]
) -> bool:
    """Whether a paragraph goes on one that a new page or cell cut before; each is taken up once.

    Such a paragraph begins a row or a cell, and a heading or another cell follows it.
    """
    at = match.start()
    if not opened or opened[-1] >= at or not _ROW.search(gap) or ":" in gap:
        return False
    if at - opened[-1] > _FAR:
        opened.pop()
        return False
    after = _REST.match(folded, at, at + _FAR)
    if at in heads or after is None or not (after[1] or after.end() in heads):
        return False
    opened.pop()
    return True


def _begins(folded: str, match: re.Match[str], gap: str) -> bool:
    """Whether a sentence, an item or a paragraph begins with this word."""
    led = folded[max(0, match.start() - 12) : match.start()]
    if re.search(r"[\n\t\f]\s*$", gap) or not led:
        before = folded[max(0, match.start() - 200) : match.start()].rstrip()
        return match[0] not in _STARTS_NOTHING and not dangling(before)
    return (
        _NEW_SENTENCE.search(led) is not None
        and not _ABBREVIATED.search(led)
        and match[0] not in ("si", "etc")
    )


def _states(word: str, before: str, gap: str) -> bool:
    """Whether a verbal noun begins a statement of a list without marks."""
    return (
        _STATEMENT.fullmatch(word) is not None
        and gap == " "
        and before not in FUNCTION
        and not re.fullmatch(r"ca|sa|precum|inclusiv|asupra|spre|fara|privind", before)
    )
