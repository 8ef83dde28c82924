"""The lines of a text file, tidied, in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.encoding import blocks, tidy_block

MAX_LINE = 4 << 20
"""Characters in one line; a longer one is refused without being held in memory."""


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a file, each ending with a line feed whatever the file uses.

    `damaged` says that zero bytes, or bytes outside the encoding, are among them. A piece without
    lines stands for one line longer than MAX_LINE, which was left out.
    """

    lines: list[str]
    damaged: bool = False


def pieces(path: Path, encoding: str, *, tabs: bool = True) -> Iterator[Piece]:
    """The file, piece by piece. `tabs` keeps tabs; else they become spaces."""
    for text in _cut(blocks(path, encoding)):
        if text is None:
            yield Piece([])
            continue
        if not tabs and "\t" in text:
            text = text.replace("\t", " ")
        tidied, damaged = tidy_block(text)
        yield Piece(_split(tidied), damaged)


def _split(text: str) -> list[str]:
    """Lines cut at line feeds only: of what else `str.splitlines` cuts at, tidying leaves two."""
    if "\u2028" in text or "\u2029" in text:
        return [line + "\n" for line in text.removesuffix("\n").split("\n")]
    return text.splitlines(keepends=True)


def _cut(texts: Iterator[str]) -> Iterator[str | None]:
    """Whole lines in large pieces of text; None where one line was too long and left out."""
    rest: list[str] = []
    held, skipping = 0, False
    for text in _line_feeds(texts):
        first = text.find("\n") + 1
        if not first:
            held += len(text)
            if held > MAX_LINE:
                rest, skipping = [], True
            elif not skipping:
                rest.append(text)
            continue
        if skipping:
            yield None
            skipping, text = False, text[first:]
        last = text.rfind("\n") + 1
        if last:
            yield "".join(rest) + text[:last]
            rest = []
        rest.append(text[last:])
        held = sum(map(len, rest))
    if skipping:
        yield None
    elif end := "".join(rest):
        yield end + "\n"


def _line_feeds(texts: Iterator[str]) -> Iterator[str]:
    """The text with line feeds only; a carriage return at the end of a block waits for the next."""
    carriage = ""
    for block in texts:
        text = carriage + block
        carriage = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield text
    if carriage:
        yield "\n"
