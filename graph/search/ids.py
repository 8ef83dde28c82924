"""The ids of the rows, in memory-mapped files: id of a row, row of an id, no list held in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.search.arrays import ArrayFile, mapped, mapped_text
from graph.search.parting import sorted_marks

Rows = NDArray[np.int64]

_TEXTS: Final = "ids.txt"


def _digest(id_: str) -> bytes:
    return hashlib.blake2b(id_.encode("utf-8", "replace"), digest_size=8).digest()


def marks(ids: Iterable[str]) -> NDArray[np.uint64]:
    """The mark of each id, 64 bits that tell ids apart (n,)."""
    return np.frombuffer(b"".join(map(_digest, ids)), dtype="<u8").astype(np.uint64, copy=False)


class IdsWriter:
    """Writes ids, row by row, into a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._texts = (folder / _TEXTS).open("wb")
        self._ends = ArrayFile(folder / "ends.npy", np.int64)
        self._ends.append(np.zeros(1))
        self._marks = ArrayFile(folder / "marks.npy", np.uint64)

    def add(self, ids: Sequence[str]) -> None:
        """Adds the ids of the next rows."""
        raw = [id_.encode("utf-8", "replace") for id_ in ids]
        start = self._texts.tell()
        self._texts.write(b"".join(raw))
        self._ends.append(start + np.cumsum([len(one) for one in raw], dtype=np.int64))
        self._marks.append(marks(ids))

    def finish(self) -> None:
        """Writes the way back, from marks to rows."""
        self._texts.close()
        for file in (self._ends, self._marks):
            file.close()
        sorted_marks(self._folder / "marks.npy", self._folder / "order.npy")


class Ids(Sequence[str]):
    """The ids of a folder: a sequence by row that also knows the row of an id."""

    def __init__(self, folder: Path) -> None:
        self._ends = mapped(folder / "ends.npy").data
        self._marks = mapped(folder / "marks.npy")
        self._order = mapped(folder / "order.npy")
        self._texts = mapped_text(folder / _TEXTS)

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        return self._texts[self._ends[row] : self._ends[row + 1]].decode()

    def row(self, id_: str) -> int | None:
        """The row of an id."""
        wanted = marks([id_])[0]
        place = int(np.searchsorted(self._marks, wanted))
        while place < len(self._marks) and self._marks[place] == wanted:
            row = int(self._order[place])
            if self[row] == id_:
                return row
            place += 1
        return None

    def of_marks(self, wanted: NDArray[np.uint64]) -> Rows:
        """The row of each mark, -1 where no id has it (n,).

        For many ids at once. That an id which is not here has the mark of one that is happens
        once in 10^7 tables of 10^6 ids.
        """
        if not len(self):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._marks, wanted), len(self) - 1)
        rows = self._order[places].astype(np.int64)
        return np.where(self._marks[places] == wanted, rows, -1)
