"""Meaning by any model of sentence-transformers: the extra `transformers`, on CPU or GPU."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graph.search.embed import Kind, Matrix, broken, encodable, learnt, unit
from ontology.errors import ModelError, Said


class SentenceTransformerEmbedder:
    """Any model of sentence-transformers, on the GPU if there is one.

    What stands before a query or a passage ("query: ", an instruction) is the model's own
    configuration.
    """

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                Said(f"modelul „{name}” cere sentence-transformers, care nu este instalat",
                     f"the model '{name}' needs sentence-transformers, which is not installed"),
                Said("Instalați cu: pip install 'resurse[transformers]'.",
                     "Install it with: pip install 'resurse[transformers]'."),
                "RESURSE_MODEL",
            ) from error  # fmt: skip
        try:
            self._model = SentenceTransformer(name)
        except Exception as error:  # it raises whatever its many readers raise
            raise broken(Path(name), Said(
                f"sentence-transformers nu poate încărca modelul ({error})",
                f"sentence-transformers cannot load the model ({error})",
            )) from error  # fmt: skip
        self.dim = self._model.get_embedding_dimension() or 0
        self.name = name_of(name)

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Matrix:
        """The model's vectors of the texts, of length 1 (n, dim)."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        turn = self._model.encode_query if kind == "query" else self._model.encode_document
        vectors = turn([encodable(text) for text in texts], show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))

    def knows(self, word: str) -> bool:
        """Whether the pieces of a word are long enough to mean something."""
        return learnt(word, self._model.tokenizer.tokenize(word))


def name_of(name: str) -> str:
    """The name that an index keeps of a model; the model is not loaded."""
    return f"sentence-transformers:{name}{_state(Path(name))}"


def _state(folder: Path) -> str:
    """For a model in a folder, a mark that changes when its files do; nothing for a hub name."""
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    seen = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return "@" + hashlib.blake2b(repr(seen).encode(), digest_size=8).hexdigest()
