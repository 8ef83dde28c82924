"""The text of a PDF: columns found by where words stand, running heads left out, pages marked.

pypdf lays each page out on a grid of characters; words that begin at the same place again and
again, far from the left edge, make the right column of a table. A row of the table becomes one
line with a tab between its cells, as in the other formats.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader

from ingest.plan.records import PlanWarning
from ingest.plan.template import COMMITMENT_HEAD, FULL_WIDTH, HEADING
from ingest.plan.text import fold
from ontology.errors import FileError, Said

MAX_PAGES = 600
_SEGMENT = re.compile(r"\S+(?: {1,2}\S+)*")
_PAGE_NUMBER = re.compile(r"(?:pag(?:ina|\.)? ?)?\d{1,4}(?: ?(?:/|din) ?\d{1,4})?")

Segment = tuple[int, str]
"""Where words begin on the grid, and the words."""


def pdf_text(path: Path) -> tuple[str, tuple[PlanWarning, ...]]:
    """The text of a PDF, each page after a form feed, and warnings for what was left out.

    Raises FileError for a damaged or locked file, and for one that holds pictures only.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[list[str]] = []
    warnings: list[PlanWarning] = []
    for number, page in enumerate(_pages(path), 1):
        try:
            pages.append(_lines(page))
        except Exception as error:  # one damaged page must not lose the others
            warnings.append(_lost_page(number, type(error).__name__))
    if not any(line.strip() for page in pages for line in page):
        raise FileError(
            Said("PDF-ul nu are text, doar imagini", "the PDF holds no text, only pictures"),
            Said("Treceți-l prin OCR sau cereți documentul original.",
                 "Run it through OCR, or ask for the original document."),
            str(path),
        )  # fmt: skip
    warnings += _without_heads(pages)
    grids = [[list(_segments(line)) for line in page] for page in pages]
    everywhere = _right_edge([line for grid in grids for line in grid])
    made: list[str] = []
    rows = _Rows()
    for lines, grid in zip(pages, grids, strict=True):
        rows = _Rows(inside=rows.open)
        made.append(_page_text(lines, _right_edge(grid) or everywhere, rows))
    return "\n\f\n".join(made), tuple(warnings)


def _pages(path: Path) -> Sequence[PageObject]:
    try:
        reader = PdfReader(str(path), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(path)
        return [reader.pages[n] for n in range(min(len(reader.pages), MAX_PAGES))]
    except FileError:
        raise
    except Exception:  # pypdf raises what the damage leads it to: KeyError, RecursionError …
        raise FileError(
            Said("PDF-ul este deteriorat", "the PDF is damaged"),
            Said("Descărcați-l din nou.", "Download it again."),
            str(path),
        ) from None


def _lines(page: PageObject) -> list[str]:
    """The lines of a page on the character grid; in reading order where the grid fails."""
    try:
        made = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    except Exception:  # fonts without widths and the like: the plain order still has the words
        made = ""
    return (made if made.strip() else page.extract_text()).replace("\t", " ").split("\n")


def _without_heads(pages: list[list[str]]) -> Iterator[PlanWarning]:
    """Takes out what repeats at the top or foot of most pages, and page numbers; says what."""
    edges = [dict.fromkeys(_edges(page)) for page in pages]
    counted = Counter(
        _shape(page[i]) for page, places in zip(pages, edges, strict=True) for i in places
    )
    repeated = {shape for shape, n in counted.items() if n >= 2 and n > 0.6 * len(pages)}
    said: set[str] = set()
    for page, places in zip(pages, edges, strict=True):
        for i in sorted(places, reverse=True):
            shape = _shape(page[i])
            if shape in repeated or _PAGE_NUMBER.fullmatch(fold(page[i]).strip()):
                words = " ".join(page.pop(i).split())
                if shape not in said and not _PAGE_NUMBER.fullmatch(fold(words)):
                    said.add(shape)
                    yield PlanWarning(
                        "antet și subsol",
                        f"„{words[:60]}”: se repetă pe pagini; nu s-a citit ca parte din plan.",
                        f"'{words[:60]}': it repeats on the pages; it was not read as part of the plan.",
                    )


def _edges(page: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line.strip()]
    return filled[:2] + filled[-2:]


def _shape(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).split())


def _segments(line: str) -> Iterator[Segment]:
    for match in _SEGMENT.finditer(line):
        yield match.start(), " ".join(match[0].split())


def _right_edge(grid: Sequence[Sequence[Segment]]) -> int | None:
    """Where the right column begins: the leftmost place where second parts of lines often begin.

    A heading of the template counts three times: items are indented under it.
    """
    starts: Counter[int] = Counter()
    for line in grid:
        if len(line) == 2 and line[1][0] >= 15:
            starts[line[1][0]] += 3 if HEADING.match(fold(line[1][1])) else 1
    if not starts:
        return None
    often = max(starts.values())
    return min((at for at, n in starts.items() if n >= 2 and n >= 0.2 * often), default=None)


def _page_text(lines: Sequence[str], edge: int | None, rows: _Rows) -> str:
    for line in lines:
        if not line.strip():
            continue
        cut = len(line) if edge is None else _border(line, edge)
        left, right = " ".join(line[:cut].split()), " ".join(line[cut:].split())
        across = edge is not None and not right and len(line.rstrip()) > edge + 1
        rows.add(left, right, across=across)
    rows.end()
    return "\n".join(rows.out)


def _border(line: str, edge: int) -> int:
    """Where the right cell of a line begins; its end where no gap stands at the column's edge.

    The words of a justified line have wide gaps between them: only the one at the edge counts.
    """
    if not line[: edge - 1].strip():
        return edge - 1
    gaps = (gap for gap in re.finditer(r" {2,}(?=\S)", line) if gap.end() >= edge - 1)
    first = next(gaps, None)
    if first is None or (first.start() > edge + 1):
        return len(line)
    return first.end()


class _Rows:
    """Puts lines of two columns together to table rows."""

    def __init__(self, *, inside: bool = False) -> None:
        self.out: list[str] = []
        self.open = inside
        """Whether a row of the table is being put together; `inside`: one that the page before left open."""
        self._inside = inside
        self._left: list[str] = []
        self._right: list[str] = []

    def add(self, left: str, right: str, *, across: bool) -> None:
        """One line of the page: its left and its right part."""
        both_heads = HEADING.match(fold(left)) and HEADING.match(fold(right))
        whole = not right and (across or FULL_WIDTH.match(fold(left)))
        if (
            whole
            and self._inside
            and not self.out
            and not self._left
            and COMMITMENT_HEAD.match(fold(left))
        ):
            self.out.append(left)  # the head of the table, repeated on the new page
            return
        if whole or (right and both_heads):
            self.close()
        if right and not self.open:
            self.open = True
        if self.open:
            self._left += [left] if left else []
            self._right += [right] if right else []
        else:
            self.out.append(left)

    def close(self) -> None:
        """Writes the row that is open."""
        self.end()
        self.open = False

    def end(self) -> None:
        """Writes what the page holds of the row that is open, which may go on over the page."""
        if self._left or self._right:
            self.out += ["", "\n".join(self._left) + "\t" + "\n".join(self._right), ""]
        self._left, self._right = [], []


def _lost_page(number: int, reason: str) -> PlanWarning:
    return PlanWarning(
        f"pagina {number}",
        f"Pagina nu a putut fi citită ({reason}); conținutul ei lipsește.",
        f"The page could not be read ({reason}); what it holds is missing.",
    )


def _locked(path: Path) -> FileError:
    return FileError(
        Said("PDF-ul este protejat cu parolă", "the PDF is protected by a password"),
        Said("Salvați-l fără parolă.", "Save it without a password."),
        str(path),
    )
