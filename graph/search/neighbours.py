"""Which records are linked with which, both ways, kept in files while their documents are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

from graph.catalogue.base import Record
from graph.search.arrays import ArrayFile, mapped, mapped_text
from graph.search.documents import as_json
from graph.search.ids import Ids, IdsWriter, marks
from graph.search.postings import Postings, PostingsWriter
from graph.search.text import LANGS

HAVE_A_PLACE: Final = frozenset({"label", "altLabels", "topics", "identifiers"})
"""Fields that have a place of their own in a document."""
BATCH: Final = 1_024

_NAMES: Final = "names.jsonl"


def is_text(value: object) -> bool:
    """True for one text in one language or both."""
    return isinstance(value, Mapping) and bool(value) and value.keys() <= set(LANGS)


def strings(value: Any) -> Iterator[str]:
    """Every plain string inside a value, those of parts included, those of texts not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, Mapping) and not is_text(value):
        for name, inner in value.items():
            if name not in ("id", "type"):
                yield from strings(inner)


def name_of(record: Record) -> dict[str, str]:
    """What a record is called, by language; its id when nobody names it."""
    value = record.values.get("label")
    said = value if isinstance(value, Mapping) else {"ro": str(value)} if value else {}
    return {lang: text for lang, text in said.items() if lang in LANGS and text} or {
        "ro": record.id
    }


class NeighboursWriter:
    """Takes every record of a kind once for its id and name, then every record for its links."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._links = PostingsWriter(folder / "links")

    def name(self, records: Iterable[Record]) -> None:
        """Reads the ids and names of all records of a kind, in order of id."""
        ids = IdsWriter(self._folder / "ids")
        with (
            (self._folder / _NAMES).open("wb") as names,
            ArrayFile(self._folder / "starts.npy", np.int64) as starts,
        ):
            starts.append(np.zeros(1))
            coming = iter(records)
            while batch := list(islice(coming, BATCH)):
                ids.add([record.id for record in batch])
                ends = []
                for record in batch:
                    names.write(as_json(name_of(record)))
                    ends.append(names.tell())
                starts.append(np.array(ends))
        ids.finish()
        self._ids = Ids(self._folder / "ids")

    def link(self, records: Iterable[Record]) -> None:
        """Reads the links of records: of one of a kind with what it names; any other links what it
        names first with the rest.
        """
        coming = iter(records)
        while batch := list(islice(coming, BATCH)):
            said = [list(_named(record)) for record in batch]
            rows = iter(self._ids.of_marks(marks(chain.from_iterable(said))).tolist())
            pairs: list[tuple[int, int]] = []
            for record, texts in zip(batch, said, strict=True):
                ends = [row for row in islice(rows, len(texts)) if row >= 0]
                if record.kind is not None:
                    own = self._ids.row(record.id)
                elif ends:
                    own = ends.pop(0)
                pairs += [(own, end) for end in ends if own is not None and own != end]
            if pairs:
                both = np.array(pairs, dtype=np.int64)
                self._links.add(both.ravel(), both[:, ::-1].ravel())

    def finish(self) -> Neighbours:
        """Everything was read."""
        self._links.finish(len(self._ids))
        return Neighbours(self._folder, self._ids)


def _named(record: Record) -> Iterator[str]:
    """The strings of a record that may be ids."""
    for name, value in sorted(record.values.items()):
        if name not in HAVE_A_PLACE:
            yield from strings(value)


class Neighbours:
    """The rows each row is linked with, and the id and name of a row."""

    def __init__(self, folder: Path, ids: Ids) -> None:
        self.ids = ids
        self._links = Postings(folder / "links")
        self._starts = mapped(folder / "starts.npy")
        self._text = mapped_text(folder / _NAMES)

    def of(self, row: int) -> list[int]:
        """The rows a row is linked with, each once, in the order they were read."""
        return list(dict.fromkeys(self._links.rows(row).tolist()))

    def name(self, row: int) -> dict[str, str]:
        """The name of a row by language."""
        found: dict[str, str] = orjson.loads(self._text[self._starts[row] : self._starts[row + 1]])
        return found
