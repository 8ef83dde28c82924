"""What stands where on a page of a PDF: lines of words, ruled cells, bullets drawn as shapes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTPage

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the top left corner of the page."""

_MOST_LETTERS = 60_000
_MOST_SHAPES = 20_000


@dataclass(frozen=True)
class Letter:
    """A letter (or what one glyph stands for), its box and size."""

    text: str
    box: Box
    size: float
    font: str

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Line:
    """Words on one line: where they begin and end, and whether a drawn bullet stands before them."""

    text: str
    box: Box
    size: float
    font: str
    first: float
    """The width of the first word."""
    bullet: bool = False
    right: float = 0.0
    """Where the column that the line stands in ends."""


@dataclass
class Page:
    """The letters of a page, its ruling lines, its small filled shapes, and what could not be read."""

    height: float
    letters: list[Letter] = field(default_factory=list)
    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    unread: int = 0
    """Letters whose font does not say what they are, and letters that do not stand upright."""


def open_page(page: LTPage) -> Page:
    """What a page holds."""
    made = Page(page.height)
    shapes = 0
    for item in _items(page):
        if isinstance(item, LTChar):
            if len(made.letters) < _MOST_LETTERS:
                _take_letter(made, item)
        elif isinstance(item, LTCurve) and shapes < _MOST_SHAPES:
            shapes += 1
            _take_shape(made, item)
    return made


def _items(container: Iterable[LTComponent]) -> Iterator[LTComponent]:
    open_ = [iter(container)]
    while open_:
        item = next(open_[-1], None)
        if item is None:
            open_.pop()
        elif isinstance(item, LTContainer) and len(open_) < 20:
            open_.append(iter(item))
        else:
            yield item


def _take_letter(made: Page, item: LTChar) -> None:
    text = item.get_text()
    if text.startswith("(cid:") or not item.upright:
        made.unread += 1
    elif text:
        box = (item.x0, made.height - item.y1, item.x1, made.height - item.y0)
        made.letters.append(
            Letter(unicodedata.normalize("NFC", text), box, item.size, item.fontname)
        )


def _take_shape(made: Page, item: LTCurve) -> None:
    wide, high = item.width, item.height
    box = (item.x0, made.height - item.y1, item.x1, made.height - item.y0)
    if high <= 2.5 and wide > 6:
        made.across.append(box)
    elif wide <= 2.5 and high > 6:
        made.down.append(box)
    elif wide <= 9 and high <= 9:
        if item.fill and 0.6 < wide / max(high, 0.1) < 1.7:
            made.dots.append(box)
    elif item.stroke or item.linewidth:
        left, top, right, bottom = box
        made.across += [(left, top, right, top), (left, bottom, right, bottom)]
        made.down += [(left, top, left, bottom), (right, top, right, bottom)]


def rows_of(letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters on one height, from left to right; the rows from top to bottom."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: (one.middle, one.box[0])):
        row = rows[-1] if rows else None
        if row is not None and abs(row[0].middle - letter.middle) < 0.4 * max(
            row[0].size, letter.size
        ):
            row.append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda one: one.box[0]) for row in rows]


def lines_of(letters: Sequence[Letter], dots: Sequence[Box] = ()) -> list[Line]:
    """The letters put together to lines, from top to bottom; what is far apart on one height too."""
    made = [line for row in rows_of(letters) if (line := _line(row))]
    return [replace(line, bullet=any(_before(dot, line) for dot in dots)) for line in made]


def _line(letters: list[Letter]) -> Line | None:
    letters = _once(letters)
    filled = [one for one in letters if not one.text.isspace()]
    if not filled:
        return None
    words: list[str] = []
    first: float | None = None
    before: Letter | None = None
    for letter in filled:
        gap = 0.0 if before is None else letter.box[0] - before.box[2]
        between = before is not None and any(
            one.text.isspace() and before.box[0] <= one.box[0] <= letter.box[2] for one in letters
        )
        if before is None or gap > 0.17 * letter.size or (between and gap > 0.08 * letter.size):
            if before is not None and first is None:
                first = before.box[2] - filled[0].box[0]
            words.append(letter.text)
        else:
            words[-1] += letter.text
        before = letter
    box = (filled[0].box[0], min(one.box[1] for one in filled), filled[-1].box[2], max(one.box[3] for one in filled))  # fmt: skip
    wide = box[2] - box[0]
    return Line(" ".join(words), box, filled[0].size, filled[0].font, first or wide)


def _once(letters: list[Letter]) -> list[Letter]:
    """Without letters printed twice on one place, to look bold."""
    made: list[Letter] = []
    for letter in letters:
        twin = made[-1] if made else None
        if (
            twin is None
            or twin.text != letter.text
            or letter.box[0] - twin.box[0] > 0.1 * letter.size
        ):
            made.append(letter)
    return made


def _before(dot: Box, line: Line) -> bool:
    """Whether a drawn dot is the bullet of a line: at its height, a little left of it."""
    middle = (dot[1] + dot[3]) / 2
    return line.box[1] < middle < line.box[3] and 0 <= line.box[0] - dot[2] < 3 * line.size


def segments(row: Sequence[Letter], apart: float = 0.9) -> list[list[Letter]]:
    """A row's letters parted at gaps as wide as `apart` times their size."""
    made: list[list[Letter]] = []
    for letter in row:
        if letter.text.isspace():
            continue
        if made and letter.box[0] - made[-1][-1].box[2] <= apart * letter.size:
            made[-1].append(letter)
        else:
            made.append([letter])
    return made
