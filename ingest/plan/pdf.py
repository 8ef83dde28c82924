"""The text of a PDF in reading order: tables by their ruling lines or columns, pages marked.

pdfminer says where each letter stands and what lines are drawn. A row of a table becomes one line
with a tab between its cells, as in the other formats; running heads and page numbers are left out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from ingest.plan.headings import HEADING
from ingest.plan.line_ends import PARTED
from ingest.plan.pdf_cells import cells_of
from ingest.plan.pdf_columns import Columns, Row, limited, limits_of, right_edge
from ingest.plan.pdf_heads import without_heads
from ingest.plan.pdf_page import Box, Letter, Line, Page, lines_of, open_page, rows_of, segments
from ingest.plan.pdf_words import is_exact, paragraphs
from ingest.plan.records import PlanWarning
from ingest.plan.text import fold
from ontology.errors import FileError, Said

MAX_PAGES = 600


@dataclass(frozen=True)
class PdfText:
    """The text of a PDF. `exact`: each of its lines is a paragraph; else lines may be wrapped ones."""

    text: str
    exact: bool
    warnings: tuple[PlanWarning, ...]


def pdf_text(path: Path) -> PdfText:
    """The text of a PDF, each page after a form feed, and warnings for what was left out.

    Raises FileError for a damaged or locked file, and for one that holds pictures only.
    """
    warnings: list[PlanWarning] = []
    pages = list(_pages(path, warnings))
    if not any(page.letters for page in pages):
        raise FileError(
            Said("PDF-ul nu are text, doar imagini", "the PDF holds no text, only pictures"),
            Said("Treceți-l prin OCR sau cereți documentul original.",
                 "Run it through OCR, or ask for the original document."),
            str(path),
        )  # fmt: skip
    warnings += without_heads(pages)
    everywhere = right_edge([letter for page in pages for letter in page.letters])
    columns = Columns()
    laid = [_rows(page, everywhere, columns) for page in pages]
    limits = limits_of([row for rows in laid for row in rows])
    laid = [[limited(row, limits) for row in rows] for rows in laid]
    exact = is_exact([cell for rows in laid for row in rows for cell in row])
    shown = ["\n\n".join(_shown(row, exact) for row in rows) for rows in laid]
    return PdfText("\n\f\n".join(shown), exact, tuple(warnings))


def _pages(path: Path, warnings: list[PlanWarning]) -> Iterator[Page]:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    with path.open("rb") as file:
        try:
            found = PDFPage.create_pages(PDFDocument(PDFParser(file)))
            first = next(found, None)
        except PDFPasswordIncorrect:
            raise _locked(path) from None
        except Exception:  # pdfminer raises what the damage leads it to: KeyError, RecursionError …
            raise _damaged(path) from None
        number = 0
        while first is not None and number < MAX_PAGES:
            number += 1
            try:
                interpreter.process_page(first)
                layout: LTPage = device.get_result()
                page = open_page(layout)
            except Exception as error:  # one damaged page must not lose the others
                warnings.append(_lost_page(number, type(error).__name__))
            else:
                if page.unread:
                    warnings.append(_unread(number, page.unread))
                yield page
            try:
                first = next(found, None)
            except Exception as error:
                warnings.append(_lost_page(number + 1, type(error).__name__))
                return
        if first is not None:
            warnings.append(_lost_page(MAX_PAGES + 1, f"> {MAX_PAGES}"))


def _rows(page: Page, everywhere: float | None, columns: Columns) -> list[Row]:
    """The rows of a page from top to bottom: those of ruled tables, and lines outside them."""
    cells, inside, loose = _homes(page, cells_of(page))
    columns.frames |= {_sides(cell) for cell in cells if _holds_columns(inside[cell])}
    frames = [cell for cell in cells if _sides(cell) in columns.frames]
    if frames:
        cells, inside, loose = _homes(page, [cell for cell in cells if cell not in frames])
    tables: dict[float, list[Box]] = {}
    for cell in sorted(cells, key=lambda box: (box[1], box[0])):
        top = next((at for at in tables if abs(at - cell[1]) < 3), cell[1])
        tables.setdefault(top, []).append(cell)
    made: list[tuple[float, Row]] = []
    for top, row in tables.items():
        filled = [_cell_lines(cell, inside[cell], page.dots) for cell in row]
        if any(filled):
            made.append((top, filled))
    edge = (right_edge(loose) or everywhere) if len(loose) > 0.5 * len(page.letters) else None
    tops = sorted(tables)
    start = 0.0
    for stop in [*tops, page.height + 1000]:
        between = [one for one in loose if start <= one.middle < stop]
        made += (
            [(_top(row), row) for row in columns.rows(between, page.dots, edge)] if between else []
        )
        start = stop
    return [row for _, row in sorted(made, key=lambda pair: pair[0])]


def _top(row: Row) -> float:
    return min(line.box[1] for cell in row for line in cell)


def _homes(page: Page, cells: list[Box]) -> tuple[list[Box], dict[Box, list[Letter]], list[Letter]]:
    """The cells, the letters in each, and the letters in none."""
    inside: dict[Box, list[Letter]] = {cell: [] for cell in cells}
    loose: list[Letter] = []
    for letter in page.letters:
        cell = _home(letter, cells)
        (loose if cell is None else inside[cell]).append(letter)
    return cells, inside, loose


def _sides(cell: Box) -> tuple[int, int]:
    return round(cell[0]), round(cell[2])


def _holds_columns(letters: Sequence[Letter]) -> bool:
    """Whether a frame is drawn around columns: two headings stand on one height in it."""
    parts = (segments(row) for row in rows_of(letters))
    heads = ([HEADING.match(fold(lines_of(one)[0].text)) for one in row] for row in parts if len(row) > 1)  # fmt: skip
    return any(sum(map(bool, row)) > 1 for row in heads)


def _home(letter: Letter, cells: Sequence[Box]) -> Box | None:
    """The smallest cell that a letter stands in."""
    x, y = (letter.box[0] + letter.box[2]) / 2, letter.middle
    around = [c for c in cells if c[0] - 1 <= x <= c[2] + 1 and c[1] - 1 <= y <= c[3] + 1]
    return min(around, key=lambda c: (c[2] - c[0]) * (c[3] - c[1]), default=None)


def _cell_lines(cell: Box, letters: Sequence[Letter], dots: Sequence[Box]) -> list[Line]:
    lines = lines_of(letters, dots)
    margin = max(0.0, min((line.box[0] for line in lines), default=cell[0]) - cell[0])
    return [replace(line, right=cell[2] - min(margin, 15.0)) for line in lines]


def _shown(row: Row, exact: bool) -> str:
    cells = [paragraphs(cell, exact=exact) for cell in row]
    return (
        cells[0]
        if len(cells) == 1
        else "\t".join(cell.replace("\n\n", f"{PARTED}\n") for cell in cells)
    )


def _unread(number: int, letters: int) -> PlanWarning:
    return PlanWarning(
        f"pagina {number}",
        f"{letters} litere nu s-au putut citi: fontul nu spune ce sunt, sau stau rotite.",
        f"{letters} letters could not be read: their font does not say what they are, or they stand rotated.",
    )


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


def _damaged(path: Path) -> FileError:
    return FileError(
        Said("PDF-ul este deteriorat", "the PDF is damaged"),
        Said("Descărcați-l din nou.", "Download it again."),
        str(path),
    )
