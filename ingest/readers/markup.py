"""Walks XML as a stream: bombs refused, memory bounded, names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from ingest.readers.archive import damaged, refusing
from ingest.readers.rows import file_error
from ontology.errors import FileError

_MAX_DEPTH = 200


def local(tag: str) -> str:
    """A tag or attribute name without its namespace."""
    return tag.rpartition("}")[2]


def walk(path: Path, source: IO[bytes]) -> Iterator[tuple[str, list[str], Element]]:
    """Every element's start and end as (`start` or `end`, path from the root, element).

    The path list is reused: copy it to keep it. The caller clears what it has read by `drop`.
    Raises FileError for markup that is broken, too deep, or declares entities.
    """
    trail: list[str] = []
    with refusing(path):
        try:
            for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    trail.append(local(element.tag))
                    if len(trail) > _MAX_DEPTH:
                        raise damaged(path)
                    yield "start", trail, element
                else:
                    yield "end", trail, element
                    trail.pop()
        except ParseError as error:
            raise _broken(path, *error.position) from None


def _broken(path: Path, line: int, column: int) -> FileError:
    return file_error(
        path,
        f"XML greșit la linia {line}, coloana {column}",
        f"broken XML at line {line}, column {column}",
        "Descărcați fișierul din nou sau corectați locul.",
        "Download the file again, or correct the spot.",
    )


def drop(parent: Element | None, element: Element) -> None:
    """Frees an element that has been read."""
    element.clear()
    if parent is not None:
        parent.remove(element)
