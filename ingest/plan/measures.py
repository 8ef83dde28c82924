"""Finds the number in a statement: how it is meant, of what, and how often.

The first number that measures something counts; years, deadlines, law numbers and codes do not.
A number that cannot be understood gives no measure and a note, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.plan.numbers import ARTICLES, NUMBER, number
from ingest.plan.records import Measure, Number
from ingest.plan.units import BREAKERS, counted_phrase, unit_of

_LEAST = (
    r"cel putin|minim(?:um|a|ul|\.)?(?: de)?|min\.?(?!\w)|macar|nu mai putin(?:i|e)? de|mai mult[ie]? de|peste|"
    r"de la|incepand (?:cu|de la)|≥|>=|=>|>"
)
_MOST = (
    r"cel mult|maxim(?:um|a|ul|\.)?(?: de)?|max\.?(?!\w)|pana la|nu mai mult[ie]? de|mai putin(?:i|e)? de|sub|"
    r"≤|<=|=<|<"
)
_ABOUT = r"aproximativ|aprox\.?|circa|cca\.?|in jur(?:ul)? (?:de|a)|aproape(?: de)?|vreo|~|≈"
_EXACT = r"exact|fix|="
_SIGN = r"[≥≤<>=~≈]"
_FILL = (
    r"(?: ?(?:alte|alti|inca|noi|inca alte)\b| (?:a )?(?:un |unui )?(?:numar|total|procent|procentaj|grup)(?: total)? de\b"
    r"| a(?= ))*"
)
_PERCENT = r"(?P<pct> ?%| la suta\b| (?:de )?procente?\b)"

_WORDED = rf"(?P<cmp>(?<!\w)(?:{_LEAST}|{_MOST}|{_ABOUT}|{_EXACT})){_FILL} ?"
_RANGE = re.compile(
    rf"(?:(?<!\w)(?P<between>intre|{_LEAST}|{_ABOUT})(?: de)?{_FILL} ?)?"
    rf"(?P<low>{NUMBER})(?P<pct0> ?%)? ?(?P<sep>-|…|pana la|la|sau|(?:si|dar|[-,;/])? ?(?:{_MOST})|si) ?(?P<high>{NUMBER}){_PERCENT}?"
)
_OR_MORE = r"(?P<more> (?:sau|ori) (?:chiar )?mai mult[ie]?\b)"
_SINGLE = re.compile(rf"(?:{_WORDED})?(?P<num>{NUMBER})(?P<plus>\+)?{_PERCENT}?{_OR_MORE}?")
_EACH = re.compile(
    rf"\bcate (?:un|o|unui|unei) (?P<thing>[^,;.]{{2,60}}?) (?:pe|pentru|in|la)(?: fiecare)?"
    rf"(?: (?:dintre|din))?(?: cele| cei)? (?:{_WORDED})?(?P<num>{NUMBER})"
)
_LABELLED = re.compile(
    rf"(?:numarul|numar|nr\.?) (?:(?P<bound>minim|maxim|total) )?de (?P<thing>[^:;,.≥≤<>=]{{3,80}}?) ?[:-]? ?"
    rf"(?:{_WORDED})?(?P<num>{NUMBER})[ .]*$"
)
"""`Număr de persoane instruite: 50`, as an indicator is written."""

_AFTER = re.compile(
    r"(?:^|[ (])(?P<cmp>minim(?:um)?|cel putin|maxim(?:um)?|cel mult|aproximativ|circa)\)?(?=[ ,.;)]|$)"
    r"| (?:sau|ori) (?P<more>mai mult[ie]?)\b"
)
_NOT_MEASURED = re.compile(
    r"(?:\b(?:nr\.?|numarul|art\.?|articolul|hclm?|hcj|legea|legii|oug|anul|anului|anii|editia|etapa|faza|agenda|zona|"
    r"sectorul|lotul|axa|versiunea|capitolul|punctul|sectiunea|angajamentul|actiunea|clasa|luna|nivelul|web)"
    r"|\b(?:urmatorii|urmatoarele|ultimii|ultimele|primii|primele)(?: cei| cele)?) ?$"
)
_DURATION = re.compile(
    r" ?(?:de )?(?:ani|an|luni|luna|saptamani|saptamana|zile|zi|trimestre|semestre)\b"
)
_DEADLINE = re.compile(
    r"(?:timp de|termen de|perioada de|durata de|in|peste|dupa|urmatorii|pe|la fiecare|la) ?$"
)
WORDED_COUNT = NUMBER
"""What counts people in prose: digits or words."""

_RATES = (
    (re.compile(r"\b(?:pe an|anual[ae]?|in fiecare an|annual|/ ?an)\b(?!ul)"), "P1Y"),
    (re.compile(r"\b(?:pe semestru|semestrial[ae]?|in fiecare semestru)\b"), "P6M"),
    (re.compile(r"\b(?:pe trimestru|trimestrial[ae]?|in fiecare trimestru)\b"), "P3M"),
    (re.compile(r"\b(?:pe luna|lunar[ae]?|in fiecare luna)\b"), "P1M"),
    (re.compile(r"\b(?:pe saptamana|saptamanal[ae]?|in fiecare saptamana)\b"), "P1W"),
)
_EVERY = re.compile(
    rf"\b(?:la fiecare|o data la|din {NUMBER} in) (?P<n>{NUMBER}) (?:de )?(?P<span>ani|luni|saptamani|zile)\b"
)
_SPANS = {"an": "Y", "lu": "M", "sa": "W", "zi": "D"}
_VAGUE = re.compile(
    r"\b(?:jumatate|sfert\w*|treim\w+|patrim\w+|duzin\w*|dubl\w+|tripl\w+|zeci|sute|mii|milioane|miliarde)\b"
)
_PART_OF_NUMBER = re.compile(r" (?:si |de )?(?:o )?(?:" + _VAGUE.pattern + ")")
"""What follows a number that is only a part of an amount: `o duzină`, `două treimi`."""

"""Amounts that are no number."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Measured:
    """The measure, and notes about other numbers: (`second`, `unread`, `strict`, words)."""

    measure: Measure
    notes: tuple[tuple[str, str], ...] = ()


def measure(folded: str, shown: str) -> Measured:
    """The measure in a statement; `folded` and `shown` are the same statement, equally long."""
    folded = _plain_signs(folded)
    stated = _each_or_labelled(folded, shown)
    if stated is not None:
        return stated
    for start in _candidates(folded):
        found = _range_at(folded, shown, start) or _single_at(folded, shown, start)
        if found is not None:
            made, span, notes = found
            made = replace(made, rate=_rate(folded, made))
            return Measured(made, (*notes, *_others(folded, span, made.value)))
    unread = [m[0] for m in re.finditer(r"\d[\w.,]*", folded) if not _excused(folded, m.span())]
    unread += [m[0] for m in _VAGUE.finditer(folded)]
    return Measured(Measure(), tuple(("unread", word) for word in unread[:1]))


_LOOKALIKES = str.maketrans("⩽≦⋜⩾≧⋝±", "≤≤≤≥≥≥~")


def _plain_signs(folded: str) -> str:
    """The statement with one sign for each comparison, as long as before."""
    return re.sub(r"(?<=\d)\.{3}(?=\d)", " - ", folded.translate(_LOOKALIKES))


def _each_or_labelled(folded: str, shown: str) -> Measured | None:
    """The measure of `câte un grup pe 3 teme`, or of `Număr de persoane: 50`."""
    match = _EACH.search(folded) or _LABELLED.match(folded)
    value = number(match["num"]) if match is not None else None
    if match is None or value is None:
        return None
    bound = match.groupdict().get("bound")
    word = match["cmp"] or (bound if bound != "total" else None)
    thing = shown[slice(*match.span("thing"))].strip()
    made = Measure(_comparator(word or "exact"), value, None, None, unit_of(match["thing"]), thing)
    return Measured(replace(made, rate=_rate(folded, made)), _others(folded, match.span(), value))


_START = re.compile(
    rf"(?<!\w)(?:{_LEAST}|{_MOST}|{_ABOUT}|{_EXACT}|intre)(?!\w)|{_SIGN}{{1,2}}|{NUMBER}"
)


def _candidates(folded: str) -> list[int]:
    return [match.start() for match in _START.finditer(folded)]


Found = tuple[Measure, tuple[int, int], tuple[tuple[str, str], ...]]


def _range_at(folded: str, shown: str, start: int) -> Found | None:
    match = _RANGE.match(folded, start)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"])
    lead, sep = match["between"], match["sep"]
    worded = lead in ("intre", "de la") or sep not in ("-", "…", "sau", "la", "si")
    if low is None or high is None or not (worded or sep in ("-", "…", "sau")):
        return None
    if lead == "intre" and low >= high:  # no range and no number: nothing is guessed
        return Measure(), match.span(), (("unread", match[0]),)
    if sep == "si" and lead != "intre":
        return None
    percent = match["pct"] or match["pct0"]
    plain = not (lead or percent) and (match["low"] in ARTICLES or _years(match))
    if plain or _excluded(folded, match.start("low"), match.end(), bool(lead)) or low >= high:
        return None
    made = Measure("between", None, low, high, *_of(folded, shown, match.end(), percent))
    return made, match.span(), ()


def _years(match: re.Match[str]) -> bool:
    return bool(_YEAR.fullmatch(match["low"]) and _YEAR.fullmatch(match["high"]))


def _single_at(folded: str, shown: str, start: int) -> Found | None:
    match = _SINGLE.match(folded, start)
    if match is None:
        return None
    value, word = number(match["num"]), match["cmp"]
    if value is None or (match["num"] in ARTICLES and not word):
        return None
    if _PART_OF_NUMBER.match(folded, match.end()):
        return None
    if not word and (_ordinal(folded, match) or _alone(folded, match)):
        return None
    if _excluded(folded, match.start("num"), match.end(), bool(word)) and not match["pct"]:
        return None
    more = match["plus"] or match["more"]
    comparator = "atLeast" if more else _comparator(word or "exact")
    unit = _of(folded, shown, match.end(), match["pct"])
    if not word and not more:
        after = _AFTER.match(folded, match.end() + len(_phrase(folded, match.end())))
        if after:
            comparator = "atLeast" if after["more"] else _comparator(after["cmp"])
    strict = re.fullmatch(r"peste|sub|mai (?:mult|putin)[ie]? de|>|<", word or "") is not None
    notes = (("strict", f"{word} {match['num']}"),) if strict else ()
    return Measure(comparator, value, None, None, *unit), match.span(), notes


def _phrase(folded: str, at: int) -> str:
    rest = folded[at : at + 60]
    stop = _AFTER.search(rest)
    return rest[: stop.start()] if stop else ""


def _ordinal(folded: str, match: re.Match[str]) -> bool:
    """`a doua ediție` is no two: an ordinal stands after `a` or `al` and ends in -a or -lea."""
    before = folded[: match.start("num")]
    singular = re.match(
        r" (?:editie|etapa|faza|oara|jumatate|parte|sesiune|runda)\b", folded[match.end() :]
    )
    return (
        match["num"] in ("doua", "trei", "patra")
        and before.endswith(("a ", "al "))
        and bool(singular)
    )


def _alone(folded: str, match: re.Match[str]) -> bool:
    """A number that nothing follows measures nothing (unless it is a percentage)."""
    if match["pct"]:
        return False
    return re.match(r"\+? ?(?:de )?(?:[a-z]|\()", folded[match.end() :]) is None


def _comparator(word: str) -> str:
    for name, pattern in (("atLeast", _LEAST), ("atMost", _MOST), ("approximately", _ABOUT)):
        if re.fullmatch(pattern, word):
            return name
    return "exactly"


def _excluded(folded: str, at: int, end: int, worded: bool) -> bool:
    """Whether the number at `at` is a year, a deadline, or part of a name or code."""
    before = folded[max(0, at - 30) : at]
    digits = re.match(r"\d+", folded[at:])
    if digits and _YEAR.fullmatch(digits[0]) and not worded:
        return True
    if not worded and _NOT_MEASURED.search(before):
        return True
    if _DURATION.match(folded, end):
        return not worded or _DEADLINE.search(folded[:at].rsplit("cel", 1)[0]) is not None
    return False


def _excused(folded: str, span: tuple[int, int]) -> bool:
    """Whether digits in a statement without measure need no note."""
    word = folded[slice(*span)].rstrip(".,")
    if _YEAR.fullmatch(word) or _excluded(folded, span[0], span[1], worded=False):
        return True
    return (
        re.search(r"[\w/.-]$", folded[: span[0]]) is not None
        or re.match(r"[./-]?\d", folded[span[1] :]) is not None
    )


def _others(
    folded: str, span: tuple[int, int], value: Number | None
) -> tuple[tuple[str, str], ...]:
    """Notes about a second measured number outside `span`; `3 (trei)` is one number."""
    for start in _candidates(folded):
        if span[0] <= start < span[1] or start < span[0]:
            continue
        match = _SINGLE.match(folded, start)
        if match is None or match["num"] in ARTICLES or number(match["num"]) in (None, value):
            continue
        if _excluded(folded, match.start("num"), match.end(), bool(match["cmp"])) or _ordinal(
            folded, match
        ):
            continue
        if match["cmp"] or match["pct"] or not _alone(folded, match):
            return (("second", match[0].strip()),)
    return ()


def _rate(folded: str, made: Measure) -> str | None:
    if made.comparator is None:
        return None
    every = _EVERY.search(folded)
    if every is not None and (count := number(every["n"])) is not None:
        return f"P{count}{_SPANS[every['span'][:2]]}"
    return next((code for pattern, code in _RATES if pattern.search(folded)), None)


def _of(
    folded: str, shown: str, at: int, percent: str | None
) -> tuple[str | None, str | None, str | None, str | None]:
    """(unit, counted, rate, denominator) of what follows the number."""
    if percent:
        whole = re.match(rf" ?(?:din|dintre) (?P<of>.+?)(?={BREAKERS}|$)", folded[at:])
        words = shown[at + whole.start("of") : at + whole.end("of")] if whole else None
        return "percent", None, None, words
    start, end = counted_phrase(folded, at)
    unit = unit_of(folded[start:end])
    return unit, shown[start:end].strip() or None, None, None
