"""Builds documents of the plan template, in the formats and with the faults that real ones have.

The content comes from the bundled plan or is invented (the towns of Valea Nucului and Dealu Mare do
not exist); the paragraphs of prose are filler. A paper is written as the published text was (tabs,
unclosed HTML, rows cut by pages), as HTML, as DOCX, or as a PDF of two columns.
"""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx

LEFT_RIGHT = (("description", "objectives"), ("problem", "actors"), ("relevance", "targets"))
HEADS = {
    "description": "Descriere",
    "objectives": "Obiectiv general",
    "problem": "Context și problema vizată",
    "actors": "Posibili actori implicați",
    "targets": "Rezultate țintite",
    "local": "Relevanță locală",
    "national": "Relevanță națională",
    "international": "Relevanță internațională",
}


@dataclass(frozen=True)
class Sheet:
    """One commitment as it stands on paper."""

    code: str
    title: str
    description: str
    objectives: Sequence[str]
    problem: str
    actors: str
    targets: Sequence[str]
    local: Sequence[str]
    national: Sequence[str]
    international: Sequence[str]
    calendar: str
    actions: Sequence[str]


@dataclass(frozen=True)
class Paper:
    """A whole plan as it stands on paper."""

    title: str
    city: str
    process: Sequence[str]
    vision: str
    directions: Sequence[str]
    priorities: Sequence[str]
    sheets: Sequence[Sheet]
    sections: Sequence[str] = (
        "Detalii despre procesul prin care a fost elaborat PLA",
        "Viziunea pe termen lung",
        "Angajamentele asumate",
        "Plan de implementare",
    )
    last: str = field(default="")


def front(paper: Paper) -> list[str]:
    """The paragraphs before the first commitment."""
    contents = [f"{n}. {title}\t{2 * n}" for n, title in enumerate(paper.sections, 1)]
    return [
        f"{paper.title}\nMunicipiul {paper.city}",
        "Cuprins",
        "\n".join(contents),
        f"1. {paper.sections[0]}",
        *paper.process,
        f"2. {paper.sections[1]}",
        f'"{paper.vision}"',
        "Direcții strategice pentru guvernarea deschisă:",
        "\n".join(f"{n}. {one}" for n, one in enumerate(paper.directions, 1)),
        "Planul se concentrează pe aceste priorități:",
        "\n".join(f"- {one}" for one in paper.priorities),
        f"3. {paper.sections[2]}",
    ]


def cell(sheet: Sheet, name: str) -> list[tuple[str, list[str]]]:
    """(heading, items) of one cell; a cell of relevance holds three headings."""
    if name == "relevance":
        levels = ("local", "national", "international")
        return [(HEADS[one], list(getattr(sheet, one))) for one in levels]
    value = getattr(sheet, name)
    return [(HEADS[name], [value] if isinstance(value, str) else list(value))]


def published(paper: Paper, *, swap: bool = False) -> str:
    """The paper as the published text looks: each commitment laid out in another of its ways."""
    ways = (_in_cells, _in_lines, _in_cut_cells)
    parts = [*front(paper)]
    for number, sheet in enumerate(paper.sheets):
        parts.append(ways[number % 3](sheet, swap))
    parts.append(f"4. {paper.sections[3]}")
    if paper.last:
        parts.append(paper.last)
    return "\n\n".join(parts) + "\n"


def _numbered(items: Iterable[str]) -> str:
    return " ".join(f"{n}. {one}" for n, one in enumerate(items, 1))


def _marked(name: str, items: Sequence[str]) -> str:
    if name == "targets":
        return '<ul style="list-style-type: none"> ' + " ".join(f"→ {one}" for one in items)
    if name == "objectives":
        return " ".join(f"<p>{one}</p>" for one in items)
    return items[0] if len(items) == 1 else _numbered(items)


def _tagged(sheet: Sheet, name: str) -> str:
    made = []
    for head, items in cell(sheet, name):
        if name in ("targets", "objectives"):
            made.append(f"<p>{head}:</p> {_marked(name, items)}")
        else:
            made.append(f"<p>{head}: {_marked(name, items)}</p>")
    return " ".join(made)


def _row(left: str, right: str, swap: bool) -> str:
    return f"{right}\t{left}" if swap else f"{left}\t{right}"


def _in_cells(sheet: Sheet, swap: bool) -> str:
    rows = [f"{sheet.code}: {sheet.title}\t"]
    rows += [_row(_tagged(sheet, a), _tagged(sheet, b), swap) for a, b in LEFT_RIGHT]
    return "\n".join(rows) + "\n\n" + _tail(sheet)


def _tail(sheet: Sheet) -> str:
    actions = "\n".join(f"- {coded(sheet, n)}" for n in range(1, len(sheet.actions) + 1))
    return f"Calendar estimativ: {sheet.calendar}\n\nAcțiuni:\n\n{actions}"


def coded(sheet: Sheet, number: int) -> str:
    """`A 1.2. Title`, as the plan writes it."""
    return f"A {sheet.code[1:]}.{number}. {sheet.actions[number - 1]}"


def _in_lines(sheet: Sheet, swap: bool) -> str:
    """One heading under another; the last row is cut, and goes on in two cells without headings."""
    parts = [f"{sheet.code}: {sheet.title}"]
    for a, b in LEFT_RIGHT[:2]:
        for name in (b, a) if swap else (a, b):
            for head, items in cell(sheet, name):
                parts += [f"{head}:", "\n".join(items)]
    (local, national, international), target = cell(sheet, "relevance"), list(sheet.targets)
    first, second = _halves(target[1] if len(target) > 1 else target[0])
    kept, rest = target[:1] if len(target) > 1 else [], target[2:]
    last, moved = _halves(national[1][-1])
    left = [
        f"{local[0]}:",
        *_dashes(local[1]),
        f"{national[0]}:",
        *_dashes([*national[1][:-1], last]),
    ]
    right = [f"{HEADS['targets']}:", *(f"- {one}" for one in [*kept, first])]
    block = [*right, *left] if swap else [*left, *right]
    parts.append("\n".join(block))
    foreign = "".join(f"<p>{n}. {one}</p>" for n, one in enumerate(international[1], 1))
    left_cell = f"<p>{moved}</p> <p>{international[0]}:</p> {foreign}"
    right_cell = f'<p>{second}</p> <ul style="list-style-type: none"> ' + " ".join(
        f"● {one}" for one in rest
    )
    row = f"{right_cell}\t{left_cell}" if swap else f"{left_cell}\t{right_cell}"
    codes = " ".join(f"<p>{coded(sheet, n)}</p>" for n in range(1, len(sheet.actions) + 1))
    parts.append(f"{row}\n<p>Calendar estimativ: {sheet.calendar}</p>\t\n<p>Acțiuni:</p> {codes}\t")
    return "\n\n".join(parts)


def _dashes(items: Sequence[str]) -> list[str]:
    return [f"- {n}. {one}" for n, one in enumerate(items, 1)]


def _halves(words: str) -> tuple[str, str]:
    """A statement cut before a small word near its middle, as a page break would."""
    found = words.split()
    middle = next(
        (
            n
            for n in range(len(found) // 2, len(found))
            if found[n][0].islower() and found[n - 1].isalpha()
        ),
        None,
    )
    if middle is None:
        return words, ""
    return " ".join(found[:middle]), " ".join(found[middle:])


def _in_cut_cells(sheet: Sheet, swap: bool) -> str:
    """Tagged cells; the problem is cut, its rest stands in a row of its own."""
    first, second = _halves(sheet.problem)
    rows = [f"<p>{sheet.code}: {sheet.title}</p>\t"]
    rows.append(_row(_tagged(sheet, "description"), _tagged(sheet, "objectives"), swap))
    problem = f"<p>{HEADS['problem']}:</p> <p>{first}</p>"
    rows.append(_row(problem, _tagged(sheet, "actors"), swap) + "\n")
    rows.append(_row(f"<p>{second}</p>", "", swap))
    rows.append(_row(_tagged(sheet, "relevance"), _tagged(sheet, "targets"), swap))
    codes = " ".join(f"<p>{coded(sheet, n)}</p>" for n in range(1, len(sheet.actions) + 1))
    rows += [f"<p>Calendar estimativ: {sheet.calendar}</p>\t", f"<p>Acțiuni:</p> {codes}\t"]
    return "\n".join(rows)


def as_html(paper: Paper) -> str:
    """The paper as a web page with a table per commitment."""
    body = [
        f"<p>{html.escape(one).replace(chr(10), '<br>').replace(chr(9), ' ')}</p>"
        for one in front(paper)
    ]
    for sheet in paper.sheets:
        body.append(f"<table><tr><th colspan=2>{sheet.code}: {html.escape(sheet.title)}</th></tr>")
        for pair in LEFT_RIGHT:
            body.append(
                "<tr>" + "".join(f"<td>{_html_cell(sheet, name)}</td>" for name in pair) + "</tr>"
            )
        codes = "".join(
            f"<li>{html.escape(coded(sheet, n))}</li>" for n in range(1, len(sheet.actions) + 1)
        )
        body.append(f"<tr><td colspan=2>Calendar estimativ: {sheet.calendar}</td></tr>")
        body.append(f"<tr><td colspan=2><p>Acțiuni:</p><ul>{codes}</ul></td></tr></table>")
    body.append(f"<h2>4. {paper.sections[3]}</h2><p>{paper.last}</p>")
    style = "td{width:50%;vertical-align:top;border:1px solid} table{width:100%;border-collapse:collapse}"
    return f"<!DOCTYPE html><html><head><style>{style}</style></head><body>{''.join(body)}</body></html>"


def _html_cell(sheet: Sheet, name: str) -> str:
    made = []
    for head, items in cell(sheet, name):
        made.append(f"<p><b>{head}:</b></p>")
        if len(items) == 1 and name != "targets":
            made.append(f"<p>{html.escape(items[0])}</p>")
        else:
            tag = "ul" if name in ("targets", "objectives") else "ol"
            made.append(
                f"<{tag}>" + "".join(f"<li>{html.escape(one)}</li>" for one in items) + f"</{tag}>"
            )
    return "".join(made)


def as_docx(paper: Paper, path: Path) -> None:
    """The paper as a Word document with a table of two columns per commitment."""
    document = docx.Document()
    for block in front(paper):
        for line in block.split("\n"):
            document.add_paragraph(line)
    for sheet in paper.sheets:
        table = document.add_table(rows=0, cols=2)
        _merged(table, [f"{sheet.code}: {sheet.title}"])
        for pair in LEFT_RIGHT:
            row = table.add_row()
            for place, name in zip(row.cells, pair, strict=True):
                _fill(
                    place,
                    [
                        line
                        for head, items in cell(sheet, name)
                        for line in (f"{head}:", *_lines(name, items))
                    ],
                )
        _merged(table, [f"Calendar estimativ: {sheet.calendar}"])
        _merged(table, ["Acțiuni:", *(coded(sheet, n) for n in range(1, len(sheet.actions) + 1))])
        document.add_paragraph("")
    document.add_paragraph(f"4. {paper.sections[3]}")
    document.save(str(path))


def _lines(name: str, items: Sequence[str]) -> list[str]:
    if name == "targets":
        return [f"- {one}" for one in items]
    if name == "relevance" and len(items) > 1:
        return [f"{n}. {one}" for n, one in enumerate(items, 1)]
    return list(items)


def _fill(place: Any, lines: Sequence[str]) -> None:
    place.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        place.add_paragraph(line)


def _merged(table: Any, lines: Sequence[str]) -> None:
    row = table.add_row()
    _fill(row.cells[0].merge(row.cells[1]), lines)


_GLYPHS = {
    "ă": "abreve", "Ă": "Abreve", "â": "acircumflex", "Â": "Acircumflex", "î": "icircumflex", "Î": "Icircumflex",
    "ș": "scommaaccent", "Ș": "Scommaaccent", "ț": "uni021B", "Ț": "uni021A", "”": "quotedblright",
    "„": "quotedblbase", "–": "endash", "•": "bullet", "≥": "greaterequal", "≤": "lessequal", "é": "eacute",
}  # fmt: skip


def as_pdf(
    paper: Paper,
    *,
    width: int = 44,
    lines_per_page: int = 58,
    repeat_head: bool = False,
    justified: bool = False,
) -> bytes:
    """The paper as a PDF: rows of two columns, each cell written whole, rows cut at page ends.

    `repeat_head`: the title of a table stands again on each page. `justified`: the gaps between
    the words of the left column are wide.
    """
    head = ""
    pages: list[list[tuple[int, int, str]]] = [[]]
    room = lines_per_page

    def put(columns: Sequence[list[str]]) -> None:
        nonlocal room
        rest = [list(one) for one in columns]
        while any(rest):
            if room <= 1:
                pages.append([])
                room = lines_per_page
                if head and repeat_head:
                    pages[-1].append((40, 800, head))
                    room -= 1
            top = 800 - 13 * (lines_per_page - room)
            here = [lines[:room] for lines in rest]
            for number, lines in enumerate(here):
                pages[-1] += [
                    (40 + 265 * number, top - 13 * n, line) for n, line in enumerate(lines)
                ]
            rest = [lines[room:] for lines in rest]
            room -= max(len(lines) for lines in here)

    for block in front(paper):
        put(
            [
                [
                    line
                    for raw in block.split("\n")
                    for line in textwrap.wrap(raw.replace("\t", " "), 92)
                ]
            ]
        )
    for sheet in paper.sheets:
        put([textwrap.wrap(f"{sheet.code}: {sheet.title}", 92)])
        head = f"{sheet.code}: {sheet.title}"[:92]
        for pair in LEFT_RIGHT:
            left, right = (_pdf_cell(sheet, name, width) for name in pair)
            put([[_spread(line, width) if justified else line for line in left], right])
        put([textwrap.wrap(f"Calendar estimativ: {sheet.calendar}", 92)])
        actions = [
            line
            for n in range(1, len(sheet.actions) + 1)
            for line in textwrap.wrap(coded(sheet, n), 92)
        ]
        put([["Acțiuni:", *actions]])
        head = ""
    put([[f"4. {paper.sections[3]}"]])
    return pdf_of(pages)


def _spread(line: str, width: int) -> str:
    """The line with wide gaps, where it has room for them."""
    spread = line.replace(" ", "   ")
    return spread if len(spread) <= width and not line.endswith(":") else line


def _pdf_cell(sheet: Sheet, name: str, width: int) -> list[str]:
    made: list[str] = []
    for head, items in cell(sheet, name):
        made.append(f"{head}:")
        for line in _lines(name, items):
            shown = f"• {line[2:]}" if name == "targets" else line
            made += textwrap.wrap(shown, width)
    return made


def pdf_of(
    pages: Sequence[Sequence[tuple[int, int, str]]],
    frames: Sequence[tuple[int, int, int, int]] = (),
) -> bytes:
    """A PDF with one font whose encoding names the Romanian letters: (x, y, line) on each page.

    `frames`: left, bottom, width and height of what is drawn on every page.
    """
    letters = {char: 128 + n for n, char in enumerate(_GLYPHS)}
    differences = " ".join(f"/{name}" for name in _GLYPHS.values())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
        f" /BaseEncoding /WinAnsiEncoding /Differences [128 {differences}] >> >>",
    ]
    streams: list[bytes] = [one.encode() for one in objects]
    for number, page in enumerate(pages):
        content = "".join(f"{x} {y} {w} {h} re S\n" for x, y, w, h in frames).encode()
        content += b"BT /F1 10 Tf\n"
        for x, y, line in page:
            coded_line = bytes(
                letters.get(char, ord(char) if ord(char) < 128 else 63) for char in line
            )
            escaped = coded_line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            content += f"1 0 0 1 {x} {y} Tm (".encode() + escaped + b") Tj\n"
        content += b"ET"
        streams.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        streams.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, stream in enumerate(streams, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + stream + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(streams) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % at for at in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(streams) + 1, start)
    )
    return out.getvalue()
