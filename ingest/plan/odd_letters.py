"""Letters in disguise, each brought back to the letter it stands for.

Those of another alphabet that look like Latin ones, of double width, of mathematics; letters struck
twice or coloured for a terminal; letters written as escapes of JSON or of e-mail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Edit = tuple[int, int, str]

_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορυ", "ABESIJKMHOPCTXaeijopcyxsABEZHIKMNOPTYXaopu"
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_TERMINAL = re.compile("\x1b\\[[0-9;]{0,12}[A-Za-z]|[^\n\b]\b")
_MATHS = re.compile("[\U0001d400-\U0001d7ff]")
_STRUCK = re.compile("[\u0334-\u0338\ufe00-\ufe0f]")
_WIDE = re.compile("[\uff01-\uff5e]")
_JSON = re.compile(r"\\u([0-9a-fA-F]{4})")
_MAIL = re.compile(r"(?:=[0-9A-F]{2}(?:=\n)?)+|=\n")
_ENOUGH = 5
"""Escapes below which they are no way of writing but words."""


def _twins(text: str) -> list[Edit]:
    if not _FOREIGN.search(text):
        return []
    codes = re.finditer(r"(?<!\w)[ΑА](?=[. ]{0,2}\d)", text)
    found = {m.start(): (m.start(), m.end(), "A") for m in codes}
    for word in _WORD.finditer(text):
        alone = len(word[0]) == 1
        if _FOREIGN.search(word[0]) and (alone or re.search("[A-Za-zĂÂÎȘȚăâîșțşţ]", word[0])):
            for match in _FOREIGN.finditer(text, *word.span()):
                found[match.start()] = (*match.span(), match[0].translate(_TWINS))
    return sorted(found.values())


def _same(pattern: re.Pattern[str], to: Callable[[str], str]) -> Callable[[str], list[Edit]]:
    return lambda text: [(*m.span(), to(m[0])) for m in pattern.finditer(text)]


def _ones(text: str) -> list[Edit]:
    """`Al:` for `A1:`, where a program that reads pictures took the digit for a letter."""
    if not re.search(r"(?<!\w)A[.-]? ?2 ?[:.]", text) or re.search(r"(?<!\w)A[.-]? ?1 ?[:.]", text):
        return []
    return [(*m.span(1), "1") for m in re.finditer(r"(?<!\w)A[.-]? ?([lI|])(?= ?[:.])", text)]


def _json(text: str) -> list[Edit]:
    found = list(_JSON.finditer(text))
    return [(*m.span(), chr(int(m[1], 16))) for m in found] if len(found) >= _ENOUGH else []


def _mail(text: str) -> list[Edit]:
    if len(re.findall("=[0-9A-F]{2}", text)) < 4 * _ENOUGH:
        return []
    found: list[Edit] = []
    for match in _MAIL.finditer(text):
        octets = bytes.fromhex(re.sub(r"=\n|=", "", match[0]))
        try:
            found.append((*match.span(), octets.decode()))
        except UnicodeDecodeError:
            continue
    return found


STEPS: tuple[Callable[[str], list[Edit]], ...] = (
    _mail,
    _json,
    _same(_TERMINAL, lambda _: ""),
    _same(_STRUCK, lambda _: ""),
    _same(_MATHS, lambda char: unicodedata.normalize("NFKC", char)),
    _twins,
    _ones,
    _same(_WIDE, lambda char: chr(ord(char) - 0xFEE0)),
)
"""What is undone, in this order."""
