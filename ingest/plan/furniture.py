"""Finds what belongs to the pages of a text and not to its words: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS

_PAGE_WORD = r"(?:(?:pag(?:ina|e|\.)?|p\.):? ?)"
_ROMAN = [
    ten + one
    for ten in ("", "x")
    for one in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
]
_NUMBER = r"(\d{1,3}|[ivx]{1,5})(?: ?(?:/|din|of) ?(?:\d{1,3}|[ivx]{1,5}))?"
_PAGE_NUMBER = re.compile(
    rf"(?:[-–—|·•\[(=~]{{1,3}} ?)?{_PAGE_WORD}?{_NUMBER}(?: ?[-–—|·•\])=~]{{1,3}}| ?\| ?p ?a ?g ?[ei] ?(?:n ?a)?)?",
    re.I,
)
_WORDED = re.compile(rf"(?<!\w){_PAGE_WORD}{_NUMBER}(?!\w)", re.I)
_LINE = re.compile(r"[^\n\f]+")
_DEEP = 5
"""Lines of a running head that stand one under the other."""
_ITEM = re.compile(rf"\s*(?:[<{STRONG_BULLETS}{WEAK_BULLETS}]|\d{{1,2}}[.)]\s|[Aa]\s?\d)")
_OF_THE_WHOLE = re.compile(
    r"plan(?:ul)? (?:local )?de ac[tțţ]iun\w*(?: local[aă]?)?|(?:https?://|www\.)\S+$"
    r"|[^\n]{0,100}?(?:\b(?:tel|fax|telefon|e-?mail|cod po[sșş]tal|c\.?i\.?f|operator de date|versiunea|edi[tțţ]ia)\b[.: ]|\S@\S+\.\w)",
    re.I,
)
"""What a running head or foot says: the title of the plan, an address, how to reach the town hall."""
_FOOT = re.compile(r"(?P<words>\S[^\n]{5,110}?)\s*(?:[|–—•·])\s*(?:pag\S* ?)?(\d{1,3})")
_CODED = re.compile(
    r"[\W\d]*(?:angajament|ac[tțţ]iun|activit|etapa|anexa|trim|sem|luna|obiectiv|[a-z] ?\d)", re.I
)


@dataclass(frozen=True)
class PageLine:
    """A line of the page: where it stands, its words, and whether it is a bare number."""

    start: int
    end: int
    words: str
    alone: bool
    """Whether nothing stands right above and below it."""
    upper: bool = False
    """Whether nothing stands right above it, and a bare page number below."""

    @property
    def shape(self) -> str:
        """Its words with every number alike."""
        return re.sub(r"\d+", "#", _WORDED.sub("#", self.words))

    @property
    def worded(self) -> bool:
        """Whether it says that it is a page, and nothing else."""
        return _WORDED.fullmatch(self.words) is not None

    @property
    def bare(self) -> bool:
        """Whether it is a page number and nothing else."""
        return _PAGE_NUMBER.fullmatch(self.words) is not None


def page_lines(raw: str) -> list[PageLine]:
    """Page numbers that go up by one, what repeats beside them, and running heads; in order."""
    lines = [line for line in _lines(raw) if len(line.words) <= 120]
    heads = list(_heads(lines))
    ends = {line.end for line in heads}
    below = {
        b.start for a, b in pairwise(lines) if a.end in ends and not raw[a.end : b.start].strip()
    }
    numbers = _rising(
        [line for line in lines if line.bare and (line.alone or line.start in below)], _PAGE_NUMBER
    )
    worded = _rising([line for line in lines if _is_page_word(line)], _WORDED)
    feet = _feet(lines)
    found = {*numbers, *worded, *feet, *_beside(raw, lines, [*numbers, *feet]), *heads}
    return sorted(found, key=lambda line: line.start)


def _lines(raw: str) -> Iterator[PageLine]:
    for match in _LINE.finditer(raw):
        words = " ".join(match[0].split())
        if not words:
            continue
        above = raw[max(0, match.start() - 40) : match.start()]
        below = raw[match.end() : match.end() + 40]
        first = re.search(r"(?:\n[ \t]*\n|\f\n?)[ \t]*$", above)
        apart = first and re.match(r"\n[ \t]*(?:\n|\f|$)|\f|$", below)
        upper = first and re.match(r"\n[ \t]*\d{1,3}[ \t]*(?:\n\s*\n|\n?\f|$)", below)
        before_page = re.match(r"\n\f", below) is not None and _PAGE_NUMBER.fullmatch(words)
        yield PageLine(match.start(), match.end(), words, bool(apart or before_page), bool(upper))


def _is_page_word(line: PageLine) -> bool:
    """`Pagina 3 din 6`, alone or after the words of a running foot."""
    match = _WORDED.search(line.words)
    return (
        match is not None
        and not line.words[match.end() :].strip(" |-–—·")
        and not _ITEM.match(line.words)
    )


def _rising(lines: list[PageLine], number: re.Pattern[str]) -> list[PageLine]:
    """Those whose numbers go up page by page; none when there are fewer than two."""
    found: list[PageLine] = []
    # the first pages are often counted in Roman numerals, the others anew from 1
    for read in (_arabic, _roman):
        rising: list[PageLine] = []
        last = 0
        for line in lines:
            match = number.search(line.words)
            page = read(match[1]) if match else 0
            if last < page <= last + 3:
                rising.append(line)
                last = page
        found += rising if len(rising) > 1 else []
    return found


def _arabic(written: str) -> int:
    return int(written) if written.isdigit() else 0


def _feet(lines: list[PageLine]) -> list[PageLine]:
    """Lines of the same words, a sign, and a number that goes up page by page."""
    grouped: dict[str, list[tuple[int, PageLine]]] = {}
    for line in lines:
        match = _FOOT.fullmatch(line.words) if not _ITEM.match(line.words) else None
        if match is not None and not _CODED.match(line.words):
            grouped.setdefault(match["words"], []).append((int(match[2]), line))
    return [
        line
        for group in grouped.values()
        if len(group) > 2 and all(0 < b[0] - a[0] <= 3 for a, b in pairwise(group))
        for _, line in group
    ]


def _roman(written: str) -> int:
    return _ROMAN.index(written.lower()) if written.lower() in _ROMAN else 0


def _beside(raw: str, lines: list[PageLine], numbers: list[PageLine]) -> Iterator[PageLine]:
    """What repeats right beside page numbers or new pages, again and again."""
    places = {line.start: at for at, line in enumerate(lines)}
    near = {
        at
        for line in numbers
        for at in (places[line.start] - 1, places[line.start] + 1)
        if 0 <= at < len(lines)
        and not raw[min(line.end, lines[at].end) : max(line.start, lines[at].start)].strip()
    }
    near |= {
        at
        for at, line in enumerate(lines)
        if raw[max(0, line.start - 40) : line.start].rstrip(" \n")[-1:] == "\f"
    }
    often = max(2, len(numbers) // 2)
    kept: set[int] = set()
    for _ in range(_DEEP):
        shapes = Counter(lines[at].shape for at in near | kept)
        new = {at for at in near - kept if not _ITEM.match(lines[at].words) and shapes[lines[at].shape] > often}  # fmt: skip
        if not new:
            break
        kept |= new
        near = {at for one in new for at in (one - 1, one + 1) if 0 <= at < len(lines)} - kept
    yield from (lines[at] for at in kept)


def _heads(lines: list[PageLine]) -> Iterator[PageLine]:
    """Lines that say the plan's title or an address, three times or more, mostly alone."""
    heads = [line for line in lines if _OF_THE_WHOLE.match(line.words)]
    shapes = Counter(line.words for line in heads)
    alone = Counter(line.words for line in heads if line.alone or line.upper)
    yield from (
        line
        for line in heads
        if shapes[line.words] > 2 and 2 * alone[line.words] > shapes[line.words]
    )


_OPENED = re.compile(r"<(/?)(p|li|ul|ol|td)\b[^<>]{0,300}>", re.I)
_FAR = 3000


def goes_on_inside(text: str, start: int, end: int, since: int = 0) -> tuple[int, int] | None:
    """From where to where a page was turned inside a paragraph whose tag is open, and that goes on.

    `start` to `end` are the page's own lines, `since` where the words go on after the page before.
    None where a new paragraph or cell follows them.
    """
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    tags = list(_OPENED.finditer(text, max(0, start - _FAR), start))
    within = tags and not tags[-1][1] and "\n\n" not in text[max(since, tags[-1].end()) : start]
    if not within or start == 0 or text[start - 1] in ".:;!?>" or not text[end : end + 1].islower():
        return None
    return start, end
