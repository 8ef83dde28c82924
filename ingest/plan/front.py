"""Reads what stands before the first commitment: title, city, years, vision, directions, priorities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.plan.items import split_items
from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.parts import Part
from ingest.plan.records import Passage, PlanHead
from ingest.plan.text import Span, Text, fold

_TITLE = re.compile(
    r"plan(?:ul)?(?: de actiune local| local de actiune| local de actiuni| de actiune)\b[^\t\f]{0,160}?"
    r"(?:(?P<from>20\d\d)[ \n]{0,2}(?:-|si|/|–)[ \n]{0,2}(?P<to>20\d\d)|(?P<one>20\d\d))"
)
_SHORT_TITLE = re.compile(r"plan(?:ul)? (?:local de actiune|de actiune local)[^\n\t\f]{0,120}")
_YEARS = re.compile(r"(?<!\d)(20\d\d) ?- ?(20\d\d)(?!\d)")
_CITY_WORD = re.compile(
    r"\b(?:municipiul(?:ui)?|orasul(?:ui)?|comun(?:a|ei)|sectorul(?:ui)?|judetul(?:ui)?) (?=\S)"
)
_NO_NAME = re.compile(r"cuprins|planul|primaria|consiliul|detalii|pentru|si|capitolul")
_NAME_JOIN = frozenset(("de", "pe", "cu", "la", "din", "lui", "sub"))
_VISION = re.compile(r"viziunea?(?: pe termen lung)?")
_PURPOSE = re.compile(r"scopul (?:guvernarii deschise|planului)[^:\n]{0,40}: ?")
_DIRECTIONS = re.compile(r"directii(?:le)? strategice[^:\n]{0,80}:")
_PRIORITIES = re.compile(
    r"(?:(?:tinand cont|avand in vedere|pornind de la|in acest|acest prim|planul se|planul isi|planul are)[^:\n]{0,240}?)?"
    r"priorit(?:ati|atile|ate|atea)[^:.\n]{0,60}:"
)
_ITEM = re.compile(rf"(?:[{STRONG_BULLETS}{WEAK_BULLETS}]|\d{{1,2}}[.)])\s")
_QUOTES = '"„“”«»'


def read_head(text: Text, front: Span, sections: Sequence[int] = ()) -> PlanHead:
    """What the plan says about itself; `front` is everything before the first commitment.

    `sections`: where sections begin; no list goes on past one.
    """
    title, years = _title(text, front)
    vision = _vision(text, front)
    purpose = _PURPOSE.search(text.fold, *front)
    start, end = years
    directions, directions_at = _listed(text, _DIRECTIONS, front, sections)
    priorities, priorities_at = _listed(text, _PRIORITIES, front, sections)
    evidence = [span for span in (title, vision) if span]
    return PlanHead(
        title=text.words(title) if title else None,
        city=_city(text, front),
        start=f"{start}-01-01" if start else None,
        end=f"{end}-12-31" if end else None,
        vision=text.words(vision).strip(_QUOTES) if vision else None,
        purpose=text.words((purpose.end(), _block_end(text, purpose.end(), front[1])))
        if purpose
        else None,
        directions=directions,
        directions_evidence=directions_at,
        priorities=priorities,
        priorities_evidence=priorities_at,
        evidence=text.passage(*evidence) if evidence else None,
    )


def _title(text: Text, front: Span) -> tuple[Span | None, tuple[str | None, str | None]]:
    match = _TITLE.search(text.fold, front[0], min(front[1], front[0] + 6000))
    if match is not None:
        years = (match["from"] or match["one"], match["to"] or match["one"])
        return text.trim(match.span()), years
    short = _SHORT_TITLE.search(text.fold, *front)
    years = _YEARS.search(text.fold, front[0], min(front[1], front[0] + 3000))  # type: ignore[assignment]
    found = (years[1], years[2]) if isinstance(years, re.Match) else (None, None)
    return (text.trim(short.span()) if short else None), found


def _city(text: Text, front: Span) -> str | None:
    """The town most often named after `municipiul`, `orașul` …; before the rest, in the title page."""
    counted: Counter[str] = Counter()
    for match in _CITY_WORD.finditer(text.fold):
        name = _proper(text, match.end())
        if name:
            shown = f"Județul {name}" if match[0].startswith("judet") else name
            sector = f"Sectorul {name}" if match[0].startswith("sector") else shown
            counted[sector] += 3 if match.end() <= front[1] else 1
    towns = Counter({name: n for name, n in counted.items() if not name.startswith("Județul ")})
    found = towns or counted
    best = found.most_common(1)
    if not best:
        return None
    # lines that ran together lengthen a name: a shorter one that stands elsewhere is the name
    shorter = [one for one in found if best[0][0].startswith(f"{one} ") and found[one] > 1]
    return min(shorter, key=len, default=best[0][0])


def _proper(text: Text, at: int) -> str | None:
    """The proper name that begins at `at`: words with a capital, and small words between them."""
    words: list[str] = []
    end = at
    for match in re.compile(r"\S+").finditer(text.clean, at, at + 60):
        if re.search(r"[\n\t\f]", text.clean[end : match.start()]):
            break
        bare = match[0].strip(".,;:()" + _QUOTES)
        small = match[0] in _NAME_JOIN
        if (
            not bare
            or not (bare[0].isupper() or bare[0].isdigit() or (small and words))
            or len(words) > 3
        ):
            break
        if words and (bare[0].isdigit() or _NO_NAME.fullmatch(fold(bare))):
            break
        words.append(bare)
        end = match.end()
        if match[0] != bare:
            break
    while words and words[-1] in _NAME_JOIN:
        words.pop()
    name = " ".join(words)
    if name.isupper() and len(name) > 3:
        name = name.title()
    return name or None


def _vision(text: Text, front: Span) -> Span | None:
    """The quoted sentence under the vision's heading, or its first paragraph."""
    heads = [m for m in _VISION.finditer(text.fold, *front) if text.clean[m.start()].isupper()]
    for head in reversed(heads):
        blocks = list(text.blocks((head.end(), front[1])))
        if not blocks or blocks[0][0] - head.end() > 6:
            inline = re.compile(r"[:\s]*([\"„“«].{20,900}?[\"”»])", re.S).match(
                text.clean, head.end(), front[1]
            )
            if inline:
                return inline.span(1)
            continue
        start = blocks[0][0]
        quoted = re.compile(r"[\"„“«][^\"”»]{20,900}[\"”»]").match(text.clean, start, front[1])
        if quoted is not None:
            return quoted.span()
        if len(text.words(blocks[0])) > 30:
            first = text.clean[blocks[0][0]] in ":-"
            return (blocks[0][0] + 1, blocks[0][1]) if first else blocks[0]
    return None


def _block_end(text: Text, at: int, limit: int) -> int:
    stop = re.compile(r"[\n\t\f]").search(text.clean, at, limit)
    inline = _DIRECTIONS.search(text.fold, at, limit)
    ends = [m.start() for m in (stop, inline) if m]
    return min(ends) if ends else limit


def _lead_up(text: Text, after: int, heading: int) -> int:
    """Where the paragraph that leads up to a heading begins; the heading itself in a list item."""
    start = max((at for at, _ in text.blocks((after, heading + 1))), default=heading)
    return heading if start in (after, heading) or _ITEM.match(text.clean, start) else start


def _listed(
    text: Text, heading: re.Pattern[str], front: Span, sections: Sequence[int]
) -> tuple[tuple[str, ...], Passage | None]:
    """The list that follows a heading ending in a colon, and where it stands."""
    match = heading.search(text.fold, *front)
    if match is None:
        return (), None
    others = [m.start() for p in (_DIRECTIONS, _PRIORITIES) for m in p.finditer(text.fold, *front)]
    # what leads up to a heading in its own paragraph is no item of the list before it
    others = [_lead_up(text, match.end(), one) for one in others]
    stop = min(at for at in (*others, *sections, front[1]) if at >= match.end())
    parts: list[Part] = []
    first_marked = False
    for block in text.blocks((match.end(), stop)):
        marked = _ITEM.match(text.clean[slice(*block)]) is not None
        first_marked = first_marked or (marked and not parts)
        goes_on = bool(parts) and text.clean[block[0]].islower()
        apart = bool(parts) and "\n\n" in text.clean[parts[-1].span[1] : block[0]]
        if parts and not marked and not goes_on and (first_marked or apart):
            break
        parts.append(Part(block))
    items = split_items(text, parts, heads=True)
    spans = [span for item in items for span in item.spans]
    where = Passage(text.passage(*spans).spans) if spans else None
    return tuple(text.words(*item.spans) for item in items), where
