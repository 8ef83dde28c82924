"""The template without its tables: Markdown, headings over paragraphs, codes written otherwise."""

from __future__ import annotations

import re

import pytest

MARKDOWN = """\
# Planul local de acțiune pentru guvernare deschisă 2025 – 2027

**MUNICIPIUL BAIA NOUĂ**

## 2. Viziunea pe termen lung

„Un oraș în care toată lumea știe ce se întâmplă cu banii publici.”

## 3. Angajamentele asumate

### Angajamentul 1: Date la îndemână

| Descriere: Se deschid datele. | Obiectiv general: Mai multe date |
|---|---|
| **Context și problema vizată:** Datele sunt închise. | **Posibili actori implicați:** Asociația Datelor, ONG-uri |
| **Relevanță locală:** 1. Strategia Digitală | **Rezultate țintite:** • Publicarea a 5 seturi • Cel puțin 10 cursuri |

Calendar estimativ: martie 2025 – mai 2026

Acțiuni:

- A1.1 Inventar
- A1.2 Publicare

### A2. Bugetare

#### Posibili actori implicați

- Fundația Bugetelor
- Universitatea Nouă
- cetățeni

#### Relevanță națională

- PNRR
- Legea 52/2003

#### Rezultate țintite

- Minimum 3 proiecte pe an
- De la 2 la 4 dezbateri

#### Calendar estimativ

trimestrul II 2025 - trimestrul IV 2026

#### Acțiuni

2.1. Regulament nou
2.2. Vot online
"""


def test_markdown(read) -> None:
    doc = read(MARKDOWN, "plan.md")
    assert (doc.plan.city, doc.plan.start, doc.plan.end) == (
        "Baia Nouă",
        "2025-01-01",
        "2027-12-31",
    )
    first, second = doc.commitments
    assert (first.code, first.title, first.description) == (
        "A1",
        "Date la îndemână",
        "Se deschid datele.",
    )
    assert [(t.comparator, t.value) for t in first.targets] == [("exactly", 5), ("atLeast", 10)]
    assert [(a.code, a.title) for a in first.actions] == [
        ("A1.1", "Inventar"),
        ("A1.2", "Publicare"),
    ]
    assert [(a.name, bool(a.generic)) for a in second.actors] == [
        ("Fundația Bugetelor", False), ("Universitatea Nouă", False), ("cetățeni", True),
    ]  # fmt: skip
    assert [r.text for r in second.relevance] == ["PNRR", "Legea 52/2003"]
    assert [(t.comparator, t.value, t.lower, t.upper, t.rate) for t in second.targets] == [
        ("atLeast", 3, None, None, "P1Y"), ("between", None, 2, 4, None),
    ]  # fmt: skip
    assert (second.start, second.end) == ("2025-04-01", "2026-12-31")
    assert [(a.code, a.title) for a in second.actions] == [
        ("A2.1", "Regulament nou"),
        ("A2.2", "Vot online"),
    ]


PAGE = """<html><body><h1>PLANUL LOCAL DE ACȚIUNE 2025-2026</h1><p>ORAȘUL DEALU MARE</p>
<h2>A1: Transparență</h2><h3>Descriere</h3><p>Text de probă.</p><h3>Obiectiv general</h3><p>Mai bine</p>
<h3>Posibili actori implicați</h3><ul><li>Asociația Deal<li>școli</ul>
<h3>Rezultate țintite</h3><ol><li>Formarea a 5 angajați<li>Un ghid</ol>
<h3>Calendar estimativ</h3><p>01.2025 – 06.2026</p>
<h3>Acțiuni</h3><ol><li>A 1.1. Formare</li><li>A 1.2. Ghid</li></ol></body></html>"""


def test_headings_over_paragraphs(read) -> None:
    doc = read(PAGE, "plan.html")
    (one,) = doc.commitments
    assert doc.plan.city == "Dealu Mare"
    assert one.description == "Text de probă."
    assert [a.name for a in one.actors] == ["Asociația Deal", "școli"]
    assert [t.text for t in one.targets] == ["Formarea a 5 angajați", "Un ghid"]
    assert [(a.code, a.title) for a in one.actions] == [("A1.1", "Formare"), ("A1.2", "Ghid")]
    assert (one.start, one.end) == ("2025-01-01", "2026-06-30")


def test_a_code_of_another_commitment_takes_nobodys_place(read) -> None:
    words = MARKDOWN.replace("2.1. Regulament nou\n", "1.1. Ceva străin\n2.1. Regulament nou\n")
    second = read(words, "plan.md").commitments[1]
    assert {a.code: a.title for a in second.actions} == {
        "A2.1": "Regulament nou", "A2.2": "Vot online", "A2.3": "1.1. Ceva străin",
    }  # fmt: skip


TABLE = """<html><body><h1>PLANUL LOCAL DE ACȚIUNE 2025-2026</h1><p>ORAȘUL DEALU MARE</p>
<table><thead><tr><th colspan=2>A1: Transparență</th></tr></thead><tbody>
<tr><td><b>Descriere:</b><br>Text de probă.</td><td><b>Obiectiv general:</b><p>Mai bine</p><p>Mai repede</p></td></tr>
<tr><td><b>Context și problema vizată:</b><br>Prea încet.</td><td><b>Posibili actori implicați:</b><p>Asociația Deal, școli</p></td></tr>
<tr><td><b>Relevanță locală:</b><ol><li>Strategia de Probă</li><li>HCL nr. 5/2024</li></ol></td>
<td><b>Rezultate țintite:</b><ul><li>Formarea a 5 angajați</li><li>Un ghid</li></ul></td></tr>
<tr><td colspan=2><b>Calendar estimativ:</b> 01.2025 – 06.2026</td></tr>
<tr><td colspan=2><b>Acțiuni:</b><br>A 1.1. Formare<br>A 1.2. Ghid</td></tr></tbody></table></body></html>"""


def _rows_turned(page: str) -> str:
    body = re.search(r"<tbody>(.*)</tbody>", page, re.S)
    assert body is not None
    return page.replace(body[1], "\n".join(re.findall(r"<tr>.*?</tr>", body[1], re.S)[::-1]))


LAYOUTS = {
    "columns in the other order": lambda t: re.sub(
        r"<tr><td>(.*?)</td>\s*<td>(.*?)</td></tr>",
        r"<tr><td>\2</td><td>\1</td></tr>",
        t,
        flags=re.S,
    ),
    "rows in the other order": _rows_turned,
    "one column": lambda t: re.sub(r"</td>\s*<td>", "</td></tr><tr><td colspan=2>", t),
    "an empty third column": lambda t: t.replace("</td></tr>", "</td><td></td></tr>"),
    "no table at all": lambda t: re.sub(r"</?(?:table|tr|td|th|tbody|thead)[^>]*>", " ", t),
    "tags left open": lambda t: re.sub(r"</(?:td|tr|li|p)>", "", t),
    "headings in tags of their own": lambda t: t.replace("<b>", "<h4>").replace("</b>", "</h4>"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_table_laid_out_otherwise(name: str, read) -> None:
    (one,) = read(LAYOUTS[name](TABLE), "plan.html").commitments
    assert (one.description, one.problem) == ("Text de probă.", "Prea încet.")
    assert one.objectives == ("Mai bine", "Mai repede")
    assert [a.name for a in one.actors] == ["Asociația Deal", "școli"]
    assert [(t.text, t.value) for t in one.targets] == [
        ("Formarea a 5 angajați", 5),
        ("Un ghid", None),
    ]
    assert [r.text for r in one.relevance] == ["Strategia de Probă", "HCL nr. 5/2024"]
    assert [(a.code, a.title) for a in one.actions] == [("A1.1", "Formare"), ("A1.2", "Ghid")]
    assert (one.start, one.end) == ("2025-01-01", "2026-06-30")


def test_a_contents_list_without_pages_promises_no_section_that_it_does_not_name(read) -> None:
    contents = "Cuprins\n\n1. Angajamentele asumate\n2. Plan de implementare\n\n1. Angajamentele asumate\n\n"
    doc = read(
        contents
        + MARKDOWN.split("## 3. Angajamentele asumate")[1]
        + "\n\n2. Plan de implementare\n"
    )
    where = [one.where for one in doc.warnings if one.where.startswith("secțiunea")]
    assert [one.partition(" (")[0] for one in where] == ["secțiunea 2"]
