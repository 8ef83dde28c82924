"""Mends what happened to a text on its way here, and keeps where each character came from.

Letters that were decoded in the wrong encoding (once or twice), marks of quotation or numbers
before every line, entities escaped twice, letters of double width, invisible characters, words
parted at the end of a line. Each step does nothing unless the text clearly needs it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.plan import unseen
from ingest.plan.cell_borders import cell_borders
from ingest.plan.furniture import PageLine, goes_on_inside, page_lines
from ingest.plan.hyphens import parted_words
from ingest.plan.line_ends import holds_long_lines
from ingest.plan.list_marks import list_marks
from ingest.plan.mojibake import decoded_again
from ingest.plan.odd_letters import STEPS
from ingest.plan.records import PlanWarning

Edit = tuple[int, int, str]
"""What stands from a start to an end, and what it becomes."""


@dataclass(frozen=True)
class Mended:
    """A text, where each of its characters begins and ends in the original, and what was mended."""

    text: str
    at: array[int]
    to: array[int]
    notes: tuple[PlanWarning, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Mended:
        """The text with the edits made; they stand in order and do not overlap."""
        parts: list[str] = []
        at, to = array("L"), array("L")
        done = 0
        for start, end, words in edits:
            parts += self.text[done:start], words
            at.extend(self.at[done:start])
            to.extend(self.to[done:start])
            first, last = (self.at[start], self.to[end - 1]) if end > start else (0, 0)
            at.extend([first] * len(words))
            to.extend([last] * len(words))
            done = end
        if not parts:
            return self
        parts.append(self.text[done:])
        at.extend(self.at[done:])
        to.extend(self.to[done:])
        return Mended("".join(parts), at, to, self.notes)

    def noted(self, ro: str, en: str) -> Mended:
        """The same with a note for the reviewer."""
        note = PlanWarning("tot documentul", ro, en)
        return Mended(self.text, self.at, self.to, (*self.notes, note))


def mend(raw: str, *, lines: bool = True, marked: bool = True) -> Mended:
    """The text as it was meant. `lines`: its words may be parted at line ends (no DOCX or HTML).

    `marked`: its lines may have been quoted, numbered or paginated (a text file).
    """
    made = Mended(raw, array("L", range(len(raw))), array("L", range(1, len(raw) + 1)))
    steps: tuple[Callable[[Mended], Mended], ...] = (
        _letters,
        _disguised,
        _twice_escaped,
        _entities,
        _header_rows,
    )
    typed = (_borders, _prefixes, _pages, _lists, _idle_columns, _emphasis)
    of_text: tuple[Callable[[Mended], Mended], ...] = typed
    if not marked:
        of_text = (_worded_pages, _lists, _numbers_of_rows)
    for step in (*steps, _invisible, *of_text, *((_hyphens,) if lines else ()), _soft_hyphens):
        made = step(made)
    return made


def _letters(made: Mended) -> Mended:
    again = made
    for _ in range(3):
        edits = decoded_again(again.text)
        if not edits:
            break
        again = again.edited(edits)
    if again is not made:
        again = again.noted(
            "Literele cu semne fuseseră stricate de o codare greșită; s-au refăcut: verificați-le.",
            "Letters with marks had been damaged by a wrong encoding; they were restored: check them.",
        )
    lost = len(re.findall("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])", again.text))
    if lost >= 3:
        again = again.noted(
            f"În {lost} locuri o literă s-a pierdut (stă „?” sau „\ufffd” în locul ei): verificați textele.",
            f"In {lost} places a letter is lost ('?' or '\ufffd' stands for it): check the texts.",
        )
    return again


def _disguised(made: Mended) -> Mended:
    for step in STEPS:
        made = made.edited(step(made.text))
    return made


def _twice_escaped(made: Mended) -> Mended:
    for _ in range(3):
        found = list(re.finditer(r"&amp;(?=(?:#\w{1,7}|[A-Za-z]\w{1,31});)", made.text))
        if len(found) < 3:
            break
        made = made.edited((m.start(), m.end(), "&") for m in found)
    return made


def _entities(made: Mended) -> Mended:
    """With letters for their entities, so that lines are as wide as they look; signs of markup stay."""
    edits: list[Edit] = []
    for match in re.finditer(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{3,8});", made.text):
        letter = html.unescape(match[0])
        if len(letter) == 1 and (letter.isalpha() or unicodedata.combining(letter)):
            edits.append((match.start(), match.end(), letter))
    return made.edited(edits)


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)


def _invisible(made: Mended) -> Mended:
    return made.edited((m.start(), m.end(), "") for m in _INVISIBLE.finditer(made.text))


def _soft_hyphens(made: Mended) -> Mended:
    return made.edited((m.start(), m.end(), "") for m in re.finditer("\u00ad", made.text))


_QUOTED = re.compile(r"[ \t]*(?:>[ ]?)+")
_MARK = re.compile(r"(\t)|[ \t]*([|#*%;+:/\\~-])(?: |$)")
_NUMBERED = re.compile(r"[ \t]*(\d{1,5})(?:[:.)|]| |\t|$) *")


def _prefixes(made: Mended) -> Mended:
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


def _pages(made: Mended) -> Mended:
    """With a form feed for each page number, running head and foot; what was no number is noted.

    Where they stand inside a tagged paragraph that goes on behind them, nothing parts its lines.
    """
    found = page_lines(made.text)
    edits: list[Edit] = []
    since = 0
    joint = " " if holds_long_lines(made.text) else "\n"
    for first, last in _runs(made.text, found):
        inside = goes_on_inside(made.text, found[first].start, found[last].end, since)
        if inside is not None:
            since = inside[1]
            edits.append((*inside, joint))
        else:
            edits += ((one.start, one.end, "\f") for one in found[first : last + 1])
    made = made.edited(edits)
    heads = {one.shape: one for one in reversed(found) if not one.bare}
    notes = (unseen.repeated(one.words) for one in heads.values())
    return Mended(made.text, made.at, made.to, (*made.notes, *notes))


def _runs(text: str, found: Sequence[PageLine]) -> Iterator[tuple[int, int]]:
    """The first and last of the lines that nothing parts from each other."""
    first = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or text[found[at - 1].end : found[at].start].strip():
            yield first, at - 1
            first = at


def _worded_pages(made: Mended) -> Mended:
    """Without lines that only say `Pagina 3`, in a document whose every line is a paragraph."""
    found = [one for one in page_lines(made.text) if one.worded]
    return made.edited((one.start, one.end, "") for one in found)


def _borders(made: Mended) -> Mended:
    return made.edited(cell_borders(made.text))


def _lists(made: Mended) -> Mended:
    return made.edited(list_marks(made.text))


_LEFT_HEAD = r"(?:c[âa]mp(?:ul)?|rubric[ăa]|element(?:ul)?|criteriu|denumire|sec[țţt]iune[a]?|capitol|titlu|aspect|punct)"
_RIGHT_HEAD = (
    r"(?:con[țţt]inut(?:ul)?|detalii|informa[țţt]ii|valoare|descriere|text(?:ul)?|completare)"
)
_HEADER_ROW = re.compile(
    rf"(?mi)^[ |*]*(?:nr\.? ?(?:crt\.?)?[ |*]*[\t|][ *]*)?{_LEFT_HEAD}[ *]*[\t|][ *]*{_RIGHT_HEAD}[ |*]*$"
)


def _header_rows(made: Mended) -> Mended:
    """Without the row that only says that names of fields stand left and what they hold right."""
    return made.edited((m.start(), m.end(), "") for m in _HEADER_ROW.finditer(made.text))


_ROW_NUMBERS = (
    re.compile(r"(?m)^[ ]*(\d{1,3})[.)]?[ ]*\t(?=[^\n]*\t)"),
    re.compile(r"(?m)(?<=^\|)[ ]*(\d{1,3})[.)]?[ ]*\|(?=[^\n|]*\|[^\n|]*\|)"),
)


def _numbers_of_rows(made: Mended) -> Mended:
    """Without a first column that only numbers the rows, each table from 1 or all of them through."""
    numbered = [m for pattern in _ROW_NUMBERS for m in pattern.finditer(made.text)]
    rising = all(int(a[1]) < int(b[1]) or int(b[1]) <= 1 for a, b in pairwise(numbered))
    if len(numbered) < 3 or not rising:
        return made
    return made.edited((m.start(), m.end(), "") for m in numbered)


def _idle_columns(made: Mended) -> Mended:
    """Without a first column that only numbers the rows, and a last one that holds dashes."""
    made = _numbers_of_rows(made)
    ends = list(re.finditer(r"(?m)(?<=[^\s])[ ]*\t[ ]*$", made.text))
    if len(ends) > 0.6 * len(re.findall(r"(?m)^.*\S", made.text)):
        made = made.edited((m.start(), m.end(), "") for m in ends)
    dashes = re.finditer(r"(?m)(?<=[^\t\n])\t[ ]*[-–—][ ]*$", made.text)
    return made.edited((m.start(), m.end(), "") for m in dashes)


_EMPHASIS = re.compile(r"(?<![\w*])(\*)(?=[^\s*])[^*\n]{1,160}?(?<=[^\s*])(\*)(?![\w*])")


_CODE_WORDS = re.compile(r"(?<!`)(`)[^`\n]{1,160}(`)(?!`)")


def _emphasis(made: Mended) -> Mended:
    """Without Markdown's single asterisks around words, and its backslashes at line ends."""
    edges = [m.span(n) for m in _EMPHASIS.finditer(made.text) for n in (1, 2)]
    slashes = [m.span() for m in re.finditer(r"\\(?=\n)", made.text)]
    slashes += [m.span(n) for m in _CODE_WORDS.finditer(made.text) for n in (1, 2)]
    return made.edited((start, end, "") for start, end in sorted(edges + slashes))


def _hyphens(made: Mended) -> Mended:
    return made.edited(parted_words(made.text))
