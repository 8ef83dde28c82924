"""Finds the number in a statement: how it is meant, of what, and how often.

The first number that measures something counts; years, deadlines, law numbers and codes do not.
A number that cannot be understood gives no measure and a note, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.plan.measure_words import (
    ABOUT,
    AFTER,
    AMBIGUOUS,
    BLANK,
    COMPARED,
    EACH,
    EVERY,
    LABELLED,
    LEAST,
    MOST,
    PART_OF_NUMBER,
    RANGE,
    RATES,
    SINGLE,
    SPANS,
    STARTS,
    VAGUE,
    WORKED_OUT,
    YEAR,
    money_before,
)
from ingest.plan.misread import comparisons
from ingest.plan.numbers import ARTICLES, number, scale_of
from ingest.plan.other_numbers import is_excused, is_ordinal, measures_nothing, others, stands_alone
from ingest.plan.records import Measure
from ingest.plan.units import BREAKERS, counted_phrase, unit_of


@dataclass(frozen=True)
class Measured:
    """The measure, and notes: (`second`, `unread`, `strict`, `differs`, `misread`; words)."""

    measure: Measure
    notes: tuple[tuple[str, str], ...] = ()


def measure(folded: str, shown: str) -> Measured:
    """The measure in a statement; `folded` and `shown` are the same statement, equally long."""
    folded, misread = comparisons(_plain_signs(folded))
    found = _measured(folded, shown)
    return replace(found, notes=(*misread, *found.notes)) if misread else found


def _measured(folded: str, shown: str) -> Measured:
    apart = WORKED_OUT.search(folded)
    if apart is not None:
        return Measured(Measure(), (("unread", apart[0]),))
    stated = _each_or_labelled(folded, shown)
    if stated is not None:
        return stated
    for start in (match.start() for match in STARTS.finditer(folded)):
        found = _range_at(folded, shown, start) or _single_at(folded, shown, start)
        if found is not None:
            made, span, notes = found
            made = replace(made, rate=_rate(folded, made))
            notes = (
                *notes,
                *_compared_apart(folded, span, made),
                *others(folded, span, made.value),
            )
            return Measured(made, notes)
    digits = (m for m in _DIGITS.finditer(folded) if not is_excused(folded, m.span()))
    unread = next(digits, None) or VAGUE.search(folded) or BLANK.search(folded)
    unread = unread or COMPARED.search(folded)
    return Measured(Measure(), (("unread", unread[0]),) if unread else ())


def _compared_apart(
    folded: str, span: tuple[int, int], made: Measure
) -> tuple[tuple[str, str], ...]:
    """A note where a comparison stands before the number, but not at it: `cel puțin … 3 modele`."""
    apart = COMPARED.search(folded, 0, span[0]) if made.comparator == "exactly" else None
    return (("apart", apart[0]),) if apart else ()


_DIGITS = re.compile(r"\d[\w.,]*")
_OF_WHAT = re.compile(rf" ?(?:din|dintre) (?P<of>.+?)(?={BREAKERS}|$)")

_LOOKALIKES = str.maketrans("⩽≦⋜⩾≧⋝±÷¹²³⁰⁴⁵⁶⁷⁸⁹", "≤≤≤≥≥≥~-          ")
_BRACKETED = re.compile(r"(?<![^\s])\[(\d[\d. ]*)\](?= )")
"""Signs of comparison written otherwise, and raised digits, which are the marks of notes."""


def _plain_signs(folded: str) -> str:
    """The statement with one sign for each comparison, as long as before."""
    signs = _BRACKETED.sub(lambda m: f"  {m[1]}", folded.translate(_LOOKALIKES))
    return re.sub(r"(?<=\d)( ?)\.{2,3}( ?)(?=\d)", lambda m: "-".center(len(m[0])), signs)


def _each_or_labelled(folded: str, shown: str) -> Measured | None:
    """The measure of `câte un grup pe 3 teme`, or of `Număr de persoane: 50`."""
    match = EACH.search(folded) or LABELLED.match(folded)
    value = number(match["num"]) if match is not None else None
    if match is None or value is None:
        return None
    bound = match.groupdict().get("bound")
    word = match["cmp"] or (bound if bound != "total" else None)
    thing = shown[slice(*match.span("thing"))].strip()
    made = Measure(_comparator(word or "exact"), value, None, None, unit_of(match["thing"]), thing)
    return Measured(replace(made, rate=_rate(folded, made)), others(folded, match.span(), value))


Found = tuple[Measure, tuple[int, int], tuple[tuple[str, str], ...]]


def _range_at(folded: str, shown: str, start: int) -> Found | None:
    match = RANGE.match(folded, start)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"])
    if low is not None and high is not None and scale_of(match["low"]) == 1:
        low = low * scale_of(match["high"]) if low * scale_of(match["high"]) < high else low
    lead, sep = match["between"], match["sep"]
    worded = (lead or "").startswith(("intre", "de la")) or sep not in ("-", "…", "sau", "la", "si")
    # `40 la 60` is a range; `1 la 100` is a share
    share = low is not None and high is not None and not 1 < low < high <= 4 * low
    if (
        low is None
        or high is None
        or not (worded or sep in ("-", "…", "sau") or (sep == "la" and not share))
    ):
        return None
    two_bounds = lead is not None and sep not in ("-", "…", "sau", "la", "si", "pana la")
    if (
        lead == "intre" or two_bounds
    ) and low >= high:  # no range and no number: nothing is guessed
        return Measure(), match.span(), (("unread", match[0]),)
    if sep == "si" and lead != "intre":
        return None
    percent = match["pct"] or match["pct0"]
    plain = not (lead or percent) and ((match["low"] in ARTICLES and sep != "sau") or _years(match))
    if (
        plain
        or measures_nothing(folded, match.start("low"), match.end(), bool(lead))
        or low >= high
    ):
        return None
    made = Measure("between", None, low, high, *_of(folded, shown, match.end(), percent))
    return made, match.span(), ()


def _years(match: re.Match[str]) -> bool:
    return bool(YEAR.fullmatch(match["low"]) and YEAR.fullmatch(match["high"]))


def _single_at(folded: str, shown: str, start: int) -> Found | None:
    match = SINGLE.match(folded, start)
    if match is None:
        return None
    value, word = number(match["num"]), match["cmp"]
    one = match["num"] in ("unu", "una") and match["pct"]
    if value is None or (match["num"] in ARTICLES and not (word or one)):
        return None
    if AMBIGUOUS.fullmatch(match["num"]) and not match["pct"]:
        return Measure(), match.span(), (("unread", match["num"]),)
    if PART_OF_NUMBER.match(folded, match.end()):
        return None
    if not word and (is_ordinal(folded, match) or stands_alone(folded, match)):
        return None
    if measures_nothing(folded, match.start("num"), match.end(), bool(word)) and not match["pct"]:
        return None
    more = match["plus"] or match["more"]
    comparator = "atLeast" if more else _comparator(word or "exact")
    unit = _of(folded, shown, match.end(), match["pct"])
    if money_before(folded, match.start("num")):
        unit = ("money", *unit[1:])
    if not word and not more:
        after = AFTER.match(folded, match.end() + len(_phrase(folded, match.end())))
        if after:
            comparator = "atLeast" if after["more"] else _comparator(after["cmp"])
    strict = re.fullmatch(r"peste|sub|mai (?:mult|putin)[ie]? de|>|<", word or "") is not None
    notes = (("strict", f"{word} {match['num']}"),) if strict else ()
    return Measure(comparator, value, None, None, *unit), match.span(), notes


def _phrase(folded: str, at: int) -> str:
    rest = folded[at : at + 60]
    stop = AFTER.search(rest)
    return rest[: stop.start()] if stop else ""


def _comparator(word: str) -> str:
    for name, pattern in (("atLeast", LEAST), ("atMost", MOST), ("approximately", ABOUT)):
        if re.fullmatch(pattern, word):
            return name
    return "exactly"


def _rate(folded: str, made: Measure) -> str | None:
    if made.comparator is None:
        return None
    every = EVERY.search(folded)
    if every is not None and (count := number(every["n"])) is not None:
        return f"P{count}{SPANS[every['span'][:2]]}"
    return next((code for pattern, code in RATES if pattern.search(folded)), None)


def _of(
    folded: str, shown: str, at: int, percent: str | None
) -> tuple[str | None, str | None, str | None, str | None]:
    """(unit, counted, rate, denominator) of what follows the number."""
    if percent:
        whole = _OF_WHAT.match(folded, at)
        words = shown[slice(*whole.span("of"))] if whole else None
        return "percent", None, None, words
    start, end = counted_phrase(folded, at)
    unit = unit_of(folded[start:end])
    return unit, shown[start:end].strip() or None, None, None
