"""Reads tags, Markdown and line ends without trusting them: linear, never recursive, never expanding.

Published plans are text with bits of HTML left in, often unclosed. A known tag is a break, a cell
border or nothing; an unknown one is text. Scripts and styles are dropped. Entities declared by the
document are not expanded, those of HTML stand for one character.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

SPACE, BREAK, LINE, GAP, PAGE, CELL, TEXT = "space", "break", "line", "gap", "page", "cell", "text"
WRAP = "wrap"
"""A line end that only wrapped the line."""

BLOCK_TAGS = frozenset(
    re.findall(
        r"\S+",
        "p div ul ol li h1 h2 h3 h4 h5 h6 br hr tr table thead tbody tfoot caption section article "
        "header footer nav main aside body html head title blockquote pre dl dt dd figure form"
        " fieldset address details summary center",
    )
)
CELL_TAGS = frozenset(("td", "th"))
_INLINE_TAGS = frozenset(
    re.findall(
        r"\S+",
        "b i u s em strong span a font sup sub small big mark code tt abbr cite q img col colgroup "
        "meta link input button label base wbr ins del strike iframe object embed svg path o:p",
    )
)
_DROPPED = ("script", "style", "template", "noscript", "textarea", "select")
KNOWN = BLOCK_TAGS | CELL_TAGS | _INLINE_TAGS | frozenset(_DROPPED)

STRONG_BULLETS = "•●▪◦‣■□✓✔→➔➢►○◆◇❖▶▸➤⇒·∙\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0e0"
"""List marks that are nothing else; the last ones are those of Word's symbol fonts."""

WEAK_BULLETS = "*§–—-"
"""List marks that may be something else."""

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:]{0,15})(?=[\s/>])"
    r"((?:[^<>\"']{1,2000}+|\"[^\"]{0,1000}+\"|'[^']{0,1000}+'){0,60}+|[^<>]{0,4000})>"
)
_CUT_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]{0,15})(?:\s[^<>]{0,4000})?$")
"""A tag in whose middle the document ends."""

_ESCAPED = re.compile(r"&lt;(/?)([A-Za-z][A-Za-z0-9:]{0,15})(?=[\s/&])([^<>&]{0,1000})&gt;")
_DECLARATION = re.compile(r"<[!?][^<>]{0,4000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPECIAL = re.compile(r"[<&]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)


@dataclass(frozen=True)
class Token:
    """A run of text or a break. `fixed`: every character of the run stands at `at` (an entity)."""

    kind: str
    at: int
    text: str = ""
    fixed: bool = False


Piece = tuple[str, int, int, str]
"""(`text`, `entity`, `open` or `close`, start, end, tag name)."""


def scan(raw: str) -> Iterator[Piece]:
    """The pieces of a marked-up text, in order; comments, declarations and scripts left out."""
    pos = 0
    missing: set[str] = set()
    while pos < len(raw):
        found = _SPECIAL.search(raw, pos)
        start = found.start() if found else len(raw)
        if start > pos:
            yield "text", pos, start, ""
        if found is None:
            return
        piece, pos = _special(raw, start, missing)
        if piece is not None:
            yield piece


def _special(raw: str, start: int, missing: set[str]) -> tuple[Piece | None, int]:
    """The piece that begins at `<` or `&`, and where to go on. `missing`: closings not found."""
    if raw[start] == "&":
        escaped = _ESCAPED.match(raw, start)
        if escaped is not None and escaped[2].lower() in KNOWN:
            kind = "close" if escaped[1] else "open"
            return (kind, start, escaped.end(), escaped[2].lower()), escaped.end()
        entity = _ENTITY.match(raw, start)
        end = entity.end() if entity else start + 1
        return ("entity" if entity else "text", start, end, ""), end
    if raw.startswith("<!--", start):
        close = -1 if "-->" in missing else raw.find("-->", start)
        if close < 0:
            missing.add("-->")
        return None, close + 3 if close >= 0 else start + 4
    cut = _CUT_TAG.match(raw, start)
    if cut is not None and cut[1].lower() in KNOWN:
        return None, len(raw)
    tag = _TAG.match(raw, start)
    if tag is None or tag[2].lower() not in KNOWN:
        declaration = _DECLARATION.match(raw, start)
        if declaration is not None:
            return None, declaration.end()
        return ("text", start, start + 1, ""), start + 1
    name = tag[2].lower()
    if name in _DROPPED and not tag[1] and name not in missing:
        close_tag = re.compile(rf"</{name}\s*>", re.I).search(raw, tag.end())
        if close_tag is not None:
            return None, close_tag.end()
        missing.add(name)
    return ("close" if tag[1] else "open", start, tag.end(), name), tag.end()


def tokens(raw: str, *, hard: bool, marked: bool, ragged: bool = False) -> Iterator[Token]:
    """The runs and breaks of a text. `hard`: every newline is a paragraph; else wrapped lines are
    told from real ones. `marked`: tags and Markdown are read, not shown."""
    breaks = {} if hard else wrapped_lines(raw, ragged=ragged)
    left_out = page_furniture(raw) if marked else {}
    pieces: Iterator[Piece] = scan(raw) if marked else iter([("text", 0, len(raw), "")])
    for kind, start, end, name in pieces:
        if kind == "text":
            yield from _runs(raw, start, end, breaks, marked, left_out)
        elif kind == "entity":
            yield from _entity(raw, start, end)
        elif name in BLOCK_TAGS:
            yield Token(BREAK, start)
        elif name in CELL_TAGS and kind == "close":
            yield Token(CELL, start)


def _entity(raw: str, start: int, end: int) -> Iterator[Token]:
    words = _INVISIBLE.sub("", html.unescape(raw[start:end]))
    if words.strip():
        yield Token(TEXT, start, words, fixed=True)
    else:
        yield Token(SPACE, start)


_PART = re.compile(
    r"(\n)|(\t)|(\f)|([^\S\n\t\f]+)|(\*\*|__|\\(?=[.\-*_#()\[\]]))|(\|)|([^\s*_|\\]+|[*_\\])"
)


_RULE = re.compile(r":?-{3,}:?|={3,}")


def _runs(
    raw: str, start: int, end: int, breaks: dict[int, str], marked: bool, left_out: dict[int, int]
) -> Iterator[Token]:
    table = False
    skipped = 0
    for part in _PART.finditer(raw, start, end):
        at = part.start()
        if at in left_out:
            skipped = left_out[at]
            yield Token(PAGE, at)
        if at < skipped:
            continue
        if part[1]:
            table = False
            yield Token(breaks.get(at) or (GAP if _blank_next(raw, at) else LINE), at)
        elif part[2]:
            yield Token(CELL, at)
        elif part[3]:
            yield Token(PAGE, at)
        elif part[4]:
            yield Token(SPACE, at)
        elif part[5] and marked:
            continue
        elif part[6] and marked and (table or _line_start(raw, at)):
            # a Markdown table: the first bar opens the row, the last closes it
            if (
                table
                and not raw[at + 1 : raw.find("\n", at)].isspace()
                and raw[at + 1 : at + 2] != "\n"
            ):
                yield Token(CELL, at)
            table = True
        elif part[6] and marked and raw[at - 1 : at].isspace() and raw[at + 1 : at + 2].isspace():
            yield Token(CELL, at)
        elif marked and _RULE.fullmatch(part[0]):
            yield Token(SPACE, at)
        else:
            words = part[0]
            if not (words.isascii() and words.isprintable()):
                words = _INVISIBLE.sub(" ", words)
            for word in re.finditer(r"\S+", words):
                yield Token(TEXT, at + word.start(), word[0])


def _line_start(raw: str, at: int) -> bool:
    return not raw[raw.rfind("\n", 0, at) + 1 : at].strip()


def _blank_next(raw: str, at: int) -> bool:
    """Whether the line after the newline at `at` is empty."""
    end = raw.find("\n", at + 1, at + 400)
    return end >= 0 and not raw[at + 1 : end].strip(" \r\t")


_PAGE_NUMBER = re.compile(r"(?:pag(?:ina|\.)? ?)?(\d{1,3})(?: ?(?:/|din|of) ?\d{1,3})?", re.I)
_ALONE = re.compile(
    r"(?:(?<=\n\n)|(?<=\f)|(?<=\f\n))[ \t]*([^\n\f]{1,120}?)[ \t]*(?=\n[ \t]*\n|\f|\n\f)"
)


def page_furniture(raw: str) -> dict[int, int]:
    """Where page numbers begin, and where each ends: numbers that stand alone and go up by one.

    Also what repeats right beside them on page after page, a running head or foot.
    """
    alone = [(m.span(1), " ".join(m[1].split())) for m in _ALONE.finditer(raw)]
    numbers = [
        (index, int(found[1]))
        for index, (_, words) in enumerate(alone)
        if (found := _PAGE_NUMBER.fullmatch(words))
    ]
    pages: list[int] = []
    last = 0
    for index, number in numbers:
        if last < number <= last + 3:
            pages.append(index)
            last = number
    if len(pages) < 2:
        return {}
    found = {alone[index][0][0]: alone[index][0][1] for index in pages}
    beside = [i for index in pages for i in (index - 1, index + 1) if 0 <= i < len(alone)]
    shapes = Counter(re.sub(r"\d+", "#", alone[i][1]) for i in beside)
    for i in beside:
        between = raw[alone[min(i, i + 1)][0][1] :][:4]
        if (
            shapes[re.sub(r"\d+", "#", alone[i][1])] > max(2, len(pages) // 2)
            and not between.strip()
        ):
            found[alone[i][0][0]] = alone[i][0][1]
    return found


_ITEM = re.compile(
    rf"\s*(?:[{STRONG_BULLETS}*§]\s?|"
    r"[-–—]\s+(?=[A-ZĂÂÎȘŞȚŢ0-9]|a ?\d)|\d{1,2}[.)]\s|"
    r"[Aa]\s?\d{1,2}\s?[.:]|#{1,6}\s|\||<)"
)
_LONG = 160


def wrapped_lines(raw: str, *, ragged: bool = False) -> dict[int, str]:
    """For the position of each newline, WRAP where the line was only wrapped.

    A line was wrapped when the first word of the next one would not have fitted into the widest
    line around it. A line that begins an item, follows a colon, or is longer than any page is
    wide, was not. `ragged`: lines are as wide as their letters, and cells have lines of their own.
    """
    lines = raw.split("\n")
    if not ragged and sum(len(line) > 2 * _LONG for line in lines) > 2:
        return {}  # whole paragraphs stand on one line: nothing was wrapped
    found: dict[int, str] = {}
    pos = 0
    for index, line in enumerate(lines[:-1]):
        pos += len(line)
        if line.strip() and _is_wrapped(lines, index, ragged):
            found[pos] = WRAP
        pos += 1
    return found


def _is_wrapped(lines: list[str], index: int, ragged: bool) -> bool:
    line, following = lines[index].rstrip(" "), lines[index + 1].split("\t")[0].strip()
    if not following or line.endswith((":", ">", "\t", "\f")) or _ITEM.match(lines[index + 1]):
        return False
    around = lines[max(0, index - 6) : index + 7]
    if ragged:
        line = line.split("\t")[-1]
        around = [part for one in around for part in one.split("\t")]
    if len(line) > (2 * _LONG if ragged else _LONG):
        return False
    # a web address wider than the page is no measure of it
    widths = (
        len(one.rstrip()) for one in around if (ragged or len(one) <= _LONG) and " " in one.strip()
    )
    width = max(widths, default=len(line))
    filled = 0.92
    if following[0].islower() and width > 35:  # the sentence goes on
        filled = 0.6
    elif ragged:  # letters differ in width; a capital is seldom the middle of a sentence
        filled = 0.88 if following[0].isupper() and line[-1:].islower() else 0.7
    return len(line) + 1 + len(following.split(None, 1)[0]) > filled * width
