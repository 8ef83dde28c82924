"""Recognises letters of UTF-8 that were decoded in an 8-bit encoding, such as `È™` for `ș`.

A letter beyond ASCII is two to four bytes in UTF-8, the first and the others from ranges of their
own. Decoded in an 8-bit encoding they are as many odd characters in a row, which no language
writes: where they make the letters that Romanian has, again and again, that is what happened.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_ENCODINGS = ("cp1252", "cp1250", "iso8859-2", "iso8859-16", "cp852", "cp437", "cp850", "mac_roman", "cp1251")  # fmt: skip
_EXPECTED = frozenset("ăâîșțşţĂÂÎȘȚŞŢáéíóöőúüűàèùäßÁÉÍÓÖŐÚÜŰÀÄ„”“’‘‚«»–—−…•●→○■▪✓➢·≤≥≈±×€°§©®\u00a0\u0301\u0306\u0302\u0326\u0327")  # fmt: skip
_LEAST = 3
"""So many such letters are no accident."""

_NEARLY_ALL = 0.8
"""Where they are that part of all characters beyond ASCII, any letter counts: they may have been
decoded wrongly more than once."""


@cache
def _table(encoding: str) -> tuple[dict[str, int], re.Pattern[str]]:
    """The byte of each character, and what letters of UTF-8 look like in that encoding."""
    shown = {byte: _char(byte, encoding) for byte in range(0x80, 0x100)}
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}  # undefined bytes stay as they are
    table |= {char: byte for byte, char in shown.items()}

    def one_of(first: int, last: int) -> str:
        return "[" + "".join(re.escape(c) for c, b in table.items() if first <= b <= last) + "]"

    follows = one_of(0x80, 0xBF)
    return table, re.compile(
        f"{one_of(0xC2, 0xDF)}{follows}|{one_of(0xE0, 0xEF)}{follows}{{2}}|{one_of(0xF0, 0xF4)}{follows}{{3}}"
    )


def _char(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


_OLD = {"ã": "ă", "Ã": "Ă", "º": "ș", "ª": "Ș", "þ": "ț", "Þ": "Ț"}
"""Windows-1250 read as Latin-1."""


def decoded_again(text: str) -> list[tuple[int, int, str]]:
    """Where letters were decoded wrongly: (start, end, the letter meant), in order; none as a rule."""
    if text.isascii():
        return []
    best: list[tuple[int, int, str]] = []
    best_score = 0
    beyond = sum(not char.isascii() for char in text)
    for encoding in _ENCODINGS:
        found = list(_letters(text, encoding))
        counted = Counter(letter in _EXPECTED for _, _, letter in found)
        score = counted[True] - 2 * counted[False]
        if sum(end - start for start, end, _ in found) > _NEARLY_ALL * beyond:
            score = len(found)
        # a capital before a no-break space looks like one such letter (`à`): that alone says nothing
        sure = sum("\u00a0" not in text[start:end] for start, end, _ in found)
        if sure >= _LEAST and score > best_score:
            best, best_score = found, score
    return best or _old_letters(text)


def _old_letters(text: str) -> list[tuple[int, int, str]]:
    odd = len(re.findall("[ºþªÞ](?=[a-zãâî])|(?<=[a-zãâî])[ºþ]", text))
    if odd >= 2 * _LEAST and odd > 10 * len(re.findall("[șțşţ]", text)):
        return [(m.start(), m.end(), _OLD[m[0]]) for m in re.finditer("[ãÃºªþÞ]", text)]
    return []


def _letters(text: str, encoding: str) -> list[tuple[int, int, str]]:
    table, pattern = _table(encoding)
    made: list[tuple[int, int, str]] = []
    for match in pattern.finditer(text):
        try:
            letter = bytes(table[char] for char in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        made.append((match.start(), match.end(), letter))
    return made
