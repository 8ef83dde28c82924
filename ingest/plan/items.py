"""Splits a field into its items: by bullets, by numbers, by paragraphs, or by how items begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.plan.actor_words import QUANTIFIER
from ingest.plan.line_ends import STRONG_BULLETS as STRONG
from ingest.plan.line_ends import WEAK_BULLETS
from ingest.plan.parts import Part, dangling
from ingest.plan.sorts import SORT_NAME
from ingest.plan.text import Span, Text

_STRONG_MARK = re.compile(rf"[{STRONG}]\s*")
_WEAK_MARK = re.compile(rf"[{WEAK_BULLETS}]\s+(?=\S)")
_WEAK_INLINE = re.compile(rf"(?<=\s)[{WEAK_BULLETS}]\s+(?=[A-ZĂÂÎȘȚ])")
_NUMBER = re.compile(r"(?<![\w.,/(])\(?(\d{1,2})[.)]-?(?=\s|$|[A-ZĂÂÎȘȚ])\s*")
_LETTER = re.compile(r"(?<![\w.,/])\(?([a-z])[.)]\s+(?=\S)")
_ROMAN = re.compile(r"(?<![\w.,/(])\(?([IVX]{1,4}|[ivx]{1,4})[.)]\s+(?=\S)")
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_COUNTERS: dict[str, tuple[re.Pattern[str], Callable[[str], int]]] = {
    "numbers": (_NUMBER, int),
    "letters": (_LETTER, lambda mark: ord(mark) - 96),
    "romans": (_ROMAN, lambda mark: _ROMANS.index(m) if (m := mark.lower()) in _ROMANS else 0),
}
"""How the items of a counted list are marked, and which of them a mark says it is."""
_TO_COME = re.compile(rf"(?:^|\s){QUANTIFIER.pattern}$")
"""What leads up to a sort of actors: `și alte`."""

_VERBAL = re.compile(
    r"\w{2,}(?:[aeiî]re|[aeiî]rea)|select(?:ia|ie)|achizitia|constructia|raport|minim(?:um)?|maxim(?:um)?|"
    r"aproximativ|circa|peste|cel|un|o|unui|unei|doi|doua|trei|patru|cinci|zece|numar|numarul"
)
"""What an item begins with; none of these has a capital in the middle of a sentence."""

_ACRONYM = re.compile(r"[A-ZĂÂÎȘȚ]{2,}[)\]\"]?")


@dataclass
class Item:
    """One item: its spans (several when it was cut), and how it was set off from the others."""

    spans: list[Span] = field(default_factory=list)
    joined: bool = False
    """A later paragraph was joined to it."""
    guessed: bool = False
    """No mark parted it from the one before."""
    number: int | None = None


def split_items(
    text: Text,
    parts: Sequence[Part],
    *,
    heads: bool = False,
    semicolons: bool = False,
    names: bool = False,
) -> list[Item]:
    """The items of a field, in order.

    `heads`: items begin with a verbal noun (`Crearea …`). `semicolons`: where nothing else parts
    them, they do. `names`: they are actors; a sort of actors begins an item without a capital.
    """
    if not parts:
        return []
    mode = _mode(text, parts)
    items: list[Item] = []
    for part in parts:
        for start, end, marked, number in _cut(text, part, mode, len(items)):
            # a list of statements may go on with a new one after a page, a list of names with the same
            begins = mode == "plain" and text.clean[start].isupper()
            begins = begins and (heads or (text.hard and not names))
            begins = begins or (names and _begins_sort(text, items, start))
            item = Item([(start, end)], number=number)
            _place(text, items, item, part, marked, mode, begins=begins)
    unmarked = mode == "plain" or (mode == "weak" and any(part.moved for part in parts))
    if unmarked and semicolons:
        items = [one for item in items for one in _at_semicolons(text, item)]
    for item in items:
        item.spans[-1] = without_mark(text, item.spans[-1])
    if heads and unmarked:
        items = [one for item in items for one in _split_heads(text, item)]
    return [item for item in items if re.search(r"\w", text.words(*item.spans))]


def _begins_sort(text: Text, items: Sequence[Item], start: int) -> bool:
    """Whether a paragraph in small letters begins a sort of actors, and nothing led up to it."""
    if not items or not SORT_NAME.match(text.fold, start):
        return False
    before = text.folded(*items[-1].spans)
    return not (
        dangling(before) or _TO_COME.search(f"{before} ") or before.count("(") > before.count(")")
    )


def without_mark(text: Text, span: Span) -> Span:
    """The span without the semicolon or comma that ends an item of a list."""
    start, end = text.trim(span)
    while end > start and text.clean[end - 1] in ";,":
        start, end = text.trim((start, end - 1))
    return start, end


def _at_semicolons(text: Text, item: Item) -> list[Item]:
    """The item parted at each semicolon outside brackets."""
    made = [Item(joined=item.joined, number=item.number)]
    depth = 0
    for start, end in item.spans:
        begin = start
        for mark in re.compile(r"[();]").finditer(text.clean, start, end):
            depth = max(0, depth + {"(": 1, ")": -1}.get(mark[0], 0))
            if mark[0] == ";" and not depth:
                made[-1].spans.append(text.trim((begin, mark.start())))
                made.append(Item())
                begin = mark.end()
        made[-1].spans.append(text.trim((begin, end)))
    return [one for one in made if text.words(*one.spans)]


def _mode(text: Text, parts: Sequence[Part]) -> str:
    starts = [text.clean[p.span[0] : p.span[0] + 8] for p in parts]
    if any(_STRONG_MARK.match(one) for one in starts):
        return "strong"
    if re.match(r"(?:[-*]\s+)?\(?1[.)]\s?\D", starts[0]):
        return "numbers"
    if re.match(r"\(?a[.)]\s", starts[0]):
        return "letters"
    if re.match(r"(?i:\(?i[.)]\s)", starts[0]):
        return "romans"
    if any(_WEAK_MARK.match(one) for one in starts):
        return "weak"
    body = " ".join(text.clean[p.span[0] : p.span[1]] for p in parts)
    return "strong" if _STRONG_MARK.search(body) else "plain"


def _cut(text: Text, part: Part, mode: str, done: int) -> list[tuple[int, int, bool, int | None]]:
    """(start, end, marked, number) of the pieces of one paragraph."""
    start, end = part.span
    cuts: list[tuple[int, int, int | None]] = []  # where a mark begins, where it ends, its number
    first = _WEAK_MARK.match(text.clean, start, end)
    if mode in _COUNTERS:
        expected = done + 1
        pattern, count = _COUNTERS[mode]
        for match in pattern.finditer(text.clean, start, end):
            if count(match[1]) == expected:
                begin = match.start()
                if first is not None and first.end() == begin:
                    begin = start
                cuts.append((begin, match.end(), expected))
                expected += 1
    else:
        if first is not None:
            cuts.append((start, first.end(), None))
        cuts += [(m.start(), m.end(), None) for m in _STRONG_MARK.finditer(text.clean, start, end)]
        if first is not None or (mode == "weak" and part.moved):
            cuts += [
                (m.start(), m.end(), None) for m in _WEAK_INLINE.finditer(text.clean, start, end)
            ]
    cuts = sorted(set(cuts))
    pieces: list[tuple[int, int, bool, int | None]] = []
    if not cuts or cuts[0][0] > start:
        pieces.append((start, cuts[0][0] if cuts else end, False, None))
    for index, (_, begin, number) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else end
        pieces.append((begin, stop, True, number))
    trimmed = [(*text.trim((s, e)), marked, number) for s, e, marked, number in pieces]
    return [one for one in trimmed if one[1] > one[0]]


def _place(
    text: Text, items: list[Item], item: Item, part: Part, marked: bool, mode: str, *, begins: bool
) -> None:
    """Adds the piece as an item, or joins it to the one before."""
    if marked or not items:
        items.append(item)
        return
    start = item.spans[0][0]
    before = text.folded(*items[-1].spans)
    mid_sentence = text.clean[start].islower() or dangling(before) or text.clean[start] in "(,;"
    soft = mode != "plain" and not text.hard and not _gap(text, items[-1].spans[-1][1], start)
    cut = mode == "plain" and "\f" in text.clean[items[-1].spans[-1][1] : start]
    sort = begins and text.clean[start].islower()
    if not sort and (mid_sentence or soft or ((part.moved or cut) and not begins)):
        items[-1].spans += item.spans
        items[-1].joined = True
    else:
        item.guessed = part.moved or cut
        items.append(item)


def _gap(text: Text, start: int, end: int) -> bool:
    between = text.clean[start:end]
    return "\n\n" in between or "\f" in between or "\t" in between


def _split_heads(text: Text, item: Item) -> list[Item]:
    """Parts an item at each verbal noun that begins with a capital in mid-sentence."""
    made = [Item(joined=item.joined)]
    before: re.Match[str] | None = None
    for start, end in item.spans:
        begin = start
        for word in re.compile(r"\S+").finditer(text.clean, start, end):
            if before is not None and _begins(text, before, word):
                if word.start() > begin:
                    made[-1].spans.append(text.trim((begin, word.start())))
                made.append(Item(guessed=True))
                begin = word.start()
            before = word
        made[-1].spans.append(text.trim((begin, end)))
    return made


def _begins(text: Text, before: re.Match[str], word: re.Match[str]) -> bool:
    if not word[0][0].isupper() or not _VERBAL.fullmatch(text.fold[word.start() : word.end()]):
        return False
    if dangling(text.folded(before.span())):
        return False
    if before[0][0].islower() or before[0][-1] in ".;)" or _ACRONYM.fullmatch(before[0]):
        return True
    return text.fold[word.end() - 1] == "a"  # with its article: `… Smart City Selecția …`
