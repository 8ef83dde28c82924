"""The bundled plan, laid out anew in every format and with every fault, reads back as itself."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from pathlib import Path

import pytest

from ingest.plan import PlanDocument, read_plan
from ingest.plan.text import fold


def plain(words: str | None) -> str:
    return " ".join(fold(words or "").replace("-", " ").split())


def content(doc: PlanDocument) -> dict[str, object]:
    """What a plan says, without positions, diacritics and prose."""
    said: dict[str, object] = {
        "head": (plain(doc.plan.title), plain(doc.plan.city), doc.plan.start, doc.plan.end),
        "lists": [plain(one) for one in (*doc.plan.directions, *doc.plan.priorities)],
        "prepared": [plain(one) for one in doc.plan.preparedBy],
        "events": [(one.type, one.date, one.attendance) for one in doc.events],
        "members": [[plain(member.name) for member in group.members] for group in doc.groups],
    }
    for name in ("legal_acts", "strategies", "programmes", "platforms"):
        said[name] = [plain(one.name) for one in getattr(doc, name)]
    for one in doc.commitments:
        said[one.code] = {
            "title": plain(one.title),
            "period": (one.start, one.end),
            "objectives": [plain(words) for words in one.objectives],
            "actors": [(plain(a.name), plain(a.generic), plain(a.category)) for a in one.actors],
            "targets": [
                (plain(t.text), t.comparator, t.value, t.lower, t.upper, t.unit, t.rate)
                for t in one.targets
            ],
            "actions": [(a.code, plain(a.title)) for a in one.actions],
            "relevance": [(r.level, plain(r.text)) for r in one.relevance],
        }
    return said


@pytest.fixture
def paper_file(bundled_paper, papers, tmp_path: Path):
    """Writes the paper in a format; gives its path."""

    def write(kind: str) -> Path:
        path = tmp_path / f"plan.{kind}"
        if kind == "docx":
            papers.as_docx(bundled_paper, path)
        elif kind == "pdf":
            path.write_bytes(papers.as_pdf(bundled_paper))
        elif kind == "html":
            path.write_text(papers.as_html(bundled_paper), encoding="utf-8")
        else:
            path.write_text(papers.published(bundled_paper), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx", "pdf"])
def test_every_format_reads_back_as_the_plan(kind: str, paper_file, bundled: PlanDocument) -> None:
    assert content(read_plan(paper_file(kind))) == content(bundled)


@pytest.mark.parametrize("lines", [31, 41, 47, 66])
def test_wherever_the_pages_of_a_pdf_end(
    lines: int, bundled_paper, papers, read, bundled: PlanDocument
) -> None:
    made = read(papers.as_pdf(bundled_paper, lines_per_page=lines), "plan.pdf")
    assert content(made) == content(bundled)


@pytest.mark.parametrize("lines", [37, 58])
def test_a_table_whose_head_every_page_of_a_pdf_repeats(
    lines: int, bundled_paper, papers, read, bundled: PlanDocument
) -> None:
    data = papers.as_pdf(bundled_paper, lines_per_page=lines, repeat_head=True)
    assert content(read(data, "plan.pdf")) == content(bundled)


def test_justified_lines_of_a_pdf(bundled_paper, papers, read, bundled: PlanDocument) -> None:
    data = papers.as_pdf(bundled_paper, justified=True)
    assert content(read(data, "plan.pdf")) == content(bundled)


def test_columns_in_the_other_order(bundled_paper, papers, read, bundled: PlanDocument) -> None:
    assert content(read(papers.published(bundled_paper, swap=True))) == content(bundled)


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def cedilla(text: str) -> str:
    return text.translate(str.maketrans("șȘțȚ", "şŞţŢ"))


def wrapped(text: str, width: int) -> str:
    def fill(line: str) -> str:
        pieces = textwrap.wrap(
            line, width, break_long_words=False, expand_tabs=False, replace_whitespace=False
        )
        return "\n".join(pieces) if len(line) > width else line

    return "\n".join(fill(line) for line in text.split("\n"))


HEADS = re.compile(
    r"(Descriere|Obiectiv general|Context și problema vizată|Posibili actori implicați|Relevanță \w+|"
    r"Rezultate țintite|Calendar estimativ|Acțiuni):"
)


def numbered_pages(text: str) -> str:
    """The text with `Pagina 3 din 9` in every fourth gap."""
    parts = text.split("\n\n")
    for at in range(4, len(parts), 4):
        parts[at] = f"Pagina {at // 4} din 9\n\n{parts[at]}"
    return "\n\n".join(parts)


VARIANTS = {
    "no diacritics": bare,
    "cedilla letters": cedilla,
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t),
    "Windows line ends": lambda t: t.replace("\n", "\r\n"),
    "lines of 60": lambda t: wrapped(t, 60),
    "lines of 80": lambda t: wrapped(t, 80),
    "paragraphs joined": lambda t: re.sub(r"(?<!\n)\n(?!\n)", " ", t),
    "one line": lambda t: t.replace("\n", " "),
    "no tabs": lambda t: " ".join(t.split()),
    "headings in capitals": lambda t: re.sub(
        r"(Descriere|Obiectiv general|Relevanță \w+|Rezultate țintite|Acțiuni):",
        lambda m: m[0].upper(),
        t,
    ),
    "double spaces": lambda t: t.replace(" ", "  "),
    "hard spaces": lambda t: t.replace(" ", "\u00a0"),
    "long dashes": lambda t: t.replace(" - ", " – "),
    "closed tags": lambda t: t.replace("\n\n", "</ul>\n\n"),
    "months in digits": lambda t: t.replace("aprilie 2022", "04.2022").replace("decembrie", "dec."),
    "lines of 35": lambda t: wrapped(t, 35),
    "lines of 72, decomposed": lambda t: wrapped(unicodedata.normalize("NFD", t), 72),
    "tabs after spaces": lambda t: t.replace("\t", " \t "),
    "tags in capitals": lambda t: re.sub(r"</?[a-z]+", lambda m: m[0].upper(), t),
    "tags escaped": lambda t: t.replace("<", "&lt;").replace(">", "&gt;"),
    "tags with hostile attributes": lambda t: t.replace(
        "<p>", '<p onclick="x()" data-a="A8: rău>">'
    ),
    "a script in every gap": lambda t: t.replace("\n\n", "\n<script>'A9: rău'</script>\n"),
    "zero bytes": lambda t: t.replace("in", "i\x00n"),
    "control characters": lambda t: t.replace(" de ", " \x07de "),
    "ligatures": lambda t: t.replace("fi", "ﬁ"),
    "marks of a symbol font": lambda t: re.sub("[→●]", "\uf0b7", t),
    "round marks": lambda t: re.sub("[→●]", "○", t),
    "dashes for marks": lambda t: re.sub("[→●]", "–", t),
    "headings with a dash": lambda t: HEADS.sub(r"\1 -", t),
    "headings in small letters": lambda t: HEADS.sub(lambda m: m[0].lower(), t),
    "wide colons": lambda t: t.replace(":", "："),
    "codes A.1.1.": lambda t: re.sub(r"A (\d\.\d)\.", r"A.\1.", t),
    "codes A1-1.": lambda t: re.sub(r"A (\d)\.(\d)\.", r"A\1-\2.", t),
    "codes without a letter": lambda t: re.sub(r"A (\d\.\d)\.", r"\1.", t),
    "codes in words": lambda t: re.sub(r"A (\d\.\d)\.", r"Acțiunea \1.", t),
    "commitments in Roman numbers": lambda t: re.sub(
        r"(?m)^((?:<p>)?)A(\d):",
        lambda m: f"{m[1]}Angajamentul {['', 'I', 'II', 'III', 'IV'][int(m[2])]}:",
        t,
    ),
    "page numbers": lambda t: numbered_pages(t),
    "no contents": lambda t: re.sub(r"Cuprins\n\n(?:\d\..*\n)+", "", t),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_reads_as_the_plan(
    name: str, bundled_paper, papers, read, bundled: PlanDocument
) -> None:
    made = read(VARIANTS[name](papers.published(bundled_paper)))
    assert content(made) == content(bundled)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso8859-2"])
def test_every_encoding(encoding: str, bundled_paper, papers, read, bundled: PlanDocument) -> None:
    text = papers.published(bundled_paper)
    if encoding in ("cp1250", "iso8859-2"):
        text = cedilla(text).replace("→", "*").replace("●", "*")
    assert content(read(text.encode(encoding))) == content(bundled)


def test_every_passage_stands_where_it_says(bundled_paper, papers, read) -> None:
    text = papers.published(bundled_paper)
    doc = read(text)
    for commitment in doc.commitments:
        things = (
            *commitment.actors,
            *commitment.targets,
            *commitment.actions,
            *commitment.relevance,
        )
        for one in (commitment, *things):
            assert one.evidence is not None
            pieces = (one.evidence.text or "").split(" […] ")
            assert [text[a:b] for a, b in one.evidence.spans] == pieces


def test_rows_cut_by_a_page_are_put_together_and_said(bundled_paper, papers, read) -> None:
    doc = read(papers.published(bundled_paper))
    cut = [one.where.split(" (")[0] for one in doc.warnings if "tăiată" in one.message]
    assert cut == ["A2, Relevanță națională", "A2, Rezultate țintite", "A3, Context și problemă"]
    assert doc.commitments[2].problem == (
        "Un alt paragraf de umplutură, care arată de ce lucrurile merg prea greu și nu se schimbă singure."
    )
    assert len(doc.commitments[1].relevance[3].evidence.spans) == 2
