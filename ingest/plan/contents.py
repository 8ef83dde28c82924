"""The list of contents: which numbered sections it promises, and where it stands."""

from __future__ import annotations

import re

from ingest.plan.headings import SECTIONS
from ingest.plan.text import Text

_CONTENTS = re.compile(
    r"(?:^|\s)(?P<n>\d)\s?[.)]\s?(?P<title>[a-z][^\n\t\f]{4,90}?)[\s.…_]*[\t\s.…_]\s?(?P<page>\d{1,3})(?=\s|$)"
)


def section_titles(text: Text) -> list[tuple[int, str]]:
    """The numbered sections that the table of contents lists."""
    start = text.fold.find("cuprins")
    if not 0 <= start < 20_000:
        return []
    found: list[tuple[int, str]] = []
    for match in _CONTENTS.finditer(text.fold, start + 7, start + 1500):
        if int(match["n"]) != len(found) + 1:
            break
        found.append((len(found) + 1, match["title"].rstrip(" .…_")))
    return max(_contents_lines(text, start + 7), found, key=len)


def all_titles(text: Text) -> list[tuple[int, str]]:
    """The sections of the contents list, and those of the template that it does not name."""
    found = section_titles(text)
    listed = {title for _, title in found}
    return found + [(n, title) for n, title in enumerate(SECTIONS, 1) if title not in listed]


def _contents_lines(text: Text, at: int) -> list[tuple[int, str]]:
    """The sections of a contents list without page numbers: lines numbered from 1 that come again."""
    found: list[tuple[int, str]] = []
    for block in text.blocks((at, min(len(text.clean), at + 1500))):
        match = re.fullmatch(r"(\d)\s?[.)]\s?([a-z][^\n\t\f]{4,90})", text.folded(block))
        if match is None or int(match[1]) != len(found) + 1:
            break
        found.append((len(found) + 1, match[2].rstrip(" .…_")))
    return found if len(found) > 1 else []


def in_contents(text: Text, at: int) -> bool:
    """Whether a page number follows: the title that ends at `at` is an entry of the list."""
    return re.match(r"[\s.…_]*[\t .…_]\d{1,3}(?=\s|$)", text.fold[at : at + 120]) is not None
