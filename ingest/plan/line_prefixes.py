"""Takes away what stands before nearly every line: marks of quotation, rising numbers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ingest.plan.mended import Mended

_QUOTED = re.compile(r"[ \t]*(?:>[ ]?)+")
_MARK = re.compile(r"(\t)|[ \t]*([|#*%;+:/\\~-])(?: |$)")
_NUMBERED = re.compile(r"[ \t]*(\d{1,5})(?:[:.)|]| |\t|$) *")


def without_prefixes(made: Mended) -> Mended:
    """Without the mark, or the rising number, that stands before nearly every line."""
    alone = re.finditer(
        r"(?m)(?<=\n\n)[ \t]*> ?(?=(?:[^\W\d_]|[„“\"])[^\n]*\n[ \t]*(?:\n|\Z))", made.text
    )
    made = made.edited((m.start(), m.end(), "") for m in alone)
    lines = list(re.finditer(r"[^\n]+", made.text))
    if len(lines) < 8:
        return made
    quoted = [m for line in lines if (m := _QUOTED.match(made.text, *line.span()))]
    if len(quoted) > 0.8 * len(lines):
        return made.edited((m.start(), m.end(), "") for m in quoted)
    marked = [m for line in lines if (m := _MARK.match(made.text, *line.span()))]
    kinds = Counter(m[1] or m[2] for m in marked)
    if kinds and (most := kinds.most_common(1)[0])[1] > 0.95 * len(lines):
        same = (m for m in marked if (m[1] or m[2]) == most[0])
        return made.edited((m.start(), m.end(), "") for m in same)
    numbered = [m for line in lines if (m := _NUMBERED.match(made.text, *line.span()))]
    rising = sum(int(b[1]) == int(a[1]) + 1 for a, b in pairwise(numbered))
    if len(numbered) > 0.95 * len(lines) and rising > 0.9 * len(lines) - 1:
        return made.edited((m.start(), m.end(), "") for m in numbered)
    return made
