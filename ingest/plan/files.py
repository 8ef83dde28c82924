"""Opens the document a plan was published as: text, Markdown, HTML, DOCX, ODT or PDF."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from ingest.plan.html_page import html_text
from ingest.plan.odt import odt_text
from ingest.plan.office import docx_text
from ingest.plan.pdf import pdf_text
from ingest.plan.records import PlanWarning, Source
from ingest.plan.tables import MOVED, arranged
from ingest.plan.text import Text, make_text
from ingest.readers.encoding import find_encoding
from ontology.errors import FileError, Said

MAX_BYTES = 64 << 20
MAX_CHARACTERS = 2_000_000
"""A plan has some ten thousand characters; what is a hundred times larger is no plan."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|body[\s>])", re.I)


@dataclass(frozen=True)
class Opened:
    """A document opened: its text, what it is, and what could not be opened of it."""

    text: Text = field(repr=False)
    source: Source
    warnings: tuple[PlanWarning, ...] = ()


def open_document(path: Path) -> Opened:
    """Opens a document by what it contains, not by its name. Raises FileError."""
    data = _bytes(path)
    kind = _kind(path, data)
    warnings: tuple[PlanWarning, ...] = ()
    hard, ragged = kind in ("docx", "odt", "html"), False
    if kind == "docx":
        raw, warnings = docx_text(path)
    elif kind == "odt":
        raw, warnings = odt_text(path)
    elif kind == "pdf":
        opened = pdf_text(path)
        raw, warnings = opened.text, opened.warnings
        hard, ragged = opened.exact, not opened.exact
    else:
        raw, warnings = _decoded(path)
        if kind == "html":
            raw, more = html_text(raw)
            warnings += more
    if len(raw) > MAX_CHARACTERS:
        raise _too_large(path)
    typed = kind in ("txt", "md")
    shaped = arranged(raw, hard=not typed)
    if typed and shaped != raw:
        warnings += (MOVED,)
    text = make_text(shaped, hard=hard, marked=typed, ragged=ragged)
    source = Source(path.name, kind, hashlib.sha256(data).hexdigest(), len(shaped))
    return Opened(text, source, warnings)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path)
        data = path.read_bytes()
    except OSError as error:
        raise FileError(
            Said("fișierul nu poate fi deschis", f"the file cannot be opened ({error.strerror})"),
            Said("Verificați calea și drepturile.", "Check the path and the permissions."),
            str(path),
        ) from None
    if not data.strip():
        raise FileError(
            Said("fișierul este gol", "the file is empty"),
            Said("Dați documentul publicat al planului.", "Give the published plan document."),
            str(path),
        )
    return data


def _kind(path: Path, data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return "odt" if b"application/vnd.oasis.opendocument.text" in data[:120] else "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        kind = "RTF" if data.startswith(b"{") else ".doc"
        raise FileError(
            Said(
                f"este un fișier {kind}, care nu se citește",
                f"it is a {kind} file, which is not read",
            ),
            Said("Salvați-l ca .docx sau .pdf.", "Save it as .docx or .pdf."),
            str(path),
        )
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or _HTML.search(data[:4096].replace(b"\x00", b"")):
        return "html"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _decoded(path: Path) -> tuple[str, tuple[PlanWarning, ...]]:
    """The text of a file; a line in another encoding than the rest is read in that, and said."""
    encoding = find_encoding(path)
    data = path.read_bytes()
    warnings: tuple[PlanWarning, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, odd = _by_lines(data, encoding)
        warnings = (
            PlanWarning(
                "codare",
                f"{odd} rânduri sunt în altă codare decât restul documentului: verificați literele.",
                f"{odd} lines are in another encoding than the rest: check their letters.",
            ),
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace(
        "\v", "\n"
    ), warnings


def _by_lines(data: bytes, encoding: str) -> tuple[str, int]:
    lines: list[str] = []
    odd = 0
    for line in data.split(b"\n"):
        for name in (encoding, "utf-8", "cp1250"):
            try:
                lines.append(line.decode(name))
                odd += name != encoding
                break
            except UnicodeDecodeError:
                continue
        else:
            lines.append(line.decode(encoding, errors="replace"))
            odd += 1
    return "\n".join(lines), odd


def _too_large(path: Path) -> FileError:
    return FileError(
        Said("fișierul este prea mare pentru un plan", "the file is too large for a plan"),
        Said(
            "Dați documentul planului, fără imagini și anexe (cel mult 64 MB).",
            "Give the plan itself, without images and annexes (64 MB at most).",
        ),
        str(path),
    )
