"""Goes through a web page of any length and gives the rows of its tables: unclosed tags understood."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from lxml import etree

from ingest.readers.heading import Span
from ingest.readers.rows import MAX_COLUMNS

_BLOCK = 1 << 16
_MAX_ROWSPAN = 65_534
_MAX_INSIDE = 50
"""Tables inside one another; what stands in deeper ones is text of the cells around them."""

_UNSEEN = frozenset(("script", "style", "template", "rt", "rp"))
"""What stands in these is no text of the page, or is said beside it."""


@dataclass
class Line:
    """A row of a table: the number of the table in the page, from 1; the row's own; its cells and merged areas."""

    table: int
    number: int
    cells: list[str]
    spans: list[Span]


@dataclass
class Caption:
    """The title of a table."""

    table: int
    text: str


def walk(path: Path, encoding: str) -> Iterator[Line | Caption]:
    """The rows and captions of all tables, each where it ends; tables inside cells count as their text, too."""
    page = _Page()
    parser = etree.HTMLParser(target=cast(Any, page), recover=True)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    fed = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if text := decoder.decode(block):
                parser.feed(text)
                fed = True
                yield from page.take()
        if text := decoder.decode(b"", final=True):
            parser.feed(text)
            fed = True
    if fed:
        parser.close()
    yield from page.take()


@dataclass
class _Row:
    """A row that is being read: its cells so far, with how many columns and rows each covers."""

    cells: list[tuple[str, int, int]] = field(default_factory=list)
    whole: bool = False


@dataclass
class _Table:
    """An open table: the rows that are not given yet, those of them that are open, and down to which row
    each column is covered.

    A row may stand in a cell of another that was never closed: rows are given as they begin.
    """

    number: int
    rows: deque[_Row] = field(default_factory=deque)
    open: list[_Row] = field(default_factory=list)
    given: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    titled: bool = False

    def finished(self) -> Iterator[Line]:
        """The next rows that are whole."""
        while self.rows and self.rows[0].whole:
            yield self._line(self.rows.popleft())

    def _line(self, row: _Row) -> Line:
        self.given += 1
        line = Line(self.number, self.given, [], [])
        for text, columns, rows in row.cells:
            self._cover(line)
            left = len(line.cells)
            right, bottom = left + columns - 1, line.number + rows - 1
            if right >= MAX_COLUMNS:
                break
            line.cells += [text, *[""] * (right - left)]
            self.covered.update(dict.fromkeys(range(left, right + 1), bottom))
            if (right, bottom) != (left, line.number):
                line.spans.append(Span(line.number, left, bottom, right))
        self._cover(line)
        return line

    def _cover(self, line: Line) -> None:
        """Leaves blank what a cell of an earlier row covers."""
        while self.covered.get(len(line.cells), 0) >= line.number:
            line.cells.append("")


@dataclass
class _Cell:
    """A cell that is being read: its row, how deep in the page it stands, its words, what its tag says."""

    row: _Row
    depth: int
    told: Mapping[str, str]
    words: list[str] = field(default_factory=list)


class _Page:
    """Takes what the parser meets, and keeps what is finished until it is taken."""

    def __init__(self) -> None:
        self._count = 0
        self._open: list[str] = []
        self._tables: list[_Table] = []
        self._deeper = 0
        """Open tables that stand too deep to be read as such."""
        self._cells: list[_Cell] = []
        self._title: list[str] = []
        self._titled: list[_Table] = []
        """The tables whose caption is being read: the first below each."""
        self._unseen = 0
        self._done: list[Line | Caption] = []

    def take(self) -> list[Line | Caption]:
        """What was finished since it was asked last."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, told: Mapping[str, str]) -> None:
        """A tag opens."""
        self._break()
        table = self._table()
        if tag == "table":
            self._count += 1
            if len(self._tables) < _MAX_INSIDE:
                self._tables.append(_Table(self._count))
            else:
                self._deeper += 1
        elif table is not None and tag == "tr":
            table.open.append(_Row())
            table.rows.append(table.open[-1])
        elif table and table.open and tag in ("td", "th") and self._open[-1] == "tr":
            self._cells.append(_Cell(table.open[-1], len(self._open), told))
        elif table is not None and tag == "caption" and not self._titled:
            self._titled = [one for one in self._tables if not one.titled]
        self._unseen += tag in _UNSEEN
        self._open.append(tag)

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._break()
        if not self._open:
            return
        self._open.pop()
        self._unseen -= tag in _UNSEEN
        if tag == "table" and self._deeper:
            self._deeper -= 1
            return
        table = self._table()
        if table is None:
            return
        if tag in ("td", "th") and self._cells and self._cells[-1].depth == len(self._open):
            cell = self._cells.pop()
            columns = _span(cell.told, "colspan", MAX_COLUMNS)
            rows = _span(cell.told, "rowspan", _MAX_ROWSPAN)
            cell.row.cells.append((_flat(cell.words), columns, rows))
        elif tag == "tr" and table.open:
            table.open.pop().whole = True
            self._done += table.finished()
        elif tag == "caption":
            self._done += [Caption(one.number, _flat(self._title)) for one in self._titled]
            for one in self._titled:
                one.titled = True
            self._title, self._titled = [], []
        elif tag == "table":
            self._tables.pop()

    def _table(self) -> _Table | None:
        """The table that is being read."""
        return self._tables[-1] if self._tables and not self._deeper else None

    def data(self, text: str) -> None:
        """Some text."""
        if not self._unseen:
            self._say(text)

    def comment(self, _text: str) -> None:
        """A comment parts the words around it."""
        self._break()

    def close(self) -> None:
        """The page ends."""

    def _break(self) -> None:
        self._say(" ")

    def _say(self, text: str) -> None:
        for cell in self._cells:
            cell.words.append(text)
        if self._titled:
            self._title.append(text)


def _flat(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _span(told: Mapping[str, str], name: str, limit: int) -> int:
    text = str(told.get(name, "1")).strip()
    return min(max(int(text), 1), limit) if text.isdecimal() and len(text) < 8 else 1
