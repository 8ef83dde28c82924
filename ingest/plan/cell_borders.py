"""Cell borders typed otherwise than as tabs: quoted cells of a CSV, semicolons, drawn bars."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ingest.plan.headings import HEADING
from ingest.plan.letters import plain

Edit = tuple[int, int, str]

_FEW = 3
"""Rows below which a sign is no border."""

_QUOTED = r"\"[^\"]{0,20000}+(?:\"\"[^\"]{0,20000}+)*+\""
_RECORD = re.compile(rf"(?m)^[ ]*({_QUOTED}(?:([;,\t]){_QUOTED})+)(?=[;, \t]*$)")
_ALONE = re.compile(rf"(?m)^[ ]*({_QUOTED})(?=[;, \t]*$)")
_CELL = re.compile(_QUOTED)
_BARS = "│┃║¦"
_DRAWN = re.compile(rf"(?<![ \t])[ \t]*+[{_BARS}][ \t]*")
_RULE = re.compile(r"(?m)^[ \t]*[+|]?[─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫│║+=-]{6,}[+|]?[ \t]*$")
_ALIGNED = re.compile(r"(?m)^[ ]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)+\|?[ ]*$")
"""The line of a Markdown table that says how its columns are aligned."""
_BETWEEN_TAGS = re.compile(r"(?<=>)[ ]*[;|][ ]*(?=<[a-zA-Z])")
_AFTER_TAG = re.compile(r"(?m)(?<=>)[ ]*[;|]+[ ]*$|^[ ]*[;|][ ]*(?=<[a-zA-Z])")
_AFTER_LINE = re.compile(r"(?m)(?<=[^\s;|])[ ]*([;|])[ ]*$")
_LABELLED = re.compile(r"(?m)^([^;|,\t\n]{4,60}?)[ ]*([;|,])[ ]*(?=\S)")


def cell_borders(text: str) -> list[Edit]:
    """The edits that put a tab for each border and take away the quotes around cells."""
    quoted = _quoted(text)
    found = quoted or [*_between_tags(text), *_labelled(text), *_bars(text)]
    made: list[Edit] = []
    for edit in sorted([*found, *_rules(text)]):
        if not made or edit[0] >= made[-1][1]:
            made.append(edit)
    return made


def _quoted(text: str) -> list[Edit]:
    records = list(_RECORD.finditer(text))
    if len(records) < _FEW:
        return []
    found: list[Edit] = []
    ends = [match.end() for match in records]
    starts = [match.start() for match in records]
    rows = list(records)
    for match in _ALONE.finditer(text):
        earlier = bisect_right(starts, match.start())
        later = starts[earlier] if earlier < len(starts) else len(text)
        if (not earlier or ends[earlier - 1] <= match.start()) and match.end() <= later:
            rows.append(match)
    found += _badly_quoted(text, rows)
    for match in rows:
        before: int | None = None
        for cell in _CELL.finditer(text, *match.span(1)):
            found.append((cell.start() if before is None else before, cell.start() + 1, "" if before is None else "\t"))  # fmt: skip
            inner = cell.start() + 1, cell.end() - 1
            found += ((m.start(), m.end(), '"') for m in re.compile('""').finditer(text, *inner))
            before = inner[1]
        if before is not None:
            found.append((before, before + 1, ""))
            tail = re.compile(r"[;, \t]+").match(text, before + 1)
            if tail is not None and tail.end() <= _line_end(text, before):
                found.append((*tail.span(), ""))
    return found


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _between_tags(text: str) -> Iterator[Edit]:
    """`<p>…</p>;<p>…</p>`: the tags say that the sign is no part of a sentence."""
    borders = list(_BETWEEN_TAGS.finditer(text))
    if len(borders) < _FEW:
        return
    yield from ((m.start(), m.end(), "\t") for m in borders)
    yield from ((m.start(), m.end(), "\t") for m in _AFTER_TAG.finditer(text))
    sign = text[borders[0].start() : borders[0].end()].strip()
    yield from ((m.start(1), m.end(1), "\t") for m in _AFTER_LINE.finditer(text) if m[1] == sign and text[m.start() - 1] != ">")  # fmt: skip


def _labelled(text: str) -> Iterator[Edit]:
    """`Descriere;…` line by line: the name of a field, a sign, and what it holds."""
    rows = [m for m in _LABELLED.finditer(text) if HEADING.fullmatch(plain(m[1]).strip(' "*'))]
    signs = {sign: sum(m[2] == sign for m in rows) for sign in ";|,"}
    sign = max(signs, key=lambda one: signs[one])
    if signs[sign] > _FEW:
        yield from ((m.end(1), m.end(), "\t") for m in rows if m[2] == sign)
        ends = [m for m in _AFTER_LINE.finditer(text) if m[1] == sign]
        yield from ((*m.span(1), "") for m in ends)


def _bars(text: str) -> Iterator[Edit]:
    """Drawn bars: those around a whole line are its frame, the others part cells."""
    if sum(text.count(bar) for bar in _BARS) < _FEW:
        return
    for line in re.finditer(r"[^\n]+", text):
        bars = list(_DRAWN.finditer(text, *line.span()))
        if not bars:
            continue
        framed = len(bars) > 1 and bars[0].start() == line.start() and bars[-1].end() == line.end()
        for bar in bars:
            edge = framed and (bar is bars[0] or bar is bars[-1])
            yield bar.start(), bar.end(), "" if edge else "\t"


def _rules(text: str) -> Iterator[Edit]:
    """Lines that only draw the border of a table."""
    yield from ((m.start(), m.end(), "") for m in _ALIGNED.finditer(text))
    for match in _RULE.finditer(text):
        if re.search(r"[+─━═┼╬]", match[0]):
            yield match.start(), match.end(), ""


def _badly_quoted(text: str, rows: list[re.Match[str]]) -> Iterator[Edit]:
    """Lines of cells in quotes that hold quotes themselves, which were not doubled."""
    known = {match.start() for match in rows}
    for line in re.finditer(r"(?m)^\"[^\n]*\"(?=[;, \t]*$)", text):
        borders = list(re.compile(r"\"[;,\t]\"").finditer(text, line.start() + 1, line.end()))
        if line.start() in known or not borders:
            continue
        yield line.start(), line.start() + 1, ""
        yield from ((m.start(), m.end(), "\t") for m in borders)
        if borders[-1].end() < line.end():
            yield line.end() - 1, line.end(), ""
