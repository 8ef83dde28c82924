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
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = re.compile(r"(?<=\w)<sup\b[^<>]{0,200}>\s*\(?\[?(\d{1,2})\]?\)?\s*</sup>", re.I)
_GLUED = re.compile(
    r"(?<!\w)(?:cel pu[tțţ]in|cel mult|minim(?:um)?|min\.|maxim(?:um)?|max\.|aproximativ|aprox\.|circa|cca\.?|peste)(?=\d)",
    re.I,
)
_ONES = (
    (r"(?<!\w)A[.-]? ?2 ?:", r"(?<!\w)A[.-]? ?1 ?:", r"(?<!\w)A[.-]? ?([lI|])(?= ?:)"),
    (r"(?<!\w)A[.-]? ?2\.\d", r"(?<!\w)A[.-]? ?1\.\d", r"(?<!\w)A[.-]? ?([lI|])(?=\. ?\d)"),
)
"""What shows a code of this sort, the one with a 1 itself, and the letter that may stand for it."""
_FIRST = re.compile(r"(?<!\w)A[.-]? ?(\d{1,2})\.([lI|])(?=[.: ])")
"""An action that is the first by its place: `A 2.l.`."""
_HAS_FIRST = re.compile(r"(?<!\w)A[.-]? ?(\d{1,2})\.1[.: ]")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_BESIDE = re.compile(r"[tTsS]¸|¸[tTsS]|[aA]˘|˘[aA]|[aiıAI]ˆ|ˆ[aiıAI]")
_COMMA = re.compile(r"(?<![\d,])[tTsS],(?=[a-zăâî])")
_ANY_COMMA = re.compile(r"[^\W\d_],(?=[a-zăâî])")
_JOINED = {
    "t": "ț", "T": "Ț", "s": "ș", "S": "Ș", "a": "ă", "A": "Ă", "i": "î", "ı": "î", "I": "Î",
}  # fmt: skip
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


def _marks_apart(text: str) -> list[Edit]:
    """Letters whose mark stands beside them (`t¸`, `a˘`), or has become a comma (`cet,ean`)."""
    found = [(*m.span(), _joined(m[0])) for m in _BESIDE.finditer(text)]
    commas = list(_COMMA.finditer(text))
    # where other letters have such commas too, it is the space behind them that is missing
    among = len(_ANY_COMMA.findall(text))
    if 2 * len(commas) > among and len(commas) >= max(
        4 * _ENOUGH, 2 * len(re.findall("[țţșş]", text))
    ):
        found += ((*m.span(), _JOINED[m[0][0]]) for m in commas)
    return sorted(found)


def _joined(pair: str) -> str:
    hat = {"a": "â", "A": "Â"} if "ˆ" in pair else {}
    letter = pair.strip("¸˘ˆ")
    return hat.get(letter, _JOINED[letter])


def _ones(text: str) -> list[Edit]:
    """`Al:` for `A1:`, `A 2.l.` for `A 2.1.`: the digit was taken for a letter; none is there itself."""
    found: list[Edit] = []
    for other, itself, letter in _ONES:
        if re.search(other, text) and not re.search(itself, text):
            found += ((*m.span(1), "1") for m in re.finditer(letter, text))
    with_first = set(_HAS_FIRST.findall(text))
    found += ((*m.span(2), "1") for m in _FIRST.finditer(text) if m[1] not in with_first)
    return sorted(found)


def _romans(text: str) -> list[Edit]:
    """`A II.3.` for `A 2.3.`: the commitment's number in Roman letters, in the codes of its actions."""
    found = list(re.finditer(r"(?<!\w)A[.-]? ?(I{1,3}|IV|VI{0,3}|IX|X)(?=\. ?\d{1,2}[.:) ])", text))
    numbers = {m[1]: str(_ROMAN.index(m[1])) for m in found}
    return [(*m.span(1), numbers[m[1]]) for m in found] if len(numbers) > 1 else []


def _raised(text: str) -> list[Edit]:
    """The mark of a note behind a word or number, where a tag raised it: `50<sup>1</sup>`."""
    return [(*m.span(), raised(m[1])) for m in _RAISED.finditer(text)]


def raised(digits: str) -> str:
    """The digits as the small ones that mark a note."""
    return digits.translate(_SMALL)


def _glued(text: str) -> list[Edit]:
    """`minimum50`, `Min.50`: a comparison written together with its number."""
    return [(m.end() - 1, m.end(), m[0][-1] + " ") for m in _GLUED.finditer(text)]


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
    _marks_apart,
    _twins,
    _ones,
    _romans,
    _raised,
    _glued,
    _same(_WIDE, lambda char: chr(ord(char) - 0xFEE0)),
)
"""What is undone, in this order."""
