"""Numbers as Romanian plans write them: digits with points, and words up to the millions."""

from __future__ import annotations

import re

from ingest.plan.records import Number

_ONES = {
    "zero": 0, "un": 1, "o": 1, "unu": 1, "una": 1, "unui": 1, "unei": 1, "doi": 2, "doua": 2,
    "trei": 3, "patru": 4, "cinci": 5, "sase": 6, "sapte": 7, "opt": 8, "noua": 9, "zece": 10,
    "unsprezece": 11, "doisprezece": 12, "douasprezece": 12, "treisprezece": 13,
    "paisprezece": 14, "patrusprezece": 14, "cincisprezece": 15, "saisprezece": 16,
    "sasesprezece": 16, "saptesprezece": 17, "optsprezece": 18, "nouasprezece": 19,
}  # fmt: skip
_TENS = {
    "douazeci": 20, "treizeci": 30, "patruzeci": 40, "cincizeci": 50, "cinzeci": 50, "saizeci": 60,
    "sasezeci": 60, "saptezeci": 70, "optzeci": 80, "nouazeci": 90,
}  # fmt: skip
_SCALES = {
    "suta": 100, "sute": 100, "mie": 1000, "mii": 1000, "milion": 1_000_000, "milioane": 1_000_000,
    "mil": 1_000_000, "miliard": 1_000_000_000, "miliarde": 1_000_000_000, "mld": 1_000_000_000,
}  # fmt: skip
_RUN_ON = {
    f"{tens}si{one}": value + _ONES[one]
    for tens, value in _TENS.items()
    for one in _ONES
    if 0 < _ONES[one] < 10 and not one.endswith(("ui", "ei"))
}
"""`treizecișidoi`, as it is often run together."""

_SPACED = "zeci"
"""`cinci zeci`, as it is often written apart."""

_WORDS = {
    **_ONES,
    **_TENS,
    **_RUN_ON,
    **{k: v for k, v in _SCALES.items() if len(k) > 3 or k in ("mie", "mii")},
    _SPACED: 10,
}

_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
WORDS = rf"\b{_WORD}(?:(?: si | de (?=mii|mili)| ){_WORD}){{0,8}}\b"
"""A folded number in words. `un` and `o` alone are articles unless a comparator stands before."""

DIGITS = (
    r"(?<![\w./,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:['’]\d{3})+|\d{1,3}(?: \d{3})+(?![\d.])|"
    r"\d+\.\d{1,2}(?= ?%| la suta| (?:de )?(?:procent|mii|mil|mld))|\d+(?:,\d+)?)"
    r"(?![\w'’]|/(?! ?(?:an|luna|trim|sem|sapt|zi)))(?!\.\d)(?!,\d)(?: (?:de )?(?:mii|milioane|milion|miliarde|miliard)\b| (?:mil|mld)\b\.?)?"
)
"""A number in digits: 1.000, 1 000, 2,5, 1.5%; never part of a date, a code or a law's number."""

NUMBER = rf"(?:{DIGITS}|{WORDS})"
ARTICLES = frozenset({"un", "o", "unui", "unei", "una", "unu"})


def number(text: str) -> Number | None:
    """The value of a folded number in digits or words; None when the words make no number, or one
    longer than any that counts something."""
    if text[:1].isdigit():
        if len(text) > 24:
            return None
        parts = re.fullmatch(r"(\d[\d. '’]*(?:,\d+)?)(?: (?:de )?([a-z]+)\.?)?", text)
        if parts is None:
            return None
        digits, scale = parts.groups()
        if not re.fullmatch(r"\d+\.\d{1,2}", digits):
            digits = digits.replace(".", "")
        plain = re.sub(r"[ '’]", "", digits).replace(",", ".")
        times = _SCALES.get(scale or "", 1)
        made = round(float(plain) * times, 6)
        return int(made) if made.is_integer() else made
    return _in_words([w for w in re.split(r"[ -]+", text) if w not in ("si", "de")])


def scale_of(text: str) -> int:
    """What a folded number is counted in: 1000 for `3 mii`, 1 when it does not say."""
    word = re.search(r"[a-z]+(?=\.?$)", text)
    return _SCALES.get(word[0], 1) if word and text != word[0] else 1


def _in_words(words: list[str]) -> int | None:
    total = group = 0
    last = 0
    for word in words:
        value = _WORDS.get(word)
        if value is None:
            return None
        if word == _SPACED:
            if not 1 < last < 10:
                return None  # "zeci de oameni" counts nobody
            group += 9 * last
            value = 90
        elif word in _SCALES:
            if not last:
                return None  # "sute de oameni" counts nobody
            if value == 100:
                group = max(group, 1) * 100
            else:
                total += max(group, 1) * value
                group = 0
        elif last and word not in _TENS and last not in (*_TENS.values(), *_SCALES.values()):
            return None  # two units in a row: "trei patru" is a list, not a number
        else:
            group += value
        last = value
    return total + group
