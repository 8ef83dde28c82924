"""Goes through a JSON document of any length and gives what its lists hold, one item at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.encoding import blocks, find_encoding
from ingest.readers.rows import file_error, number_text, with_decimals
from ontology.errors import FileError

MAX_ITEM = 64 << 20
"""Characters of one item, or of one value beside the lists, which are held in memory."""

MAX_DEPTH = 60
"""Lists deeper in the document than this are part of a value."""

Place = tuple[str, ...]
"""The keys that lead to a list."""

_NEAR = 16
"""An error so near the end of what was read may come of a value that is cut there."""


class DuplicateKeyError(ValueError):
    """An object names a key twice: one of the two values would be lost."""


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [key for key, _ in pairs]
        raise DuplicateKeyError(next(key for key in names if names.count(key) > 1))
    return made


def _number(text: str) -> str:
    """A number as written; an exponent is written out."""
    if "e" in text or "E" in text:
        return number_text(float(text))
    return with_decimals(text.removesuffix(".0"))


def _constant(text: str) -> str:
    """`NaN` and `Infinity` are no values: the cell is empty."""
    return ""


DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=_pairs
)
"""Numbers come as they were written; a key that stands twice raises DuplicateKeyError."""


def items(path: Path, encoding: str | None) -> Iterator[tuple[Place, int, object]]:
    """What stands in each list that keys alone lead to: the place of the list, a number from 1, the item.

    A list is announced by the number 0 and no item. Raises FileError for broken JSON, where it is met.
    """
    text = _Text(path, encoding)
    try:
        yield from _walked(text, (), "")
        text.end()
    except DuplicateKeyError as error:
        raise file_error(
            path,
            f"cheia „{error}” apare de două ori în același obiect",
            f"the key '{error}' stands twice in one object",
            "Păstrați o singură valoare.",
            "Keep one value only.",
        ) from None
    except RecursionError:
        raise file_error(
            path,
            "JSON-ul este imbricat prea adânc",
            "the JSON is nested too deep",
            "Salvați lista de înregistrări ca un tabel simplu.",
            "Save the list of records as a plain table.",
        ) from None


def _walked(text: _Text, place: Place, name: str) -> Iterator[tuple[Place, int, object]]:
    begin = text.peek()
    if begin == "[":
        yield place, 0, None
        for number in text.each("]"):
            yield place, number, text.value()
    elif begin == "{" and len(place) < MAX_DEPTH:
        keys: set[str] = set()
        for _ in text.each("}"):
            key = text.key()
            if key in keys:
                raise DuplicateKeyError(key)
            keys.add(key)
            yield from _walked(text, (*place, key), key)
    else:
        text.value()


class _Text:
    """The text of a document, of which only what is being read is held."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self._path = path
        self._blocks = blocks(path, encoding or find_encoding(path))
        self._held = ""
        self._at = 0
        self._lines = 1
        """The line that what is held begins in."""
        self._column = 0
        """How many characters of that line went before it."""
        self._more()
        self._held = self._held.removeprefix("\ufeff")

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def each(self, end: str) -> Iterator[int]:
        """Counts the items of a list, or of an object, that begins here and has this end."""
        self._at += 1
        if self.peek() == end:
            self._at += 1
            return
        number = 1
        while True:
            yield number
            found = self.peek()
            if found not in (",", end):
                raise self._broken(self._at)
            self._at += 1
            if found == end:
                return
            number += 1

    def key(self) -> str:
        """The next key of an object, with its colon."""
        if self.peek() != '"':
            raise self._broken(self._at)
        key = self.value()
        if self.peek() != ":":
            raise self._broken(self._at)
        self._at += 1
        return str(key)

    def value(self) -> object:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                after = error.pos - self._at
                cut = error.pos + _NEAR >= len(self._held) or error.msg.startswith("Unterminated")
                if not cut or not self._more():
                    raise self._broken(self._at + after) from None
                continue
            # a number may go on where what is held ends: `12.` of `12.5`
            length = end - self._at
            if end + _NEAR < len(self._held) or not self._more():
                self._at += length
                return value

    def end(self) -> None:
        """Raises FileError unless the document ends here."""
        if self.peek():
            raise self._broken(self._at)

    def _more(self) -> bool:
        """Reads on, at least as much as is held: what is begun again is no more than twice as long."""
        gone = self._held[: self._at]
        if "\n" in gone:
            self._lines += gone.count("\n")
            self._column = len(gone) - gone.rfind("\n") - 1
        else:
            self._column += len(gone)
        parts = [self._held[self._at :]]
        before = len(parts[0])
        if before > MAX_ITEM:
            raise file_error(
                self._path,
                f"o înregistrare din JSON are peste {MAX_ITEM:,} de caractere",
                f"a record of the JSON has over {MAX_ITEM:,} characters",
                "Salvați lista de înregistrări ca un tabel simplu.",
                "Save the list of records as a plain table.",
            )
        size = 0
        while size <= before and (block := next(self._blocks, None)) is not None:
            parts.append(block)
            size += len(block)
        self._held, self._at = "".join(parts), 0
        return size > 0

    def _broken(self, at: int) -> FileError:
        line = self._lines + self._held.count("\n", 0, at)
        start = self._held.rfind("\n", 0, at)
        column = at - start if start >= 0 else self._column + at + 1
        where = f"{line}, {column}"
        return file_error(
            self._path,
            f"JSON greșit sau trunchiat (linia, coloana: {where})",
            f"broken or truncated JSON (line, column: {where})",
            "Descărcați fișierul din nou.",
            "Download the file again.",
        )
