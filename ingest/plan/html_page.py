"""The plain text of a web page, and the writer that puts cells and paragraphs together."""

from __future__ import annotations

import html
import re
from collections import Counter

from ingest.plan import unseen
from ingest.plan.markup import BLOCK_TAGS, CELL_TAGS, scan
from ingest.plan.odd_letters import raised
from ingest.plan.records import PlanWarning


class Writer:
    """Puts plain text together from paragraphs and cells: `\\t` between cells, an empty line
    between rows and tables, a newline between paragraphs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._last = "\n"

    def text(self, words: str) -> None:
        """Adds words; runs of white space become one space."""
        words = re.sub(r"\s+", " ", words)
        if self._last in "\n\t ":
            words = words.lstrip(" ")
        if words:
            self._parts.append(words)
            self._last = words[-1]

    def line(self, gap: bool = False) -> None:
        """Ends the paragraph; with `gap` the block. At the start of a cell nothing ends."""
        if self._last == "\t" and not gap:
            return
        if self._parts and not (self._parts[-1] == "\n\n" or (self._last == "\n" and not gap)):
            self._parts.append("\n\n" if gap else "\n")
            self._last = "\n"

    def cell(self) -> None:
        """Ends the cell: the next words stand in the cell to its right."""
        while self._parts and self._parts[-1] == "\n":
            self._parts.pop()
        self._parts.append("\t")
        self._last = "\t"

    def done(self) -> str:
        """Everything written."""
        return "".join(self._parts).strip("\n")


_STYLE = re.compile(r"\sstyle\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def _is_hidden(tag: str) -> bool:
    style = _STYLE.search(tag)
    if style is not None and _UNSEEN.search(style[1]):
        return True
    names = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)
    return re.search(r"\shidden(?=[\s=/>])", names, re.I) is not None


def html_text(raw: str) -> tuple[str, tuple[PlanWarning, ...]]:
    """The plain text of an HTML page, table rows as lines with tabs, and notes about what it hides.

    What styles hide is read: a page may unfold it at a click. The note lets the reviewer judge.
    """
    out = Writer()
    hidden: list[str] = []
    struck: list[str] = []
    wait = False
    inside: Counter[str] = Counter()
    first_cell = True
    counters: list[int] = []
    for kind, start, end, name in scan(raw):
        if kind in ("text", "entity"):
            words = html.unescape(raw[start:end]) if kind == "entity" else raw[start:end]
            if inside["del"]:
                struck.append(words)
                continue
            if inside["sup"]:
                words = raised(words)
            out.text(words)
            if wait and words.strip():
                hidden.append(words)
                wait = False
            continue
        if kind == "open" and _is_hidden(raw[start:end]):
            wait = True
        inside[name] = max(0, inside[name] + (1 if kind == "open" else -1))
        if name in CELL_TAGS:
            if kind == "open":
                out.line(gap=True) if first_cell else out.cell()
                first_cell = False
        elif name in ("tr", "table"):
            out.line(gap=True)
            first_cell = True
        elif name in ("ol", "ul"):
            out.line()
            if kind == "close":
                del counters[-1:]
            elif len(counters) < 1000:
                counters.append(0 if name == "ol" else -1)
        elif name == "li" and kind == "open":
            out.line()
            out.text(_mark(counters))
        elif name in BLOCK_TAGS:
            out.line(gap=name in ("h1", "h2", "h3", "h4", "h5", "h6", "hr"))
    return out.done(), (*unseen.hidden(hidden), *unseen.struck(struck))


def _mark(counters: list[int]) -> str:
    if not counters or counters[-1] < 0:
        return "- "
    counters[-1] += 1
    return f"{counters[-1]}. "
