"""Opens the zip archives that office files are, and refuses those that unpack into too much."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from defusedxml import DefusedXmlException

from ingest.readers.rows import file_error
from ontology.errors import FileError

MAX_MEMBER = 4 << 30
"""Bytes that one member may unpack into."""

MAX_TOTAL = 6 << 30
"""Bytes that the whole archive may unpack into."""

MAX_HELD = 512 << 20
"""Bytes of a member that has to be held in memory whole."""

MAX_RATIO = 250
"""A member over 8 MiB that shrank more than this is no table: sheets shrink 5 to 60 times."""

_RATIO_FLOOR = 8 << 20
_MAX_MEMBERS = 10_000
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)


_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
"""What zipfile raises on damaged archives; all mean the same to the user."""


@contextmanager
def refusing(path: Path, *more: type[Exception]) -> Iterator[None]:
    """Turns what libraries raise on damaged files (and `more`) into a FileError in plain words."""
    broken: tuple[type[Exception], ...] = (*_BROKEN, *more)
    try:
        yield
    except DefusedXmlException:
        raise entities(path) from None
    except broken:
        raise damaged(path) from None


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, after its declared sizes are checked. Raises FileError.

    Python reads no more of a member than its declared size, so a lie there is found as damage.
    """
    with refusing(path):
        archive = zipfile.ZipFile(path)
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
        raise _bomb(path, archive)
    for member in members:
        if member.flag_bits & 1:
            archive.close()
            raise file_error(
                path,
                "fișierul este protejat cu parolă",
                "the file is protected by a password",
                "Salvați-l fără parolă.",
                "Save it without a password.",
            )
        packed = max(member.compress_size, 1)
        swollen = member.file_size > _RATIO_FLOOR and member.file_size / packed > MAX_RATIO
        if member.file_size > MAX_MEMBER or swollen:
            raise _bomb(path, archive)
    return archive


def check_markup(path: Path, archive: zipfile.ZipFile, member: str) -> None:
    """Refuses a member with a document type: office files have none, entity bombs do."""
    with refusing(path), archive.open(member) as file:
        if _DOCTYPE.search(file.read(65_536)):
            raise entities(path)


def held(path: Path, archive: zipfile.ZipFile, member: str) -> bytes:
    """A member's bytes, when they may be held in memory. Raises FileError."""
    if archive.getinfo(member).file_size > MAX_HELD:
        raise _bomb(path, archive)
    with refusing(path):
        return archive.read(member)


def damaged(path: Path) -> FileError:
    """The file is cut short or is not what its name says."""
    return file_error(
        path,
        "fișierul este deteriorat, incomplet sau de alt tip decât arată numele",
        "the file is damaged, incomplete, or not of the type its name says",
        "Deschideți-l în programul lui și salvați-l din nou.",
        "Open it in its own program and save it again.",
    )


def entities(path: Path) -> FileError:
    """The markup declares a document type or entities."""
    return file_error(
        path,
        "fișierul XML declară entități, ceea ce aici nu este permis",
        "the XML declares entities, which is not allowed here",
        "Salvați-l fără DOCTYPE.",
        "Save it without a DOCTYPE.",
    )


def _bomb(path: Path, archive: zipfile.ZipFile) -> FileError:
    archive.close()
    return file_error(
        path,
        "arhiva s-ar desface în mult mai mulți octeți decât are un tabel (arhivă-capcană)",
        "the archive would unpack into far more bytes than a table has (a zip bomb)",
        "Salvați tabelul din nou, sau ca CSV.",
        "Save the table again, or as CSV.",
    )
