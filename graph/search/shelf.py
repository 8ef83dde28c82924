"""The documents kept beside their index: to show, to narrow, and to tell what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.catalogue.memory import Memory
from graph.search.arrays import ArrayFile, mapped, mapped_text
from graph.search.documents import Document, as_json
from graph.search.ids import Ids, IdsWriter, marks
from graph.search.postings import Postings, PostingsWriter
from graph.search.text import tokens

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

REMEMBERED: Final = 100_000
"""How many links are remembered."""

_CALLS: Final = frozenset({"CALL"})
_PROGRAMMES: Final = frozenset({"PROGRAMME"})
_TEXTS: Final = "documents.jsonl"
_FACETS: Final = "facets.json"
_WAITING: Final = "links.tmp"
_PIECE: Final = 1 << 18
_SEED: Final = 2023
_DRAWN_FROM: Final = 100_000
_LINK: Final = np.dtype([("row", np.int32), ("to", np.uint64)])


@lru_cache(maxsize=10_000)
def facet(name: str, value: str) -> str:
    """A facet as it is compared: its name, and the folded words of the value."""
    return f"{name}:{' '.join(tokens(value.replace('_', ' ')))}"


class ShelfWriter:
    """Puts documents, in the order of rows, into a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._texts = (folder / _TEXTS).open("wb")
        self._links = (folder / _WAITING).open("wb")
        self._starts = ArrayFile(folder / "starts.npy", np.int64)
        self._starts.append(np.zeros(1))
        self._digests = ArrayFile(folder / "digests.npy", np.uint8, 16)
        self._ids = IdsWriter(folder / "ids")
        self._facets = PostingsWriter(folder / "facets")
        self._number: dict[str, int] = {}
        self._rows = 0

    def add(self, documents: Sequence[Document], digests: NDArray[np.uint8]) -> None:
        """Adds the documents of the next rows; `digests` are theirs (n, 16)."""
        ends, lists, rows = [], [], []
        number = self._number
        for row, document in enumerate(documents, self._rows):
            # What it is linked to is kept as rows; a hub would fill its line with ids.
            kept = {name: value for name, value in vars(document).items() if name != "linked"}
            self._texts.write(as_json(kept) + b"\n")
            ends.append(self._texts.tell())
            pairs = (("kind", document.kind), *document.facets)
            found = {number.setdefault(facet(*pair), len(number)) for pair in pairs}
            lists += sorted(found)
            rows += [row] * len(found)
            if document.linked:
                links = np.empty(len(document.linked), dtype=_LINK)
                links["row"], links["to"] = row, marks(document.linked)
                links.tofile(self._links)
        self._starts.append(np.array(ends, dtype=np.int64))
        self._digests.append(digests)
        self._ids.add([document.id for document in documents])
        self._facets.add(np.array(lists), np.array(rows))
        self._rows += len(documents)

    def finish(self) -> None:
        """Writes what could be known only when every document had come."""
        for file in (self._texts, self._links):
            file.close()
        for array in (self._starts, self._digests):
            array.close()
        self._ids.finish()
        self._facets.finish(len(self._number))
        (self._folder / _FACETS).write_text(json.dumps(list(self._number)), encoding="utf-8")
        ids = Ids(self._folder / "ids")
        links = PostingsWriter(self._folder / "links")
        waiting = self._folder / _WAITING
        with waiting.open("rb") as written:
            while len(some := np.fromfile(written, dtype=_LINK, count=_PIECE)):
                to = ids.of_marks(some["to"])
                links.add(some["row"][to >= 0], to[to >= 0])
        waiting.unlink()
        links.finish(self._rows)


class Shelf:
    """The documents by row, the rows of each facet, and what each row is linked to (`links`).

    A document read here has no `linked`: the rows are in `links`.
    """

    def __init__(self, folder: Path) -> None:
        self.ids = Ids(folder / "ids")
        self.digests: NDArray[np.uint8] = mapped(folder / "digests.npy")
        keys: list[str] = json.loads((folder / _FACETS).read_text(encoding="utf-8"))
        self._facets = {key: number for number, key in enumerate(keys)}
        self._rows = Postings(folder / "facets")
        self.links = Postings(folder / "links")
        self._starts = mapped(folder / "starts.npy")
        self._texts = mapped_text(folder / _TEXTS)
        self.times_kinds = lru_cache(maxsize=16)(self._times_kinds)
        self.of_kinds = lru_cache(maxsize=64)(self._of_kinds)
        self.rows_of_kinds = lru_cache(maxsize=64)(self._rows_of_kinds)
        self.document = lru_cache(maxsize=1_000)(self._document)
        self._linked: Memory[int, list[tuple[int, int]]] = Memory(
            REMEMBERED, lambda one: 1 + len(one)
        )
        self.editions = lru_cache(maxsize=1_000)(self._editions)

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, id_: str) -> int | None:
        """The row of an id."""
        return self.ids.row(id_)

    def rows(self, ids: Sequence[str] | frozenset[str]) -> Rows:
        """The rows of the ids that are here, in order."""
        found = self.ids.of_marks(marks(ids))
        return np.unique(found[found >= 0])

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

    def _times_kinds(self, kinds: frozenset[str], times: float) -> NDArray[np.float32]:
        """`times` for every row of the kinds, 1 for the others (n,)."""
        return np.where(self.of_kinds(kinds), np.float32(times), np.float32(1))

    def _rows_of_kinds(self, kinds: frozenset[str]) -> Rows:
        """Every row of the kinds, in order."""
        return np.flatnonzero(self._of_kinds(kinds))

    def linked(self, row: int) -> list[tuple[int, int]]:
        """The rows that one is linked to, each with the number of its links or of the row's, the
        greater; remembered, since the best hits come again.
        """
        known = self._linked.get(row)
        if known is None:
            rows = self.links.rows(row)
            most = np.maximum(self.links.lengths(rows), len(rows))
            known = self._linked.put(row, list(zip(rows.tolist(), most.tolist(), strict=True)))
        return known

    def _editions(self, call: int) -> list[int]:
        """The other calls of the programmes that a call is linked to."""
        calls, programmes = self.of_kinds(_CALLS), self.of_kinds(_PROGRAMMES)
        around = self.links.rows(call)
        others = self.links.together(around[programmes[around]].tolist())[0]
        found: list[int] = others[calls[others] & (others != call)].tolist()
        return found

    def some_of_kinds(self, kinds: Sequence[str], count: int) -> Rows:
        """At most `count` rows of the kinds, drawn at random, in order; always the same ones.

        Of very many rows, every so many-th is drawn from: no list of all rows is made.
        """
        found_at = (self._facets.get(facet("kind", kind)) for kind in kinds)
        numbers = [number for number in found_at if number is not None]
        ends = np.cumsum([0, *(self._rows.length(number) for number in numbers)])
        total = int(ends[-1])
        places = np.arange(min(total, _DRAWN_FROM)) * total // max(1, min(total, _DRAWN_FROM))
        found = [
            self._rows.rows(number)[places[(places >= first) & (places < end)] - first]
            for number, first, end in zip(numbers, ends, ends[1:], strict=False)
        ]
        rows = np.sort(np.concatenate([np.empty(0, np.int64), *found]))
        return np.sort(np.random.default_rng(_SEED).permutation(rows)[:count])

    def _document(self, row: int) -> Document:
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        values = orjson.loads(self._texts[start:end])
        for name in ("aliases", "codes", "topics"):
            values[name] = tuple(values[name])
        values["facets"] = tuple((name, value) for name, value in values["facets"])
        return Document(**values)
