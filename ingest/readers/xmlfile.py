"""Reads the repeated elements of an XML document as rows, streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.flatten import column_names, completed, flatten
from ingest.readers.markup import Element, each, local, trail, trails
from ingest.readers.rows import BadRow, Row, Table, bad_row, bounded, file_error, place
from ontology.errors import RowError


def read_xml(path: Path, *, records: str | None = None) -> Table:
    """The records of an XML document.

    `records` is their place from the root, dotted (`root.items.item`), or the element's name
    alone; without it they are the shallowest elements that repeat. Columns are the child
    elements' names, `@name` for attributes, dotted when nested. Raises FileError.
    """
    wanted = _place(path, records)
    columns = bounded(path, column_names(_stream(path, wanted)))
    return Table(path, columns, lambda: completed(_stream(path, wanted), columns))


def _place(path: Path, records: str | None) -> tuple[str, ...]:
    counts = _count(path)
    if records:
        steps = tuple(records.strip("./").replace("/", ".").split("."))
        fitting = [place for place in counts if place[-len(steps) :] == steps]
        if fitting:
            return min(fitting, key=len)
    else:
        repeated = [place for place, times in counts.items() if times > 1]
        if repeated:
            return min(repeated, key=lambda place: (len(place), -counts[place]))
    shown = ", ".join(".".join(place) for place in list(counts)[:20])
    raise file_error(
        path,
        "nu se vede care element este o înregistrare",
        "it is not clear which element is a record",
        f"Declarați records; elementele sunt: {shown}.",
        f"Declare records; the elements are: {shown}.",
    )


def _count(path: Path) -> Counter[tuple[str, ...]]:
    """How often each place in the document occurs."""
    with path.open("rb") as source:
        return Counter(trails(path, source))


def _stream(path: Path, wanted: tuple[str, ...]) -> Iterator[Row | BadRow]:
    with path.open("rb") as source:
        found = each(path, source, wanted[-1], lambda element: trail(element) == wanted)
        for number, element in enumerate(found, 1):
            yield _row(path.name, number, element)


def _row(name: str, number: int, element: Element) -> Row | BadRow:
    content = _content(element)
    record = content if isinstance(content, dict) else {"text": content}
    try:
        return Row(number, flatten(record), place(name, number))
    except RowError as error:
        return bad_row(name, number, error.what, error.fix, column=error.column)


def _content(element: Element) -> object:
    """An element as text, or as its attributes, children and own text by name."""
    text = (element.text or "").strip()
    if len(element) == 0 and not element.attrib:
        return text
    made: dict[str, object] = {f"@{local(k)}": v for k, v in element.attrib.items()}
    groups: dict[str, list[object]] = {}
    for child in element:
        groups.setdefault(local(child.tag), []).append(_content(child))
        text = " ".join(filter(None, (text, (child.tail or "").strip())))
    for key, found in groups.items():
        made[key] = found[0] if len(found) == 1 else found
    if text:
        made["text" if "text" not in made else "#text"] = text
    return made
