"""The text of an OpenDocument text (LibreOffice) in reading order, tables as lines with tabs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from ingest.plan import unseen
from ingest.plan.html_page import Writer
from ingest.plan.office import unreadable
from ingest.plan.records import PlanWarning
from ingest.readers.archive import check_markup, open_archive

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_DEPTH = 60
_SKIPPED = frozenset((f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content-source", f"{_TEXT}sequence-decls"))  # fmt: skip
_PARAGRAPHS = frozenset((f"{_TEXT}p", f"{_TEXT}h"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_MOST_SPACES = 200


def odt_text(path: Path) -> tuple[str, tuple[PlanWarning, ...]]:
    """The paragraphs, lists and tables of an OpenDocument text, and notes about its footnotes.

    Raises FileError.
    """
    with open_archive(path) as archive:
        if "content.xml" not in archive.namelist():
            raise unreadable(path)
        check_markup(path, archive, "content.xml")
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            body = etree.fromstring(archive.read("content.xml"), parser).find(f".//{_OFFICE}text")
        except (etree.XMLSyntaxError, ValueError):
            raise unreadable(path) from None
    if body is None:
        raise unreadable(path)
    reader = _Reader()
    reader.walk(body, 0)
    return reader.out.done(), tuple(unseen.footnotes(reader.notes))


@dataclass
class _Reader:
    """Writes what a document's elements hold."""

    out: Writer = field(default_factory=Writer)
    notes: list[str] = field(default_factory=list)
    _counters: list[int] = field(default_factory=list)

    def walk(self, parent: _Element, depth: int) -> None:
        """Everything under an element, in reading order."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                continue
            if child.tag in _PARAGRAPHS:
                self._paragraph(child)
            elif depth >= _MOST_DEPTH:
                for deep in child.iter(*_PARAGRAPHS):
                    self._paragraph(deep)
            elif child.tag == f"{_TABLE}table":
                self._table(child, depth)
            elif child.tag in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                self.out.line()
                self.out.text("- ")
                self.walk(child, depth + 1)
            else:
                self.walk(child, depth + 1)

    def _paragraph(self, paragraph: _Element) -> None:
        for number, line in enumerate(self._words(paragraph).split("\n")):
            if number:
                self.out.line()
            self.out.text(line)
        self.out.line()

    def _words(self, paragraph: _Element) -> str:
        found: list[str] = [paragraph.text or ""]
        for child in paragraph:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == f"{_TEXT}note":
                body = child.find(f"{_TEXT}note-body")
                self.notes.append(_all(body) if body is not None else "")
            elif tag == f"{_TEXT}s":
                found.append(" " * min(_MOST_SPACES, _count(child.get(f"{_TEXT}c"))))
            elif tag == f"{_TEXT}tab":
                found.append(" ")
            elif tag == f"{_TEXT}line-break":
                found.append("\n")
            elif tag and tag not in _SKIPPED:
                found.append(_all(child))
            found.append(child.tail or "")
        return "".join(found)

    def _table(self, table: _Element, depth: int) -> None:
        self.out.line(gap=True)
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table"), None) is not table:
                continue
            for number, cell in enumerate(one for one in row if one.tag in _CELLS):
                if number:
                    self.out.cell()
                self.walk(cell, depth + 1)
            self.out.line(gap=True)


def _count(written: str | None) -> int:
    return int(written) if written is not None and written.isdigit() else 1


def _all(element: _Element) -> str:
    return "".join(str(words) for words in element.itertext())
