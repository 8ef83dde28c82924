"""A document's text made comparable: markup gone, breaks known, every character traced back.

`clean` is what a person reads, in NFC with comma-below letters. In it a newline is a real break
(a paragraph, a list item, a line that was not merely wrapped), an empty line or a form feed a gap
(a new block or page), a tab the border between two cells. `fold` is `clean` in small letters
without diacritics, of the same length, so that a place found in one is a place in the other.
`at` and `to` give for each character where it begins and ends in `raw`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.plan.line_ends import WRAP
from ingest.plan.markup import BREAK, CELL, GAP, LINE, PAGE, SPACE, TEXT, Token, tokens
from ingest.plan.mending import mend
from ingest.plan.records import Passage, PlanWarning

Span = tuple[int, int]

_CEDILLA = str.maketrans("şŞţŢ", "șȘțȚ")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LOOKALIKE = str.maketrans("‐‑‒–—―−„”“«»’‘‚ʼ：∶꞉ı", '-------"""""\'\'\'\':::i')
BREAKS = " \n\t\f"


def fold_char(char: str) -> str:
    """One character in small letters without marks: still one character."""
    plain = unicodedata.normalize("NFD", char.translate(_LOOKALIKE))[0].lower()
    return plain[0] if plain else char


def fold(text: str) -> str:
    """A text in small letters, without diacritics, as long as its NFC form."""
    composed = unicodedata.normalize("NFC", text).translate(_CEDILLA)
    return "".join(fold_char(char) for char in composed)


def word_set(words: str) -> frozenset[str]:
    """The words of a list written on one line."""
    return frozenset(re.findall(r"\S+", words))


@dataclass(frozen=True)
class Text:
    """The comparable text of a document; see the module."""

    raw: str = field(repr=False)
    clean: str
    fold: str = field(repr=False)
    at: array[int] = field(repr=False)
    to: array[int] = field(repr=False)
    hard: bool
    """True when every line break of the document is a paragraph (DOCX, HTML)."""
    joints: tuple[int, ...] = ()
    """Where passages that stood apart were put together."""
    notes: tuple[PlanWarning, ...] = ()
    """What had to be mended before it could be read."""

    def passage(self, *spans: Span) -> Passage:
        """The passage that these spans of `clean` came from."""
        whole = [part for span in spans for part in self._unjoined(span)]
        found = [self._raw_span(span) for span in whole if span[1] > span[0]]
        words = " […] ".join(self.raw[start:end] for start, end in found)
        return Passage(tuple(found), words)

    def _unjoined(self, span: Span) -> Iterator[Span]:
        start, end = span
        for joint in self.joints:
            if start < joint < end:
                yield start, joint
                start = joint
        yield start, end

    def joined(self, *spans: Span) -> Text:
        """The passages as one text, in which a statement that was cut can be read whole."""
        if len(spans) == 1:
            start, end = spans[0]
            return Text(
                self.raw,
                self.clean[start:end],
                self.fold[start:end],
                self.at[start : end + 1],
                self.to[start:end],
                self.hard,
            )
        clean, folded, at, to = "", "", array("L"), array("L")
        joints: list[int] = []
        for start, end in map(self.trim, spans):
            if clean:
                clean, folded = clean + " ", folded + " "
                at.append(at[-1])
                to.append(to[-1])
                joints.append(len(clean))
            clean, folded = clean + self.clean[start:end], folded + self.fold[start:end]
            at.extend(self.at[start:end])
            to.extend(self.to[start:end])
        at.append(self.at[spans[-1][1]] if spans else 0)
        return Text(self.raw, clean, folded, at, to, self.hard, tuple(joints))

    def _raw_span(self, span: Span) -> Span:
        start, end = self.trim(span)
        if end <= start:
            return self.at[start], self.at[start]
        return self.at[start], self.to[end - 1]

    def trim(self, span: Span) -> Span:
        """The span without white space at its ends."""
        start, end = span
        while start < end and self.clean[start] in BREAKS:
            start += 1
        while end > start and self.clean[end - 1] in BREAKS:
            end -= 1
        return start, end

    def words(self, *spans: Span) -> str:
        """The clean text of the spans on one line."""
        return " ".join(" ".join(self.clean[start:end].split()) for start, end in spans).strip()

    def folded(self, *spans: Span) -> str:
        """The folded text of the spans on one line."""
        return " ".join(" ".join(self.fold[start:end].split()) for start, end in spans).strip()

    def blocks(self, span: Span) -> Iterator[Span]:
        """The paragraphs and cells inside a span, without empty ones."""
        for match in re.compile(r"[^\n\t\f]+").finditer(self.clean, *span):
            start, end = self.trim(match.span())
            if end > start:
                yield start, end


def make_text(raw: str, *, hard: bool = False, marked: bool = True, ragged: bool = False) -> Text:
    """The comparable text of `raw`. `marked`: it may hold tags and Markdown (a text file).

    `ragged`: its lines were broken by the width of letters, not by their number (a PDF).
    """
    mended = mend(raw, lines=not hard, marked=marked)
    builder = _Builder()
    for token in tokens(mended.text, hard=hard, marked=marked, ragged=ragged):
        builder.take(token)
    clean = "".join(builder.chars)
    at = array("L", (mended.at[place] for place in builder.at))
    to = array("L", (mended.to[place - 1] for place in builder.to))
    at.append(len(raw))
    return Text(raw, clean, "".join(map(fold_char, clean)), at, to, hard, notes=mended.notes)


_SHOWN = {"": "", WRAP: " ", SPACE: " ", BREAK: "\n", LINE: "\n", GAP: "\n\n", PAGE: "\n\f"}
_ORDER = tuple(_SHOWN)


class _Builder:
    """Puts characters and breaks together; of several breaks in a row the strongest stays."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.at: array[int] = array("L")
        self.to: array[int] = array("L")
        self._before = self._after = ""
        self._cell = False
        self._from = 0

    def take(self, token: Token) -> None:
        """The next run or break."""
        if token.kind == TEXT:
            self._flush()
            for start, end, char in _composed(token.text):
                self.chars.append(char)
                self.at.append(token.at if token.end else token.at + start)
                self.to.append(token.end or token.at + end)
            return
        if not (self._before or self._cell):
            self._from = token.at
        if token.kind == CELL:
            # a tag's break before a border is the end of the cell's own paragraph
            if not self._cell and self._before in (WRAP, SPACE, BREAK):
                self._before = ""
            self._cell = True
        elif not self._cell:
            self._before = max(self._before, token.kind, key=_ORDER.index)
        elif token.kind in (LINE, GAP, PAGE):
            # the line ends right after the border: the cell is empty, the row is over
            self._after = max(self._after, token.kind, key=_ORDER.index)

    def _flush(self) -> None:
        shown = _SHOWN[self._before] + ("\t" if self._cell else "") + _SHOWN[self._after]
        if self._before == WRAP and not self._cell and self._hyphen():
            shown = ""
        if self.chars:
            self.chars.extend(shown)
            self.at.extend([self._from] * len(shown))
            self.to.extend([self._from + 1] * len(shown))
        self._before = self._after = ""
        self._cell = False

    def _hyphen(self) -> bool:
        """Whether the line was wrapped at the hyphen of a word: `ONG-` / `uri`."""
        return len(self.chars) > 1 and self.chars[-1] == "-" and self.chars[-2].isalnum()


def _composed(text: str) -> Iterable[tuple[int, int, str]]:
    """(start, end, character), combining marks joined to their letter, comma-below for cedilla."""
    if text.isascii():
        yield from ((at, at + 1, char) for at, char in enumerate(text))
        return
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]) and end - start < 8:
            end += 1
        for char in unicodedata.normalize("NFC", text[start:end]).translate(_CEDILLA):
            for letter in _LIGATURES.get(char, char):
                yield start, end, letter
        start = end
