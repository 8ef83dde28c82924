"""The words around a number in a statement, in folded Romanian: how it is meant, and how often."""

from __future__ import annotations

import re

from ingest.plan.numbers import NUMBER

LEAST = (
    r"cel putin|minim(?:um|a|ul|\.)?(?: de)?|min\.?(?![a-z_])|macar|nu mai putin(?:i|e)? de|mai mult[ie]? de|peste|"
    r"de la|incepand (?:cu|de la)|at least|≥|>=|=>|>"
)
MOST = (
    r"cel mult|maxim(?:um|a|ul|\.)?(?: de)?|max\.?(?![a-z_])|at most|up to|pana la|nu mai mult[ie]? de|mai putin(?:i|e)? de|sub|"
    r"≤|<=|=<|<"
)
ABOUT = r"aproximativ|aprox\.?|approximately|circa|ca\.|cca\.?|in jur(?:ul)? (?:de|a)|aproape(?: de)?|vreo|~|≈"
EXACT = r"exact|fix|="
SIGN = r"[≥≤<>=~≈]"
FILL = (
    r"(?: ?(?:€|[$£]|euro?\b|ron\b|lei\b)| ?(?:alte|alti|inca|noi|inca alte)\b| (?:a )?(?:un |unui )?(?:numar|total|procent|procentaj|grup)(?: total)? de\b"
    r"| a(?= ))*"
)
PERCENT = r"(?P<pct>(?: ?\((?:[a-z ]{2,40}|\d+)\))?(?: ?%| ?[°o0]/[o0]\b| la suta\b| (?:de )?procente?\b| percent\b))"

WORDED = rf"(?P<cmp>(?<!\w)(?:{LEAST}|{MOST}|{ABOUT}|{EXACT})){FILL}:? ?"
RANGE = re.compile(
    rf"(?:(?<!\w)(?P<between>intre|(?:de la )?(?:{LEAST})|{ABOUT})(?: de)?{FILL} ?)?"
    rf"(?P<low>{NUMBER})(?P<pct0> ?%)? {{0,3}}(?P<sep>-|…|pana la|la (?:{MOST})|la(?! suta)|sau|[-,;/]? ?(?:si|dar|iar)? ?(?:{MOST})|si) {{0,3}}(?P<high>{NUMBER}){PERCENT}?"
)
OR_MORE = r"(?P<more> (?:sau|ori) (?:chiar )?mai mult[ie]?\b)"
SINGLE = re.compile(rf"(?:{WORDED})?(?P<num>{NUMBER})(?P<plus>\+)?{PERCENT}?{OR_MORE}?")
EACH = re.compile(
    rf"\bcate (?:un|o|unui|unei) (?P<thing>[^,;.]{{2,60}}?) (?:pe|pentru|in|la)(?: fiecare)?"
    rf"(?: (?:dintre|din))?(?: cele| cei)? (?:{WORDED})?(?P<num>{NUMBER})"
)
LABELLED = re.compile(
    rf"(?:numarul|numar|nr\.?) (?:(?P<bound>minim|maxim|total) )?de (?P<thing>[^:;,.≥≤<>=]{{3,80}}?) ?[:-]? ?"
    rf"(?:{WORDED})?(?P<num>{NUMBER})[ .]*$"
)
"""`Număr de persoane instruite: 50`, as an indicator is written."""

AFTER = re.compile(
    r"(?:^|[ (])(?P<cmp>minim(?:um)?|cel putin|maxim(?:um)?|cel mult|aproximativ|circa)\)?(?=[ ,.;)]|$)"
    r"| (?:sau|ori) (?P<more>mai mult[ie]?)\b"
)
NOT_MEASURED = re.compile(
    r"(?:\b(?:nr\.?|numarul|art\.?|articolul|hclm?|hcj|legea|legii|oug|anul|anului|anii|editia|etapa|faza|agenda|zona|"
    r"sectorul|lotul|axa|versiunea|capitolul|punctul|sectiunea|angajamentul|actiunea|clasa|luna|nivelul|web)"
    r"|\b(?:urmatorii|urmatoarele|ultimii|ultimele|primii|primele)(?: cei| cele)?) ?$"
)
DURATION = re.compile(
    r" ?(?:de )?(?:ani|an|luni|luna|saptamani|saptamana|zile|zi|trimestre|semestre)\b"
)
DEADLINE = re.compile(
    r"(?:timp de|termen de|perioada de|durata de|in|peste|dupa|urmatorii|pe|la fiecare|la) ?$"
)
WORDED_COUNT = NUMBER
"""What counts people in prose: digits or words."""

_EVERY_ONE = r"\b(?:(?:pe|per|in fiecare|fiecare) {0}\b|{1}\b)|/ ?{0}\b"
RATES = tuple(
    (re.compile(_EVERY_ONE.format(unit, adverb) + "(?!ul)"), code)
    for unit, adverb, code in (
        ("an", "(?:anual[ae]?|annual)", "P1Y"),
        ("sem(?:estru)?", "semestrial[ae]?", "P6M"),
        ("trim(?:estru)?", "trimestrial[ae]?", "P3M"),
        ("luna", "lunar[ae]?", "P1M"),
        ("sapt(?:amana)?", "saptamanal[ae]?", "P1W"),
        ("zi", "zilnic[ae]?", "P1D"),
    )
)
EVERY = re.compile(
    rf"\b(?:la(?: fiecare)?|o data la|din {NUMBER} in) (?P<n>{NUMBER}) (?:de )?(?P<span>ani|luni|saptamani|zile)\b(?! (?:de la|dupa|pana))"
)
SPANS = {"an": "Y", "lu": "M", "sa": "W", "zi": "D"}
VAGUE = re.compile(
    r"\b(?:jumatate|sfert\w*|treim\w+|patrim\w+|duzin\w*|dubl\w+|tripl\w+|zeci|sute|mii|milioane|miliarde)\b"
)
PART_OF_NUMBER = re.compile(r" (?:si |de )?(?:o )?(?:virgula\b|" + VAGUE.pattern + ")")
"""What follows a number that is only a part of an amount: `o duzină`, `două treimi`."""

WORKED_OUT = re.compile(
    rf"{NUMBER} virgula {NUMBER}|\d ?[+x×*~] ?\d[\d.,]*|\d ?‰|{NUMBER} la mie\b|\d ?(?:[≤<]=?) ?[a-z ]{{2,30}}[≤<]=? ?\d+"
    r"|(?<![\w.,/])\d{1,2} \d{1,2}(?= (?:de )?[a-z])|\d \.\d{3}(?!\d)"
)
"""What would have to be worked out (`două virgulă cinci`, `2 x 25`, `30‰`), and digits set apart."""

COMPARED = re.compile(r"\b(?:cel putin|cel mult|minimum|maximum|aproximativ|circa|cca) [a-z0-9]\S*")
"""A comparison, and the word after it that should be a number."""

AMBIGUOUS = re.compile(r"[1-9]\d{0,2},\d{3}")
"""`1,200`: a thousand written the English way, or a decimal comma."""

_MONEY_BEFORE = re.compile(r"(?:€|\$|£|\beuro?|\blei|\bron|\busd) ?$")


def money_before(folded: str, at: int) -> bool:
    """Whether the sign or name of a currency stands right before a number."""
    return _MONEY_BEFORE.search(folded, max(0, at - 6), at) is not None


BLANK = re.compile(
    rf"(?<!\w)(?:{LEAST}|{MOST}|{ABOUT}) (?:x{{1,4}}\b|[lio]{{1,2}}\d+\b|\d+[lio]+\b)"
    r"|(?<!\w)(?:cel putin|cel mult|aproximativ) de (?=[a-z])|(?<![\w_?])(?:_{2,}|\?{2,}|\.{3,}|…) ?(?=(?:de )?[a-z%])"
)
"""Where a number should stand: a gap to fill in, or a letter read for a digit (`l5`)."""

YEAR = re.compile(r"(?:19|20)\d\d")

STARTS = re.compile(
    rf"(?<!\w)(?:{LEAST}|{MOST}|{ABOUT}|{EXACT}|intre)(?!\w)|{SIGN}{{1,2}}|{NUMBER}"
)
"""Where a measured number may begin: with a comparison, a sign, or itself."""
