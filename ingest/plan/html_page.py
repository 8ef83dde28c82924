"""The plain text of a web page, and the writer that puts cells and paragraphs together."""

from __future__ import annotations

import html
import re

from ingest.plan.markup import BLOCK_TAGS, CELL_TAGS, scan


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


def html_text(raw: str) -> str:
    """The plain text of an HTML page, table rows as lines with tabs."""
    out = Writer()
    first_cell = True
    counters: list[int] = []
    for kind, start, end, name in scan(raw):
        if kind in ("text", "entity"):
            out.text(html.unescape(raw[start:end]) if kind == "entity" else raw[start:end])
        elif name in CELL_TAGS:
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
    return out.done()


def _mark(counters: list[int]) -> str:
    if not counters or counters[-1] < 0:
        return "- "
    counters[-1] += 1
    return f"{counters[-1]}. "
