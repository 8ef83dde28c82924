"""Meaning as a vector: what every model gives, whichever it is (see `models.load_embedder`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ontology.errors import ModelError, Said

Matrix = NDArray[np.float32]
Kind = Literal["query", "passage"]

LONG_ENOUGH: Final = 2.4
"""Letters in the average piece of a word that a model knows as a word."""


class Embedder(Protocol):
    """Turns texts into unit vectors. `name` changes whenever the vectors would."""

    dim: int
    name: str

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Matrix:
        """One row of length 1 per text, (n, dim); a text without any known token is all zeros."""

    def knows(self, word: str) -> bool:
        """Whether the model has learnt a folded word, not only its letters."""


def broken(path: Path, what: Said) -> ModelError:
    """The error of a model that cannot be used."""
    fix = Said(
        "Puneți la loc modelul întreg (git checkout, sau „make model” pentru cel inclus) "
        "ori schimbați RESURSE_MODEL.",
        "Restore the whole model (git checkout, or `make model` for the bundled one) "
        "or change RESURSE_MODEL.",
    )
    return ModelError(what, fix, str(path))


def unit(vectors: NDArray[Any]) -> Matrix:
    """The rows (n, dim) scaled to length 1; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)


def learnt(word: str, pieces: Sequence[str]) -> bool:
    """Whether the pieces of a word are long enough to mean something."""
    return len(pieces) > 0 and len(word) / len(pieces) >= LONG_ENOUGH


def encodable(text: str) -> str:
    """The text without halves of surrogate pairs, which no tokenizer takes."""
    return text.encode("utf-8", "ignore").decode("utf-8")
