"""Tables that are not of the template's shape, and cells whose borders are typed otherwise."""

from __future__ import annotations

import csv
import io
from textwrap import wrap

import pytest

FIELDS = {
    "Descriere": ["Apa se pierde din țevi vechi."],
    "Obiectiv general": ["Mai puțină apă pierdută"],
    "Context și problema vizată": ["Nimeni nu știe unde curge apa."],
    "Posibili actori implicați": ["Asociația Izvoarelor, școli"],
    "Relevanță locală": ["Strategia apelor", "Programul Fântâni"],
    "Relevanță națională": ["PNRR"],
    "Relevanță internațională": ["Agenda 2030"],
    "Rezultate țintite": ["Repararea a cel puțin 30 de fântâni", "Instruirea a 12 angajați"],
    "Calendar estimativ": ["mai 2025 - iunie 2026"],
    "Acțiuni": ["A 1.1. Harta țevilor", "A 1.2. Fântâni noi"],
}
TITLE = "A1: Apă pentru toți"


def whole(doc) -> None:
    (one,) = doc.commitments
    assert one.title == "Apă pentru toți"
    assert one.description == FIELDS["Descriere"][0]
    assert list(one.objectives) == FIELDS["Obiectiv general"]
    assert one.problem == FIELDS["Context și problema vizată"][0]
    assert [a.name for a in one.actors] == ["Asociația Izvoarelor", "școli"]
    assert [(r.level, r.text) for r in one.relevance] == [
        ("local", "Strategia apelor"),
        ("local", "Programul Fântâni"),
        ("national", "PNRR"),
        ("international", "Agenda 2030"),
    ]
    assert [(t.text, t.value) for t in one.targets] == [
        ("Repararea a cel puțin 30 de fântâni", 30),
        ("Instruirea a 12 angajați", 12),
    ]
    assert (one.start, one.end) == ("2025-05-01", "2026-06-30")
    assert [(a.code, a.title) for a in one.actions] == [
        ("A1.1", "Harta țevilor"),
        ("A1.2", "Fântâni noi"),
    ]


def html(rows: str) -> str:
    return f"<html><body><table>{rows}</table></body></html>"


def cell(items: list[str], tag: str = "td") -> str:
    return f"<{tag}>{'<br>'.join(items)}</{tag}>"


def test_a_column_that_numbers_the_rows(read) -> None:
    rows = "".join(
        f"<tr><td>{n}.</td><td>{name}</td>{cell(items)}</tr>"
        for n, (name, items) in enumerate(FIELDS.items(), 1)
    )
    head = f"<tr><td colspan=3>{TITLE}</td></tr><tr><th>Nr. crt.</th><th>Secțiune</th><th>Conținut</th></tr>"
    whole(read(html(head + rows), "plan.html"))


def test_a_row_for_each_commitment_under_a_row_of_headings(read) -> None:
    head = cell(["Angajament"], "th") + "".join(cell([name], "th") for name in FIELDS)
    row = cell([TITLE]) + "".join(map(cell, FIELDS.values()))
    whole(read(html(f"<tr>{head}</tr><tr>{row}</tr>"), "plan.html"))


def test_headings_in_the_last_column(read) -> None:
    rows = "".join(f"<tr>{cell(items)}<td>{name}</td></tr>" for name, items in FIELDS.items())
    whole(read(html(f"<tr><td colspan=2>{TITLE}</td></tr>{rows}"), "plan.html"))


def test_a_title_repeated_where_its_table_goes_on(read) -> None:
    rows = [f"<tr><td>{name}</td>{cell(items)}</tr>" for name, items in FIELDS.items()]
    first = f"<tr><td colspan=2>{TITLE}</td></tr>" + "".join(rows[:5])
    second = f"<tr><td colspan=2>{TITLE} (continuare)</td></tr>" + "".join(rows[5:])
    whole(read(html(first) + "<p>Pagina 1</p>" + html(second) + "<p>Pagina 2</p>", "plan.html"))


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_cells_in_quotes(sign, read) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([TITLE, ""])
    writer.writerows([name, "\n".join(items)] for name, items in FIELDS.items())
    whole(read(made.getvalue()))


@pytest.mark.parametrize("border", ["\t", " | ", ";", " │ ", " ║ "])
def test_a_border_between_heading_and_words(border, read) -> None:
    lines = [
        f"{name}{border}{' '.join(f'• {one}' for one in items) if len(items) > 1 else items[0]}"
        for name, items in FIELDS.items()
        if name != "Acțiuni"
    ]
    actions = "\n".join(FIELDS["Acțiuni"])
    whole(read(f"{TITLE}\n\n" + "\n\n".join(lines) + f"\n\nAcțiuni:\n\n{actions}\n"))


def test_a_frame_of_signs(read) -> None:
    rule = "+" + "-" * 30 + "+" + "-" * 44 + "+"
    out = [TITLE, "", rule]
    for name, items in FIELDS.items():
        lines = [line for one in items for line in wrap(f"- {one}" if len(items) > 1 else one, 42)]
        out += [f"| {name if n == 0 else '':<28} | {line:<42} |" for n, line in enumerate(lines)]
        out.append(rule)
    doc = read("\n".join(out))
    whole(doc)
    assert any("rearanjat" in w.message for w in doc.warnings)


def test_columns_typed_side_by_side(read) -> None:
    def block(*names: str) -> list[str]:
        marked = [
            (n, [f"- {one}" for one in FIELDS[n]] if len(FIELDS[n]) > 1 else FIELDS[n])
            for n in names
        ]
        return [line for n, items in marked for one in [f"{n}:", *items] for line in wrap(one, 40)]

    out = [TITLE, ""]
    pairs = [
        (block("Descriere"), block("Obiectiv general")),
        (block("Context și problema vizată"), block("Posibili actori implicați")),
        (block("Relevanță locală", "Relevanță națională", "Relevanță internațională"), block("Rezultate țintite")),
    ]  # fmt: skip
    for left, right in pairs:
        tall = max(len(left), len(right))
        for a, b in zip(
            left + [""] * (tall - len(left)), right + [""] * (tall - len(right)), strict=True
        ):
            out.append(f"{a:<46}{b}".rstrip())
        out.append("")
    out += [
        f"Calendar estimativ: {FIELDS['Calendar estimativ'][0]}",
        "",
        "Acțiuni:",
        *FIELDS["Acțiuni"],
    ]
    whole(read("\n".join(out)))


def test_opendocument_text(tmp_path) -> None:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, List, ListItem, P

    from ingest.plan import read_plan

    made = OpenDocumentText()
    made.text.addElement(H(outlinelevel=2, text=TITLE))
    for name, items in FIELDS.items():
        made.text.addElement(H(outlinelevel=3, text=name))
        if len(items) == 1:
            made.text.addElement(P(text=items[0]))
            continue
        listed = List()
        for one in items:
            item = ListItem()
            item.addElement(P(text=one))
            listed.addElement(item)
        made.text.addElement(listed)
    path = tmp_path / "plan.odt"
    made.save(str(path))
    doc = read_plan(path)
    whole(doc)
    assert doc.document.format == "odt"


def test_markdown_with_a_column_of_numbers(read) -> None:
    rows = "".join(
        f"| {n} | {name} | {'<br>'.join(items)} |\n"
        for n, (name, items) in enumerate(FIELDS.items(), 1)
    )
    head = "| Nr. | Secțiune | Conținut |\n|---|---|---|\n"
    whole(read(f"### {TITLE}\n\n{head}{rows}", "plan.md"))


def test_tabs_that_only_indent(read) -> None:
    made = [
        f"  {name}:\n"
        + "".join(f"\t- {one}\n" if len(items) > 1 else f"\t{one}\n" for one in items)
        for name, items in FIELDS.items()
    ]
    whole(read(f"{TITLE}\n" + "".join(made)))
