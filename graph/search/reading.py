"""Reads the catalogue's records into the documents of search, one after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from graph import heap
from graph.catalogue.base import Catalogue, Record
from graph.search.documents import Document
from graph.search.neighbours import (
    HAVE_A_PLACE,
    Neighbours,
    NeighboursWriter,
    is_text,
    name_of,
    strings,
)
from graph.search.text import LANGS, fold

MOST_NEIGHBOURS: Final = 24
"""How many linked names a document takes in, so that a hub does not match all it touches."""

_CODES: Final = ("code", "number", "edition", "year")
_AS_WRITTEN: Final = ("partnerNames", "city", "territory", "software")
_LINKING: Final = ("Membership", "Involvement")
_FACETS: Final = {"legalForm": "form", "year": "year", "place": "place", "status": "status"}


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    """Every text in both languages inside a value: single, many, or within parts."""
    if is_text(value):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The texts of each language as one, each sentence once."""
    by_lang: dict[str, dict[str, None]] = {lang: {} for lang in LANGS}
    for text in texts:
        for lang, said in text.items():
            if said and said.strip():
                by_lang[lang][said.strip()] = None
    return {lang: "\n".join(said) for lang, said in by_lang.items() if said}


def _own(value: Any) -> bool:
    """True for what a thing says about itself: a text or texts, not the texts of its parts."""
    return is_text(value) or (isinstance(value, list) and all(map(is_text, value)))


def _said(record: Record) -> tuple[dict[str, str], list[Mapping[str, str]]]:
    """What a thing says about itself, the description first; and the texts of its parts."""
    first = {"description": record.values.get("description"), **record.values}
    fields = [value for name, value in first.items() if name not in HAVE_A_PLACE]
    own = _joined(text for value in fields if _own(value) for text in _texts(value))
    return own, [text for value in fields if not _own(value) for text in _texts(value)]


def _codes(record: Record) -> tuple[str, ...]:
    written = [str(record.values[name]) for name in _CODES if record.values.get(name) is not None]
    written += [str(one["value"]) for one in record.values.get("identifiers") or ()]
    return tuple(dict.fromkeys(written))


def _facets(record: Record, topics: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [("topic", fold(topic)) for topic in topics]
    for name, facet in _FACETS.items():
        value = record.values.get(name)
        if value is not None and not isinstance(value, list | Mapping):
            every = (value, *record.also.get(name, ()))
            pairs += [(facet, fold(str(one).rpartition("/")[2])) for one in every]
    return tuple(dict.fromkeys(pairs))


def _document(row: int, record: Record, neighbours: Neighbours) -> Document:
    topics = tuple(topic.removeprefix("topic/") for topic in record.refs("topics"))
    as_written = [s for name in _AS_WRITTEN for s in strings(record.values.get(name))]
    activities, parts = _said(record)
    linked = neighbours.of(row)
    near = [neighbours.name(one) for one in linked[:MOST_NEIGHBOURS]]
    rest = _joined([*near, *({"ro": text} for text in as_written), *parts])
    return Document(
        id=record.id,
        kind=record.kind or "",
        name=name_of(record),
        aliases=tuple(dict.fromkeys(strings(record.values.get("altLabels")))),
        activities=activities,
        rest=rest,
        codes=_codes(record),
        topics=topics,
        facets=_facets(record, topics),
        linked=tuple(neighbours.ids[one] for one in linked),
    )


def _read(
    things: Callable[[], Iterable[Record]],
    links: Callable[[], Iterable[Record]],
    place: Path | None = None,
) -> Iterator[Document]:
    """A document for each thing, in their order: they are read three times, held never.

    Linked names are read from the records themselves, both ways: a call takes in its programme
    and funder, an organisation the titles of its projects.
    """
    with tempfile.TemporaryDirectory(prefix="resurse-search-", dir=place) as folder:
        writer = NeighboursWriter(Path(folder))
        writer.name(things())
        writer.link(things())
        writer.link(links())
        neighbours = writer.finish()
        heap.give_back()
        for row, record in enumerate(things()):
            yield _document(row, record, neighbours)


def documents_of(records: Iterable[Record]) -> list[Document]:
    """A document for every record of a kind, in order of id.

    Records without a kind (memberships, involvements) only link the things they hold together.
    """
    every = {record.id: record for record in records}.values()
    things = [record for record in every if record.kind is not None]
    things.sort(key=lambda record: record.id)
    links = [record for record in every if record.kind is None]
    return list(_read(lambda: things, lambda: links))


def documents(catalogue: Catalogue, place: Path | None = None) -> Iterator[Document]:
    """A document for every resource of a catalogue, in order of id.

    Their links wait in a folder inside `place` (the system's temporary folder, if none) meanwhile.
    """
    return _read(
        catalogue.scan,
        lambda: chain.from_iterable(catalogue.scan_type(name) for name in _LINKING),
        place,
    )
