"""The text of a DOCX, PDF, HTML or plain document: paragraphs as lines, cells between tabs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import docx
import pypdf
from bs4 import BeautifulSoup
from docx.table import Table as DocxTable
from lxml.etree import LxmlError

from ingest.readers.archive import check_markup, damaged, open_archive
from ingest.readers.encoding import find_encoding
from ingest.readers.rows import file_error

MAX_TEXT = 64 << 20
"""Bytes of a document that is held in memory."""

_MAX_PAGES = 2_000


def read_text(path: Path) -> str:
    """The text of a docx, pdf, html, md or txt file. Raises FileError.

    Paragraphs stand on lines of their own; the cells of a table row are separated by tabs.
    Characters are as in the document: tidying is the caller's.
    """
    if not path.exists():
        raise missing(path)
    if path.stat().st_size > MAX_TEXT:
        raise file_error(
            path,
            "documentul are peste 64 MB",
            "the document exceeds 64 MB",
            "Împărțiți documentul.",
            "Split the document.",
        )
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"%PDF"):
        return _pdf(path)
    if head.startswith(b"PK"):
        return _docx(path)
    text = path.read_bytes().decode(find_encoding(path), "replace")
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        return BeautifulSoup(text, "lxml").get_text("\n")
    return text


def missing(path: Path) -> Exception:
    """There is no such file."""
    return file_error(
        path,
        "fișierul nu există",
        "there is no such file",
        "Verificați calea.",
        "Check the path.",
    )


def _docx(path: Path) -> str:
    with open_archive(path) as archive:
        if "word/document.xml" not in archive.namelist():
            raise damaged(path)
        check_markup(path, archive, "word/document.xml")
    try:
        document = docx.Document(str(path))
        return "\n".join(_block(item) for item in document.iter_inner_content())
    except (LxmlError, KeyError, ValueError, OSError, AttributeError):
        raise damaged(path) from None


def _block(item: Any) -> str:
    if isinstance(item, DocxTable):
        return "\n".join("\t".join(cell.text for cell in row.cells) for row in item.rows)
    return str(item.text)


def _pdf(path: Path) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise file_error(
                path,
                "fișierul este protejat cu parolă",
                "the file is protected by a password",
                "Salvați-l fără parolă.",
                "Save it without a password.",
            )
        if len(reader.pages) > _MAX_PAGES:
            raise file_error(
                path,
                f"documentul are peste {_MAX_PAGES} de pagini",
                f"the document has over {_MAX_PAGES} pages",
                "Împărțiți documentul.",
                "Split the document.",
            )
        return "\n".join(page.extract_text() for page in reader.pages)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, OSError, RecursionError):
        raise damaged(path) from None
