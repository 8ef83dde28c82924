"""The text of documents: paragraphs as lines, table cells between tabs."""

from __future__ import annotations

import docx
import pypdf
import pytest

from ingest.readers import read_text
from ontology.errors import FileError


def test_docx_paragraphs_and_tables_in_order(tmp_path):
    document = docx.Document()
    document.add_paragraph("Planul de acțiune")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "1", "Platformă deschisă"
    document.add_paragraph("Sfârșit")
    document.save(str(tmp_path / "t.docx"))
    assert read_text(tmp_path / "t.docx") == "Planul de acțiune\n1\tPlatformă deschisă\nSfârșit"


def test_pdf_pages(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.write(tmp_path / "t.pdf")
    assert read_text(tmp_path / "t.pdf") == ""


def test_plain_text_and_html(written):
    assert read_text(written("t.txt", "Oraşul Timişoara", "cp1250")) == "Oraşul Timişoara"
    assert read_text(written("t.html", "<h1>Plan<p>Unu<p>Doi")).split() == ["Plan", "Unu", "Doi"]


@pytest.mark.parametrize(
    ("name", "content"), [("t.docx", b"PK\x03\x04rest"), ("t.pdf", b"%PDF-1.7\n%%EOF")]
)
def test_damaged_documents_are_a_clear_refusal(written, name, content):
    with pytest.raises(FileError, match="damaged"):
        read_text(written(name, content))


def test_a_missing_document(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        read_text(tmp_path / "nu.pdf")
