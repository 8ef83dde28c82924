"""Reads tags, Markdown and line ends without trusting them: linear, never recursive, never expanding.

Published plans are text with bits of HTML left in, often unclosed. A known tag is a break, a cell
border or nothing; an unknown one is text. Scripts and styles are dropped. Entities declared by the
document are not expanded, those of HTML stand for one character.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.plan.hyphens import INSIDE
from ingest.plan.line_ends import wrapped_lines

SPACE, BREAK, LINE, GAP, PAGE, CELL, TEXT = "space", "break", "line", "gap", "page", "cell", "text"

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

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:]{0,15})(?=[\s/>])"
    r"((?:[^<>\"']{1,2000}+|\"[^\"]{0,1000}+\"|'[^']{0,1000}+'){0,60}+|[^<>]{0,4000})>"
)
_CUT_TAG = re.compile(r"</?(?:$|([A-Za-z][A-Za-z0-9:]{0,15})(?:\s[^<>]{0,4000})?$)")
"""A tag in whose middle the document ends."""

_ESCAPED = re.compile(
    r"&lt;(/?)([A-Za-z][A-Za-z0-9:]{0,15})(?=[\s/&])((?:[^<>&]|&(?:quot|apos|#39|#x27|#34);){0,1000}+)&gt;"
)
_DECLARATION = re.compile(r"<[!?%][^<>]{0,4000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPECIAL = re.compile(r"[<&]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)


@dataclass(frozen=True)
class Token:
    """A run of text or a break. `end`: for an entity, whose characters all stand there together."""

    kind: str
    at: int
    text: str = ""
    end: int = 0


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
    if cut is not None and (cut[1] or "p").lower() in KNOWN:
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
    pieces: Iterator[Piece] = scan(raw) if marked else iter([("text", 0, len(raw), "")])
    opened = marked and re.search(r"<t[dh][\s>]", raw, re.I) is not None
    first = True  # the next cell begins a row
    for kind, start, end, name in pieces:
        if kind == "text":
            yield from _runs(raw, start, end, breaks, marked)
        elif kind == "entity":
            yield from _entity(raw, start, end)
        elif name in BLOCK_TAGS:
            first = first or name in ("tr", "table")
            yield Token(GAP if opened and name == "tr" else BREAK, start)
        elif name in CELL_TAGS and not opened and kind == "close":
            yield Token(CELL, start)
        elif name in CELL_TAGS and opened and kind == "open":
            yield Token(BREAK if first else CELL, start)
            first = False


def _entity(raw: str, start: int, end: int) -> Iterator[Token]:
    words = _INVISIBLE.sub("", html.unescape(raw[start:end]))
    if words.strip():
        yield Token(TEXT, start, words, end)
    else:
        yield Token(SPACE, start)


_PART = re.compile(
    r"(\n)|(\t)|(\f)|([^\S\n\t\f]+)|(\*\*|__|\\(?=[!-/:-@\[-`{-~]))|(\|)|([^\s*_|\\]+|[*_\\])"
)


_RULE = re.compile(r":?-{3,}:?|={3,}")


def _runs(raw: str, start: int, end: int, breaks: dict[int, str], marked: bool) -> Iterator[Token]:
    table = False
    for part in _PART.finditer(raw, start, end):
        at = part.start()
        if part[1]:
            table = False
            if raw[at - 1 : at] == INSIDE:
                continue
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
