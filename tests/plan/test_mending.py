"""A text that was damaged on its way reads as the plan it was, and the reviewer is told."""

from __future__ import annotations

import importlib.util
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan.mending import mend
from ingest.plan.mojibake import decoded_again


def _content():
    spec = importlib.util.spec_from_file_location(
        "plan_contents", Path(__file__).parent / "test_papers.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.content


content = _content()


def misread(text: str, encoding: str, times: int = 1) -> str:
    """UTF-8 read as another encoding, bytes that it lacks kept as they are."""
    for _ in range(times):
        text = "".join(
            bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode()
        )
    return text


def lines(text: str, mark) -> str:
    return "\n".join(mark(n, line) for n, line in enumerate(text.split("\n"), 1))


def paged(text: str, foot) -> str:
    """The text with a foot in every fifth gap."""
    parts = text.split("\n\n")
    for at in range(5, len(parts), 5):
        parts[at] = f"{foot(at // 5)}\n\n{parts[at]}"
    return "\n\n".join(parts)


DAMAGED = {
    "read as Windows-1252": (lambda t: misread(t, "cp1252"), "codare greșită"),
    "read as Windows-1250": (lambda t: misread(t, "cp1250"), "codare greșită"),
    "read as Latin-1": (lambda t: misread(t, "latin-1"), "codare greșită"),
    "read as DOS 852": (lambda t: misread(t, "cp852"), "codare greșită"),
    "read wrongly twice": (lambda t: misread(t, "cp1252", 2), "codare greșită"),
    "Windows-1250 read as Latin-1": (lambda t: t.translate(str.maketrans("ășțĂȘȚ", "ãºþÃªÞ")), "codare greșită"),
    "half of it read wrongly": (lambda t: t[:7000] + misread(t[7000:], "cp1250"), "codare greșită"),
    "quoted": (lambda t: lines(t, lambda _, one: f"> {one}"), None),
    "quoted twice": (lambda t: lines(t, lambda _, one: f">> {one}"), None),
    "every line commented": (lambda t: lines(t, lambda _, one: f"# {one}"), None),
    "every line numbered": (lambda t: lines(t, lambda n, one: f"{n:4}: {one}"), None),
    "in capitals": (str.upper, "numai cu majuscule"),
    "in small letters": (str.lower, "numai cu litere mici"),
    "a capital in every word": (str.title, "majusculă la fiecare cuvânt"),
    "page numbers between dashes": (lambda t: paged(t, lambda n: f"- {n} -"), None),
    "a running foot": (lambda t: paged(t, lambda n: f"Primăria | Pagina {n}"), "se repetă pe pagini"),
    "a running head": (lambda t: paged(t, lambda _: "PLAN LOCAL DE ACȚIUNE"), "se repetă pe pagini"),
    "letters as entities": (lambda t: t.encode("ascii", "xmlcharrefreplace").decode(), None),
    "entities escaped twice": (lambda t: re.sub("[ăâîșț]", lambda m: f"&amp;#{ord(m[0])};", t), None),
    "letters of double width": (lambda t: re.sub(r"[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), t), None),
    "codes with a Greek letter": (lambda t: re.sub(r"\bA(?= ?\d)", "\u0391", t), None),
    "zero bytes": (lambda t: t.replace(" ", " \x00"), None),
    "rows numbered": (lambda t: re.sub(r"(?m)^(?=<p>.*\t)", _counter(), t), None),
    "a column of dashes": (lambda t: re.sub(r"(?m)(?<=>)$", "\t-", t), None),
    "line ends of Markdown": (lambda t: re.sub(r"(?<=\S)\n(?=\S)", "\\\\\n", t), None),
}  # fmt: skip


def _counter():
    rows = iter(range(1, 1000))
    return lambda _: f"{next(rows)}\t"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_text_reads_as_the_plan_it_was(
    name: str, bundled_paper, papers, read, bundled
) -> None:
    damage, said = DAMAGED[name]
    text = damage(papers.published(bundled_paper))
    made = read(text)
    assert content(made) == content(bundled)
    assert said is None or any(said in one.message for one in made.warnings)
    for commitment in made.commitments:
        things = (*commitment.actors, *commitment.targets, *commitment.actions, *commitment.relevance)  # fmt: skip
        for one in (commitment, *things):
            pieces = (one.evidence.text or "").split(" […] ")
            assert [text[a:b] for a, b in one.evidence.spans] == pieces


def test_words_parted_at_line_ends_are_put_together(read) -> None:
    narrow = textwrap.dedent("""\
        A1: Titlu

        Descriere:

        Primăria vrea să afle ce gândesc locui-
        torii despre oraș și să le ducă propu-
        nerile în consiliu, prin ONG-
        uri și într-
        un dialog.

        Rezultate țintite:

        - Instruirea a cel puțin 20 de funcțio-
        nari
        """)
    commitment = read(narrow).commitments[0]
    assert commitment.description == (
        "Primăria vrea să afle ce gândesc locuitorii despre oraș și să le ducă propunerile în consiliu, "
        "prin ONG-uri și într-un dialog."
    )
    assert (commitment.targets[0].value, commitment.targets[0].counted) == (20, "funcționari")


def test_lost_letters_are_said(read) -> None:
    doc = read(
        "A1: Cre?terea implic?rii\nDescriere: Locuitorii sunt pu?in ?ntreba?i.\nAcțiuni:\n- A1.1 Hart?"
    )
    assert any("o literă s-a pierdut" in one.message for one in doc.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "Creșterea încrederii „orașului” – 3 %", "Ă\u00a0Ă\u00a0Ă\u00a0Ă", "Müller & Söhne, Bäckerei Straße",
        "Győr, Székelyföld, Łódź", "Тимишоара и Банат",
    ],
)  # fmt: skip
def test_letters_that_are_right_stay(text: str) -> None:
    assert decoded_again(text * 5) == []


@given(st.text(alphabet="aăȘ> \t\n-1.#&;p<*\\\x00\u00adÈ™\f", max_size=300), st.booleans())
def test_each_mended_character_keeps_its_place(raw: str, marked: bool) -> None:
    made = mend(raw, marked=marked)
    assert len(made.text) == len(made.at) == len(made.to)
    assert list(made.at) == sorted(made.at)
    assert all(0 <= a < b <= len(raw) for a, b in zip(made.at, made.to, strict=True))


def test_commas_without_the_space_behind_them_are_no_marks_of_letters() -> None:
    raw = "Se fac ghiduri,studii,proiect,harti,planuri,iar apoi teste si rapoarte.\n" * 30
    assert mend(raw).text.count("proiect,harti") == 30
    marked = "Oamenii au idei s,i proiecte s,colare, iar institut,iile le sprijin.\n" * 30
    assert mend(marked).text.count("idei și proiecte școlare, iar instituțiile") == 30
