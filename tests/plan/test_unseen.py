"""What a reader of the document does not see is read with a note, or named when it is not read."""

from __future__ import annotations

import io

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SPACES = (
    f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
LINES = ("A1: Titlu", "Descriere:", "Ceva pe larg.", "Rezultate țintite:", "Instruirea a 5 elevi")


def word_file(*more: str, notes: str = "") -> bytes:
    """A Word file of LINES, with more elements after the description, and footnotes."""
    document = docx.Document()
    for line in LINES:
        paragraph = document.add_paragraph(line)
        if line == LINES[2]:
            for xml in more:
                paragraph._p.append(parse_xml(xml))
    if notes:
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES,
            f"<w:footnotes {SPACES}>{notes}</w:footnotes>".encode(), document.part.package,
        )  # fmt: skip
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_a_page_marks_as_deleted_is_not_read_but_named(read) -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<!DOCTYPE html><html><body>{lines}</body></html>".replace(
        "5", "<del>9</del> <ins>5</ins>"
    )
    doc = read(page, "plan.html")
    assert [t.value for t in doc.commitments[0].targets] == [5]
    assert any("9" in w.message and w.where.startswith("text șters") for w in doc.warnings)


def test_a_text_box_is_read_once_and_apart(read) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>În cutie.</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        f'<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    doc = read(word_file(xml), "plan.docx")
    assert doc.commitments[0].description == "Ceva pe larg. În cutie."


def test_footnotes_are_named(read) -> None:
    notes = '<w:footnote w:id="1"><w:p><w:r><w:t>Numai clasa a noua.</w:t></w:r></w:p></w:footnote>'
    doc = read(word_file(notes=notes), "plan.docx")
    (note,) = [one for one in doc.warnings if one.where.startswith("notă de subsol")]
    assert "Numai clasa a noua." in note.message
    assert "not read" in (note.message_en or "")


def test_hidden_words_of_word_are_read_and_named(read) -> None:
    xml = f"<w:r {SPACES}><w:rPr><w:vanish/></w:rPr><w:t> Ascuns.</w:t></w:r>"
    doc = read(word_file(xml), "plan.docx")
    assert doc.commitments[0].description == "Ceva pe larg. Ascuns."
    assert [one.where for one in doc.warnings if "Ascuns" in one.message] == ["text ascuns 1"]


@pytest.mark.parametrize(
    ("tag", "hides"),
    [
        ("<p hidden>", True), ('<p class="x" hidden="">', True), ('<p style="color:red; display : none">', True),
        ("<p style='visibility:hidden'>", True), ('<p title="a hidden thing">', False), ('<p data-hidden="1">', False),
    ],
)  # fmt: skip
def test_what_a_page_hides_is_read_and_named(tag: str, hides: bool, read) -> None:
    page = f"<html><body><h2>A1: Titlu</h2><p>Descriere:</p><p>Ceva.</p>{tag}Mai scrie.</p></body></html>"
    doc = read(page, "plan.html")
    assert doc.commitments[0].description == "Ceva. Mai scrie."
    assert any(one.where == "text ascuns 1" for one in doc.warnings) == hides
