"""Reads the repeated elements of an XML document as rows, streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.readers.flatten import column_names, completed, flatten
from ingest.readers.markup import drop, local, walk
from ingest.readers.rows import BadRow, Row, Table, bad_row, file_error, place
from ontology.errors import RowError

_MAX_RECORD = 100_000
"""Elements inside one record."""


def read_xml(path: Path, *, records: str | None = None) -> Table:
    """The records of an XML document.

    `records` is their place from the root, dotted (`root.items.item`), or the element's name
    alone; without it they are the shallowest elements that repeat. Columns are the child
    elements' names, `@name` for attributes, dotted when nested. Raises FileError.
    """
    wanted = _place(path, records)
    columns = column_names(_stream(path, wanted))
    return Table(path, columns, lambda: completed(_stream(path, wanted), columns))


def _place(path: Path, records: str | None) -> tuple[str, ...]:
    counts = _count(path)
    if records:
        steps = tuple(records.strip("./").replace("/", ".").split("."))
        fitting = [trail for trail in counts if trail[-len(steps) :] == steps]
        if fitting:
            return min(fitting, key=len)
    else:
        repeated = [trail for trail, times in counts.items() if times > 1]
        if repeated:
            return min(repeated, key=lambda trail: (len(trail), -counts[trail]))
    shown = ", ".join(".".join(trail) for trail in list(counts)[:20])
    raise file_error(
        path,
        "nu se vede care element este o înregistrare",
        "it is not clear which element is a record",
        f"Declarați records; elementele sunt: {shown}.",
        f"Declare records; the elements are: {shown}.",
    )


def _count(path: Path) -> Counter[tuple[str, ...]]:
    """How often each place in the document occurs."""
    counts: Counter[tuple[str, ...]] = Counter()
    parents: list[Element] = []
    with path.open("rb") as source:
        for event, trail, element in walk(path, source):
            if event == "start":
                counts[tuple(trail)] += 1
                parents.append(element)
            else:
                parents.pop()
                drop(parents[-1] if parents else None, element)
    return counts


def _stream(path: Path, wanted: tuple[str, ...]) -> Iterator[Row | BadRow]:
    parents: list[Element] = []
    number, depth, inside = 0, len(wanted), 0
    with path.open("rb") as source:
        for event, trail, element in walk(path, source):
            if event == "start":
                parents.append(element)
                inside = inside + 1 if len(trail) > depth else 0
                if inside > _MAX_RECORD:
                    raise file_error(
                        path,
                        f"o înregistrare are peste {_MAX_RECORD} de elemente",
                        f"one record has over {_MAX_RECORD} elements",
                        "Declarați records.",
                        "Declare records.",
                    )
                continue
            parents.pop()
            if len(trail) == depth and tuple(trail) == wanted:
                number += 1
                yield _row(path.name, number, element)
            if len(trail) <= depth:
                drop(parents[-1] if parents else None, element)


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
