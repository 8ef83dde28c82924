"""The text of a Word document in reading order, tables as lines with tabs."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.plan.html_page import Writer
from ingest.readers.archive import check_markup, open_archive
from ontology.errors import FileError, Said

_MAX_DEPTH = 40
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")
_TAB_STOPS = qn("w:tabs")
_NUMBERED, _MERGED = qn("w:numPr"), qn("w:vMerge")
_HIDDEN = frozenset(map(qn, ("w:del", "w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:sectPr")))


def docx_text(path: Path) -> str:
    """The paragraphs and tables of a Word document, in reading order. Raises FileError."""
    with open_archive(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        if "word/document.xml" not in names:
            raise unreadable(path)
        for name in names:
            check_markup(path, archive, name)
    try:
        body = docx.Document(str(path)).element.body
    except Exception:  # python-docx, lxml and zipfile raise a dozen kinds for a damaged package
        raise unreadable(path) from None
    out = Writer()
    _walk(body, out, 0)
    return out.done()


def _walk(parent: _Element, out: Writer, depth: int) -> None:
    for child in parent:
        if child.tag in _HIDDEN or not isinstance(child.tag, str):
            continue
        if child.tag == _PARAGRAPH:
            _paragraph(child, out)
        elif child.tag == _TABLE and depth < _MAX_DEPTH:
            _table(child, out, depth)
        elif depth < _MAX_DEPTH:
            _walk(child, out, depth + 1)
        else:
            for deep in child.iter(_PARAGRAPH):
                _paragraph(deep, out)


def _paragraph(paragraph: _Element, out: Writer) -> None:
    words = _words(paragraph)
    if not words.strip():
        out.line()
        return
    listed = next(paragraph.iter(_NUMBERED), None) is not None
    lines = words.split("\n")
    out.text(("- " if listed else "") + lines[0])
    for line in lines[1:]:
        out.line()
        out.text(line)
    out.line()


def _words(paragraph: _Element) -> str:
    found: list[str] = []
    for element in paragraph.iter(_TEXT, _TAB, _BREAK, _HYPHEN):
        if element.tag == _TEXT:
            found.append(element.text or "")
        elif (parent := element.getparent()) is None or parent.tag != _TAB_STOPS:
            found.append({_TAB: " ", _BREAK: "\n", _HYPHEN: "-"}[element.tag])
    return "".join(found)


def _table(table: _Element, out: Writer, depth: int) -> None:
    out.line(gap=True)
    for row in table.iter(_ROW):
        if next((a for a in row.iterancestors(_TABLE)), None) is not table:
            continue
        cells = [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW), None) is row]
        for number, cell in enumerate(cells):
            if number:
                out.cell()
            merged = next(cell.iter(_MERGED), None)
            if merged is None or merged.get(qn("w:val")) == "restart":
                _walk(cell, out, depth + 1)
        out.line(gap=True)


def unreadable(path: Path) -> FileError:
    """The error for a package that cannot be opened."""
    return FileError(
        Said("documentul este deteriorat sau nu este DOCX/PDF", "the document is damaged or is no DOCX/PDF"),
        Said("Descărcați-l din nou sau salvați-l din nou ca .docx ori .pdf.",
             "Download it again, or save it again as .docx or .pdf."),
        str(path),
    )  # fmt: skip
