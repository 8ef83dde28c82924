"""Nothing in a document breaks the reader: a plan, or a refusal with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.plan.markup import scan
from ingest.plan.read import read_text
from ingest.plan.records import Source
from ingest.plan.text import make_text
from ontology.errors import FileError

QUICK = settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def commitments(words: str, *, hard: bool = False) -> int:
    doc = read_text(make_text(words, hard=hard, marked=not hard), Source())
    doc.to_yaml()
    return len(doc.commitments)


@QUICK
@given(data=st.data())
def test_a_plan_cut_anywhere_is_read_as_far_as_it_goes(data, bundled_paper, papers) -> None:
    text = papers.published(bundled_paper)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert commitments(text[start:end]) <= 4


SCRAPS = st.sampled_from(
    ["<", ">", "</p>", "<td>", "\t", "\n\n", "\f", "(", ")", "A1:", "A 1.1. ", "12", "3%", "între 2 și ", "etc.",
     "\x00", "\u202e", "&amp;", "&#0;", "•", "→", '"', "<script>", "<!--", "ț", "Rezultate țintite:", "1.", "|"]
)  # fmt: skip


@QUICK
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 60), SCRAPS), max_size=40))
def test_a_plan_with_scraps_in_it_is_still_read(changes, bundled_paper, papers) -> None:
    text = papers.published(bundled_paper)
    for at, cut, scrap in changes:
        at %= len(text)
        text = text[:at] + scrap + text[at + cut :]
    commitments(text)


@QUICK
@given(st.text(max_size=400), st.booleans())
def test_any_text_is_read_or_holds_no_commitment(words: str, hard: bool) -> None:
    commitments(words, hard=hard)


@given(st.text(alphabet="<>/!-&;ap td\n\t\"'=#x0", max_size=300))
def test_markup_is_walked_in_order_and_once(words: str) -> None:
    last = 0
    for _, start, end, _ in scan(words):
        assert last <= start < end <= len(words)
        last = end


@given(st.text(max_size=300), st.booleans())
def test_every_character_is_traced_back(words: str, marked: bool) -> None:
    text = make_text(words, marked=marked)
    assert len(text.clean) == len(text.fold) == len(text.at) - 1
    assert list(text.at) == sorted(text.at)


@pytest.mark.parametrize(
    "words",
    [
        "<" * 40_000, "<div>" * 20_000 + "A1: x", "A1: t " * 3000, "A1: t\nActori: " + "(" * 20_000,
        "A1: t\nRezultate:\n" + "de la 2 " * 3000, "A1: t\nRezultate:\n" + "1" * 30_000,
        "A 2.l. x\n" * 20_000, "A1: t\nRezultate:\n" + "1 " * 20_000,
        "A1: t\nRezultate:\n" + "douăzeci și " * 3000, "A1: t\nActori: " + "Asociația X și " * 2000,
        "A1: t\nRelevanță locală: " + "strategia de " * 3000, "HCL nr. " * 5000 + "A1: t", "\t" * 40_000 + "A1: t",
        "<!--" * 20_000 + "A1: t", "<script>" * 20_000 + "A1: t", "A1: t\u0301" + "\u0301" * 40_000,
        "A1: " + "x" * 200_000, "A1: t\nAcțiuni: " + "A1.1. x " * 20_000,
    ],
)  # fmt: skip
def test_repetition_does_no_harm(words: str) -> None:
    assert commitments(words) <= 1


def test_scripts_are_dropped_and_entities_not_expanded(read) -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><html><body>'
        "<script>document.write('A9: rău')</script><style>A8: rău</style>"
        "<h1>A1: Titlu &amp; altceva</h1><p>Descriere: &lol2; ceva.</p></body></html>"
    )
    doc = read(page, "plan.html")
    assert [one.code for one in doc.commitments] == ["A1"]
    assert doc.commitments[0].title == "Titlu & altceva"
    assert "lollol" not in (doc.commitments[0].description or "")


def test_deep_nesting_is_flat_to_the_reader(read) -> None:
    page = "<table><tr><td>" * 5000 + "A1: Titlu" + "</td></tr></table>" * 5000
    assert read(page, "plan.html").commitments[0].title == "Titlu"


def _docx(document: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
        for name, body in more.items():
            archive.writestr(name, body)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_small_word_file_made_by_hand_is_read(read) -> None:
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("A1: Titlu", "Descriere:", "Ceva.")
    )
    inserted = "<w:p><w:ins><w:r><w:t>Rezultate țintite: 3 proiecte</w:t></w:r></w:ins></w:p>"
    doc = read(
        _docx(f"<w:document {WORD}><w:body>{body}{inserted}</w:body></w:document>"), "plan.docx"
    )
    assert doc.commitments[0].description == "Ceva."
    assert doc.commitments[0].targets[0].value == 3


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<w:document {WORD}><w:body><w:p><w:r><w:t>A1: &b;</w:t></w:r></w:p></w:body></w:document>",
        "<w:document><w:body>",
        "",
    ],
)
def test_entity_bombs_and_broken_packages_are_refused(document: str, read) -> None:
    with pytest.raises(FileError):
        read(_docx(document), "plan.docx")


def test_tables_in_tables_are_read_to_the_bottom(read) -> None:
    nest = (
        "<w:tbl><w:tr><w:tc>" * 60
        + "<w:p><w:r><w:t>A1: Titlu</w:t></w:r></w:p>"
        + "</w:tc></w:tr></w:tbl>" * 60
    )
    doc = read(_docx(f"<w:document {WORD}><w:body>{nest}</w:body></w:document>"), "plan.docx")
    assert doc.commitments[0].title == "Titlu"


def test_another_zip_is_refused(read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.txt", "A1: Titlu")
    with pytest.raises(FileError):
        read(out.getvalue(), "plan.docx")
