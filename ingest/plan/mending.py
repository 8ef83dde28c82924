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
from collections.abc import Callable, Iterator, Sequence

from ingest.plan import unseen
from ingest.plan.cell_borders import cell_borders
from ingest.plan.furniture import PageLine, goes_on_inside, page_lines
from ingest.plan.hyphens import parted_words
from ingest.plan.idle_columns import without_header_rows, without_idle_columns, without_row_numbers
from ingest.plan.line_ends import holds_long_lines
from ingest.plan.line_prefixes import without_prefixes
from ingest.plan.list_marks import list_marks
from ingest.plan.mended import Edit, Mended
from ingest.plan.mojibake import decoded_again
from ingest.plan.odd_letters import STEPS


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
        without_header_rows,
    )
    typed = (_borders, without_prefixes, _pages, _lists, without_idle_columns, _emphasis)
    of_text: tuple[Callable[[Mended], Mended], ...] = typed
    if not marked:
        of_text = (_worded_pages, _lists, without_row_numbers)
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
