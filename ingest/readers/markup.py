"""Reads XML as a stream: bombs refused, memory bounded, names without namespaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree
from lxml.etree import _Element as Element

from ingest.readers.archive import damaged, entities, refusing
from ingest.readers.rows import file_error
from ontology.errors import FileError

__all__ = ["Element", "attribute", "each", "local", "trail", "trails"]

_BLOCK = 1 << 18
_MAX_BETWEEN = 64 << 20
"""Bytes that may pass before the next element that is looked for ends: they are held in memory."""

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Entities are never resolved, nothing is loaded from elsewhere, depth and sizes are limited."""


def local(tag: object) -> str:
    """A tag or attribute name without its namespace."""
    return str(tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """The value of an attribute whatever its namespace; `""` when there is none."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return str(value)
    return ""


def trail(element: Element) -> tuple[str, ...]:
    """The names from the root down to an element."""
    names = [local(element.tag), *(local(one.tag) for one in element.iterancestors())]
    return tuple(reversed(names))


def each(
    path: Path, source: IO[bytes], tag: str, wanted: Callable[[Element], bool] | None = None
) -> Iterator[Element]:
    """Every whole element called `tag` (that is `wanted`), freed as soon as the next is asked for.

    A document type is refused outright. Raises FileError for markup that is broken, nested too
    deep, or holds too much between two such elements.
    """
    parser = etree.XMLPullParser(events=("end",), tag="{*}" + tag, **_SAFE)
    with refusing(path):
        try:
            yield from _fed(path, source, parser, wanted)
        except etree.XMLSyntaxError as error:
            raise _broken(path, error) from None


def _fed(
    path: Path, source: IO[bytes], parser: Any, wanted: Callable[[Element], bool] | None
) -> Iterator[Element]:
    between, first = 0, True
    while block := source.read(_BLOCK):
        parser.feed(block)
        between += len(block)
        for _, element in parser.read_events():
            if first:
                _refuse_doctype(path, element)
                first = False
            if wanted is None or wanted(element):
                between = 0
                yield element
                _free(element)
        if between > _MAX_BETWEEN:
            raise damaged(path)
    root = parser.close()
    _refuse_doctype(path, root)


def _refuse_doctype(path: Path, element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise entities(path)


def _free(element: Element) -> None:
    """Lets go of an element and of all before it; the parser may still touch the element itself."""
    element.clear()
    for one in (element, *element.iterancestors()):
        parent = one.getparent()
        while parent is not None and (before := one.getprevious()) is not None:
            parent.remove(before)


def trails(path: Path, source: IO[bytes]) -> Iterator[tuple[str, ...]]:
    """The place of every element from the root, in document order."""
    names: list[str] = []
    with refusing(path):
        try:
            events: Iterator[tuple[str, Element]] = iter(
                etree.iterparse(source, events=("start", "end"), **_SAFE)
            )
            for event, element in events:
                if event == "start":
                    if not names:
                        _refuse_doctype(path, element)
                    names.append(local(element.tag))
                    yield tuple(names)
                else:
                    names.pop()
                    _free(element)
        except etree.XMLSyntaxError as error:
            raise _broken(path, error) from None


def _broken(path: Path, error: etree.XMLSyntaxError) -> FileError:
    line, column = error.position
    return file_error(
        path,
        f"XML greșit la linia {line}, coloana {column}",
        f"broken XML at line {line}, column {column}",
        "Descărcați fișierul din nou sau corectați locul.",
        "Download the file again, or correct the spot.",
    )
