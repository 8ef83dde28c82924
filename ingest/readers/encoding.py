"""Finds how a text file is encoded, and decodes it block by block, tidied for Romanian."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from ingest.readers.rows import file_error

BLOCK = 1 << 18
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1250", "iso8859-2", "iso8859-16", "mac_romanian")
_LETTERS = frozenset("ăâîșțşţĂÂÎȘȚŞŢáéíóöőúüűÁÉÍÓÖŐÚÜŰäßÄčćđšžČĆĐŠŽ„”“’–—…«»€°§")
"""Letters and marks of the languages written in the Banat; others speak against an encoding."""


def find_encoding(path: Path) -> str:
    """The encoding of a text file, from its byte-order mark, its validity, or its letters.

    Reads the file once, in blocks. UTF-8 with damaged bytes, or with lines of another encoding
    among its own, stays UTF-8: those rows are refused later, one by one. Raises FileError when nothing fits.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        if (wide := _wide(head)) is not None:
            return wide
        if _is_utf8(file):
            return "utf-8"
        good, bad = _utf8_score(file)
        if 2 * good > bad:  # letters of an 8-bit encoding hardly ever make two valid bytes of UTF-8
            return "utf-8"
        return _legacy(path, file)


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: of mostly Latin text, every other byte is zero, or three of four."""
    if len(head) < 8:
        return None
    zeros = [head[start::4].count(0) / max(1, len(head[start::4])) for start in range(4)]
    if min(zeros[2:]) > 0.98 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:2]) > 0.98 and zeros[3] < 0.1:
        return "utf-32-be"
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_score(file: BinaryIO) -> tuple[int, int]:
    """How many letters beyond ASCII decode as UTF-8, and how many bytes do not."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    file.seek(0)
    good = bad = 0
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        if not text.isascii():
            wrong = len(re.findall("[\udc80-\udcff]", text))
            bad += wrong
            good += len(re.findall(r"[^\x00-\x7f]", text)) - wrong
    bad += len(decoder.decode(b"", final=True))
    return good, bad


def _legacy(path: Path, file: BinaryIO) -> str:
    """The 8-bit encoding under which the file's high bytes are letters people here write."""
    counts: Counter[int] = Counter()
    sample = b""
    file.seek(0)
    while block := file.read(BLOCK):
        high = re.sub(rb"[\x00-\x7f]+", b"", block)
        counts.update(high)
        if high and len(sample) < 4 * BLOCK:
            sample += block
    scores = {name: _letter_score(name, counts) for name in _LEGACY}
    best = max(_LEGACY, key=lambda name: scores[name])
    if scores[best] > 0:
        return best
    guess = from_bytes(sample).best()
    if guess is None:
        raise file_error(
            path,
            "nu se poate afla codarea fișierului",
            "the encoding of the file cannot be found",
            "Salvați-l ca UTF-8 sau declarați encoding.",
            "Save it as UTF-8, or declare its encoding.",
        )
    return guess.encoding


def _letter_score(name: str, counts: Counter[int]) -> int:
    score = 0
    for byte, times in counts.items():
        letter = bytes([byte]).decode(name, "replace")
        score += times if letter in _LETTERS else -10 * times if letter < "\xa0" else -times
    return score


_CONTROL = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile("[ \u00a0\u2007\u202f]+")
_CEDILLAS = (("ş", "ș"), ("Ş", "Ș"), ("ţ", "ț"), ("Ţ", "Ț"))


_ORDINARY = bytes([9, 10, 13, *range(0x20, 0x7F)])
_STRAY = re.compile(rb"\x00|\xed[\xa0-\xbf]")
"""Zero bytes, and bytes outside the encoding (they were decoded to lone surrogates)."""

_ODD = re.compile(
    rb"[\x01-\x1f\x7f]"  # control characters
    rb"|\xc2[\x80-\xa0\xad]"  # more of them, the no-break space, the soft hyphen
    rb"|\xc5[\x9e\x9f\xa2\xa3]"  # letters with a cedilla
    rb"|\xcc[\x80-\xbf]|\xcd[\x80-\xaf]"  # combining marks
    rb"|\xe2\x80[\x87\x8b-\x8f\xaa-\xaf]|\xe2\x81[\xa0-\xa9]|\xef\xbb\xbf"  # invisible ones
)


def tidy_block(text: str) -> tuple[str, bool]:
    """What `ontology.kinds.tidy` does to a cell, done to many lines at once; and whether it holds
    zero bytes or bytes outside the encoding.

    Zero bytes, tabs, line breaks and the edges of cells stay: the reader needs them. Text that is
    tidy is recognised by what is left of it without ordinary ASCII: a twentieth, in Romanian.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    damaged = bool(rest) and _STRAY.search(rest) is not None
    if "  " not in text and not (rest and _is_odd(rest)):
        return text, damaged
    text = unicodedata.normalize("NFC", text)
    for cedilla, comma in _CEDILLAS:
        text = text.replace(cedilla, comma)
    return _SPACES.sub(" ", _CONTROL.sub("", text)), damaged


def _is_odd(rest: bytes) -> bool:
    if _ODD.search(rest):
        return True
    return not unicodedata.is_normalized("NFC", rest.decode("utf-8", "surrogatepass"))


def has_strays(text: str) -> bool:
    """Whether the text holds bytes that were outside the file's encoding."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def blocks(path: Path, encoding: str) -> Iterator[str]:
    """The decoded text of a file in blocks; a byte outside the encoding stays a lone surrogate."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    except LookupError:
        raise file_error(
            path,
            f"codarea „{encoding}” nu există",
            f"there is no encoding '{encoding}'",
            "Scrieți utf-8, windows-1250 sau iso-8859-2.",
            "Write utf-8, windows-1250 or iso-8859-2.",
        ) from None
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                yield decoder.decode(block)
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise file_error(
                path,
                f"fișierul nu este în codarea {encoding}, sau este trunchiat",
                f"the file is not in {encoding}, or is cut short",
                "Salvați-l din nou, ca UTF-8.",
                "Save it again, as UTF-8.",
            ) from None
