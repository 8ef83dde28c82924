"""Search as the rest of the house uses it: build an index, open it, ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.search import build as building
from graph.search.complete import completions
from graph.search.documents import DEFAULT_KINDS, USUAL, Document
from graph.search.embed import Embedder
from graph.search.folder import FORMAT as INDEX_FORMAT
from graph.search.hits import DIGITS, Found
from graph.search.ids import marks
from graph.search.opening import opened_scales
from graph.search.result import Completion, Hit, Result, Scored
from graph.search.spelling import Speller
from graph.search.text import fold
from graph.search.weigh import Scales, Weighed
from graph.search.why import Telling
from graph.search.wording import Wording
from ontology.errors import NotFoundError, Said
from ontology.loading import load_model

__all__ = ["INDEX_FORMAT", "Completion", "Hit", "Result", "Scored", "Search"]

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Search:
    """An index of one data version, open for any number of threads."""

    def __init__(self, scales: Scales) -> None:
        self._scales = scales
        self._shelf = scales.shelf
        self._vectors = scales.vectors
        self._topics = load_model().topics
        # A page asks for its hits and for its facets: the second time costs nothing.
        self._meant = lru_cache(maxsize=8)(lambda text: self.meaning([text])[0])
        self._weigh = lru_cache(maxsize=8)(self._weighed)
        self._found = lru_cache(maxsize=8)(self._hit)
        self._speller = Speller(scales.letters, scales.shelf)
        self._rows_of = lru_cache(maxsize=8)(self._shelf.rows)

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        folder: Path,
        embedder: Embedder,
        previous: Path | None = None,
    ) -> Search:
        """`write`, and opens what was written."""
        cls.write(documents, folder, embedder, previous)
        return cls.open(folder, embedder)

    @staticmethod
    def write(
        documents: Iterable[Document],
        folder: Path,
        embedder: Embedder,
        previous: Path | None = None,
    ) -> int:
        """Writes the index of the documents into `folder`, whole or not at all.

        Documents that `previous` (an index folder of before, or None) already holds unchanged are
        not encoded again. Gives how many were encoded.
        """
        return building.build(documents, folder, embedder, load_model().topics, previous)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> Search:
        """Opens an index. Raises ModelError if it is missing, damaged, older, or of another model:
        then it must be built again.
        """
        return cls(opened_scales(folder, embedder))

    def __len__(self) -> int:
        return len(self._shelf)

    def documents(self) -> Iterator[Document]:
        """Every document, in the order of ids."""
        return (self._shelf.document(row) for row in range(len(self._shelf)))

    def query(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        allowed: frozenset[str] | None = None,
        first: int = 10,
        after: str | None = None,
    ) -> Result:
        """One page of what a text finds, best first.

        `kinds` (DEFAULT_KINDS, if none) and `allowed` ids narrow the result; they change no score.
        `after` is the cursor of the last hit before this page. Raises InputError for a cursor that
        is not one of ours.
        """
        found = self._found(text, tuple(kinds), allowed)
        weighed = found.weighed
        start = 0 if after is None else found.before(after, self._shelf.ids)
        rows, scores = found.best(start + first)
        telling = Telling(self._scales, weighed, self._topics)
        ids = self._shelf.ids
        shown = zip(rows[start:].tolist(), scores[start:].tolist(), strict=True)
        hits = tuple([Hit(ids[row], score, row, telling) for row, score in shown])
        return Result(
            total=len(found.rows),
            hits=hits,
            understood=weighed.understood,
            suggestion=self._speller.suggestion(text, weighed.query.words),
            has_next=start + first < len(found.rows),
        )

    def found(
        self, text: str, *, kinds: Sequence[str] = (), allowed: frozenset[str] | None = None
    ) -> Rows:
        """The places of all that a text finds, in no order of worth: what facets are counted over."""
        return self._found(text, tuple(kinds), allowed).rows

    def scores(self, text: str, ids: Sequence[str]) -> dict[str, float]:
        """The score of each id for a text, hit or not; ids that are not here are left out."""
        scores = self._weigh(text).scores
        rows = zip(ids, self.places(ids).tolist(), strict=True)
        return {id_: round(float(scores[row]), DIGITS) for id_, row in rows if row >= 0}

    def by_part(self, text: str, part: str, first: int) -> list[str]:
        """The ids that one part of the search alone puts first: how much the parts are worth."""
        weighed = self._weigh(text)
        usual = self._shelf.rows_of_kinds(frozenset(DEFAULT_KINDS))
        values = np.array([weighed.parts(row)[part] for row in usual.tolist()])
        order = np.argsort(-values, kind="stable")[:first]
        return [self._shelf.ids[int(usual[place])] for place in order if values[place] > 0]

    def vector(self, id_: str) -> Scores:
        """The unit vector of a thing (dim,). Raises NotFoundError for an id that is not here."""
        row = self._shelf.row(id_)
        if row is None:
            raise NotFoundError(
                Said(f"căutarea nu cunoaște „{id_}”", f"search does not know '{id_}'"),
                Said("Verificați identificatorul.", "Check the id."),
            )
        return np.asarray(self._vectors.matrix[row], dtype=np.float32)

    def places(self, ids: Sequence[str]) -> Rows:
        """By id, its place here: what `near` and `vectors` take; -1 where it is not here (n,)."""
        return self._shelf.ids.of_marks(marks(ids))

    def vectors(self, places: Rows) -> Scores:
        """The unit vectors of the things at some places (n, dim)."""
        return np.asarray(self._vectors.matrix[places], dtype=np.float32)

    def near(self, text: str, places: Rows) -> tuple[Scores, Scores]:
        """How close in meaning the things at some places are to a text, cosines from 0 to 1, and how
        they score for it, hit or not: two columns (n,)."""
        cosines = np.clip(self._vectors.cosines(self._meant(text), places), 0, 1)
        return cosines, self._weigh(text).scores[places]

    @property
    def wording(self) -> Wording:
        """The documents' own words, beside which the words of a text are held one by one."""
        return self._scales.wording

    def meaning(self, texts: Sequence[str]) -> Scores:
        """The unit vectors of texts as they are asked with (n, dim)."""
        return self._scales.embedder.encode([fold(text) for text in texts], kind="query")

    def closeness(self, of: str, ids: Sequence[str]) -> dict[str, float]:
        """How close in meaning each id is to a thing (by its id) or to a text: cosines from 0 to 1.

        Ids that are not here are left out. Below `floor` a value says nothing.
        """
        known = self._shelf.row(of) is not None
        vector = self.vector(of) if known else self._meant(of)
        rows = self.places(ids)
        kept = [id_ for id_, row in zip(ids, rows.tolist(), strict=True) if row >= 0]
        cosines = np.clip(self._vectors.cosines(vector, rows[rows >= 0]), 0, 1)
        return dict(zip(kept, cosines.tolist(), strict=True))

    @property
    def floor(self) -> float:
        """The cosine below which closeness says little: half of what reaches it is about it."""
        return self._scales.floors.any

    def similar(self, id_: str, first: int = 10, kinds: Sequence[str] = ()) -> list[Scored]:
        """The things closest in meaning to one, closest first, itself left out.

        Scores are cosines less a share of each thing's closeness to everything. Raises
        NotFoundError for an id that is not here.
        """
        vector = self.vector(id_)
        mask = self._shelf.of_kinds(frozenset(kinds or DEFAULT_KINDS)).copy()
        mask[self._shelf.row(id_)] = False
        rows, cosines = self._vectors.nearest(vector, first * 10, np.flatnonzero(mask))
        rows, cosines = rows[cosines >= self.floor], cosines[cosines >= self.floor]
        damped = np.maximum(self._vectors.damped(cosines, rows), 0)
        order = np.lexsort((rows, -damped))[:first]
        return [
            Scored(self._shelf.ids[row], round(score, DIGITS))
            for row, score in zip(rows[order].tolist(), damped[order].tolist(), strict=True)
        ]

    def complete(self, prefix: str, first: int = 8, kinds: Sequence[str] = ()) -> list[Completion]:
        """Things whose names go on from what was typed so far, the shortest names first."""
        mask = self._shelf.of_kinds(frozenset(kinds or DEFAULT_KINDS))
        return completions(self._shelf, self._scales.lexical, prefix, mask)[:first]

    def _hit(self, text: str, kinds: tuple[str, ...], allowed: frozenset[str] | None) -> Found:
        """The rows that were hit and may be shown."""
        among = None if allowed is None else self._rows_of(allowed)
        weighed = self._weigh(text, None if self._vectors.exact else allowed)
        hits = weighed.hits
        asked = any(name == "kind" for name, _ in weighed.query.narrowed)
        rows = hits.nonzero()[0] if among is None else among[hits[among]]
        if kinds or not asked:
            rows = rows[self._shelf.of_kinds(frozenset(kinds) if kinds else USUAL)[rows]]
        scores = np.asarray(weighed.scores[rows], dtype=np.float64).round(DIGITS)
        return Found(weighed, rows, scores)

    def _weighed(self, text: str, allowed: frozenset[str] | None = None) -> Weighed:
        return self._scales.weigh(text, None if allowed is None else self._rows_of(allowed))
