"""The documents kept beside their index: to show, to narrow, and to tell what changed."""

from __future__ import annotations

import json
import mmap
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.documents import Document
from graph.search.postings import Postings, write_postings
from graph.search.text import tokens

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

_TEXTS: Final = "documents.jsonl"
_ABOUT: Final = "about.json"


def facet(name: str, value: str) -> str:
    """A facet as it is compared: its name, and the folded words of the value."""
    return f"{name}:{' '.join(tokens(value.replace('_', ' ')))}"


def write(documents: Sequence[Document], folder: Path) -> None:
    """Puts the documents, in their order, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.zeros(len(documents) + 1, dtype=np.int64)
    rows: dict[str, list[int]] = defaultdict(list)
    with (folder / _TEXTS).open("wb") as file:
        for row, document in enumerate(documents):
            line = json.dumps(vars(document), ensure_ascii=False, default=dict)
            file.write(line.encode("utf-8", "replace") + b"\n")
            starts[row + 1] = file.tell()
            pairs = (("kind", document.kind), *document.facets)
            for key in {facet(name, value) for name, value in pairs}:
                rows[key].append(row)
    np.save(folder / "starts.npy", starts)
    keys = sorted(rows)
    write_postings(folder / "facets", [rows[key] for key in keys])
    at = {document.id: row for row, document in enumerate(documents)}
    links = [[at[id_] for id_ in document.linked if id_ in at] for document in documents]
    write_postings(folder / "links", links)
    about = {
        "ids": [document.id for document in documents],
        "digests": [document.digest() for document in documents],
        "facets": keys,
    }
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")


class Shelf:
    """The documents by row, the rows of each facet, and what each row is linked to (`links`)."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        self.ids: list[str] = about["ids"]
        self.digests: list[str] = about["digests"]
        self._row = {id_: row for row, id_ in enumerate(self.ids)}
        self._facets = {key: number for number, key in enumerate(about["facets"])}
        self._rows = Postings(folder / "facets")
        self.links = Postings(folder / "links")
        self._starts = np.load(folder / "starts.npy")
        with (folder / _TEXTS).open("rb") as file:
            size = (folder / _TEXTS).stat().st_size
            self._texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        self.of_kinds = lru_cache(maxsize=64)(self._of_kinds)
        self.rows_of_kinds = lru_cache(maxsize=64)(self._rows_of_kinds)
        self.document = lru_cache(maxsize=1_000)(self._document)

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, id_: str) -> int | None:
        """The row of an id."""
        return self._row.get(id_)

    def rows(self, ids: Sequence[str] | frozenset[str]) -> Rows:
        """The rows of the ids that are here, in order."""
        found = (self._row[id_] for id_ in ids if id_ in self._row)
        return np.array(sorted(found), dtype=np.int64)

    def having(self, name: str, value: str) -> Rows:
        """The rows with a facet's value."""
        number = self._facets.get(facet(name, value))
        return np.empty(0, np.int64) if number is None else self._rows.rows(number).astype(np.int64)

    def mask(self, rows: Rows) -> Mask:
        """True for the rows given (n,)."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[rows] = True
        return found

    def _of_kinds(self, kinds: frozenset[str]) -> Mask:
        """True for every row of the kinds (n,)."""
        found = np.zeros(len(self), dtype=np.bool_)
        for kind in kinds:
            found[self.having("kind", kind)] = True
        return found

    def _rows_of_kinds(self, kinds: frozenset[str]) -> Rows:
        """Every row of the kinds, in order."""
        return np.flatnonzero(self._of_kinds(kinds))

    def _document(self, row: int) -> Document:
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        values = json.loads(self._texts[start:end])
        for name in ("aliases", "codes", "topics", "linked"):
            values[name] = tuple(values[name])
        values["facets"] = tuple((name, value) for name, value in values["facets"])
        return Document(**values)
