"""Takes running heads, running feet and page numbers out of the pages of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.plan import unseen
from ingest.plan.headings import COMMITMENT_HEAD, FIELDS
from ingest.plan.pdf_page import Line, Page, lines_of
from ingest.plan.records import PlanWarning
from ingest.plan.text import fold

_PAGE_NUMBER = re.compile(
    r"(?:[-–—] ?)?(?:pag(?:ina|e|\.)? ?)?(?P<n>\d{1,4})(?: ?(?:/|din|of) ?\d{1,4})?(?: ?[-–—])?"
)

_OF_TEMPLATE = re.compile(
    rf"{COMMITMENT_HEAD.pattern}|a ?\d{{1,2}} ?\. ?\d{{1,2}}\b|(?:{'|'.join(FIELDS.values())})(?!\w)"
)
"""What a page may begin or end with again and again, and yet belongs to the plan."""


def without_heads(pages: Sequence[Page]) -> Iterator[PlanWarning]:
    """Takes out what repeats at the top or foot of most pages, and page numbers; says what."""
    edges = [_edges(lines_of(page.letters)) for page in pages]
    counted = Counter(shape for lines in edges for shape in {_shape(line.text) for line in lines})
    repeated = {shape for shape, n in counted.items() if n >= 2 and n > 0.6 * len(pages)}
    said: set[str] = set()
    numbers = _numbers_of_pages(edges)
    for at, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        for line in lines:
            shape, number = _shape(line.text), (at, line.text) in numbers
            if (shape not in repeated and not number) or _OF_TEMPLATE.match(
                fold(line.text).strip()
            ):
                continue
            _, top, _, bottom = line.box
            page.letters = [one for one in page.letters if not top <= one.middle <= bottom]
            if shape not in said and not number:
                said.add(shape)
                yield unseen.repeated(line.text)


def _numbers_of_pages(edges: Sequence[Sequence[Line]]) -> set[tuple[int, str]]:
    """The lines that only say the page's number: those that count the pages. A year does not."""
    found: list[tuple[int, int, str]] = []  # how far the number is ahead of the page, page, line
    for at, lines in enumerate(edges):
        for line in lines:
            match = _PAGE_NUMBER.fullmatch(fold(line.text).strip())
            if match is not None:
                found.append((int(match["n"]) - at, at, line.text))
    ahead = Counter(one[0] for one in found)
    return {(at, words) for n, at, words in found if n == 1 or ahead[n] > 1}


def _edges(lines: Sequence[Line]) -> list[Line]:
    return list({id(line): line for line in [*lines[:2], *lines[-2:]]}.values())


def _shape(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).split())
