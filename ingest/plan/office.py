"""The text of a Word document in reading order, tables as lines with tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from lxml.etree import _Element

from ingest.plan import unseen
from ingest.plan.html_page import Writer
from ingest.plan.records import PlanWarning
from ingest.plan.word_lists import WordLists
from ingest.readers.archive import check_markup, open_archive
from ontology.errors import FileError, Said

_MAX_DEPTH = 40
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")
_RUN, _BOX = qn("w:r"), qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_APART = frozenset((qn("w:moveFrom"), _BOX, _FALLBACK))
"""What stands in a paragraph and is not of it: what was moved away, a text box, and its copy for old programs."""
_NOTES = re.compile(r"/(?:foot|end)notes\.xml$")
_TAB_STOPS = qn("w:tabs")
_MERGED = qn("w:vMerge")
_HIDDEN = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:sectPr"))
)


def docx_text(path: Path) -> tuple[str, tuple[PlanWarning, ...]]:
    """The paragraphs and tables of a Word document in reading order, and notes about what it hides.

    Raises FileError.
    """
    with open_archive(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        if "word/document.xml" not in names:
            raise unreadable(path)
        for name in names:
            check_markup(path, archive, name)
    try:
        document = docx.Document(str(path))
        body, styles = document.element.body, document.styles.element
        parts = [one.target_part for one in document.part.rels.values() if not one.is_external]
        numbering = next((one.element for one in parts if isinstance(one, NumberingPart)), None)
        lists = WordLists.of(numbering, styles)
        below = [
            words for part in parts if _NOTES.search(part.partname) for words in _notes(part.blob)
        ]
    except Exception:  # python-docx, lxml and zipfile raise a dozen kinds for a damaged package
        raise unreadable(path) from None
    reader = _Reader(lists)
    reader.walk(body, 0)
    return reader.out.done(), (*unseen.hidden(reader.hidden), *unseen.footnotes(below))


def _notes(part: bytes) -> list[str]:
    """The words of each footnote; the first two of a document only draw the line above them."""
    notes = parse_xml(part).iter(qn("w:footnote"), qn("w:endnote"))
    return [" ".join(map(_words, note.iter(_PARAGRAPH))) for note in notes]


@dataclass
class _Reader:
    """Writes what a document's elements hold."""

    lists: WordLists
    hidden: list[str] = field(default_factory=list)
    out: Writer = field(default_factory=Writer)

    def walk(self, parent: _Element, depth: int) -> None:
        """Everything under an element, in reading order."""
        for child in parent:
            if child.tag in _HIDDEN or not isinstance(child.tag, str):
                continue
            if child.tag == _PARAGRAPH:
                self._paragraph(child, depth)
            elif child.tag == _TABLE and depth < _MAX_DEPTH:
                self._table(child, depth)
            elif depth < _MAX_DEPTH:
                self.walk(child, depth + 1)
            else:
                for deep in child.iter(_PARAGRAPH):
                    self._paragraph(deep, depth)

    def _paragraph(self, paragraph: _Element, depth: int) -> None:
        self._lines(paragraph)
        for box in paragraph.iter(_BOX):
            if depth < _MAX_DEPTH and not _within(box, paragraph, _APART):
                self.walk(box, depth + 1)

    def _lines(self, paragraph: _Element) -> None:
        words = _words(paragraph)
        if not words.strip():
            self.out.line()
            return
        hidden = [run for run in paragraph.iter(_RUN) if _is_hidden(run)]
        if hidden:
            self.hidden.append("".join(t.text or "" for run in hidden for t in run.iter(_TEXT)))
        lines = words.split("\n")
        self.out.text(self.lists.mark(paragraph) + lines[0])
        for line in lines[1:]:
            self.out.line()
            self.out.text(line)
        self.out.line()

    def _table(self, table: _Element, depth: int) -> None:
        self.out.line(gap=True)
        for row in table.iter(_ROW):
            if next((a for a in row.iterancestors(_TABLE)), None) is not table:
                continue
            cells = [c for c in row.iter(_CELL) if next(c.iterancestors(_ROW), None) is row]
            for number, cell in enumerate(cells):
                if number:
                    self.out.cell()
                merged = next(cell.iter(_MERGED), None)
                if merged is None or merged.get(qn("w:val")) == "restart":
                    self.walk(cell, depth + 1)
            self.out.line(gap=True)


def _words(paragraph: _Element) -> str:
    found: list[str] = []
    for element in paragraph.iter(_TEXT, _TAB, _BREAK, _HYPHEN):
        if _within(element, paragraph, _APART):
            continue
        if element.tag == _TEXT:
            found.append(element.text or "")
        elif (parent := element.getparent()) is None or parent.tag != _TAB_STOPS:
            found.append({_TAB: " ", _BREAK: "\n", _HYPHEN: "-"}[element.tag])
    return "".join(found)


def _within(element: _Element, paragraph: _Element, tags: frozenset[str]) -> bool:
    """Whether one of `tags` lies between an element and its paragraph."""
    for above in element.iterancestors():
        if above is paragraph:
            return False
        if above.tag in tags:
            return True
    return False


def _is_hidden(run: _Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def unreadable(path: Path) -> FileError:
    """The error for a package that cannot be opened."""
    return FileError(
        Said("documentul este deteriorat sau nu este DOCX/ODT/PDF", "the document is damaged or is no DOCX/ODT/PDF"),
        Said("Descărcați-l din nou sau salvați-l din nou ca .docx ori .pdf.",
             "Download it again, or save it again as .docx or .pdf."),
        str(path),
    )  # fmt: skip
