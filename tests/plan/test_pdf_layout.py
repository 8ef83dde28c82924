"""Where letters and ruling lines stand on a page says what its cells and paragraphs are."""

from __future__ import annotations

from dataclasses import replace

from ingest.plan.pdf_cells import cells_of
from ingest.plan.pdf_page import Letter, Line, Page, lines_of
from ingest.plan.pdf_words import is_exact, paragraphs


def letters(words: str, left: float, top: float, size: float = 10.0) -> list[Letter]:
    """Words as letters half as wide as high, without letters for the spaces."""
    wide = size / 2
    return [
        Letter(char, (left + n * wide, top, left + (n + 1) * wide, top + size), size, "Serif")
        for n, char in enumerate(words)
        if char != " "
    ]


def line(words: str, top: float, right: float = 200.0) -> Line:
    return replace(lines_of(letters(words, 0, top))[0], right=right)


def ruled(bottom: float | None = 100.0) -> Page:
    """Two rows: one over the whole width, one of two cells; open below when there is no `bottom`."""
    across = [(0.0, y, 200.0, y) for y in (0.0, 40.0, *([bottom] if bottom else []))]
    down = [(0.0, 0.0, 0.0, 100.0), (100.0, 40.0, 100.0, 100.0), (200.0, 0.0, 200.0, 100.0)]
    return Page(800.0, across=across, down=down)


def test_cells_are_the_smallest_closed_boxes() -> None:
    boxes = [(0, 0, 200, 40), (0, 40, 100, 100), (100, 40, 200, 100)]
    assert sorted(cells_of(ruled())) == sorted(boxes)


def test_a_table_that_the_page_cuts_is_closed_at_its_end() -> None:
    assert sorted(cells_of(ruled(bottom=None))) == sorted(cells_of(ruled()))


def test_a_page_full_of_rules_is_no_table() -> None:
    grid = [float(n * 5) for n in range(100)]
    page = Page(800, across=[(0, y, 500, y) for y in grid], down=[(x, 0, x, 500) for x in grid])
    assert cells_of(page) == []


def test_words_are_parted_by_gaps_and_rows_by_height() -> None:
    made = lines_of([*letters("doi trei", 0, 30), *letters("unu", 0, 10)])
    assert [one.text for one in made] == ["unu", "doi trei"]


def test_a_letter_printed_twice_is_one() -> None:
    once = letters("unu", 0, 10)
    bold = [replace(one, box=(one.box[0] + 0.3, *one.box[1:])) for one in once]
    assert [one.text for one in lines_of([*once, *bold])] == ["unu"]


def test_a_drawn_dot_before_a_line_is_its_bullet() -> None:
    dot = (0.0, 13.0, 4.0, 17.0)
    assert paragraphs(lines_of(letters("Hartă", 12, 10), [dot]), exact=True) == "• Hartă"


def test_a_line_goes_on_where_the_next_word_had_no_room() -> None:
    long = "Publicarea a minimum doisprezece seturi"
    lines = [line(long, 0), line("de date pe an", 12), line("Hartă", 24)]
    assert paragraphs(lines, exact=True) == f"{long} de date pe an\nHartă"


def test_lines_filled_by_number_of_letters_are_not_exact() -> None:
    full = [line("Publicarea a minimum doisprezece seturi", 12.0 * n) for n in range(6)]
    small = [replace(one, text=one.text.lower()) for one in full]
    assert is_exact([small])
    assert not is_exact([[replace(one, right=400.0) for one in small]])
