"""Pages of a PDF: what counts them is left out, what belongs to the plan stays, columns are found."""

from __future__ import annotations

import pytest

from ingest.plan.tables import arranged

HEADS = ("Descriere", "Obiectiv general", "Context și problemă", "Posibili actori implicați",
         "Relevanță locală", "Rezultate țintite", "Calendar estimativ")  # fmt: skip


def cells(number: int) -> tuple[str, ...]:
    return (f"Ulița {number} este întunecată.", "Mai multă lumină", "Becurile sunt vechi.",
            "Asociația Felinarul, școli", "Strategia luminii", f"Montarea a {10 + number} becuri", f"{2024 + number}")  # fmt: skip


def flowing(number: int, foot: str = "") -> list[tuple[int, int, str]]:
    """One commitment on a page of its own, line under line; the last action ends the page."""
    lines = [f"A{number}: Ulița {number}"]
    for head, words in zip(HEADS, cells(number), strict=True):
        lines += [f"{head}:", words]
    lines += ["Acțiuni:", f"A {number}.1. Becuri noi", f"A {number}.2. Evaluare"]
    page = [(50, 780 - 15 * n, line) for n, line in enumerate(lines)]
    return [*page, (50, 40, foot)] if foot else page


def beside(number: int) -> list[tuple[int, int, str]]:
    """One commitment on a page: headings left, what they head right, no line drawn."""
    page = [(50, 780, f"A{number}: Ulița {number}")]
    for n, pair in enumerate(zip(HEADS, cells(number), strict=True), 1):
        page += [(50, 780 - 30 * n, pair[0]), (250, 780 - 30 * n, pair[1])]
    return [*page, (50, 500, "Acțiuni"), (250, 500, f"A {number}.1. Becuri noi"), (250, 486, f"A {number}.2. Evaluare")]  # fmt: skip


def two(number: int) -> list[tuple[int, int, str]]:
    """One commitment on a page: two columns, each heading above what it heads."""
    page = [(50, 780, f"A{number}: Ulița {number}")]
    for n, (head, words) in enumerate(zip(HEADS[:6], cells(number), strict=False)):
        x, y = (50, 300)[n % 2], 760 - 40 * (n // 2)
        page += [(x, y, f"{head}:"), (x, y - 14, words)]
    rest = (
        "Calendar estimativ:",
        cells(number)[6],
        "Acțiuni:",
        f"A {number}.1. Becuri noi",
        f"A {number}.2. Evaluare",
    )
    return [*page, *((50, 620 - 14 * n, line) for n, line in enumerate(rest))]


def whole(doc, count: int = 3) -> None:
    assert [one.code for one in doc.commitments] == [f"A{n}" for n in range(1, count + 1)]
    for number, one in enumerate(doc.commitments, 1):
        assert one.description == f"Ulița {number} este întunecată."
        assert one.objectives == ("Mai multă lumină",)
        assert one.problem == "Becurile sunt vechi."
        assert [a.name for a in one.actors] == ["Asociația Felinarul", "școli"]
        assert [r.text for r in one.relevance] == ["Strategia luminii"]
        assert [t.value for t in one.targets] == [10 + number]
        assert (one.start, one.end) == (f"{2024 + number}-01-01", f"{2024 + number}-12-31")
        assert [a.title for a in one.actions] == ["Becuri noi", "Evaluare"]


def test_an_action_that_ends_every_page_is_no_running_foot(read, papers) -> None:
    whole(read(papers.pdf_of([flowing(n) for n in (1, 2, 3)]), "plan.pdf"))


@pytest.mark.parametrize("foot", ["{}", "Pagina {}", "- {} -", "{} din 3"])
def test_numbers_that_count_the_pages_are_left_out(foot: str, read, papers) -> None:
    whole(read(papers.pdf_of([flowing(n, foot.format(n)) for n in (1, 2, 3)]), "plan.pdf"))


def test_a_year_alone_at_the_foot_of_a_page_is_no_page_number(read, papers) -> None:
    first = [line for line in flowing(1) if "A 1." not in line[2] and line[2] != "Acțiuni:"]
    last = [
        (50, 780 - 15 * n, line)
        for n, line in enumerate(("Acțiuni:", "A 1.1. Becuri noi", "A 1.2. Evaluare"))
    ]
    whole(read(papers.pdf_of([first, last]), "plan.pdf"), 1)


def test_headings_beside_what_they_head_without_lines(read, papers) -> None:
    whole(read(papers.pdf_of([beside(n) for n in (1, 2, 3)]), "plan.pdf"))


def test_a_frame_around_two_columns_is_no_cell(read, papers) -> None:
    whole(
        read(papers.pdf_of([two(n) for n in (1, 2, 3)], frames=[(40, 500, 500, 320)]), "plan.pdf")
    )


def test_a_row_of_a_wide_table_goes_on_after_a_page() -> None:
    heads = ("Angajament", *HEADS[:4])
    rows = [
        heads,
        ("A1: Ulița 1", "Ulița este", "Mai multă", "Becurile", "Asociația Felinarul,"),
        ("", "întunecată.", "lumină", "sunt vechi.", "școli"),
        ("A2: Ulița 2", "Alta.", "Alta", "Alta.", "licee"),
    ]
    made = arranged("\n\n".join("\t".join(row) for row in rows), hard=True)
    assert "Descriere:\nUlița este\nîntunecată." in made
    assert "Posibili actori implicați:\nAsociația Felinarul,\nșcoli" in made
    assert made.index("școli") < made.index("A2: Ulița 2")
